//! Finding out what became of replies of which nobody knows whether the network has them.

use super::moved;
use crate::{
    backend::{Result, ctx::Ctx, store::replies},
    domain::{event::Actor, reply::Reply},
};
use chrono::TimeDelta;

/// A run of the server that was silent for so long is over.
const SILENT: TimeDelta = TimeDelta::seconds(60);
/// So many are looked for in one round.
const AT_ONCE: i64 = 50;

/// Says that this run goes on, and takes what runs that are over had in hand for unknown.
pub async fn find_orphans(ctx: &Ctx, run: i64) -> Result<usize> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    replies::run_goes_on(&mut tx, run, now, now - SILENT * 60).await?;
    let orphans = replies::orphans(&mut tx, now - SILENT).await?;
    tx.commit().await?;
    for it in &orphans {
        // Whoever had it in hand may have come back just now.
        let was = it.run;
        moved(ctx, it.id, Actor::System, |it| {
            it.run == was && it.orphan(now)
        })
        .await?;
    }
    Ok(orphans.len())
}

/// Where only one server may run at a time, every other run is over at once.
pub async fn alone(ctx: &Ctx, run: i64) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    replies::end_other_runs(&mut tx, run).await?;
    tx.commit().await?;
    Ok(())
}

/// Looks for what is to be looked for by now; returns how many were.
pub async fn look_due(ctx: &Ctx) -> Result<usize> {
    let mut tx = ctx.store.read().await?;
    let due = replies::to_look_for(&mut tx, ctx.clock.now(), AT_ONCE).await?;
    drop(tx);
    for reply in &due {
        look_for(ctx, reply).await?;
    }
    Ok(due.len())
}

async fn look_for(ctx: &Ctx, reply: &Reply) -> Result<()> {
    let Some(connector) = ctx.connectors.of(reply.channel) else {
        let now = ctx.clock.now();
        moved(ctx, reply.id, Actor::System, |it| it.look_later(now)).await?;
        return Ok(());
    };
    let found = connector.look_up(&reply.outgoing()).await;
    let now = ctx.clock.now();
    match found {
        Ok(found) => {
            let guard = connector.guard();
            moved(ctx, reply.id, Actor::System, |it| {
                it.look(found.clone(), guard, now)
            })
            .await?;
        }
        Err(why) => {
            tracing::info!(reply.id = %reply.id, cause = %why, "Couldn't look for reply {}: {why}", reply.id);
            moved(ctx, reply.id, Actor::System, |it| it.look_later(now)).await?;
        }
    }
    Ok(())
}
