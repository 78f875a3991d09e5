//! Opens the door, and closes it without cutting anyone off.

use std::{future::pending, net::SocketAddr, time::Duration};

use tokio::{net::TcpListener, signal, sync::watch, time::timeout};

use super::{assets::Site, router};
use crate::backend::{Error, Result, ctx::Ctx};

/// How long open requests may take to finish. Live streams never finish, so there is an end.
const GRACE: Duration = Duration::from_secs(5);

/// Serves `site` and the pages over `ctx` at `listen` until the process is asked to stop.
pub async fn serve(listen: SocketAddr, site: Site, ctx: Ctx) -> Result<()> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|cause| Error::Unusable(format!("cannot listen at {listen}: {cause}")))?;
    println!("Sundown is at http://{}", listener.local_addr()?);

    let (stop, stopping) = watch::channel(false);
    let served =
        axum::serve(listener, router(site, ctx)).with_graceful_shutdown(wait_for(stopping.clone()));
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
