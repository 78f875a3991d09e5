//! One message on a network.
//!
//! Invariant: the text is what the network delivered; it is shown as text and never as markup.

use super::{
    event::Actor,
    ids::{CaseId, ChannelId, HandleId, PostId},
    time::Instant,
    words::words,
};
use serde::{Deserialize, Serialize};

words! {
    /// Who can read it.
    Visibility, "a visibility", {
        /// Everybody.
        Public = "public", "Public";
        /// The two sides only.
        Private = "private", "Private";
    }
}

/// One message on a network, ours or theirs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Post {
    /// Our id.
    pub id: PostId,
    /// The case it belongs to; `None` for our own posts that nobody answered.
    pub case: Option<CaseId>,
    /// The account it came through.
    pub channel: ChannelId,
    /// Its author's account, when that is a customer's or a joiner's.
    pub handle: Option<HandleId>,
    /// The author's account name on the network.
    pub author: String,
    /// Who wrote it.
    pub by: Actor,
    /// Who can read it.
    pub visibility: Visibility,
    /// The network's id.
    pub external_id: String,
    /// The network's id of what it answers.
    pub parent_external_id: Option<String>,
    /// What it says; empty when it was deleted by its author.
    pub body: String,
    /// Its language as an ISO 639 code, when known.
    pub language: Option<String>,
    /// The network's clock.
    pub published_at: Instant,
    /// Our clock.
    pub seen_at: Instant,
    /// Counted from 1; an edit adds one.
    pub version: i32,
    /// When its author deleted it: a tombstone remains.
    pub deleted_at: Option<Instant>,
}

impl Post {
    /// Whether it was written by our side.
    pub fn is_ours(&self) -> bool {
        match self.by {
            Actor::Agent | Actor::Bot | Actor::System | Actor::Department => true,
            Actor::Customer | Actor::Joiner => false,
        }
    }
}
