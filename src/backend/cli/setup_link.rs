//! `sundown setup-link`.

use crate::backend::{Result, config, ctx::Ctx, services::setup, web};
use clap::Args;
use std::{net::SocketAddr, process::ExitCode};

#[derive(Debug, Args)]
pub struct SetupLinkArgs {
    /// Where the server listens.
    #[arg(long, env = "SUNDOWN_LISTEN", default_value = config::LISTEN, value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
}

pub async fn run(ctx: &Ctx, args: &SetupLinkArgs) -> Result<ExitCode> {
    if setup::is_needed(ctx).await? {
        web::offer_setup(ctx, args.listen).await?;
    } else {
        println!(
            "This Sundown has an administrator already, so there is nothing to set up. They can invite others in Settings, People."
        );
    }
    Ok(ExitCode::SUCCESS)
}
