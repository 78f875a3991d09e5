//! What the network knows: accounts, posts, who is told what.

use super::faults::Rule;
use crate::{
    backend::connectors::scripted::mapping::{Account, Item, Shown},
    domain::{post::Visibility, time::Instant},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use unicode_segmentation::UnicodeSegmentation;

/// What a network is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Habits {
    /// Answers the same key with the same post.
    pub remembers_keys: bool,
    /// Shows the key that a post was sent with.
    pub gives_back_keys: bool,
    /// Lets whoever posts choose the id.
    pub takes_ids: bool,
    /// Takes answers to posts it never saw.
    pub takes_strange_parents: bool,
    /// The most that a post may say, in graphemes.
    pub most: usize,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            remembers_keys: true,
            gives_back_keys: false,
            takes_ids: false,
            takes_strange_parents: false,
            most: 300,
        }
    }
}

/// What somebody writes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Who, without `@`.
    #[serde(rename = "as")]
    pub by: String,
    /// What.
    pub text: String,
    /// The id it is to have.
    pub id: Option<String>,
    /// What it answers.
    pub in_reply_to: Option<String>,
    /// Whether only the two sides can read it.
    pub private: bool,
    /// Whom it is for, where it is private.
    pub to: Option<String>,
    /// When; now where it isn't said.
    pub at: Option<Instant>,
    /// Its language.
    pub language: Option<String>,
    /// How many follow the author, where that isn't known yet.
    pub followers: Option<i64>,
}

/// A post as the network keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// As it is shown.
    pub post: Shown,
    /// The reply that it is, where it came from a connector: no real network would know that.
    pub reply_key: Option<String>,
    /// When it was taken back.
    pub deleted_at: Option<Instant>,
    /// Who is told about it and all that follows from it.
    pub audience: BTreeSet<String>,
}

/// A text that stands more than once below the same post, by the same account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Double {
    /// Who.
    pub by: String,
    /// Below what.
    pub in_reply_to: Option<String>,
    /// How often.
    pub times: usize,
}

/// What became public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How many public posts each reply became.
    pub public_by_key: BTreeMap<String, usize>,
    /// The same for private messages.
    pub private_by_key: BTreeMap<String, usize>,
    /// The same text below the same post: finds doubles whose keys differ or are missing.
    pub doubles: Vec<Double>,
}

/// All of it.
pub struct State {
    pub habits: Habits,
    pub faults: Vec<Rule>,
    pub posts: Vec<Kept>,
    /// Tells this life of the network from an earlier one: cursors don't outlive it.
    pub epoch: u32,
    accounts: HashMap<String, (Account, Option<String>)>,
    places: HashMap<String, usize>,
    keys: HashMap<(String, String), String>,
    feed: Vec<(BTreeSet<String>, Value)>,
}

impl State {
    pub fn new(habits: Habits) -> Self {
        Self {
            habits,
            faults: Vec::new(),
            posts: Vec::new(),
            epoch: rand::random(),
            accounts: HashMap::new(),
            places: HashMap::new(),
            keys: HashMap::new(),
            feed: Vec::new(),
        }
    }

    pub fn account(&mut self, account: Account, token: Option<String>) {
        let handle = account.handle.clone();
        let before = self.accounts.remove(&handle).and_then(|it| it.1);
        self.accounts.insert(handle, (account, token.or(before)));
    }

    /// Whose token it is.
    pub fn holder(&self, token: &str) -> Option<Account> {
        let found = self.accounts.values();
        let mut found = found.filter(|it| it.1.as_deref() == Some(token));
        found.next().map(|it| it.0.clone())
    }

    pub fn find(&self, id: &str) -> Option<&Kept> {
        self.posts.get(*self.places.get(id)?)
    }

