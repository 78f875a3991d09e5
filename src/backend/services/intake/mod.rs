//! Posts become cases: what networks tell is kept as it came, then worked through.
//!
//! Everybody who brings something shares transactions with whoever brings something at the same
//! time: the first works for all. What was taken is kept before it is worked through, so a crash
//! loses nothing; the same told twice is taken once.
//!
//! Invariant: whatever the order, and however often, the same cases come of it.

pub mod poll;
mod process;

use super::audit;
use crate::{
    backend::{
        Error, Result,
        connectors::Unreadable,
        ctx::Ctx,
        store::{archive, brands, connections, intake as store, intake::Raw},
    },
    domain::{
        connection::Connection,
        ids::{BrandId, ChannelId},
        inbound::Delivery,
        person::Viewer,
        time::Instant,
    },
};
use chrono::TimeDelta;
use process::Item;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// The most that one delivery may weigh in bytes.
pub const MOST: usize = 256 * 1024;
/// How many are worked through in one transaction.
const PIECE: i64 = 2000;
/// How often one is tried before it is given up.
pub const TRIES: i64 = 5;

/// What somebody brings.
struct Parcel {
    raws: Vec<Raw>,
    progress: Option<Connection>,
}

type Answer = oneshot::Sender<Result<(), String>>;

/// Takes in what networks tell; cheap to clone.
#[derive(Clone, Default)]
pub struct Intake {
    waiting: Arc<Mutex<Vec<(Parcel, Answer)>>>,
    turn: Arc<tokio::sync::Mutex<()>>,
}

impl Intake {
    fn take_all(&self) -> Vec<(Parcel, Answer)> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut waiting)
    }
}

/// Takes in what a channel's network tells. Once this returns, it is kept and worked through; what
/// couldn't be waits or is a dead letter.
///
/// # Errors
/// When there is no such channel or the store fails; then it is to be told again.
pub async fn receive(ctx: &Ctx, channel: ChannelId, deliveries: &[Delivery]) -> Result<()> {
    let mut tx = ctx.store.read().await?;
    let channels = brands::channels(&mut tx).await?;
    drop(tx);
    let found = channels.iter().find(|it| it.id == channel);
    let brand = found.ok_or(Error::Missing)?.brand;
    let raws = raws(ctx, brand, channel, deliveries, &[])?;
    bring(ctx, raws, None).await
}

/// What was told, as it is kept.
fn raws(
    ctx: &Ctx,
    brand: BrandId,
    channel: ChannelId,
    deliveries: &[Delivery],
    unreadable: &[Unreadable],
) -> Result<Vec<Raw>> {
    let now = ctx.clock.now();
    let mut raws = Vec::with_capacity(deliveries.len());
    for it in deliveries {
        let body = serde_json::to_string(it).map_err(|why| Error::Task(why.to_string()))?;
        let author = match it {
            Delivery::Post(post) => post.author.handle.to_lowercase(),
            Delivery::Deleted { .. } => String::new(),
        };
        raws.push(raw(ctx, (brand, channel), author, body, now));
    }
    for it in unreadable {
        raws.push(raw(
            ctx,
            (brand, channel),
            String::new(),
            it.raw.clone(),
            now,
        ));
    }
    Ok(raws)
}

fn raw(
    ctx: &Ctx,
    (brand, channel): (BrandId, ChannelId),
    author: String,
    mut body: String,
    now: Instant,
) -> Raw {
    let digest = Sha256::digest(body.as_bytes());
    let hash = digest[..16].iter().map(|it| format!("{it:02x}")).collect();
    let is_large = body.len() > MOST;
    let why = is_large.then(|| format!("It weighs {} bytes, more than {MOST}.", body.len()));
    if is_large {
        body.clear();
    }
    Raw {
        id: ctx.ids.next(now),
        brand,
        channel,
        author,
        hash,
        // No engine keeps this sign in a text.
        body: body.replace("\\u0000", "").replace('\0', ""),
        received_at: now,
        tries: 0,
        dead_at: is_large.then_some(now),
        why,
    }
}

async fn bring(ctx: &Ctx, raws: Vec<Raw>, progress: Option<Connection>) -> Result<()> {
    let (tell, told) = oneshot::channel();
    {
        let waiting = &ctx.intake.waiting;
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push((Parcel { raws, progress }, tell));
    }
    // A task of its own: whoever works for all must not stop because one of them went away.
    let worker = ctx.clone();
    tokio::spawn(async move {
        let _turn = worker.intake.turn.lock().await;
        let parcels = worker.intake.take_all();
        if parcels.is_empty() {
            return;
        }
        let outcome = keep(&worker, &parcels).await.map_err(|why| why.to_string());
        for (_, tell) in parcels {
            // Whoever went away needs no answer.
            let _ = tell.send(outcome.clone());
        }
    });
    let outcome = told.await;
    outcome
        .map_err(|_| Error::Task("intake broke off".to_owned()))?
        .map_err(Error::Task)
}

