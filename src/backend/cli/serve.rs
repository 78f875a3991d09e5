//! `sundown serve`.

use super::{demo_networks, unusable};
use crate::backend::{
    Result, config,
    ctx::Ctx,
    jobs,
    services::{channels, demo, mail::Mail},
    web::{self, Doors, assets::Site},
};
use clap::Args;
use std::{
    net::{IpAddr, SocketAddr},
    process::ExitCode,
    sync::Arc,
};
use tokio::{sync::watch, task::JoinSet};

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen. Beyond this machine it belongs behind a proxy that speaks TLS: browsers keep
    /// sign-ins only over HTTPS.
    #[arg(long, env = "SUNDOWN_LISTEN", default_value = config::LISTEN, value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Fill an empty database with the demo and let it play on.
    #[arg(long)]
    demo: bool,
    /// Let channels be connected to rehearsal networks on this machine.
    #[arg(long, hide = true)]
    rehearse: bool,
    /// Addresses of proxies that are believed about where somebody comes from, separated by commas.
    #[arg(
        long,
        env = "SUNDOWN_TRUSTED_PROXY",
        value_delimiter = ',',
        value_name = "ADDRESS"
    )]
    trusted_proxy: Vec<IpAddr>,
    /// The mail server that sends invitations, such as smtps://name:password@mail.example.com.
    #[arg(
        long,
        env = "SUNDOWN_SMTP_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    smtp_url: Option<String>,
    /// Who mail is from, such as “Sundown <care@example.com>”.
    #[arg(long, env = "SUNDOWN_MAIL_FROM", value_name = "SENDER")]
    mail_from: Option<String>,
}

impl ServeArgs {
    /// What can be told before anything is opened.
    ///
    /// # Errors
    /// When the demo, which lets everybody in, is to be seen from elsewhere.
    pub fn check(&self) -> Result<()> {
        if !self.demo || self.listen.ip().is_loopback() {
            return Ok(());
        }
        Err(unusable(format!(
            "The demo lets everybody in, so it listens on the loopback address only, not on {}. Leave --listen out, or give 127.0.0.1 and a port.",
            self.listen
        )))
    }
}

pub async fn run(ctx: &Ctx, args: &ServeArgs, site: Site) -> Result<ExitCode> {
    let doors = Doors {
        demo: args.demo,
        proxies: args.trusted_proxy.clone(),
        mail: Mail::open(args.smtp_url.as_deref(), args.mail_from.as_deref())?.map(Arc::new),
    };
    let _turn = ctx.store.serve_alone().await?;
    if args.demo {
        println!("{}", demo::fill(ctx).await?);
        demo::people::fill(ctx).await?;
    }
    if args.demo || args.rehearse {
        ctx.connectors.rehearse();
    }
    let _networks = if args.demo {
        demo_networks::start(ctx).await?
    } else {
        channels::connect_all(ctx).await?;
        Vec::new()
    };
    let (stop, stopping) = watch::channel(false);
    let mut behind = JoinSet::new();
    behind.spawn(jobs::run(ctx.clone(), doors.mail.clone(), stopping.clone()));
    if args.demo {
        behind.spawn(demo::play(ctx.clone(), stopping));
    }
    let served = web::serve(args.listen, site, ctx.clone(), doors).await;
    stop.send_replace(true);
    while let Some(ended) = behind.join_next().await {
        if let Err(why) = ended {
            tracing::error!(cause = %why, "What goes on in the background broke off: {why}");
        }
    }
    served?;
    Ok(ExitCode::SUCCESS)
}
