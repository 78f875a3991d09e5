//! Sends what is queued: claimed and lasting before the first byte leaves, settled by what the
//! network proves.

use super::{
    look, moved,
    pause::{everything, gateway},
    step::save,
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{Tx, brands, gateways, replies},
    },
    domain::{
        event::Actor,
        gateway::{Closed, Pace},
        network::Network,
        outgoing::{Sending, pause_s},
        reply::{Hand, Reply},
        time::Instant,
    },
};
use chrono::TimeDelta;
use std::time::Duration;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval, timeout},
};

/// So many are on their way at once.
const AT_ONCE: usize = 32;
/// A try that takes longer is of unknown end, whatever the connector thinks.
const LONGEST: Duration = Duration::from_secs(60);
/// When asked to stop, what is on its way gets so long.
const GRACE: Duration = Duration::from_secs(20);
/// The queue is looked at so often even if nobody calls.
const BEAT: Duration = Duration::from_secs(1);
/// Beats between signs of life.
const LIFE: u32 = 10;

/// Sends until `stop` says so.
pub async fn work(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    let run: i64 = ctx.ids.next(ctx.clock.now());
    let mut going: JoinSet<Result<()>> = JoinSet::new();
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    if let Err(why) = begin(&ctx, run).await {
        tracing::warn!(cause = %why, "What an earlier run was sending isn't sorted out yet: {why}");
    }
    let mut beats = 0;
    loop {
        tokio::select! {
            // An error means that nobody can ask any more.
            _asked = stop.wait_for(|stop| *stop) => break,
            () = ctx.outbox.notified() => {}
            _tick = beat.tick() => beats += 1,
            Some(ended) = going.join_next(), if !going.is_empty() => complain(ended),
        }
        if beats >= LIFE {
            beats = 0;
            grumble(look::find_orphans(&ctx, run).await.map(drop));
        }
        grumble(look::look_due(&ctx).await.map(drop));
        while going.len() < AT_ONCE {
            match claim(&ctx, run).await {
                Ok(Some(reply)) => {
                    let ctx = ctx.clone();
                    going.spawn(async move { send(&ctx, reply).await });
                }
                Ok(None) => break,
                Err(why) => {
                    grumble(Err(why));
                    break;
                }
            }
        }
    }
    // Whatever isn't done by then is found as unknown by the next run.
    let done = timeout(GRACE, async {
        while let Some(ended) = going.join_next().await {
            complain(ended);
        }
    });
    if done.await.is_err() {
        tracing::warn!(
            "Some replies were still on their way when Sundown stopped; the next start looks for them"
        );
    }
}

async fn begin(ctx: &Ctx, run: i64) -> Result<()> {
    if ctx.store.file().is_some() {
        look::alone(ctx, run).await?;
    }
    look::find_orphans(ctx, run).await?;
    Ok(())
}

fn complain(ended: std::result::Result<Result<()>, tokio::task::JoinError>) {
    match ended {
        Ok(done) => grumble(done),
        Err(why) => tracing::error!(cause = %why, "A reply's delivery broke off: {why}"),
    }
}

fn grumble(done: Result<()>) {
    if let Err(why) = done {
        tracing::warn!(cause = %why, "Delivery of replies failed and goes on: {why}");
    }
}

/// Sends everything that may go out now, one after the other; returns how many were tried. For
/// tests, and for whoever wants to wait for it.
pub async fn drain(ctx: &Ctx, run: i64) -> Result<usize> {
    let mut tried = 0;
    while let Some(reply) = claim(ctx, run).await? {
        send(ctx, reply).await?;
        tried += 1;
    }
    Ok(tried)
}

