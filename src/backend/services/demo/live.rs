//! The demo while somebody watches: new complaints arrive and are answered. Not played yet.

use crate::backend::ctx::Ctx;
use tokio::sync::watch;

/// Plays on until `stop` says so.
pub async fn play(_ctx: Ctx, _stop: watch::Receiver<bool>) {}
