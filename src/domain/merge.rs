//! Two cases that are one problem, and one that is two.
//!
//! The older case stays, so that no clock is put back; the other one is left out of times.

use super::{
    brand::Policies,
    case::{Ball, Case, Exclusion, Opening, Origin, Status},
    event::{Actor, CaseEvent, EventKind},
    ids::CaseId,
    post::{Post, Visibility},
    rejection::Rejection,
    time::Instant,
};
use chrono::TimeZone;

impl Case {
    /// Takes a younger case of the same problem in. `business_s` is the staffed time from this
    /// case's opening to the other's first answer, in seconds.
    pub fn absorb(
        &mut self,
        other: &mut Self,
        at: Instant,
        business_s: Option<i64>,
        rules: &Policies,
    ) -> Result<Vec<CaseEvent>, Rejection> {
        let is_gone = |it: &Self| matches!(it.excluded, Some((_, Exclusion::Merged)));
        if self.id == other.id
            || self.brand != other.brand
            || self.opened_at > other.opened_at
            || is_gone(self)
            || is_gone(other)
        {
            return Err(Rejection::NotMergeable);
        }
        let mut told = Vec::new();
        if self.status == Status::Resolved && other.status == Status::Open {
            told.push(self.reopen(at, Actor::Agent));
        }
        let both_wait = self.unanswered_since.is_some() && other.unanswered_since.is_some();
        self.chasers += other.chasers + i32::from(both_wait);
        self.posts += other.posts;
        self.joiners += other.joiners;
        if self.customer == other.customer {
            self.reach = self.reach.max(other.reach);
        } else {
            self.joiners += 1;
            self.reach += other.reach;
        }
        if other.last_customer_post_at > self.last_customer_post_at {
            self.last_customer_post_at = other.last_customer_post_at;
            self.tone_last = other.tone_last;
        }
        self.priority = self.priority.max(other.priority);
        if let Some(theirs) = other.first_answer_at
            && self.first_answer_at.is_none_or(|ours| theirs < ours)
        {
            self.first_answer_at = Some(theirs);
            self.first_answer_business_s = business_s;
        }
        self.first_public_answer_at =
            earlier(self.first_public_answer_at, other.first_public_answer_at);
        if self.status == Status::Open && self.excluded.is_none() {
            self.unanswered_since = earlier(self.unanswered_since, other.unanswered_since);
            if self.unanswered_since.is_some() {
                self.ball = Ball::Us;
            }
        }
        self.promise_due_at = earlier(self.promise_due_at, other.promise_due_at);
        self.settle_due(rules);
        told.push(other.exclude(at, Exclusion::Merged));
        other.promise_due_at = None;
        told.push(other.tell(at, Actor::Agent, EventKind::Merged { into: self.id }));
        Ok(told)
    }

    /// A case that had been taken in stands by itself again, as it was; what happened to this one
    /// since stays. `whole` says that nothing has, so that it becomes what it was before.
    pub fn give_back(
        &mut self,
        before: Self,
        other: &Self,
        whole: bool,
        next_due: Option<Instant>,
        at: Instant,
        rules: &Policies,
    ) -> [CaseEvent; 2] {
        if whole {
            *self = before;
        } else {
            self.posts -= other.posts;
            self.joiners -= other.joiners;
            self.chasers = (self.chasers - other.chasers).max(0);
            if self.customer != other.customer {
                self.joiners -= 1;
                self.reach -= other.reach;
            }
            // An answer that only the other case had is not this one's.
            if self.first_answer_at == other.first_answer_at {
                self.first_answer_at = before.first_answer_at;
                self.first_answer_business_s = before.first_answer_business_s;
            }
            if self.first_public_answer_at == other.first_public_answer_at {
                self.first_public_answer_at = before.first_public_answer_at;
            }
        }
        self.promise_due_at = next_due;
        self.settle_due(rules);
        let from = other.id;
        [
            self.tell(at, Actor::Agent, EventKind::Unmerged { from }),
            other.tell(at, Actor::Agent, EventKind::Included),
        ]
    }

    /// Some posts become a case of their own; the first one stays. `stays` and `goes` are all posts
    /// of this case, oldest first.
    pub fn split<Z: TimeZone>(
        &mut self,
        id: CaseId,
        (stays, goes): (&[Post], &[Post]),
        at: Instant,
        (rules, zone): (&Policies, &Z),
    ) -> Result<(Self, Vec<CaseEvent>), Rejection> {
        let first = goes.iter().find(|it| it.by == Actor::Customer);
        let (Some(first), false) = (first, stays.is_empty()) else {
            return Err(Rejection::NotSplittable);
        };
        if stays[0].published_at > first.published_at {
            return Err(Rejection::NotSplittable);
        }
        let opening = Opening {
            id,
            brand: self.brand,
            channel: first.channel,
            network: self.network,
            customer: self.customer,
            origin: Origin::Customer,
            kind: self.kind,
            priority: self.priority,
            topic: None,
            tone: self.tone_last,
            published_at: first.published_at,
            seen_at: first.seen_at,
            reach: self.reach,
        };
        let (mut other, opened) = Self::open(opening, rules, zone);
        self.recount(stays, rules);
        other.recount(goes, rules);
        let told = vec![
            opened,
            self.tell(at, Actor::Agent, EventKind::Split { into: id }),
        ];
        Ok((other, told))
    }

    /// Counts and answers, as these posts tell them.
    fn recount(&mut self, posts: &[Post], rules: &Policies) {
        let count = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
        let by = |who: Actor| posts.iter().filter(move |it| it.by == who);
        self.posts = count(posts.len());
        let mut joiners: Vec<&str> = by(Actor::Joiner).map(|it| it.author.as_str()).collect();
        joiners.sort_unstable();
        joiners.dedup();
        self.joiners = count(joiners.len());
        let answers = || by(Actor::Agent).map(|it| it.published_at);
        let first = answers().min();
        if first != self.first_answer_at {
            self.first_answer_at = first;
            self.first_answer_business_s = None;
        }
        let public = by(Actor::Agent).filter(|it| it.visibility == Visibility::Public);
        self.first_public_answer_at = public.map(|it| it.published_at).min();
        let last = answers().max();
        if let Some(at) = by(Actor::Customer).map(|it| it.published_at).max() {
            self.last_customer_post_at = at;
        }
        if self.status == Status::Open && self.excluded.is_none() {
            let waiting = by(Actor::Customer).map(|it| it.published_at);
            self.unanswered_since = waiting
                .filter(|&it| last.is_none_or(|last| it > last))
                .min();
            self.ball = if self.unanswered_since.is_some() {
                Ball::Us
            } else {
                Ball::Customer
            };
        }
        self.settle_due(rules);
    }
}

/// The earlier of two moments, of which either may be missing.
fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}
