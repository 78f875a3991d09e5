//! The accounts that wrote, found or made known.

use super::{Item, Work};
use crate::{
    backend::{
        Result,
        store::{Tx, customers, intake as store},
    },
    domain::{
        customer::{Customer, Handle},
        ids::{BrandId, CustomerId, HandleId},
        inbound::{Delivery, InboundPost},
        network::{Channel, Network},
    },
};
use std::collections::HashMap;

type Account = (BrandId, Network, String);

/// The accounts that wrote, by brand and name.
pub struct People(HashMap<Account, (HandleId, CustomerId)>);

impl People {
    /// Finds those that the brands know, and makes the others known.
    pub async fn meet(work: &mut Work<'_>, tx: &mut Tx, items: &[Item]) -> Result<Self> {
        let mut wanted: HashMap<Account, &InboundPost> = HashMap::new();
        for item in items {
            let Delivery::Post(post) = &item.delivery else {
                continue;
            };
            let channel = work.channel(item.channel)?;
            if !work.is_ours(channel, post) && !work.is_erased(channel, post) {
                let handle = post.author.handle.clone();
                wanted.insert((channel.brand, channel.network, handle), post);
            }
        }
        let keys: Vec<Account> = wanted.keys().cloned().collect();
        let mut known = HashMap::new();
        for (brand, network, handle, id, customer, followers) in store::accounts(tx, &keys).await? {
            let key = (brand, network, handle);
            let now = wanted.get(&key).map_or(0, |it| it.author.followers);
            if now > 0 && now != followers {
                store::set_followers(tx, id, now).await?;
            }
            known.insert(key, (id, customer));
        }
        let (mut people, mut handles) = (Vec::new(), Vec::new());
        for (key, post) in wanted {
            if known.contains_key(&key) {
                continue;
            }
            let (id, customer) = (work.ctx.ids.next(work.now), work.ctx.ids.next(work.now));
            let (brand, network, handle) = key.clone();
            people.push(Customer {
                id: customer,
                brand,
                name: post.author.name.clone(),
                language: post.language.clone(),
            });
            handles.push(Handle {
                id,
                brand,
                customer,
                network,
                handle,
                followers: post.author.followers.max(0),
            });
            known.insert(key, (id, customer));
        }
        customers::insert_all(tx, &people, work.now).await?;
        customers::insert_handles(tx, &handles).await?;
        Ok(Self(known))
    }

    /// An account with whose it is.
    pub fn find(&self, channel: &Channel, handle: &str) -> Option<(HandleId, CustomerId)> {
        let key = (channel.brand, channel.network, handle.to_owned());
        self.0.get(&key).copied()
    }
}

impl Work<'_> {
    /// Whether we wrote a post: any account of the brand there, or a key of ours.
    pub fn is_ours(&self, channel: &Channel, post: &InboundPost) -> bool {
        post.sent_with.is_some()
            || self.channels.values().any(|it| {
                it.brand == channel.brand
                    && it.network == channel.network
                    && it.handle.eq_ignore_ascii_case(&post.author.handle)
            })
    }

    /// Whether its author's data was erased after it was written.
    pub fn is_erased(&self, channel: &Channel, post: &InboundPost) -> bool {
        let at = post.published_at.timestamp_millis();
        let veil = self.veil.as_ref();
        veil.is_some_and(|it| {
            it.account(channel.network, &post.author.handle, at)
                .is_some()
        })
    }
}
