//! How channels reach their networks: connecting them, pausing them, seeing how it goes.

use super::audit;
use crate::{
    backend::{
        Error, Result,
        connectors::{Connector, scripted::Scripted},
        ctx::Ctx,
        store::{Tx, brands, connections, intake, secrets::CONNECTION},
    },
    domain::{
        audit::Who,
        channels::{ChannelLine, ChannelsPage, DeadLetter},
        connection::{Connection, ConnectionKind, ConnectionState},
        ids::ChannelId,
        network::{Channel, ChannelSource},
        person::Viewer,
        reply::Guard,
        right::allows_brand,
    },
};
use std::sync::Arc;

/// The most dead letters that the page shows.
const LETTERS: i64 = 50;

/// What a connection is made of.
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// Whose.
    pub channel: ChannelId,
    /// What is spoken on the other end.
    pub kind: ConnectionKind,
    /// Where.
    pub address: String,
    /// What we sign in with; what was kept stays where this is empty.
    pub secret: String,
    /// How the network keeps replies apart.
    pub guard: Guard,
}

/// Connects every channel that was set up; what can't be is logged, the others go on.
///
/// # Errors
/// When the store fails.
pub async fn connect_all(ctx: &Ctx) -> Result<usize> {
    let mut tx = ctx.store.read().await?;
    let mut count = 0;
    for connection in connections::list(&mut tx).await? {
        match open(ctx, &mut tx, &connection).await {
            Ok(connector) => {
                ctx.connectors.connect(connection.channel, connector);
                count += 1;
            }
            Err(why) => {
                let channel = connection.channel;
                tracing::warn!(%channel, cause = %why, "A channel can't be connected: {why}");
            }
        }
    }
    Ok(count)
}

async fn open(ctx: &Ctx, tx: &mut Tx, it: &Connection) -> Result<Arc<dyn Connector>> {
    let sealed = connections::sealed_secret(tx, it.channel).await?;
    let sealed = sealed.ok_or_else(|| unusable("It has no sign-in yet. Connect it again."))?;
    let place = CONNECTION.at(it.channel.get());
    let secret = ctx.vault.open(place, &sealed)?;
    let secret = std::str::from_utf8(secret.expose())
        .map_err(|_| unusable("Its sign-in is no text. Connect it again."))?;
    make(ctx, it, secret)
}

fn make(ctx: &Ctx, it: &Connection, secret: &str) -> Result<Arc<dyn Connector>> {
    let address = it.address.parse().map_err(|_| {
        unusable("The network's address must look like https://network.example/. Check it.")
    })?;
    let guard = it.guard;
    match it.kind {
        ConnectionKind::Scripted if !ctx.connectors.rehearses() => Err(unusable(
            "Rehearsal networks are for tests: start Sundown with --rehearse to use one.",
        )),
        ConnectionKind::Scripted => {
            let connector = Scripted::on_this_machine(address, secret, guard).map_err(unusable)?;
            Ok(Arc::new(connector))
        }
    }
}

/// Connects a channel, new or again; `who` did it.
///
/// # Errors
/// When there is no such channel, it is an archive's, or the address or the token can't be used.
pub async fn connect(ctx: &Ctx, who: impl Into<Who>, new: NewConnection) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    let channel = channel_of(&mut tx, new.channel).await?;
    if channel.source == ChannelSource::Archive {
        return Err(unusable(
            "This channel holds an archive. Make a live one and connect that.",
        ));
    }
    let before = connections::find(&mut tx, channel.id).await?;
    let mut after = Connection::new(channel.id, new.kind, new.address, new.guard);
    // The same place goes on where it was; another one is read from its beginning.
    let kept = before.as_ref().filter(|it| it.address == after.address);
    after.cursor = kept.and_then(|it| it.cursor.clone());
    connections::save(&mut tx, channel.brand, &after).await?;
    if !new.secret.is_empty() {
        let place = CONNECTION.at(channel.id.get());
        let sealed = ctx
            .vault
            .seal(&mut tx, place, new.secret.as_bytes())
            .await?;
        connections::keep_secret(&mut tx, channel.id, &sealed).await?;
    }
    let connector = open(ctx, &mut tx, &after).await?;
    let told = |it: &Connection| (it.kind, it.address.clone(), it.state);
    let what = (&before.as_ref().map(told), &Some(told(&after)));
    audit::record(ctx, &mut tx, who, "channel.connected", channel.key(), what).await?;
    tx.commit().await?;
    ctx.connectors.connect(channel.id, connector);
    Ok(())
}

/// Pauses a channel, or lets it go on.
///
/// # Errors
/// When it isn't connected.
pub async fn pause(ctx: &Ctx, who: impl Into<Who>, id: ChannelId, is_paused: bool) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    let channel = channel_of(&mut tx, id).await?;
    let mut it = connections::find(&mut tx, id)
        .await?
        .ok_or(Error::Missing)?;
    let before = it.state;
    it.state = match (is_paused, before) {
        (true, _) => ConnectionState::Paused,
        (false, ConnectionState::Paused) => ConnectionState::On,
        (false, other) => other,
    };
    if !is_paused {
        it.retry_at = None;
    }
    connections::save(&mut tx, channel.brand, &it).await?;
    let what = (&before, &it.state);
    audit::record(ctx, &mut tx, who, "channel.paused", channel.key(), what).await?;
    Ok(tx.commit().await?)
}

/// Every channel that somebody sees, and what got stuck in them.
///
/// # Errors
/// When the store fails.
pub async fn page(ctx: &Ctx, viewer: &Viewer) -> Result<ChannelsPage> {
    let mut tx = ctx.store.read().await?;
    let all = connections::list(&mut tx).await?;
    let mut channels = brands::channels(&mut tx).await?;
    channels.retain(|it| allows_brand(viewer, it.brand));
    let dead = intake::dead(&mut tx, LETTERS).await?;
    let name = |id: ChannelId| channels.iter().find(|it| it.id == id).map(Channel::key);
    let dead = dead.into_iter().filter_map(|it| {
        Some(DeadLetter {
            id: it.id,
            channel: name(it.channel)?,
            at: it.dead_at?,
            why: it.why.unwrap_or_default(),
        })
    });
    Ok(ChannelsPage {
        dead: dead.collect(),
        channels: channels
            .iter()
            .map(|channel| ChannelLine {
                channel: channel.clone(),
                connection: all.iter().find(|it| it.channel == channel.id).cloned(),
            })
            .collect(),
    })
}

/// Whether somebody sees a channel.
///
/// # Errors
/// When they don't, or there is none.
pub async fn check_sees(ctx: &Ctx, viewer: &Viewer, id: ChannelId) -> Result<()> {
    let mut tx = ctx.store.read().await?;
    let channel = channel_of(&mut tx, id).await?;
    if allows_brand(viewer, channel.brand) {
        Ok(())
    } else {
        Err(Error::Missing)
    }
}

async fn channel_of(tx: &mut Tx, id: ChannelId) -> Result<Channel> {
    let all = brands::channels(tx).await?;
    all.into_iter().find(|it| it.id == id).ok_or(Error::Missing)
}

fn unusable(why: impl Into<String>) -> Error {
    Error::Unusable(why.into())
}
