//! Our own posts, as networks tell them back.

use crate::{
    backend::{Result, store::Tx},
    domain::{ids::ChannelId, time::Instant},
};

/// A post of ours came in through a channel. Tells whether it is an answer that was sent from here
/// and is settled with that; what isn't was written on the network itself, and intake keeps it as an
/// answer.
///
/// Nothing is sent from here yet, so nothing is ever settled.
pub async fn echo(
    _tx: &mut Tx,
    _channel: ChannelId,
    _external_id: &str,
    _sent_with: Option<&str>,
    _published_at: Instant,
) -> Result<bool> {
    Ok(false)
}
