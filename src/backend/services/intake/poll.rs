//! Asking networks what is new: each channel by itself, so that one in trouble delays no other.

use super::{bring, raws, work_off};
use crate::{
    backend::{
        Result,
        connectors::{Connector, Trouble},
        ctx::Ctx,
        store::{brands, connections},
    },
    domain::{
        connection::Connection,
        ids::{BrandId, ChannelId},
        outgoing::pause_s,
    },
};
use futures_util::future::join_all;
use std::{collections::HashMap, sync::Arc};

/// How many pieces of a feed are fetched before others have their turn.
const PIECES: usize = 20;
/// How long a network is left alone that asks to wait without saying how long, in seconds.
const USUAL_S: i64 = 30;

/// Asks every channel that is due.
///
/// # Errors
/// When the store fails; a network's trouble stands with its channel.
pub async fn poll_channels(ctx: &Ctx) -> Result<()> {
    work_off(ctx).await?;
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let brands: HashMap<ChannelId, BrandId> = brands::channels(&mut tx)
        .await?
        .into_iter()
        .map(|it| (it.id, it.brand))
        .collect();
    let all = connections::list(&mut tx).await?;
    drop(tx);
    let due = all.into_iter().filter(|it| it.is_due(now));
    let asked = due.filter_map(|it| {
        let connector = ctx.connectors.of(it.channel)?;
        let brand = *brands.get(&it.channel)?;
        Some(poll(ctx, brand, it, connector))
    });
    for outcome in join_all(asked).await {
        outcome?;
    }
    Ok(())
}

async fn poll(
    ctx: &Ctx,
    brand: BrandId,
    mut it: Connection,
    connector: Arc<dyn Connector>,
) -> Result<()> {
    for _ in 0..PIECES {
        let fetched = connector.fetch(it.cursor.as_deref()).await;
        let now = ctx.clock.now();
        let batch = match fetched {
            Ok(batch) => batch,
            Err(trouble) => {
                note(&mut it, trouble, now);
                return bring(ctx, Vec::new(), Some(it)).await;
            }
        };
        let raws = raws(ctx, brand, it.channel, &batch.deliveries, &batch.unreadable)?;
        let is_quiet = raws.is_empty() && it.failures == 0 && it.failing_since.is_none();
        let is_known = is_quiet && it.cursor == batch.cursor;
        it.works(now, !raws.is_empty());
        it.cursor = batch.cursor.or(it.cursor);
        // Nothing new is worth a transaction only now and then.
        if !is_known || is_stale(ctx, &it).await? {
            bring(ctx, raws, Some(it.clone())).await?;
        }
        if !batch.has_more {
            break;
        }
    }
    Ok(())
}

/// Whether the store's word on when it last worked is older than a minute.
async fn is_stale(ctx: &Ctx, it: &Connection) -> Result<bool> {
    let mut tx = ctx.store.read().await?;
    let kept = connections::find(&mut tx, it.channel).await?;
    let kept = kept.and_then(|it| it.last_ok_at);
    Ok(kept.is_none_or(|kept| {
        it.last_ok_at
            .is_some_and(|at| (at - kept).num_seconds() >= 60)
    }))
}

fn note(it: &mut Connection, trouble: Trouble, now: crate::domain::time::Instant) {
    match trouble {
        Trouble::Reconnect => it.is_unknown(now),
        Trouble::Wait(asked) => it.waits(now, pause_s(asked, USUAL_S)),
        Trouble::Away(why) => it.fails(now, why, rand::random()),
        Trouble::Garbled(why) => {
            let why = format!("The network's answer makes no sense: {why}.");
            it.fails(now, why, rand::random());
        }
    }
}
