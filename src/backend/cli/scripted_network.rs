//! `sundown scripted-network`: the network that plays a part, by itself.

use super::unusable;
use crate::backend::{
    Result,
    clock::Clock,
    scripted_network::{Habits, Network},
};
use clap::Args;
use std::{net::SocketAddr, process::ExitCode};
use tokio::net::TcpListener;

#[derive(Debug, Args)]
pub struct ScriptedNetworkArgs {
    /// Where to listen, on this machine only.
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
}

pub async fn run(args: &ScriptedNetworkArgs) -> Result<ExitCode> {
    if !args.listen.ip().is_loopback() {
        return Err(unusable(
            "This network lets everybody be anybody, so it listens on the loopback address only. Give 127.0.0.1 and a port.",
        ));
    }
    let listener = TcpListener::bind(args.listen).await?;
    println!("http://{}/", listener.local_addr()?);
    let network = Network::new(Clock::System, Habits::default());
    network.serve(listener).await?;
    Ok(ExitCode::SUCCESS)
}
