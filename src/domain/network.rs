//! The networks where people complain, and a brand's accounts on them.

use super::{
    ids::{BrandId, ChannelId},
    words::words,
};
use serde::{Deserialize, Serialize};

words! {
    /// Where a post was written.
    Network, "a network", {
        /// The AT protocol.
        Bluesky = "bluesky", "Bluesky";
        /// ActivityPub.
        Mastodon = "mastodon", "Mastodon";
        /// Formerly Twitter; also where the public archives come from.
        X = "x", "X";
        /// Pages and their comments.
        Facebook = "facebook", "Facebook";
        /// Posts and their comments.
        Instagram = "instagram", "Instagram";
        /// Subreddits.
        Reddit = "reddit", "Reddit";
        /// Mail to a published address.
        Email = "email", "E-mail";
    }
}

words! {
    /// How a channel gets its posts.
    ChannelSource, "a source of a channel", {
        /// Followed while it happens.
        Live = "live", "Live";
        /// Brought in as history; its `seen_at` is its `published_at`.
        Archive = "archive", "Archive";
        /// Played by the demo.
        Demo = "demo", "Demo";
    }
}

/// One account of a brand on one network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Its id.
    pub id: ChannelId,
    /// Whose it is.
    pub brand: BrandId,
    /// Where it is.
    pub network: Network,
    /// The account's name there, without `@`.
    pub handle: String,
    /// How its posts get here.
    pub source: ChannelSource,
}

impl Channel {
    /// The channel's name in URLs, reports and CSV: `network/handle`.
    pub fn key(&self) -> String {
        format!("{}/{}", self.network, self.handle)
    }
}
