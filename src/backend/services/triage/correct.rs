//! Somebody says what a case really is.

use super::Desk;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::audit,
        store::{self, triage::Correction},
    },
    domain::{
        brand::in_force, correction::Judgement, ids::CaseId, person::Viewer, right::allows_brand,
    },
};
use chrono_tz::Tz;

/// Corrects a case: it changes with its events, the correction is kept to learn from, and it is
/// written down who did it. Saying that everything is right is a correction to learn from, too.
///
/// # Errors
/// When there is no such case for this person, or the brand has no such topic.
pub async fn correct(ctx: &Ctx, viewer: &Viewer, id: CaseId, said: &Judgement) -> Result<()> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    let mut case = store::cases::find(&mut tx, id)
        .await?
        .filter(|it| allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    let before = case.judgement();
    if said.topic.is_some() && said.topic != before.topic {
        let topics = store::topics::list(&mut tx, case.brand).await?;
        if !topics.iter().any(|it| Some(&it.key) == said.topic.as_ref()) {
            return Err(Error::Unusable(
                "This brand has no such topic. Choose one from the list, or add it in the settings."
                    .to_owned(),
            ));
        }
    }
    let brands = store::brands::list(&mut tx).await?;
    let brand = brands.iter().find(|it| it.id == case.brand);
    let versions = store::brands::policies_of(&mut tx, case.brand).await?;
    let rules = in_force(&versions, now);
    let zone = rules
        .and_then(|it| it.zone.as_deref())
        .or(brand.map(|it| it.zone.as_str()))
        .and_then(|it| it.parse::<Tz>().ok())
        .unwrap_or(Tz::UTC);
    let policies = rules.map(|it| it.policies.clone()).unwrap_or_default();
    let told = case.correct(now, said, &policies, &zone);
    if !told.is_empty() {
        store::cases::save(&mut tx, &case, &told, now).await?;
    }
    if let Some((post, text)) = store::triage::first_post(&mut tx, id).await?
        && !text.is_empty()
    {
        let desk = Desk::of(ctx, &mut tx, case.brand).await?;
        let verdict = desk.judge(&text);
        let correction = Correction {
            id: ctx.ids.next(now),
            brand: case.brand,
            case: id,
            post,
            by: viewer.person,
            at: now,
            model: desk.model_version(),
            suggested: Judgement {
                kind: verdict.kind.value,
                tone: verdict.tone.value,
                priority: verdict.priority.value,
                topic: verdict.topic.map(|it| it.value),
            },
            said: said.clone(),
        };
        store::triage::insert(&mut tx, &correction).await?;
    }
    audit::record(ctx, &mut tx, viewer, "case.corrected", id, (&before, said)).await?;
    tx.commit().await?;
    Ok(())
}