    pub fn write(&mut self, draft: Draft, now: Instant) -> Result<Shown, &'static str> {
        self.put(draft, None, now)
    }

    /// A connector's post, by the rules of the house.
    pub fn post(&mut self, by: &str, outgoing: &Sent, now: Instant) -> Result<Shown, &'static str> {
        let key = outgoing.idempotency_key.clone();
        if self.habits.remembers_keys
            && let Some(key) = &key
            && let Some(id) = self.keys.get(&(by.to_owned(), key.clone()))
            && let Some(kept) = self.find(id)
        {
            return Ok(kept.post.clone());
        }
        if outgoing.text.graphemes(true).count() > self.habits.most {
            return Err("too long");
        }
        if let Some(parent) = &outgoing.in_reply_to {
            match self.find(parent) {
                Some(kept) if kept.deleted_at.is_none() => {}
                None if self.habits.takes_strange_parents => {}
                _ => return Err("no such post"),
            }
        }
        let reply_key = outgoing.reply_key.clone().or_else(|| key.clone());
        let draft = Draft {
            by: by.to_owned(),
            text: outgoing.text.clone(),
            id: outgoing.id.clone().filter(|_| self.habits.takes_ids),
            in_reply_to: outgoing.in_reply_to.clone(),
            private: outgoing.visibility == Visibility::Private,
            to: outgoing.to.clone(),
            ..Draft::default()
        };
        let shown = self.put(draft, reply_key, now)?;
        if let Some(key) = key {
            self.keys.insert((by.to_owned(), key), shown.id.clone());
        }
        Ok(shown)
    }

    fn put(
        &mut self,
        draft: Draft,
        reply_key: Option<String>,
        now: Instant,
    ) -> Result<Shown, &'static str> {
        let id = draft
            .id
            .unwrap_or_else(|| format!("{:x}-{}", self.epoch, self.posts.len() + 1));
        if self.places.contains_key(&id) {
            return Err("duplicate");
        }
        let (author, _) = self.accounts.entry(draft.by.clone()).or_insert_with(|| {
            let account = Account {
                handle: draft.by.clone(),
                name: draft.by.clone(),
                followers: 0,
            };
            (account, None)
        });
        if let Some(followers) = draft.followers {
            author.followers = followers;
        }
        let post = Shown {
            id,
            in_reply_to: draft.in_reply_to,
            author: author.clone(),
            visibility: if draft.private {
                Visibility::Private
            } else {
                Visibility::Public
            },
            mentions: mentions(&draft.text),
            text: draft.text,
            language: draft.language,
            published_at: draft.at.unwrap_or(now),
            version: 1,
            sent_with: reply_key.clone().filter(|_| self.habits.gives_back_keys),
        };
        let mut audience = self.audience(&post);
        audience.extend(draft.to.into_iter().map(|it| it.to_lowercase()));
        self.keep(post.clone(), reply_key, audience.clone());
        self.tell(audience, &Item::Post { post: post.clone() });
        Ok(post)
    }

    pub fn remember(&mut self, post: Shown, to: &str) {
        if !self.places.contains_key(&post.id) {
            let mut audience = self.audience(&post);
            audience.insert(to.to_lowercase());
            self.keep(post, None, audience);
        }
    }

    fn keep(&mut self, post: Shown, reply_key: Option<String>, audience: BTreeSet<String>) {
        self.places.insert(post.id.clone(), self.posts.len());
        self.posts.push(Kept {
            post,
            reply_key,
            deleted_at: None,
            audience,
        });
    }

    /// Author, those it names, and whoever hears of what it answers.
    fn audience(&self, post: &Shown) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = post.mentions.iter().map(|it| it.to_lowercase()).collect();
        all.insert(post.author.handle.to_lowercase());
        let above = post.in_reply_to.as_deref().and_then(|it| self.find(it));
        if let Some(above) = above {
            all.extend(above.audience.iter().cloned());
        }
        all
    }

    pub fn edit(&mut self, id: &str, text: &str) -> Option<Shown> {
        let kept = self.posts.get_mut(*self.places.get(id)?)?;
        kept.post.text = text.to_owned();
        kept.post.mentions = mentions(text);
        kept.post.version += 1;
        kept.audience
            .extend(kept.post.mentions.iter().map(|it| it.to_lowercase()));
        let (post, audience) = (kept.post.clone(), kept.audience.clone());
        self.tell(audience, &Item::Post { post: post.clone() });
        Some(post)
    }

    pub fn delete(&mut self, id: &str, at: Instant) -> bool {
        let place = self.places.get(id).copied();
        let Some(kept) = place.and_then(|it| self.posts.get_mut(it)) else {
            return false;
        };
        kept.deleted_at = Some(at);
        let audience = kept.audience.clone();
        let id = id.to_owned();
        self.tell(audience, &Item::Delete { id, at });
        true
    }

    fn tell(&mut self, audience: BTreeSet<String>, item: &Item) {
        let item = serde_json::to_value(item).unwrap_or_default();
        self.feed.push((audience, item));
    }

    pub fn tell_raw(&mut self, to: &str, item: Value) {
        self.feed.push(([to.to_lowercase()].into(), item));
    }

    /// What an account hasn't heard: items, where to go on, whether there is more.
    pub fn feed_of(&self, handle: &str, after: usize, most: usize) -> (Vec<Value>, usize, bool) {
        let handle = handle.to_lowercase();
        let mut items = Vec::new();
        let mut next = after.min(self.feed.len());
        for (audience, item) in self.feed.iter().skip(next) {
            if items.len() == most {
                return (items, next, true);
            }
            next += 1;
            if audience.contains(&handle) {
                items.push(item.clone());
            }
        }
        (items, next, false)
    }

    /// An account's own posts below another.
    pub fn own(&self, handle: &str, in_reply_to: &str) -> Vec<Shown> {
        let is_own = |it: &&Kept| {
            it.post.author.handle == handle
                && it.deleted_at.is_none()
                && it.post.in_reply_to.as_deref() == Some(in_reply_to)
        };
        let found = self.posts.iter().filter(is_own);
        found.map(|it| it.post.clone()).collect()
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        let mut same: BTreeMap<(&str, Option<&str>, &str), usize> = BTreeMap::new();
        for kept in self.posts.iter().filter(|it| it.reply_key.is_some()) {
            let post = &kept.post;
            let by_key = match post.visibility {
                Visibility::Public => &mut counts.public_by_key,
                Visibility::Private => &mut counts.private_by_key,
            };
            *by_key
                .entry(kept.reply_key.clone().unwrap_or_default())
                .or_default() += 1;
            let what = (
                post.author.handle.as_str(),
                post.in_reply_to.as_deref(),
                post.text.as_str(),
            );
            *same.entry(what).or_default() += 1;
        }
        counts.doubles = same
            .into_iter()
            .filter(|it| it.1 > 1)
            .map(|((by, below, _), times)| Double {
                by: by.to_owned(),
                in_reply_to: below.map(str::to_owned),
                times,
            })
            .collect();
        counts
    }
}

