//! Putting a case aside. The customer's clock goes on; it is back when its time has come, when the
//! customer writes, or when something falls due.

use super::{hold, hold_any};
use crate::{
    backend::{Result, ctx::Ctx, store},
    domain::{
        case::Case,
        event::Actor,
        ids::CaseId,
        person::Viewer,
        time::Instant,
        work::{Snooze, some_words},
    },
};

/// Puts a case aside until an instant, for a reason.
pub async fn snooze(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    until: Instant,
    why: &str,
) -> Result<Case> {
    let why = some_words("a reason", why)?;
    let mut held = hold(ctx, viewer, id).await?;
    let told = held.case.snooze(held.now, until)?;
    let mut work = store::work::find(&mut held.tx, id).await?;
    work.snooze = Some(Snooze {
        until,
        why,
        since: held.now,
    });
    store::work::save(&mut held.tx, (held.case.brand, id), &work, held.now).await?;
    held.done(ctx, viewer, "case.snoozed", &[told], (&(), &work.snooze))
        .await
}

/// Takes a case back that was put aside.
pub async fn wake(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let mut work = store::work::find(&mut held.tx, id).await?;
    if work.snooze.is_none() {
        return Ok(held.case);
    }
    let before = work.snooze.take();
    store::work::save(&mut held.tx, (held.case.brand, id), &work, held.now).await?;
    let told = held.case.wake(held.now, Actor::Agent);
    held.done(ctx, viewer, "case.woken", &[told], (&before, &()))
        .await
}

/// Takes back all whose time has come, whose customers wrote, or for which something is due; returns
/// how many.
pub async fn tick(ctx: &Ctx) -> Result<usize> {
    let now = ctx.clock.now();
    let due = {
        let mut tx = ctx.store.read().await?;
        store::work::to_wake(&mut tx, now).await?
    };
    let mut woken = 0;
    for id in due {
        let mut held = hold_any(ctx, id).await?;
        let mut work = store::work::find(&mut held.tx, id).await?;
        let is_over = |it: &Snooze| !it.holds(&held.case, now);
        if !work.snooze.as_ref().is_some_and(is_over) {
            continue;
        }
        work.snooze = None;
        store::work::save(&mut held.tx, (held.case.brand, id), &work, now).await?;
        let told = held.case.wake(now, Actor::System);
        held.save(ctx, &[told]).await?;
        held.tx.commit().await?;
        woken += 1;
    }
    Ok(woken)
}
