//! Tells the cases that are touched and writes everything down.

use super::{Entry, Node, Work};
use crate::{
    backend::{
        Result,
        store::{
            Tx, archive, cases, events, histories,
            intake::{self as store, Known},
            posts,
        },
    },
    domain::{
        case::{Case, Origin},
        event::{Actor, CaseEvent},
        history::{Episode, Turn},
        ids::{BrandId, CaseId, PostId},
        post::Post,
        threading::{self, Leaf, Look, Names, Side, Told, counts_from},
        time::Instant,
    },
};
use std::collections::{HashMap, HashSet};

/// What happens to a case without anybody of us deciding anything: such a case can be told again.
const PLAIN: &[&str] = &[
    "opened",
    "posted",
    "chased",
    "joined",
    "answered",
    "edited",
    "withdrawn",
];
/// With more posts than these a case isn't told again from its beginning.
const LONG: i32 = 500;

/// What is written about cases.
#[derive(Default)]
struct Draft {
    cases: Vec<Case>,
    told: Vec<CaseEvent>,
    turns: Vec<Turn>,
    episodes: Vec<Episode>,
    retold: Vec<CaseId>,
    moves: Vec<archive::Move>,
    merged: Vec<(CaseId, CaseId)>,
}

impl Work<'_> {
    /// Writes everything down.
    pub async fn write(mut self, tx: &mut Tx) -> Result<()> {
        let ids: Vec<CaseId> = self.cases.keys().copied().collect();
        let mut decided: HashSet<CaseId> = store::kinds_of_events(tx, &ids)
            .await?
            .into_iter()
            .filter(|(_, kind)| !PLAIN.contains(&kind.as_str()))
            .map(|it| it.0)
            .collect();
        decided.extend(
            self.cases
                .values()
                .filter(|it| it.posts > LONG)
                .map(|it| it.id),
        );
        let mut draft = Draft::default();
        let mut of_cases: HashMap<CaseId, Vec<PostId>> = HashMap::new();
        for it in self.posts.values() {
            if let Some(case) = it.known.post.case {
                of_cases.entry(case).or_default().push(it.known.post.id);
            }
        }
        for knot in std::mem::take(&mut self.ties).knots() {
            self.settle(&knot, &of_cases, &decided, &mut draft);
        }
        self.write_cases(tx, draft).await?;
        self.write_posts(tx).await
    }

    async fn write_cases(&self, tx: &mut Tx, draft: Draft) -> Result<()> {
        cases::write(tx, &draft.cases).await?;
        for &(from, into) in &draft.merged {
            store::set_merged(tx, from, into).await?;
        }
        archive::remove_turns(tx, &draft.retold).await?;
        archive::restart_episodes(tx, &draft.moves).await?;
        histories::insert_episodes(tx, &draft.episodes).await?;
        histories::insert_turns(tx, &draft.turns).await?;
        events::append(tx, &draft.told, self.now).await?;
        Ok(())
    }

    async fn write_posts(&self, tx: &mut Tx) -> Result<()> {
        let new: Vec<(BrandId, Post)> = self
            .posts
            .values()
            .filter(|it| it.is_new)
            .map(|it| (it.known.brand, it.known.post.clone()))
            .collect();
        posts::insert_all(tx, &new).await?;
        for it in self.posts.values() {
            if (it.is_changed && !it.is_new) || (it.is_new && it.known.counts_from.is_some()) {
                store::update_post(tx, &it.known).await?;
            }
        }
        store::insert_versions(tx, &self.versions).await?;
        store::empty_versions(tx, &self.emptied).await?;
        store::keep_beginnings(tx, &self.beginnings).await?;
        store::wait_for(tx, &self.waiting).await?;
        let early: Vec<_> = self
            .new_early
            .iter()
            .filter_map(|key| Some((key.clone(), *self.early.get(key)?)))
            .collect();
        Ok(store::keep_early_deletions(tx, &early, self.now).await?)
    }

    /// One knot is one case.
    fn settle(
        &mut self,
        knot: &[Node],
        of_cases: &HashMap<CaseId, Vec<PostId>>,
        decided: &HashSet<CaseId>,
        draft: &mut Draft,
    ) {
        let mut ids: Vec<CaseId> = knot
            .iter()
            .filter_map(|it| match it {
                Node::Case(case) => Some(*case),
                Node::Post(_) => None,
            })
            .filter(|it| self.cases.contains_key(it))
            .collect();
        ids.sort_unstable();
        // Those that are part of another already say nothing any more.
        let is_open = |it: &CaseId| {
            let excluded = self.cases.get(it).and_then(|it| it.excluded);
            excluded.is_none_or(|it| it.1 != crate::domain::case::Exclusion::Merged)
        };
        let open: Vec<CaseId> = ids.iter().copied().filter(is_open).collect();
        let kept = open
            .iter()
            .find(|it| decided.contains(it))
            .or(open.first())
            .copied();
        let mut members: Vec<PostId> = knot
            .iter()
            .filter_map(|it| match it {
                Node::Post(post) => Some(*post),
                Node::Case(_) => None,
            })
            .collect();
        members.extend(ids.iter().filter_map(|it| of_cases.get(it)).flatten());
        members.sort_unstable();
        members.dedup();
        members.retain(|it| self.posts.contains_key(it));
        let Some(brand) = members.first().and_then(|it| self.posts.get(it)) else {
            return;
        };
        let brand = brand.known.brand;
        let is_theirs = |it: &PostId| {
            self.posts
                .get(it)
                .is_some_and(|it| it.known.post.handle.is_some())
        };
        if kept.is_none() && !members.iter().any(is_theirs) {
            return;
        }
        let id = kept.unwrap_or_else(|| self.ctx.ids.next(self.now));
        let is_decided = kept.is_some_and(|it| decided.contains(&it));
        let before: Vec<PostId> = members
            .iter()
            .filter(|it| {
                self.posts.get(it).and_then(|it| it.known.post.case) == kept && kept.is_some()
            })
            .copied()
            .collect();
        let looks = self.kept_looks(&open, &members);
        self.hang(&members, id);
        for other in open.iter().filter(|it| **it != id) {
            if let Some(case) = self.cases.get_mut(other) {
                draft.told.push(case.join_into(self.now, id));
                draft.cases.push(case.clone());
                draft.merged.push((*other, id));
                draft.retold.push(*other);
            }
        }
        if is_decided {
            self.go_on(id, &members, &before, draft);
        } else {
            self.tell_again((id, brand), kept.is_some(), &members, &looks, draft);
        }
    }

    /// Lets posts belong to a case, and tells who wrote them.
    fn hang(&mut self, members: &[PostId], case: CaseId) {
        for it in members {
            if let Some(entry) = self.posts.get_mut(it)
                && entry.known.post.case != Some(case)
            {
                entry.known.post.case = Some(case);
                entry.is_changed = true;
            }
        }
    }

    /// What cases say so far of the posts that opened them: people may have corrected that.
    fn kept_looks(&self, open: &[CaseId], members: &[PostId]) -> HashMap<PostId, (Look, Origin)> {
        let mut looks = HashMap::new();
        for case in open.iter().filter_map(|it| self.cases.get(it)) {
            let opened = members
                .iter()
                .filter_map(|it| self.posts.get(it))
                .find(|it| {
                    it.known.post.case == Some(case.id)
                        && it
                            .known
                            .author
                            .is_some_and(|author| author.0 == case.customer)
                        && instant(&it.known) == case.opened_at
                });
            if let Some(entry) = opened {
                let look = Look {
                    kind: case.kind,
                    tone: case.tone_first,
                    priority: case.priority,
                    topic: case.topic.clone(),
                    language: None,
                };
                looks.insert(entry.known.post.id, (look, case.origin));
            }
        }
        looks
    }

    fn tell_again(
        &mut self,
        (id, brand): (CaseId, BrandId),
        is_known: bool,
        members: &[PostId],
        looks: &HashMap<PostId, (Look, Origin)>,
        draft: &mut Draft,
    ) {
        let leaves: Vec<Leaf> = self.leaves(members, looks);
        let Some(house) = self.houses.get(&brand) else {
            return;
        };
        let desk = &house.desk;
        let tell = |origin| {
            threading::tell(
                leaves.clone(),
                Names { id, brand, origin },
                |at| desk.rules(at),
                |at| desk.zone(at),
                |from, until| desk.business_s(from, until),
            )
        };
        let Some(mut told) = tell(Origin::Customer) else {
            return;
        };
        let origin = match looks.get(&told.opening) {
            _ if self.is_below_ours(told.opening) => Origin::Brand,
            Some((_, origin)) => *origin,
            None => Origin::Customer,
        };
        told.case.origin = origin;
        if let Some((_, event)) = told.events.first_mut() {
            event.kind = crate::domain::event::EventKind::Opened {
                origin,
                kind: told.case.kind,
            };
        }
        let before = self.cases.get(&id);
        let news = self.news(&told, before, is_known);
        if news.is_empty() && before == Some(&told.case) {
            return;
        }
        if is_known {
            draft.retold.push(id);
            draft.moves.push(archive::Move {
                from: id,
                to: id,
                brand,
                opened_at: told.case.opened_at.timestamp_millis(),
            });
        } else {
            draft.episodes.push(Episode {
                id: self.ctx.ids.next(self.now),
                brand,
                case: id,
                number: 1,
                opened_at: told.case.opened_at,
                resolved_at: None,
                outcome: None,
                remedy: None,
            });
        }
        for run in &told.runs {
            draft.turns.push(Turn {
                id: self.ctx.ids.next(self.now),
                brand,
                case: id,
                started_at: run.started_at,
                answered_at: run.answered_at,
                posts: run.posts,
            });
        }
        let actors = self.actors(&leaves, &told);
        self.mark(&actors);
        draft.told.extend(news);
        draft.cases.push(told.case);
    }

    /// What is new of what happened.
    fn news(&self, told: &Told, before: Option<&Case>, is_known: bool) -> Vec<CaseEvent> {
        let was_withdrawn = before.is_some_and(|it| it.excluded == told.case.excluded);
        let is_news = |post: &Option<PostId>, at: usize| match post {
            Some(post) => {
                self.posts.get(post).is_some_and(|it| it.is_new) && !(is_known && at == 0)
            }
            None => !was_withdrawn,
        };
        let mut news: Vec<CaseEvent> = told
            .events
            .iter()
            .enumerate()
            .filter(|(at, (post, _))| is_news(post, *at))
            .map(|(_, (_, event))| event.clone())
            .collect();
        if news.is_empty() && before.is_some() {
            news.push(told.case.edited(self.now));
        }
        news
    }

    fn leaves(&self, members: &[PostId], looks: &HashMap<PostId, (Look, Origin)>) -> Vec<Leaf> {
        let called: HashSet<(&str, BrandId)> = members
            .iter()
            .filter_map(|it| self.posts.get(it))
            .map(|it| (it.known.post.external_id.as_str(), it.known.brand))
            .collect();
        members
            .iter()
            .filter_map(|it| self.posts.get(it))
            .filter_map(|it| {
                let post = &it.known.post;
                let parent = post.parent_external_id.as_deref();
                let side = match (post.handle, it.known.author) {
                    (Some(handle), Some((customer, _))) => Side::Theirs(handle, customer),
                    _ => Side::Ours(post.by),
                };
                Some(Leaf {
                    post: post.id,
                    external_id: post.external_id.clone(),
                    channel: post.channel,
                    network: self.network_of(&it.known)?,
                    side,
                    at: instant(&it.known),
                    seen_at: post.seen_at,
                    visibility: post.visibility,
                    deleted_at: post.deleted_at,
                    look: self.look_of(it, looks),
                    followers: it.followers,
                    begins: parent
                        .is_none_or(|it_answers| !called.contains(&(it_answers, it.known.brand))),
                })
            })
            .collect()
    }

    fn look_of(&self, it: &Entry, looks: &HashMap<PostId, (Look, Origin)>) -> Look {
        let post = &it.known.post;
        let text = match (&it.at_hand, looks.get(&post.id)) {
            (Some(text), _) => text,
            (None, Some((look, _))) => return look.clone(),
            (None, None) => &post.body,
        };
        self.look(it.known.brand, text)
    }

    /// Who of a case's people is its customer, and who joined.
    fn actors(&self, leaves: &[Leaf], told: &Told) -> Vec<(PostId, Actor)> {
        let own: HashSet<_> = leaves
            .iter()
            .filter_map(|it| match it.side {
                Side::Theirs(handle, customer) if it.begins || customer == told.case.customer => {
                    Some(handle)
                }
                _ => None,
            })
            .collect();
        leaves
            .iter()
            .filter_map(|it| match it.side {
                Side::Theirs(handle, _) if own.contains(&handle) => {
                    Some((it.post, Actor::Customer))
                }
                Side::Theirs(..) => Some((it.post, Actor::Joiner)),
                Side::Ours(_) => None,
            })
            .collect()
    }

    fn mark(&mut self, actors: &[(PostId, Actor)]) {
        for (post, actor) in actors {
            if let Some(entry) = self.posts.get_mut(post)
                && entry.known.post.by != *actor
            {
                entry.known.post.by = *actor;
                entry.is_changed = true;
            }
        }
    }

    /// A case in which somebody of us decided something goes on from where it is.
    fn go_on(&mut self, id: CaseId, members: &[PostId], before: &[PostId], draft: &mut Draft) {
        let looks = HashMap::new();
        let mut leaves = self.leaves(members, &looks);
        leaves.sort_by(|a, b| (a.at, &a.external_id).cmp(&(b.at, &b.external_id)));
        let (Some(case), Some(first)) = (self.cases.get(&id), leaves.first()) else {
            return;
        };
        let Some(house) = self.houses.get(&case.brand) else {
            return;
        };
        let (mut case, first, desk) = (case.clone(), first.post, &house.desk);
        let mut told = Vec::new();
        let mut marks = Vec::new();
        for leaf in leaves
            .iter()
            .filter(|it| before.binary_search(&it.post).is_err())
        {
            let waiting = case.unanswered_since;
            let is_own = match leaf.side {
                Side::Theirs(_, customer) => {
                    customer == case.customer || (leaf.begins && leaf.post != first)
                }
                Side::Ours(_) => false,
            };
            match leaf.side {
                Side::Ours(Actor::Agent | Actor::Department) => {
                    let staffed = desk.business_s(case.opened_at, leaf.at);
                    let rules = desk.rules(leaf.at);
                    told.push(case.answer(leaf.at, leaf.visibility, Actor::Agent, staffed, rules));
                }
                Side::Ours(_) => case.posts += 1,
                Side::Theirs(..) if is_own => {
                    let episode = case.episode;
                    told.extend(case.hear(leaf.at, leaf.look.tone, desk.rules(leaf.at)));
                    marks.push((leaf.post, Actor::Customer));
                    if case.episode > episode {
                        draft.episodes.push(Episode {
                            id: self.ctx.ids.next(self.now),
                            brand: case.brand,
                            case: id,
                            number: case.episode,
                            opened_at: leaf.at,
                            resolved_at: None,
                            outcome: None,
                            remedy: None,
                        });
                    }
                }
                Side::Theirs(..) => {
                    told.push(case.join(leaf.at, leaf.followers));
                    marks.push((leaf.post, Actor::Joiner));
                }
            }
            if let (None, Some(started_at)) = (waiting, case.unanswered_since) {
                draft.turns.push(Turn {
                    id: self.ctx.ids.next(self.now),
                    brand: case.brand,
                    case: id,
                    started_at,
                    answered_at: None,
                    posts: 1,
                });
            }
        }
        let is_edited = members
            .iter()
            .filter_map(|it| self.posts.get(it))
            .any(|it| it.is_changed && !it.is_new);
        if told.is_empty() && is_edited {
            told.push(case.edited(self.now));
        }
        self.mark(&marks);
        if !told.is_empty() {
            draft.told.extend(told);
            draft.cases.push(case);
        }
    }
}

/// The clock that counts for a post.
fn instant(known: &Known) -> Instant {
    counts_from(known.post.published_at, known.post.seen_at).0
}