/// Takes the next reply in hand; lasting when this returns.
pub async fn claim(ctx: &Ctx, run: i64) -> Result<Option<Reply>> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let due = replies::due(&mut tx, now, 8).await?;
    drop(tx);
    for it in due {
        let mut tx = ctx.store.write().await?;
        let Some(mut reply) = replies::find(&mut tx, it.id).await? else {
            continue;
        };
        let was = reply.state;
        if !reply.take(now, run) {
            continue;
        }
        if !pass(ctx, &mut tx, &reply, now).await? {
            tx.commit().await?;
            continue;
        }
        // Another server may have this one in hand, or another of the same conversation: then the
        // row isn't the one that was read, or the index on one in flight says no.
        match save(ctx, &mut tx, &reply, was, Actor::System).await {
            Ok(true) => {
                tx.commit().await?;
                return Ok(Some(reply));
            }
            Ok(false) => {}
            Err(why) => {
                tracing::debug!(reply.id = %reply.id, cause = %why, "Somebody else sends in this conversation");
            }
        }
    }
    Ok(None)
}

/// Whether the gateways let it through; where they are closed for a time, they remember it.
async fn pass(ctx: &Ctx, tx: &mut Tx, reply: &Reply, now: Instant) -> Result<bool> {
    let pace = Pace::of(network(tx, reply).await?);
    if gateways::find(tx, everything())
        .await?
        .is_some_and(|it| it.paused.is_some())
    {
        return Ok(false);
    }
    let mut gate = gateway(ctx, tx, reply.channel, pace).await?;
    let passed = gate.pass(pace, now);
    match &passed {
        Ok(()) | Err(Closed::Paused) => {}
        Err(Closed::Until(until) | Closed::FullDay(until)) => gate.block(*until),
    }
    gateways::save(tx, reply.channel, &gate).await?;
    Ok(passed.is_ok())
}

async fn network(tx: &mut Tx, reply: &Reply) -> Result<Network> {
    let all = brands::channels(tx).await?;
    let channel = all.into_iter().find(|it| it.id == reply.channel);
    Ok(channel.ok_or(Error::Missing)?.network)
}

/// Hands a claimed reply to the network and settles it by the answer.
pub async fn send(ctx: &Ctx, reply: Reply) -> Result<()> {
    let outcome = match ctx.connectors.of(reply.channel) {
        Some(connector) => {
            let outgoing = reply.outgoing();
            match timeout(LONGEST, connector.post(&outgoing)).await {
                Ok(outcome) => outcome,
                Err(_elapsed) => Sending::Unknown("The network didn't answer in time.".to_owned()),
            }
        }
        None => Sending::Reconnect("The channel isn't connected any more.".to_owned()),
    };
    let now = ctx.clock.now();
    if let Sending::Later {
        after_s: Some(asked),
        ..
    } = &outcome
    {
        let until = now + TimeDelta::seconds(pause_s(Some(*asked), 60));
        grumble(block(ctx, &reply, until).await);
    }
    settle(ctx, &reply, outcome, now).await
}

/// Nobody else knows what the network said, so it is tried until the store has taken it: this run
/// lives, and no other would look for the reply.
async fn settle(ctx: &Ctx, reply: &Reply, outcome: Sending, now: Instant) -> Result<()> {
    let hand = reply.hand().unwrap_or(Hand { run: 0, tries: 0 });
    let mut beat = interval(BEAT);
    loop {
        beat.tick().await;
        let done = moved(ctx, reply.id, Actor::System, |it| {
            it.settle(hand, outcome.clone(), now)
        });
        match done.await {
            Err(Error::Missing) => return Err(Error::Missing),
            Err(why) => grumble(Err(why)),
            Ok(_) => return Ok(()),
        }
    }
}

/// The network asked to wait: nothing else goes out through the channel until then.
async fn block(ctx: &Ctx, reply: &Reply, until: Instant) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    let pace = Pace::of(network(&mut tx, reply).await?);
    let mut gate = gateway(ctx, &mut tx, reply.channel, pace).await?;
    gate.block(until);
    gateways::save(&mut tx, reply.channel, &gate).await?;
    Ok(tx.commit().await?)
}
