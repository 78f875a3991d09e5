//! Which posts and cases hang together: by threads, by people, by texts.

use super::{Node, Work};
use crate::{
    backend::{
        Result,
        store::{
            Tx, cases,
            intake::{self as store, Beginning, Missing},
        },
    },
    domain::{
        ids::{CaseId, CustomerId, PostId},
        threading::WINDOW,
    },
};
use std::collections::HashMap;

/// How many of our own posts may stand above each other before a case is looked for no further.
const DEPTH: usize = 50;

impl Work<'_> {
    /// Ties what came to what belongs with it, and reads the cases that are touched.
    pub async fn tie(&mut self, tx: &mut Tx) -> Result<()> {
        self.touched.sort_unstable();
        self.touched.dedup();
        self.welcome(tx).await?;
        self.tie_beginnings(tx).await?;
        let touched = self.touched.clone();
        for id in touched {
            self.tie_post(id);
        }
        self.load_cases(tx).await
    }

    /// Reads the posts that waited for those that came; they are touched too.
    async fn welcome(&mut self, tx: &mut Tx) -> Result<()> {
        let new = self.touched.iter().filter_map(|it| self.posts.get(it));
        let ids: Vec<String> = new
            .filter(|it| it.is_new)
            .map(|it| it.known.post.external_id.clone())
            .collect();
        let waiting = store::waiting_for(tx, &ids).await?;
        let posts: Vec<PostId> = waiting.iter().map(|it| it.1).collect();
        let found = store::posts_by_id(tx, &posts).await?;
        let mut parents: Vec<String> = found
            .iter()
            .filter_map(|it| it.post.parent_external_id.clone())
            .collect();
        parents.sort_unstable();
        parents.dedup();
        self.know(found);
        let above = store::posts_called(tx, &parents).await?;
        self.know(above);
        self.touched
            .extend(posts.iter().filter(|it| self.posts.contains_key(it)));
        self.touched.sort_unstable();
        self.touched.dedup();
        Ok(())
    }

    fn tie_post(&mut self, id: PostId) {
        let Some(entry) = self.posts.get(&id) else {
            return;
        };
        if let Some(case) = entry.known.post.case {
            self.ties.tie(Node::Post(id), Node::Case(case));
        } else if entry.known.post.handle.is_some() {
            self.ties.put(Node::Post(id));
        }
        let Some(key) = self.parent_key(&entry.known) else {
            return;
        };
        match self.above(&key) {
            Above::Post(parent) => {
                let case = self.posts.get(&parent).and_then(|it| it.known.post.case);
                let parent = case.map_or(Node::Post(parent), Node::Case);
                self.ties.tie(Node::Post(id), parent);
            }
            Above::Missing(key) => self.waiting.push((key, id)),
            Above::Ours => {}
        }
    }

    /// What a post hangs on: its parent, unless that is one of our own posts that hangs on nothing.
    fn above(&self, key: &Missing) -> Above {
        let mut key = key.clone();
        let mut first = None;
        for _ in 0..DEPTH {
            let Some((id, entry)) = self
                .called
                .get(&key)
                .and_then(|id| Some((*id, self.posts.get(id)?)))
            else {
                return Above::Missing(key);
            };
            let first = *first.get_or_insert(id);
            if entry.known.post.case.is_some() || entry.known.post.handle.is_some() {
                return Above::Post(first);
            }
            match self.parent_key(&entry.known) {
                Some(next) => key = next,
                None => return Above::Ours,
            }
        }
        Above::Ours
    }

    /// Whether a post stands below one of our own that began nothing.
    pub fn is_below_ours(&self, id: PostId) -> bool {
        let key = self
            .posts
            .get(&id)
            .and_then(|it| self.parent_key(&it.known));
        key.is_some_and(|it| matches!(self.above(&it), Above::Ours))
    }

    /// A person's posts and nearly the same texts on other channels, where they lie close together.
    async fn tie_beginnings(&mut self, tx: &mut Tx) -> Result<()> {
        let (Some(from), Some(until)) = (
            self.beginnings.iter().map(|it| it.published_at).min(),
            self.beginnings.iter().map(|it| it.published_at).max(),
        ) else {
            return Ok(());
        };
        let span = (from - WINDOW, until + WINDOW);
        let mut customers: HashMap<PostId, CustomerId> = HashMap::new();
        for it in &self.beginnings {
            let author = self.posts.get(&it.post).and_then(|it| it.known.author);
            customers.extend(author.map(|author| (it.post, author.0)));
        }
        let mut people: Vec<CustomerId> = customers.values().copied().collect();
        people.sort_unstable();
        people.dedup();
        let mut by_person: HashMap<CustomerId, Vec<Beginning>> = HashMap::new();
        for (who, it) in store::begun_by(tx, &people, span).await? {
            by_person.entry(who).or_default().push(it);
        }
        let mut by_text: HashMap<i64, Vec<Beginning>> = HashMap::new();
        let mut texts: Vec<i64> = self.beginnings.iter().map(|it| it.fingerprint).collect();
        texts.retain(|it| *it != 0);
        texts.sort_unstable();
        texts.dedup();
        for it in store::begun_alike(tx, &texts, span).await? {
            by_text.entry(it.fingerprint).or_default().push(it);
        }
        for it in &self.beginnings {
            if let Some(who) = customers.get(&it.post) {
                by_person.entry(*who).or_default().push(it.clone());
            }
            if it.fingerprint != 0 {
                by_text.entry(it.fingerprint).or_default().push(it.clone());
            }
        }
        let mut pairs = Vec::new();
        for mut group in by_person.into_values() {
            group.sort_by_key(|it| it.published_at);
            pairs.extend(neighbours(&group));
        }
        for mut group in by_text.into_values() {
            group.sort_by_key(|it| it.published_at);
            // Each finds the nearest ones on other channels of its brand, so that a chain of them is
            // one whatever lies between.
            for (at, it) in group.iter().enumerate() {
                let other = group[at + 1..]
                    .iter()
                    .take_while(|next| next.published_at - it.published_at <= WINDOW)
                    .filter(|next| next.channel != it.channel && next.brand == it.brand)
                    .take(3);
                pairs.extend(other.map(|next| (it.post, next.post)));
            }
        }
        let far: Vec<PostId> = pairs
            .iter()
            .flat_map(|it| [it.0, it.1])
            .filter(|it| !self.posts.contains_key(it))
            .collect();
        let found = store::posts_by_id(tx, &far).await?;
        self.know(found);
        for (one, other) in pairs {
            for id in [one, other] {
                if let Some(case) = self.posts.get(&id).and_then(|it| it.known.post.case) {
                    self.ties.tie(Node::Post(id), Node::Case(case));
                }
            }
            if self.posts.contains_key(&one) && self.posts.contains_key(&other) {
                self.ties.tie(Node::Post(one), Node::Post(other));
            }
        }
        Ok(())
    }

    /// Reads all cases that are tied, with all their posts; those that became part of others are
    /// followed there.
    async fn load_cases(&mut self, tx: &mut Tx) -> Result<()> {
        let tied = std::mem::take(&mut self.ties).knots();
        let mut ids: Vec<CaseId> = tied
            .iter()
            .flatten()
            .filter_map(|it| match it {
                Node::Case(case) => Some(*case),
                Node::Post(_) => None,
            })
            .collect();
        for knot in tied {
            let mut knot = knot.into_iter();
            if let Some(first) = knot.next() {
                self.ties.put(first);
                knot.for_each(|it| self.ties.tie(first, it));
            }
        }
        for (from, into) in store::merged(tx, &ids).await? {
            self.ties.tie(Node::Case(from), Node::Case(into));
            ids.push(into);
        }
        ids.sort_unstable();
        ids.dedup();
        for some in ids.chunks(500) {
            for case in cases::find_all(tx, some).await? {
                self.cases.insert(case.id, case);
            }
        }
        let found = store::posts_of(tx, &ids).await?;
        self.know(found);
        Ok(())
    }
}

enum Above {
    Post(PostId),
    Missing(Missing),
    Ours,
}

/// Those that stand beside each other in time and no further apart than the window.
fn neighbours(group: &[Beginning]) -> Vec<(PostId, PostId)> {
    group
        .windows(2)
        .filter(|it| it[1].published_at - it[0].published_at <= WINDOW)
        .map(|it| (it[0].post, it[1].post))
        .collect()
}
