//! The network's own shapes, and what they mean to us.

use crate::{
    backend::connectors::{Batch, Unreadable},
    domain::{
        inbound::{Author, Delivery, InboundPost},
        outgoing::Accepted,
        post::Visibility,
        time::Instant,
    },
};
use chrono::DateTime;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One account as the network shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Without `@`.
    pub handle: String,
    /// What people call it.
    pub name: String,
    /// How many follow it.
    pub followers: i64,
}

/// One post as the network shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The network's id.
    pub id: String,
    /// What it answers.
    pub in_reply_to: Option<String>,
    /// Who wrote it.
    pub author: Account,
    /// Who can read it.
    pub visibility: Visibility,
    /// What it says.
    pub text: String,
    /// Its language, when known.
    pub language: Option<String>,
    /// Accounts named in it.
    pub mentions: Vec<String>,
    /// The network's clock.
    pub published_at: Instant,
    /// Grows with every edit.
    pub version: i64,
    /// The key it was sent with, where the network gives it back.
    pub sent_with: Option<String>,
}

/// One thing that the feed tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Item {
    /// A post, or a newer version of one.
    Post {
        /// As it is now.
        post: Shown,
    },
    /// Its author took it back.
    Delete {
        /// Which.
        id: String,
        /// By the network's clock.
        at: Instant,
    },
}

/// A piece of the feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Feed {
    /// In the network's order; each is read by itself, so that one that makes no sense spoils no
    /// other.
    pub items: Vec<Value>,
    /// Where to go on.
    pub cursor: String,
    /// Whether there is more at once.
    pub has_more: bool,
}

impl Shown {
    /// What a network proves by showing this: nothing without an id.
    pub fn accepted(self) -> Option<Accepted> {
        (!self.id.is_empty()).then_some(Accepted {
            external_id: self.id,
            published_at: self.published_at,
        })
    }
}

impl From<Item> for Delivery {
    fn from(item: Item) -> Self {
        match item {
            Item::Delete { id, at } => Self::Deleted {
                external_id: id,
                at,
            },
            Item::Post { post } => Self::Post(InboundPost {
                external_id: post.id,
                parent_external_id: post.in_reply_to,
                author: Author {
                    handle: post.author.handle,
                    name: post.author.name,
                    followers: post.author.followers,
                },
                visibility: post.visibility,
                body: post.text,
                language: post.language,
                mentions: post.mentions,
                published_at: post.published_at,
                version: post.version,
                sent_with: post.sent_with,
            }),
        }
    }
}

impl From<Feed> for Batch {
    fn from(feed: Feed) -> Self {
        let mut batch = Self {
            cursor: Some(feed.cursor),
            has_more: feed.has_more,
            ..Self::default()
        };
        for item in feed.items {
            let raw = item.to_string();
            match serde_json::from_value::<Item>(item) {
                Ok(item) => batch.deliveries.push(item.into()),
                Err(_) => batch.unreadable.push(Unreadable {
                    raw,
                    why: "The network told something in a shape that isn't known.".to_owned(),
                }),
            }
        }
        batch
    }
}

/// What a network asks to wait in seconds: a number, or a date that is read by the answer's own
/// clock. Anything else says nothing.
pub fn after_s(headers: &HeaderMap) -> Option<i64> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(seconds);
    }
    let until = DateTime::parse_from_rfc2822(text).ok()?;
    let now = DateTime::parse_from_rfc2822(headers.get(DATE)?.to_str().ok()?).ok()?;
    Some((until - now).num_seconds())
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn asked(said: &'static str) -> Option<i64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(said));
        headers.insert(
            DATE,
            HeaderValue::from_static("Wed, 21 Oct 2026 07:28:00 GMT"),
        );
        after_s(&headers)
    }

    #[test]
    fn what_a_network_asks_to_wait_is_read_or_says_nothing() {
        assert_eq!(asked("17"), Some(17));
        assert_eq!(asked("-1"), Some(-1));
        assert_eq!(asked("Wed, 21 Oct 2026 07:29:00 GMT"), Some(60));
        assert_eq!(asked("315360000"), Some(315_360_000));
        assert_eq!(asked("soon"), None);
        assert_eq!(asked("99999999999999999999"), None);
    }

    #[test]
    fn one_item_that_makes_no_sense_spoils_no_other() {
        let feed = Feed {
            items: vec![
                serde_json::json!({"kind": "poll", "id": 7}),
                serde_json::json!({"kind": "delete", "id": "a", "at": "2026-07-01T12:00:00Z"}),
            ],
            cursor: "2".to_owned(),
            has_more: false,
        };
        let batch = Batch::from(feed);
        assert_eq!(batch.deliveries.len(), 1);
        assert_eq!(batch.unreadable.len(), 1);
    }
}