async fn keep(ctx: &Ctx, parcels: &[(Parcel, Answer)]) -> Result<()> {
    let all: Vec<Raw> = parcels
        .iter()
        .flat_map(|it| it.0.raws.iter().cloned())
        .collect();
    let mut tx = ctx.store.write().await?;
    store::insert_raw(&mut tx, &all).await?;
    for progress in parcels.iter().filter_map(|it| it.0.progress.as_ref()) {
        connections::progress(&mut tx, progress).await?;
    }
    tx.commit().await?;
    if all.is_empty() {
        return Ok(());
    }
    work_through(ctx).await
}

/// Works through what was left lying by a crash, and what is to be tried again.
///
/// # Errors
/// When the store fails.
pub async fn work_off(ctx: &Ctx) -> Result<()> {
    let _turn = ctx.intake.turn.lock().await;
    work_through(ctx).await
}

async fn work_through(ctx: &Ctx) -> Result<()> {
    loop {
        let now = ctx.clock.now();
        let mut tx = ctx.store.write().await?;
        // Another server of the same database waits here.
        archive::wait_for_turn(&mut tx).await?;
        let raws = store::due(&mut tx, now, PIECE).await?;
        if raws.is_empty() {
            return Ok(());
        }
        match piece(ctx, &mut tx, &raws).await {
            Ok(()) => tx.commit().await?,
            Err(why) => {
                drop(tx);
                tracing::debug!(cause = %why, "A piece of the intake is worked through one by one");
                one_by_one(ctx, &raws).await?;
            }
        }
    }
}

async fn piece(ctx: &Ctx, tx: &mut crate::backend::store::Tx, raws: &[Raw]) -> Result<()> {
    let mut items = Vec::with_capacity(raws.len());
    for raw in raws {
        let delivery = serde_json::from_str(&raw.body).map_err(|_| {
            Error::Unusable("The network told something in a shape that isn't known.".to_owned())
        })?;
        items.push(Item {
            channel: raw.channel,
            received_at: raw.received_at,
            delivery,
        });
    }
    process::process(ctx, tx, items).await?;
    let ids: Vec<i64> = raws.iter().map(|it| it.id).collect();
    Ok(store::forget_raw(tx, &ids).await?)
}

async fn one_by_one(ctx: &Ctx, raws: &[Raw]) -> Result<()> {
    for raw in raws {
        let mut tx = ctx.store.write().await?;
        archive::wait_for_turn(&mut tx).await?;
        let outcome = piece(ctx, &mut tx, std::slice::from_ref(raw)).await;
        let Err(why) = outcome else {
            tx.commit().await?;
            continue;
        };
        drop(tx);
        let now = ctx.clock.now();
        let mut failed = raw.clone();
        failed.tries += 1;
        failed.why = Some(match why {
            Error::Unusable(why) => why,
            other => format!("It couldn't be worked through: {other}"),
        });
        failed.dead_at = (failed.tries >= TRIES).then_some(now);
        let mut tx = ctx.store.write().await?;
        let again = now + TimeDelta::seconds(2_i64 << failed.tries.clamp(0, 10));
        store::fail_raw(&mut tx, &failed, again).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Lets a dead letter be tried again, from the first try.
///
/// # Errors
/// When there is no such letter, or nothing of it was kept.
pub async fn replay(ctx: &Ctx, viewer: &Viewer, id: i64) -> Result<()> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    let mut raw = store::find_raw(&mut tx, id).await?.ok_or(Error::Missing)?;
    if raw.dead_at.is_none() {
        return Err(Error::Missing);
    }
    if !crate::domain::right::allows_brand(viewer, raw.brand) {
        return Err(Error::Missing);
    }
    if raw.body.is_empty() {
        return Err(Error::Unusable(
            "It was too large to be kept, so it can't be tried again. Look for it on the network."
                .to_owned(),
        ));
    }
    raw.dead_at = None;
    raw.tries = 0;
    store::fail_raw(&mut tx, &raw, now).await?;
    audit::record(ctx, &mut tx, viewer, "delivery.replayed", id, (&(), &())).await?;
    tx.commit().await?;
    work_off(ctx).await
}

/// Forgets what is of no use any more.
///
/// # Errors
/// When the store fails.
pub async fn forget_old(ctx: &Ctx) -> Result<()> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    let (began, told) = (now - TimeDelta::days(7), now - TimeDelta::days(30));
    store::forget_old(&mut tx, began, told).await?;
    Ok(tx.commit().await?)
}
