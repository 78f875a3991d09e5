//! Why something is judged as it is; and what was learned so far.

use super::Desk;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{self, triage::Version},
    },
    domain::{
        ids::CaseId,
        person::Viewer,
        right::{Action, allows, allows_brand},
        triage::{Verdict, view::TriageView},
    },
};

/// Why a case is judged as it is, by the model in force. Of a brand that somebody may not see there
/// is no case.
pub async fn view(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<TriageView> {
    let mut tx = ctx.store.read().await?;
    let case = store::cases::find(&mut tx, id)
        .await?
        .filter(|it| allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    let desk = Desk::of(ctx, &mut tx, case.brand).await?;
    let topics = store::topics::list(&mut tx, case.brand).await?;
    let first = store::triage::first_post(&mut tx, id).await?;
    Ok(TriageView {
        case: id,
        now: case.judgement(),
        verdict: first
            .filter(|(_, text)| !text.is_empty())
            .map(|(_, text)| desk.judge(&text)),
        model: desk.model_version(),
        corrected: store::triage::last_of_case(&mut tx, id).await?,
        topics: topics.into_iter().map(|it| (it.key, it.name)).collect(),
        may_correct: allows(viewer, Action::WorkCases),
    })
}

/// What triage makes of any text, without topics: those belong to a brand.
pub fn explain(ctx: &Ctx, text: &str) -> Verdict {
    ctx.triage.model().judge(&super::composed(text), &[])
}

/// What was learned so far.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The model in force; 0 before anything was learned.
    pub in_force: i32,
    /// Words that have weights of their own.
    pub words: usize,
    /// Corrections since the last try.
    pub new: i64,
    /// The last ten tries, newest first.
    pub tries: Vec<Version>,
}

/// What was learned so far.
pub async fn show(ctx: &Ctx) -> Result<Shown> {
    let mut tx = ctx.store.read().await?;
    let tries = store::triage::versions(&mut tx, 10).await?;
    let last = tries.first().map_or(0.into(), |it| it.last);
    let model = ctx.triage.model();
    Ok(Shown {
        in_force: model.version,
        words: model.words(),
        new: store::triage::count_since(&mut tx, last).await?,
        tries,
    })
}
