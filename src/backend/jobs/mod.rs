//! What goes on in the background: the rhythm of the house, one line a job.
//!
//! A job is shallow: it calls one service and may be repeated at any time. A failure is logged and
//! the job comes round again.

use super::{
    Result,
    ctx::Ctx,
    services::{intake, mail::Mail, notify, reply::deliver, settings::retention, triage, work},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

/// Runs everything until `stop` says so; digests go out where mail is set up.
pub async fn run(ctx: Ctx, mail: Option<Arc<Mail>>, stop: watch::Receiver<bool>) {
    let mut all = JoinSet::new();
    all.spawn(every(
        "purge of old texts",
        Duration::from_secs(24 * 3600),
        ctx.clone(),
        stop.clone(),
        |ctx| async move { retention::purge(&ctx).await.map(drop) },
    ));
    all.spawn(every(
        "reading of channels",
        Duration::from_secs(2),
        ctx.clone(),
        stop.clone(),
        |ctx| async move { intake::poll::poll_channels(&ctx).await },
    ));
    all.spawn(every(
        "forgetting of old deliveries",
        Duration::from_secs(6 * 3600),
        ctx.clone(),
        stop.clone(),
        |ctx| async move { intake::forget_old(&ctx).await },
    ));
    all.spawn(every(
        "learning from corrections",
        Duration::from_secs(300),
        ctx.clone(),
        stop.clone(),
        |ctx| async move { triage::retrain(&ctx, false).await.map(drop) },
    ));
    all.spawn(every(
        "what falls due around cases",
        Duration::from_secs(30),
        ctx.clone(),
        stop.clone(),
        |ctx| async move { work::tick(&ctx).await },
    ));
    if let Some(mail) = mail {
        all.spawn(every(
            "digests by mail",
            Duration::from_secs(300),
            ctx.clone(),
            stop.clone(),
            move |ctx| {
                let mail = mail.clone();
                async move { notify::digest(&ctx, &mail).await.map(drop) }
            },
        ));
    }
    all.spawn(deliver::work(ctx, stop));
    while let Some(ended) = all.join_next().await {
        if let Err(why) = ended {
            tracing::error!(cause = %why, "A background job stopped: {why}");
        }
    }
}

/// Does something again and again, first at once.
pub async fn every<Job, Done>(
    name: &'static str,
    pause: Duration,
    ctx: Ctx,
    mut stop: watch::Receiver<bool>,
    job: Job,
) where
    Job: Fn(Ctx) -> Done,
    Done: Future<Output = Result<()>>,
{
    let mut beat = interval(pause);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            // An error means that nobody can ask any more.
            _asked = stop.wait_for(|stop| *stop) => return,
            _tick = beat.tick() => {}
        }
        if let Err(why) = job(ctx.clone()).await {
            tracing::warn!(job = name, cause = %why, "The job {name} failed and comes round again: {why}");
        }
    }
}
