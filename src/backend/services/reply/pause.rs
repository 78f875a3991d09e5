//! Closing and opening the way out, for one channel or all of them.

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::audit,
        store::{Tx, brands, gateways},
    },
    domain::{
        gateway::{Gateway, Pace},
        ids::ChannelId,
        network::{Channel, Network},
        person::Viewer,
        right::allows_brand,
    },
};

/// The gateway that stands before all channels.
pub fn everything() -> ChannelId {
    ChannelId::from(0)
}

/// A channel's way out as it stands, or as it begins.
pub async fn gateway(ctx: &Ctx, tx: &mut Tx, channel: ChannelId, pace: Pace) -> Result<Gateway> {
    let found = gateways::find(tx, channel).await?;
    Ok(found.unwrap_or_else(|| Gateway::new(pace, ctx.clock.now())))
}

/// Closes a channel's way out: what is queued waits, and what is written is queued.
pub async fn pause(ctx: &Ctx, viewer: &Viewer, channel: ChannelId) -> Result<()> {
    set(ctx, viewer, channel, true).await
}

/// Opens it again; what waited goes out at the network's pace.
pub async fn resume(ctx: &Ctx, viewer: &Viewer, channel: ChannelId) -> Result<()> {
    set(ctx, viewer, channel, false).await?;
    ctx.outbox.notify_one();
    Ok(())
}

async fn set(ctx: &Ctx, viewer: &Viewer, channel: ChannelId, close: bool) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    let network = if channel == everything() {
        Network::Email
    } else {
        find(&mut tx, viewer, channel).await?.network
    };
    let mut gate = gateway(ctx, &mut tx, channel, Pace::of(network)).await?;
    let before = gate.paused.is_some();
    gate.paused = close.then(|| (ctx.clock.now(), viewer.name.clone()));
    gateways::save(&mut tx, channel, &gate).await?;
    let what = if close {
        "channel.paused"
    } else {
        "channel.resumed"
    };
    audit::record(ctx, &mut tx, viewer, what, channel, (&before, &close)).await?;
    tx.commit().await?;
    Ok(())
}

async fn find(tx: &mut Tx, viewer: &Viewer, channel: ChannelId) -> Result<Channel> {
    let all = brands::channels(tx).await?;
    all.into_iter()
        .find(|it| it.id == channel && allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)
}
