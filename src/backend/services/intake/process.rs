//! Works through deliveries: what is new joins what is in the store, in one transaction.

mod apply;
mod people;
mod tie;
mod write;

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::{
            desk::Desk,
            person::{Veil, veil},
            triage,
        },
        store::{
            Tx, brands,
            intake::{self as store, Beginning, Known, Missing, Version},
        },
    },
    domain::{
        case::{Case, Kind, Priority, Tone},
        ids::{BrandId, CaseId, ChannelId, PostId},
        inbound::Delivery,
        network::{Channel, ChannelSource, Network},
        threading::{Look, Ties},
        time::Instant,
    },
};
use std::collections::{HashMap, HashSet, hash_map};

/// One delivery.
pub struct Item {
    /// Through which channel.
    pub channel: ChannelId,
    /// Our clock when it came.
    pub received_at: Instant,
    /// What it is.
    pub delivery: Delivery,
}

/// A brand's rules, and what judges its posts.
struct House {
    desk: Desk,
    triage: triage::Desk,
}

/// A post at work.
struct Entry {
    known: Known,
    is_new: bool,
    is_changed: bool,
    /// What it said when it came just now, even where it was taken back before.
    at_hand: Option<String>,
    followers: i64,
}

/// What hangs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Node {
    Post(PostId),
    Case(CaseId),
}

/// Everything at hand while a piece is worked through.
struct Work<'a> {
    ctx: &'a Ctx,
    now: Instant,
    channels: HashMap<ChannelId, Channel>,
    houses: HashMap<BrandId, House>,
    veil: Option<Veil>,
    posts: HashMap<PostId, Entry>,
    called: HashMap<Missing, PostId>,
    cases: HashMap<CaseId, Case>,
    early: HashMap<Missing, Instant>,
    new_early: HashSet<Missing>,
    versions: Vec<Version>,
    emptied: Vec<PostId>,
    beginnings: Vec<Beginning>,
    waiting: Vec<(Missing, PostId)>,
    /// Posts that came, or say something else now.
    touched: Vec<PostId>,
    ties: Ties<Node>,
}

/// Works through some deliveries in their order.
///
/// # Errors
/// When the store fails or one of them can't be worked through; then nothing may be kept.
pub async fn process(ctx: &Ctx, tx: &mut Tx, items: Vec<Item>) -> Result<()> {
    let channels = brands::channels(tx).await?;
    let mut work = Work {
        ctx,
        now: ctx.clock.now(),
        channels: channels.into_iter().map(|it| (it.id, it)).collect(),
        houses: HashMap::new(),
        veil: veil(tx, &ctx.vault).await?,
        posts: HashMap::new(),
        called: HashMap::new(),
        cases: HashMap::new(),
        early: HashMap::new(),
        new_early: HashSet::new(),
        versions: Vec::new(),
        emptied: Vec::new(),
        beginnings: Vec::new(),
        waiting: Vec::new(),
        touched: Vec::new(),
        ties: Ties::default(),
    };
    work.load(tx, &items).await?;
    let people = people::People::meet(&mut work, tx, &items).await?;
    for item in items {
        work.apply(tx, &people, item).await?;
    }
    work.tie(tx).await?;
    work.write(tx).await
}

impl Work<'_> {
    /// Reads what the deliveries are about.
    async fn load(&mut self, tx: &mut Tx, items: &[Item]) -> Result<()> {
        let mut ids: Vec<String> = Vec::new();
        for item in items {
            let channel = self.channel(item.channel)?.clone();
            if let hash_map::Entry::Vacant(place) = self.houses.entry(channel.brand) {
                place.insert(House {
                    desk: Desk::of(tx, channel.brand).await?,
                    triage: triage::Desk::of(self.ctx, tx, channel.brand).await?,
                });
            }
            ids.push(item.delivery.external_id().to_owned());
            if let Delivery::Post(post) = &item.delivery
                && let Some(parent) = &post.parent_external_id
            {
                ids.push(parent.clone());
                ids.extend(
                    self.veil
                        .as_ref()
                        .map(|it| it.post(channel.network, parent)),
                );
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let found = store::posts_called(tx, &ids).await?;
        self.know(found);
        self.early = store::early_deletions(tx, &ids)
            .await?
            .into_iter()
            .collect();
        Ok(())
    }

    /// Takes posts of the store in, once each. Archives are told by their own rules.
    fn know(&mut self, found: Vec<Known>) {
        for known in found {
            let Some(channel) = self.channels.get(&known.post.channel) else {
                continue;
            };
            if channel.source == ChannelSource::Archive || self.posts.contains_key(&known.post.id) {
                continue;
            }
            let key = (known.brand, channel.network, known.post.external_id.clone());
            self.called.insert(key, known.post.id);
            let followers = known.author.map_or(0, |it| it.1);
            let entry = Entry {
                known,
                is_new: false,
                is_changed: false,
                at_hand: None,
                followers,
            };
            self.posts.insert(entry.known.post.id, entry);
        }
    }

    fn channel(&self, id: ChannelId) -> Result<&Channel> {
        self.channels.get(&id).ok_or(Error::Missing)
    }

    fn network_of(&self, known: &Known) -> Option<Network> {
        self.channels.get(&known.post.channel).map(|it| it.network)
    }

    /// What a post's own parent is called.
    fn parent_key(&self, known: &Known) -> Option<Missing> {
        let parent = known.post.parent_external_id.clone()?;
        Some((known.brand, self.network_of(known)?, parent))
    }

    /// What triage makes of a text. What isn't surely praise or noise waits for somebody's look.
    fn look(&self, brand: BrandId, text: &str) -> Look {
        let Some(house) = self.houses.get(&brand) else {
            // Nothing of this brand is at work here; whoever complains waits for somebody's look.
            return Look {
                kind: Kind::Complaint,
                tone: Tone::Neutral,
                priority: Priority::Normal,
                topic: None,
                language: None,
            };
        };
        let verdict = house.triage.judge(text);
        Look {
            kind: verdict.opens_as,
            tone: verdict.tone.value,
            priority: verdict.priority.value,
            topic: verdict.topic.map(|it| it.value),
            language: verdict.language,
        }
    }
}
