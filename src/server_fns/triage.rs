//! Saying what a case really is.

use super::AppError;
use crate::domain::{
    case::{Kind, Priority, Tone},
    ids::CaseId,
};
use leptos::prelude::*;

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
