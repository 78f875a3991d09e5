//! Opens the door, and closes it without cutting anyone off.

use std::{future::pending, net::SocketAddr, time::Duration};

use tokio::{net::TcpListener, signal, sync::watch, time::timeout};

use super::{Doors, assets::Site, router};
use crate::backend::{Error, Result, ctx::Ctx, services::setup};

/// How long open requests may take to finish. Live streams never finish, so there is an end.
const GRACE: Duration = Duration::from_secs(5);

/// Serves `site` and the pages over `ctx` at `listen` until the process is asked to stop.
pub async fn serve(listen: SocketAddr, site: Site, ctx: Ctx, doors: Doors) -> Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|cause| Error::Unusable(format!("cannot listen at {listen}: {cause}")))?;
    let at = listener.local_addr()?;
    println!("Sundown is at http://{at}");
    if !doors.demo {
        offer_setup(&ctx, at).await?;
    }

    let (stop, stopping) = watch::channel(false);
    // With the peer's address, by which attempts to sign in are counted.
    let app = router(site, ctx, doors).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, app).with_graceful_shutdown(wait_for(stopping.clone()));
    let asked = async move {
        asked_to_stop().await;
        stop.send_replace(true);
        pending::<()>().await;
    };
    let out_of_patience = async move {
        wait_for(stopping).await;
        // Nothing to wait for but the time: an elapsed timeout is the expected end.
        let _elapsed = timeout(GRACE, pending::<()>()).await;
    };
    tokio::select! {
        ended = served => Ok(ended?),
        () = out_of_patience => Ok(()),
        () = asked => Ok(()),
    }
}

/// Prints the link by which the first administrator is made, while there is none.
pub async fn offer_setup(ctx: &Ctx, at: SocketAddr) -> Result<()> {
    let Some(token) = setup::offer(ctx).await? else {
        return Ok(());
    };
    let host = match at.ip().is_unspecified() {
        true => format!("localhost:{}", at.port()),
        false => at.to_string(),
    };
    println!(
        "Nobody has set it up yet. Open this link within the hour; it works once:\n  http://{host}/setup/{}",
        token.reveal()
    );
    Ok(())
}

async fn wait_for(mut stopping: watch::Receiver<bool>) {
    // An error means that nobody can ask any more; then there is nothing to wait for either.
    let _closed = stopping.wait_for(|stop| *stop).await;
}

/// Ctrl-C at a terminal, SIGTERM from a service manager.
async fn asked_to_stop() {
    let interrupted = async {
        if signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(_) => pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
