//! The network that plays a part, as an ordinary connector: demo and tests run on it.

mod client;
pub mod mapping;

use super::{Batch, Connector, Trouble};
use crate::{
    backend::egress::{Bounds, Egress},
    domain::{
        outgoing::{Accepted, Outgoing, Sending, judge},
        reply::Guard,
    },
};
use async_trait::async_trait;
use chrono::TimeDelta;
use client::Client;
use mapping::{Account, Feed, Shown};
use reqwest::Url;

/// How many things are asked for at once.
const PIECE: &str = "200";

/// One account on a network that plays a part.
pub struct Scripted {
    client: Client,
    guard: Guard,
}

impl Scripted {
    /// An account at an address; `None` when its token can't be sent.
    pub fn new(egress: Egress, base: Url, token: &str, guard: Guard) -> Option<Self> {
        let client = Client::new(egress, base, token)?;
        Some(Self { client, guard })
    }

    /// An account on a network of this machine.
    ///
    /// # Errors
    /// When the client can't be made or the token can't be sent; the text says what to do.
    pub fn on_this_machine(base: Url, token: &str, guard: Guard) -> Result<Self, String> {
        let bounds = Bounds {
            loopback: true,
            ..Bounds::default()
        };
        let egress = Egress::new(bounds).map_err(|why| why.to_string())?;
        Self::new(egress, base, token, guard)
            .ok_or_else(|| "The token holds signs that no token has. Check it.".to_owned())
    }
}

#[async_trait]
impl Connector for Scripted {
    fn guard(&self) -> Guard {
        self.guard
    }

    fn choose_id(&self, key: &str) -> Option<String> {
        (self.guard == Guard::ChosenId).then(|| format!("own-{key}"))
    }

    async fn fetch(&self, cursor: Option<&str>) -> Result<Batch, Trouble> {
        let query = [("cursor", cursor.unwrap_or("0")), ("limit", PIECE)];
        let feed: Feed = self.client.get("/api/feed", &query).await?;
        if feed.has_more && feed.items.is_empty() {
            return Err(Trouble::Garbled("more of nothing".to_owned()));
        }
        Ok(feed.into())
    }

    async fn post(&self, outgoing: &Outgoing) -> Sending {
        judge(self.client.post(outgoing).await)
    }

    async fn look_up(&self, outgoing: &Outgoing) -> Result<Option<Accepted>, Trouble> {
        if let Some(id) = &outgoing.chosen_id {
            let found: Option<Shown> = self.client.find(&format!("/api/posts/{id}")).await?;
            return Ok(found.and_then(Shown::accepted));
        }
        let query = [("in_reply_to", outgoing.in_reply_to.as_str())];
        let own: Vec<Shown> = self.client.get("/api/own", &query).await?;
        // The network's clock may be a little off; an older post of the same words is another.
        let since = outgoing.since - TimeDelta::minutes(10);
        let found = own.into_iter().find(|it| match &it.sent_with {
            Some(key) => *key == outgoing.key,
            None => {
                it.text == outgoing.body
                    && it.visibility == outgoing.visibility
                    && it.published_at >= since
            }
        });
        Ok(found.and_then(Shown::accepted))
    }

    async fn health(&self) -> Result<(), Trouble> {
        self.client.get::<Account>("/api/me", &[]).await.map(drop)
    }
}
