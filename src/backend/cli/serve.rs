//! `sundown serve`.

use super::unusable;
use crate::backend::{
    Result, config,
    ctx::Ctx,
    services::{demo, settings::retention},
    web::{self, assets::Site},
};
use clap::Args;
use std::{net::SocketAddr, process::ExitCode};
use tokio::sync::watch;

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen. There is no sign-in yet: keep it on the loopback address, or behind a
    /// proxy that asks who is there.
    #[arg(long, env = "SUNDOWN_LISTEN", default_value = config::LISTEN, value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Fill an empty database with the demo and let it play on.
    #[arg(long)]
    demo: bool,
}

pub async fn run(ctx: &Ctx, args: &ServeArgs, site: Site) -> Result<ExitCode> {
    if !args.demo {
        if !args.listen.ip().is_loopback() {
            tracing::warn!(
                listen = %args.listen,
                "Sundown has no sign-in yet and listens beyond this machine: whoever reaches {} can read everything",
                args.listen
            );
        }
        let (stop, stopping) = watch::channel(false);
        let purge = tokio::spawn(retention::keep_purging(ctx.clone(), stopping));
        let served = web::serve(args.listen, site, ctx.clone()).await;
        stop.send_replace(true);
        if let Err(why) = purge.await {
            tracing::error!(cause = %why, "The purge of old texts stopped: {why}");
        }
        served?;
        return Ok(ExitCode::SUCCESS);
    }
    if !args.listen.ip().is_loopback() {
        return Err(unusable(format!(
            "The demo lets everybody in, so it listens on the loopback address only, not on {}. Leave --listen out, or give 127.0.0.1 and a port.",
            args.listen
        )));
    }
    println!("{}", demo::fill(ctx).await?);
    let (stop, stopping) = watch::channel(false);
    let play = tokio::spawn(demo::play(ctx.clone(), stopping));
    let served = web::serve(args.listen, site, ctx.clone()).await;
    stop.send_replace(true);
    if let Err(why) = play.await {
        tracing::error!(cause = %why, "The demo stopped playing: {why}");
    }
    served?;
    Ok(ExitCode::SUCCESS)
}
