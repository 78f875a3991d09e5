//! What any network hands in, whatever its own shape: posts, new versions of them, deletions.
//!
//! Invariant: nothing network-shaped stands here; a connector maps what it is given.

use super::{post::Visibility, time::Instant};
use serde::{Deserialize, Serialize};

/// Somebody who wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The account's name on the network, without `@`.
    pub handle: String,
    /// What people call them; the handle where the network says nothing.
    pub name: String,
    /// How many people follow them; 0 when unknown.
    pub followers: i64,
}

/// One post as a network delivered it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboundPost {
    /// The network's id.
    pub external_id: String,
    /// The network's id of what it answers.
    pub parent_external_id: Option<String>,
    /// Who wrote it; the channel's own handle where we did.
    pub author: Author,
    /// Who can read it.
    pub visibility: Visibility,
    /// What it says.
    pub body: String,
    /// Its language as an ISO 639 code, when the network knows.
    pub language: Option<String>,
    /// Accounts that are named in it, without `@`.
    pub mentions: Vec<String>,
    /// The network's clock.
    pub published_at: Instant,
    /// Which version this is: grows with every edit, starting from 1.
    pub version: i64,
    /// The key that the post was sent with, where the network gives it back.
    pub sent_with: Option<String>,
}

/// One thing that a network tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delivery", rename_all = "snake_case")]
pub enum Delivery {
    /// A post, or a newer version of one.
    Post(InboundPost),
    /// Its author took it back.
    Deleted {
        /// The network's id.
        external_id: String,
        /// By the network's clock.
        at: Instant,
    },
}

impl Delivery {
    /// The network's id of the post it is about.
    pub fn external_id(&self) -> &str {
        match self {
            Self::Post(post) => &post.external_id,
            Self::Deleted { external_id, .. } => external_id,
        }
    }
}
