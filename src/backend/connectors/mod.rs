//! Networks, as the rest of the product sees them: one trait, and which channel has which.
//!
//! Invariant: a connector fetches and posts; it never saves anything and never decides whether to
//! try again.

pub mod scripted;

use crate::domain::{
    ids::ChannelId,
    inbound::Delivery,
    outgoing::{Accepted, Outgoing, Sending},
    reply::Guard,
};
use async_trait::async_trait;
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

/// Why a network couldn't be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// It can't be reached, or answers with an error of its own; later it may work.
    #[error("{0}")]
    Away(String),
    /// It asks to wait for so many seconds, as it said.
    #[error("the network asks to wait")]
    Wait(Option<i64>),
    /// Our sign-in there isn't valid any more.
    #[error("our sign-in isn't valid any more")]
    Reconnect,
    /// It answered something that isn't what it should be: never read as “nothing new”.
    #[error("the network's answer makes no sense: {0}")]
    Garbled(String),
}

/// Something a network told that couldn't be read; what it told beside it could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// As it was told.
    pub raw: String,
    /// Why, as a sentence.
    pub why: String,
}

/// What came since the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// In the order in which the network told it.
    pub deliveries: Vec<Delivery>,
    /// What made no sense.
    pub unreadable: Vec<Unreadable>,
    /// Where to go on the next time.
    pub cursor: Option<String>,
    /// Whether there is more to fetch at once.
    pub has_more: bool,
}

/// One account on one network.
#[async_trait]
pub trait Connector: Send + Sync {
    /// How the network keeps a reply from becoming two posts.
    fn guard(&self) -> Guard;

    /// An id for a post to come, where the network lets us choose.
    fn choose_id(&self, key: &str) -> Option<String>;

    /// What came since a cursor; from as far back as the network gives when there is none.
    async fn fetch(&self, cursor: Option<&str>) -> Result<Batch, Trouble>;

    /// Tries once to post. Never tries again by itself.
    async fn post(&self, outgoing: &Outgoing) -> Sending;

    /// Looks whether the network has a post that was tried; `None` means that it certainly showed
    /// all that could be it, and it wasn't there.
    async fn look_up(&self, outgoing: &Outgoing) -> Result<Option<Accepted>, Trouble>;

    /// Whether the network knows us.
    async fn health(&self) -> Result<(), Trouble>;
}

/// Which channel has which connector; cheap to clone.
#[derive(Clone, Default)]
pub struct Connectors {
    all: Arc<RwLock<HashMap<ChannelId, Arc<dyn Connector>>>>,
    rehearses: Arc<AtomicBool>,
}

impl Connectors {
    /// Lets channels be connected to networks on this machine from now on: for demos and tests.
    pub fn rehearse(&self) {
        self.rehearses.store(true, Ordering::Relaxed);
    }

    /// Whether they may be.
    pub fn rehearses(&self) -> bool {
        self.rehearses.load(Ordering::Relaxed)
    }

    /// The connector of a channel; `None` for archives and channels that aren't connected.
    pub fn of(&self, channel: ChannelId) -> Option<Arc<dyn Connector>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&channel).cloned()
    }

    /// Disconnects a channel.
    pub fn disconnect(&self, channel: ChannelId) {
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        all.remove(&channel);
    }

    /// Connects a channel, or connects it in another way.
    pub fn connect(&self, channel: ChannelId, connector: Arc<dyn Connector>) {
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(channel, connector);
    }

    /// Every channel that is connected, in ascending order.
    pub fn channels(&self) -> Vec<ChannelId> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        let mut ids: Vec<ChannelId> = all.keys().copied().collect();
        ids.sort_unstable();
        ids
    }
}
