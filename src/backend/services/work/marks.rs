//! Customers who abuse the channel: one says so, a second one agrees, and it ends by itself.

use super::hold;
use crate::{
    backend::{Error, Result, ctx::Ctx, store},
    domain::{
        case::{Case, Exclusion},
        ids::CaseId,
        person::Viewer,
        rejection::Rejection,
        work::{BadActorMark, some_words},
    },
};
use chrono::TimeDelta;

/// The longest that it holds, in days.
const MOST_DAYS: i64 = 365;

/// Says that a case's customer abuses the channel; nothing follows before somebody else agrees.
pub async fn suggest(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    reason: &str,
    days: i64,
) -> Result<Case> {
    let reason = some_words("a reason", reason)?;
    let mut held = hold(ctx, viewer, id).await?;
    if store::work::marks::of(&mut held.tx, held.case.customer, held.now)
        .await?
        .is_some()
    {
        return Err(Rejection::Decided.into());
    }
    let mark = BadActorMark {
        id: ctx.ids.next(held.now),
        customer: held.case.customer,
        reason,
        by: viewer.person,
        agreed_by: None,
        until: held.now + TimeDelta::days(days.clamp(1, MOST_DAYS)),
    };
    store::work::marks::insert(&mut held.tx, (held.case.brand, id), &mark).await?;
    held.done(ctx, viewer, "customer.marked", &[], (&(), &mark))
        .await
}

/// A second person agrees: this case is left out of times.
pub async fn agree(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let mark = store::work::marks::of(&mut held.tx, held.case.customer, held.now).await?;
    let mark = mark.ok_or(Error::Missing)?;
    if mark.by == viewer.person {
        return Err(Rejection::NeedsAnother.into());
    }
    if !store::work::marks::agree(&mut held.tx, mark.id, viewer.person).await? {
        return Err(Rejection::Decided.into());
    }
    let told = match held.case.excluded {
        Some(_) => Vec::new(),
        None => vec![held.case.exclude(held.now, Exclusion::BadActor)],
    };
    held.done(ctx, viewer, "customer.mark_agreed", &told, (&(), &mark.id))
        .await
}

/// It isn't said any more; the case counts again.
pub async fn lift(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let mark = store::work::marks::of(&mut held.tx, held.case.customer, held.now).await?;
    let mark = mark.ok_or(Error::Missing)?;
    store::work::marks::lift(&mut held.tx, mark.id, held.now).await?;
    let rules = held.desk.rules(held.now).clone();
    let told = match held.case.excluded {
        Some((_, Exclusion::BadActor)) => vec![held.case.include(held.now, &rules)],
        _ => Vec::new(),
    };
    held.done(ctx, viewer, "customer.mark_lifted", &told, (&mark, &()))
        .await
}
