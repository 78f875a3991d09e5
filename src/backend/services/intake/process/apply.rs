//! One delivery after the other: new posts, newer versions, deletions.

use super::{Entry, Item, Work, people::People};
use crate::{
    backend::{
        Result,
        services::reply,
        store::{
            Tx,
            intake::{Beginning, Known, Missing, Version},
        },
    },
    domain::{
        erasure::without_mentions,
        event::Actor,
        ids::PostId,
        inbound::{Delivery, InboundPost},
        network::Channel,
        outgoing::Accepted,
        post::Post,
        threading::{counts_from, fingerprint},
        time::Instant,
    },
};

impl Work<'_> {
    /// Takes one delivery in.
    pub async fn apply(&mut self, tx: &mut Tx, people: &People, item: Item) -> Result<()> {
        let channel = self.channel(item.channel)?.clone();
        match item.delivery {
            Delivery::Deleted { external_id, at } => {
                self.delete((channel.brand, channel.network, external_id), at);
                Ok(())
            }
            Delivery::Post(mut post) => {
                if self.is_erased(&channel, &post) {
                    return Ok(());
                }
                let is_ours = self.is_ours(&channel, &post);
                if is_ours && self.settles_reply(tx, &channel, &post).await? {
                    return Ok(());
                }
                self.unveil(&channel, &mut post);
                let key = (channel.brand, channel.network, post.external_id.clone());
                match self.called.get(&key).copied() {
                    Some(known) => self.again(known, &channel, &post),
                    None => self.come(key, &channel, people, post, item.received_at),
                }
                Ok(())
            }
        }
    }

    /// Whether a post of ours was sent from here; what isn't was written on the network itself, and
    /// is kept as an answer.
    async fn settles_reply(
        &self,
        tx: &mut Tx,
        channel: &Channel,
        post: &InboundPost,
    ) -> Result<bool> {
        let accepted = Accepted {
            external_id: post.external_id.clone(),
            published_at: post.published_at,
        };
        let sent_with = post.sent_with.as_deref();
        reply::echo(self.ctx, tx, channel.id, &accepted, sent_with).await
    }

    /// Takes names of erased people out; an answer to a post of theirs finds its tombstone.
    fn unveil(&self, channel: &Channel, post: &mut InboundPost) {
        let Some(veil) = &self.veil else { return };
        let at = post.published_at.timestamp_millis();
        let is_erased = |name: &str| veil.account(channel.network, name, at).is_some();
        if let Some(body) = without_mentions(&post.body, is_erased) {
            post.body = body;
        }
        if let Some(parent) = &mut post.parent_external_id {
            let name = veil.post(channel.network, parent);
            let key = (channel.brand, channel.network, name);
            if self.called.contains_key(&key) {
                *parent = key.2;
            }
        }
    }

    fn delete(&mut self, key: Missing, at: Instant) {
        let Some(&id) = self.called.get(&key) else {
            let kept = self.early.entry(key.clone()).or_insert(at);
            *kept = (*kept).min(at);
            self.new_early.insert(key);
            return;
        };
        let Some(entry) = self.posts.get_mut(&id) else {
            return;
        };
        let post = &mut entry.known.post;
        if post.deleted_at.is_some_and(|before| before <= at) {
            return;
        }
        post.deleted_at = Some(at);
        post.body.clear();
        entry.is_changed = true;
        self.emptied.push(id);
        self.touched.push(id);
    }

    /// A post that is known already: another version of it, or the same through another channel.
    fn again(&mut self, id: PostId, channel: &Channel, post: &InboundPost) {
        let Some(entry) = self.posts.get_mut(&id) else {
            return;
        };
        let is_deleted = entry.known.post.deleted_at.is_some();
        let known = &mut entry.known;
        let version = i32::try_from(post.version).unwrap_or(i32::MAX);
        let mut is_touched = false;
        // Several of our accounts are named in it: the first of them has it, whichever came first.
        if channel.id < known.post.channel {
            known.post.channel = channel.id;
            is_touched = true;
        }
        if post.published_at < known.post.published_at {
            known.post.published_at = post.published_at;
            is_touched = true;
        }
        if version != known.post.version {
            let is_newer = version > known.post.version;
            let body = if is_deleted { "" } else { &post.body };
            let earlier = Version {
                post: id,
                brand: known.brand,
                version: version.min(known.post.version),
                body: if is_newer {
                    known.post.body.clone()
                } else {
                    body.to_owned()
                },
                published_at: known.post.published_at,
            };
            self.versions.push(earlier);
            if is_newer {
                body.clone_into(&mut known.post.body);
                known.post.version = version;
                entry.at_hand = Some(post.body.clone());
            }
            is_touched = true;
        }
        if is_touched {
            entry.is_changed = true;
            self.touched.push(id);
            self.begin(id, &post.body);
        }
    }

    /// A post that wasn't known.
    fn come(
        &mut self,
        key: Missing,
        channel: &Channel,
        people: &People,
        post: InboundPost,
        received_at: Instant,
    ) {
        let id: PostId = self.ctx.ids.next(self.now);
        let author = people.find(channel, &post.author.handle);
        let is_ours = self.is_ours(channel, &post);
        let deleted_at = self.early.get(&key).copied();
        let (_, is_off) = counts_from(post.published_at, received_at);
        let followers = post.author.followers.max(0);
        let known = Known {
            brand: channel.brand,
            counts_from: is_off.then_some(received_at),
            author: author.map(|it| (it.1, followers)),
            post: Post {
                id,
                case: None,
                channel: channel.id,
                handle: author.filter(|_| !is_ours).map(|it| it.0),
                author: post.author.handle,
                by: if is_ours {
                    Actor::Agent
                } else {
                    Actor::Customer
                },
                visibility: post.visibility,
                external_id: post.external_id,
                parent_external_id: post.parent_external_id,
                body: if deleted_at.is_some() {
                    String::new()
                } else {
                    post.body.clone()
                },
                language: post.language,
                published_at: post.published_at,
                seen_at: received_at,
                version: i32::try_from(post.version.max(1)).unwrap_or(i32::MAX),
                deleted_at,
            },
        };
        let entry = Entry {
            known,
            is_new: true,
            is_changed: false,
            at_hand: Some(post.body.clone()),
            followers,
        };
        self.called.insert(key, id);
        self.posts.insert(id, entry);
        self.touched.push(id);
        self.begin(id, &post.body);
    }

    /// Remembers what a post began, by what one of its versions said.
    fn begin(&mut self, id: PostId, text: &str) {
        let Some(entry) = self.posts.get(&id) else {
            return;
        };
        let post = &entry.known.post;
        if let (None, Some(handle)) = (&post.parent_external_id, post.handle) {
            self.beginnings.push(Beginning {
                post: id,
                brand: entry.known.brand,
                fingerprint: fingerprint(text).unwrap_or(0),
                handle,
                channel: post.channel,
                published_at: post.published_at,
            });
        }
    }
}
