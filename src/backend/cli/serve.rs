//! `sundown serve`.

use super::DatabaseArgs;
use crate::backend::{
    Result, config,
    web::{self, assets::Site},
};
use clap::Args;
use std::net::SocketAddr;

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Where to listen. There is no sign-in yet: keep it on the loopback address, or behind a
    /// proxy that asks who is there.
    #[arg(long, env = "SUNDOWN_LISTEN", default_value = config::LISTEN, value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
}

pub async fn run(args: &ServeArgs, site: Site) -> Result<()> {
    let ctx = args.database.open().await?;
    let store = ctx.store.clone();
    web::serve(args.listen, site, ctx).await?;
    store.close().await;
    Ok(())
}