/// What a connector sends.
#[derive(Clone, Debug, Deserialize)]
pub struct Sent {
    pub id: Option<String>,
    pub in_reply_to: Option<String>,
    pub to: Option<String>,
    pub visibility: Visibility,
    pub text: String,
    pub reply_key: Option<String>,
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// The accounts that a text names: `@ada`, and `@ada@example.social`.
fn mentions(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let rest = &text[at + 1..];
        let end = rest.find(|it: char| !(it.is_alphanumeric() || "._-@".contains(it)));
        let name = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', '-', '@']);
        if !name.is_empty() && !found.iter().any(|it| it == name) {
            found.push(name.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    fn network() -> State {
        let mut network = State::new(Habits::default());
        let account = Account {
            handle: "fairlark.example".to_owned(),
            name: "Fairlark".to_owned(),
            followers: 5,
        };
        network.account(account, Some("key".to_owned()));
        network
    }

    fn says(by: &str, text: &str) -> Draft {
        Draft {
            by: by.to_owned(),
            text: text.to_owned(),
            ..Draft::default()
        }
    }

    fn sent(parent: &str, key: Option<&str>) -> Sent {
        Sent {
            id: None,
            in_reply_to: Some(parent.to_owned()),
            to: None,
            visibility: Visibility::Public,
            text: "We look into it.".to_owned(),
            reply_key: Some("r1".to_owned()),
            idempotency_key: key.map(str::to_owned),
        }
    }

    #[test]
    fn a_thread_is_told_to_whoever_was_named_above() {
        let mut network = network();
        let now = from_ms(0);
        let first = network.write(says("ida", "Help, @fairlark.example."), now);
        let first = first.expect("a post");
        let mut below = says("wes", "Stuck too");
        below.in_reply_to = Some(first.id.clone());
        network.write(below, now).expect("a post");
        network
            .write(says("wes", "Elsewhere"), now)
            .expect("a post");
        let (items, next, more) = network.feed_of("Fairlark.example", 0, 10);
        assert_eq!((items.len(), next, more), (2, 3, false));
        assert_eq!(
            network.feed_of("fairlark.example", 0, 1),
            (items[..1].to_vec(), 1, true)
        );
    }

    #[test]
    fn what_became_public_twice_is_counted_whatever_its_key() {
        let mut network = network();
        let first = network
            .write(says("ida", "Help"), from_ms(0))
            .expect("a post");
        let mut post = |key| network.post("fairlark.example", &sent(&first.id, key), from_ms(1));
        let one = post(Some("k")).expect("a post");
        assert_eq!(post(Some("k")).expect("the same"), one);
        post(None).expect("another");
        let counts = network.counts();
        assert_eq!(counts.public_by_key.get("r1"), Some(&2));
        assert_eq!(counts.doubles.len(), 1);
    }
}
