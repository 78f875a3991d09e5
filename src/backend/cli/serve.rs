//! `sundown serve`.

use crate::backend::{
    Result, config,
    ctx::Ctx,
    web::{self, assets::Site},
};
use clap::Args;
use std::{net::SocketAddr, process::ExitCode};

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen. There is no sign-in yet: keep it on the loopback address, or behind a
    /// proxy that asks who is there.
    #[arg(long, env = "SUNDOWN_LISTEN", default_value = config::LISTEN, value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
}

pub async fn run(ctx: &Ctx, args: &ServeArgs, site: Site) -> Result<ExitCode> {
    web::serve(args.listen, site, ctx.clone()).await?;
    Ok(ExitCode::SUCCESS)
}
