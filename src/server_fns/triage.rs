//! Why a case is judged as it is, and saying what it really is.

use super::{AppError, TextJson};
use crate::domain::{
    case::{Kind, Priority, Tone},
    ids::CaseId,
    triage::view::TriageView,
};
use leptos::{prelude::*, server_fn::codec::Post};

/// Why a case is judged as it is, by the model in force.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_triage(case: CaseId) -> Result<TriageView, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(services::triage::view(&ctx, &viewer, case).await)
}

/// Corrects a case, and goes on to `back`, one of our own pages. An empty topic is none.
#[server]
pub async fn correct_triage(
    case: CaseId,
    kind: Kind,
    tone: Tone,
    priority: Priority,
    #[server(default)] topic: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::{correction::Judgement, right::Action, route};
    let (ctx, viewer) = guard::may(Action::WorkCases)?;
    let topic = (!topic.is_empty()).then_some(topic);
    let said = Judgement {
        kind,
        tone,
        priority,
        topic,
    };
    guard::answer(services::triage::correct(&ctx, &viewer, case, &said).await)?;
    guard::go_to(route::next(&back));
    Ok(())
}
