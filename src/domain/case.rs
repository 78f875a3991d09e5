//! A case: one customer's problem, from the first post to the last word, and its legal moves.
//!
//! Every move is a method that changes the case and returns the [`CaseEvent`]s that tell what
//! happened; the store writes both in one transaction. Facts are computed from the timestamps of
//! what happened, never from the moment at which somebody looked.
//!
//! Invariant: no I/O, no clock; the rules of the brand come in as [`Policies`] and a zone.

use super::{
    brand::Policies,
    event::{Actor, CaseEvent, EventKind},
    ids::{BrandId, CaseId, ChannelId, CustomerId},
    network::Network,
    post::Visibility,
    rejection::Rejection,
    sundown::sundown_at,
    time::{Instant, seconds_between},
    words::words,
};
use chrono::{TimeDelta, TimeZone};
use serde::{Deserialize, Serialize};

words! {
    /// How a case began.
    Origin, "an origin", {
        /// A customer's own post.
        Customer = "customer", "Customer";
        /// Below a post of the brand.
        Brand = "brand", "Below our post";
        /// Its first post is missing, so its beginning is unknown and it has no durations.
        Dangling = "dangling", "Beginning unknown";
    }
}

words! {
    /// What the customer wants.
    Kind, "a kind of case", {
        /// Something went wrong.
        Complaint = "complaint", "Complaint";
        /// Something is asked.
        Question = "question", "Question";
        /// Thanks and congratulations.
        Praise = "praise", "Praise";
        /// Nothing that needs an answer.
        Noise = "noise", "Noise";
    }
}

words! {
    /// Where a case stands.
    Status, "a status", {
        /// Somebody still has to do something.
        Open = "open", "Open";
        /// We say it is solved.
        Resolved = "resolved", "Resolved";
    }
}

words! {
    /// Who has to act.
    Ball, "a side", {
        /// The desk.
        Us = "us", "Us";
        /// The customer.
        Customer = "customer", "Customer";
        /// A partner or another company.
        ThirdParty = "third_party", "Third party";
        /// Nobody any more.
        Nobody = "nobody", "Nobody";
    }
}

words! {
    /// How it sounds.
    Tone, "a tone", {
        /// Angry or disappointed.
        Negative = "negative", "Negative";
        /// Neither.
        Neutral = "neutral", "Neutral";
        /// Pleased or grateful.
        Positive = "positive", "Positive";
    }
}

words! {
    /// How pressing it is, apart from waiting.
    Priority, "a priority", {
        /// Can wait.
        Low = "low", "Low";
        /// The usual.
        Normal = "normal", "Normal";
        /// Before others.
        High = "high", "High";
        /// At once.
        Urgent = "urgent", "Urgent";
    }
}

words! {
    /// What became of a case.
    Outcome, "an outcome", {
        /// We say it is solved; the customer hasn't said.
        Claimed = "claimed", "Claimed";
        /// The customer says so too.
        Confirmed = "confirmed", "Confirmed";
        /// The customer says it isn't.
        Disputed = "disputed", "Disputed";
        /// The customer was asked and said nothing.
        Lapsed = "lapsed", "Lapsed";
        /// The chance to help was gone.
        TooLate = "too_late", "Too late";
        /// The customer took the complaint back.
        Withdrawn = "withdrawn", "Withdrawn";
        /// There was nothing to do.
        NotActionable = "not_actionable", "Not actionable";
    }
}

words! {
    /// How a case was solved.
    Remedy, "a remedy", {
        /// The thing works or was found.
        Fixed = "fixed", "Fixed";
        /// The customer knows why now.
        Explained = "explained", "Explained";
        /// What was owed was paid.
        Compensated = "compensated", "Compensated";
        /// More than was owed.
        Goodwill = "goodwill", "Goodwill";
        /// We said no.
        Declined = "declined", "Declined";
    }
}

words! {
    /// Why a case is left out of times.
    Exclusion, "a reason for leaving out", {
        /// Thanks need an answer, but no clock.
        Praise = "praise", "Praise";
        /// Advertising and the like.
        Spam = "spam", "Spam";
        /// Somebody who abuses the channel.
        BadActor = "bad_actor", "Bad actor";
        /// Merged into another case.
        Merged = "merged", "Merged into another case";
        /// Taken back before the first answer.
        Withdrawn = "withdrawn", "Withdrawn before an answer";
    }
}

words! {
    /// What falls due next.
    DueKind, "a kind of due moment", {
        /// The first answer.
        FirstResponse = "first_response", "First response";
        /// The answer to a later post.
        NextResponse = "next_response", "Next response";
        /// Something that was promised.
        Promise = "promise", "Promise";
        /// The end of the day by which it is to be closed.
        Sundown = "sundown", "Sundown";
    }
}

/// One customer's problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// Whose it is to answer.
    pub brand: BrandId,
    /// Where it began.
    pub channel: ChannelId,
    /// That channel's network.
    pub network: Network,
    /// Who complains.
    pub customer: CustomerId,
    /// How it began.
    pub origin: Origin,
    /// What the customer wants.
    pub kind: Kind,
    /// Where it stands.
    pub status: Status,
    /// Who has to act.
    pub ball: Ball,
    /// How pressing it is.
    pub priority: Priority,
    /// One word for what it is about, from the brand's list.
    pub topic: Option<String>,
    /// How the first post sounded.
    pub tone_first: Tone,
    /// How the last one did.
    pub tone_last: Tone,
    /// The network's clock of the first post: the customer's clock starts here.
    pub opened_at: Instant,
    /// Our clock when we saw it: the desk's clock starts here.
    pub seen_at: Instant,
    /// When a network first accepted an answer, public or private.
    pub first_answer_at: Option<Instant>,
    /// The same for an answer that others can see.
    pub first_public_answer_at: Option<Instant>,
    /// When it was first answered, in whole staffed seconds from its opening.
    pub first_answer_business_s: Option<i64>,
    /// The beginning of the turn that still waits for an answer.
    pub unanswered_since: Option<Instant>,
    /// The last word of the customer or a joiner.
    pub last_customer_post_at: Instant,
    /// When its day ends; fixed when it opens.
    pub sundown_at: Option<Instant>,
    /// The first answer's target in seconds, fixed when it opens.
    pub target_s: i64,
    /// The next answer's target in seconds, fixed when the turn begins; `None` for cases from
    /// before it was kept.
    pub next_target_s: Option<i64>,
    /// The solution's target in seconds, fixed when it opens; `None` as above.
    pub resolution_target_s: Option<i64>,
    /// The earliest open promise's due moment.
    pub promise_due_at: Option<Instant>,
    /// The nearest of all that is due; `None` when nothing is.
    pub due_at: Option<Instant>,
    /// What that is.
    pub due_kind: Option<DueKind>,
    /// When it was first said to be solved.
    pub first_resolved_at: Option<Instant>,
    /// When it was last said to be solved; `None` while it is open.
    pub resolved_at: Option<Instant>,
    /// How it was solved.
    pub remedy: Option<Remedy>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// When the customer was asked whether it is.
    pub asked_at: Option<Instant>,
    /// When the customer said yes.
    pub confirmed_at: Option<Instant>,
    /// When the customer said no.
    pub disputed_at: Option<Instant>,
    /// When the customer thanked us in public: a win.
    pub thanked_at: Option<Instant>,
    /// When and why it was left out of times.
    pub excluded: Option<(Instant, Exclusion)>,
    /// How many people could see it: an estimate.
    pub reach: i64,
    /// Others who spoke up in the thread.
    pub joiners: i32,
    /// All posts in it, ours too.
    pub posts: i32,
    /// Posts of the customer while waiting for an answer, after the first.
    pub chasers: i32,
    /// Counted from 1; a reopening adds one.
    pub episode: i32,
}

/// What opens a case.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The id it gets.
    pub id: CaseId,
    /// Whose it is.
    pub brand: BrandId,
    /// Where it began.
    pub channel: ChannelId,
    /// That channel's network.
    pub network: Network,
    /// Who complains.
    pub customer: CustomerId,
    /// How it began.
    pub origin: Origin,
    /// What triage made of it.
    pub kind: Kind,
    /// How pressing.
    pub priority: Priority,
    /// What it is about.
    pub topic: Option<String>,
    /// How it sounds.
    pub tone: Tone,
    /// The network's clock.
    pub published_at: Instant,
    /// Our clock.
    pub seen_at: Instant,
    /// The author's followers.
    pub reach: i64,
}

impl Case {
    /// A first post has become a case.
    pub fn open<Z: TimeZone>(opening: Opening, rules: &Policies, zone: &Z) -> (Self, CaseEvent) {
        let at = opening.published_at;
        let target = rules.targets.of(opening.priority, opening.network);
        let needs_answer = !matches!(opening.kind, Kind::Praise | Kind::Noise);
        let excluded = match opening.kind {
            Kind::Praise => Some((opening.seen_at, Exclusion::Praise)),
            Kind::Noise => Some((opening.seen_at, Exclusion::Spam)),
            Kind::Complaint | Kind::Question => None,
        };
        let mut case = Self {
            id: opening.id,
            brand: opening.brand,
            channel: opening.channel,
            network: opening.network,
            customer: opening.customer,
            origin: opening.origin,
            kind: opening.kind,
            status: Status::Open,
            ball: if needs_answer { Ball::Us } else { Ball::Nobody },
            priority: opening.priority,
            topic: opening.topic,
            tone_first: opening.tone,
            tone_last: opening.tone,
            opened_at: at,
            seen_at: opening.seen_at,
            first_answer_at: None,
            first_public_answer_at: None,
            first_answer_business_s: None,
            unanswered_since: needs_answer.then_some(at),
            last_customer_post_at: at,
            sundown_at: needs_answer.then(|| sundown_at(&rules.sundown, zone, at)),
            target_s: target.first_response_s,
            next_target_s: None,
            resolution_target_s: Some(target.resolution_s),
            promise_due_at: None,
            due_at: None,
            due_kind: None,
            first_resolved_at: None,
            resolved_at: None,
            remedy: None,
            outcome: None,
            asked_at: None,
            confirmed_at: None,
            disputed_at: None,
            thanked_at: None,
            excluded,
            reach: opening.reach,
            joiners: 0,
            posts: 1,
            chasers: 0,
            episode: 1,
        };
        case.settle_due(rules);
        let event = case.tell(
            at,
            Actor::Customer,
            EventKind::Opened {
                origin: case.origin,
                kind: case.kind,
            },
        );
        (case, event)
    }

    /// The customer wrote again.
    pub fn hear(&mut self, at: Instant, tone: Tone, rules: &Policies) -> Vec<CaseEvent> {
        let mut told = Vec::new();
        self.posts += 1;
        self.last_customer_post_at = self.last_customer_post_at.max(at);
        self.tone_last = tone;
        if self.status == Status::Resolved && tone != Tone::Positive {
            told.push(self.reopen(at, Actor::Customer));
        }
        if self.status == Status::Open && self.excluded.is_none() {
            if self.unanswered_since.is_some() {
                self.chasers += 1;
                told.push(self.tell(at, Actor::Customer, EventKind::Chased));
            } else {
                self.begin_turn(at, rules);
                told.push(self.tell(at, Actor::Customer, EventKind::Posted));
            }
            self.ball = Ball::Us;
        } else {
            told.push(self.tell(at, Actor::Customer, EventKind::Posted));
        }
        self.settle_due(rules);
        told
    }

    /// Somebody else spoke up in the thread; `reach` is how many people follow them.
    pub fn join(&mut self, at: Instant, reach: i64) -> CaseEvent {
        self.posts += 1;
        self.joiners += 1;
        self.reach += reach;
        self.tell(at, Actor::Joiner, EventKind::Joined)
    }

    /// A network has accepted an answer of a human agent.
    ///
    /// `business_s` is the staffed time from the opening until `at` in seconds.
    pub fn answer(
        &mut self,
        at: Instant,
        visibility: Visibility,
        by: Actor,
        business_s: i64,
        rules: &Policies,
    ) -> CaseEvent {
        self.posts += 1;
        let is_first = self.first_answer_at.is_none();
        if is_first {
            self.first_answer_at = Some(at);
            self.first_answer_business_s = Some(business_s);
        }
        if visibility == Visibility::Public && self.first_public_answer_at.is_none() {
            self.first_public_answer_at = Some(at);
        }
        self.unanswered_since = None;
        if self.status == Status::Open {
            self.ball = Ball::Customer;
        }
        self.settle_due(rules);
        let after_s = seconds_between(self.opened_at.timestamp_millis(), at.timestamp_millis());
        self.tell(
            at,
            by,
            EventKind::Answered {
                visibility,
                is_first,
                after_s,
            },
        )
    }

    /// Something was promised with a due moment.
    pub fn promise(
        &mut self,
        at: Instant,
        what: String,
        due_at: Instant,
        rules: &Policies,
    ) -> CaseEvent {
        self.promise_due_at = Some(
            self.promise_due_at
                .map_or(due_at, |earlier| earlier.min(due_at)),
        );
        self.settle_due(rules);
        self.tell(at, Actor::Agent, EventKind::Promised { what, due_at })
    }

    /// A promise was kept, or broken; `next_due` is the earliest moment of those still open.
    pub fn settle_promise(
        &mut self,
        at: Instant,
        kept: bool,
        next_due: Option<Instant>,
        rules: &Policies,
    ) -> CaseEvent {
        self.promise_due_at = next_due;
        self.settle_due(rules);
        let kind = if kept {
            EventKind::PromiseKept
        } else {
            EventKind::PromiseBroken
        };
        self.tell(at, if kept { Actor::Agent } else { Actor::System }, kind)
    }

    /// We say it is solved. What was promised and is still open stays so: a letter may follow.
    pub fn resolve(
        &mut self,
        at: Instant,
        remedy: Remedy,
        outcome: Outcome,
    ) -> Result<CaseEvent, Rejection> {
        if self.status == Status::Resolved {
            return Err(Rejection::AlreadyResolved);
        }
        self.status = Status::Resolved;
        self.ball = Ball::Nobody;
        self.first_resolved_at.get_or_insert(at);
        self.resolved_at = Some(at);
        self.remedy = Some(remedy);
        self.outcome = Some(outcome);
        self.unanswered_since = None;
        (self.due_at, self.due_kind) = (None, None);
        Ok(self.tell(at, Actor::Agent, EventKind::Resolved { remedy, outcome }))
    }

    /// The customer was asked whether it is solved.
    pub fn ask(&mut self, at: Instant) -> CaseEvent {
        self.asked_at = Some(at);
        self.tell(at, Actor::System, EventKind::Asked)
    }

    /// The customer says that it is solved.
    pub fn confirm(&mut self, at: Instant) -> Result<CaseEvent, Rejection> {
        if self.status != Status::Resolved {
            return Err(Rejection::NotResolved);
        }
        self.confirmed_at = Some(at);
        self.outcome = Some(Outcome::Confirmed);
        Ok(self.tell(at, Actor::Customer, EventKind::Confirmed))
    }

    /// The customer says that it isn't: the case is open again, its clock intact.
    pub fn dispute(&mut self, at: Instant, rules: &Policies) -> Result<Vec<CaseEvent>, Rejection> {
        if self.status != Status::Resolved {
            return Err(Rejection::NotResolved);
        }
        self.disputed_at = Some(at);
        self.confirmed_at = None;
        let mut told = vec![self.tell(at, Actor::Customer, EventKind::Disputed)];
        told.push(self.reopen(at, Actor::Customer));
        self.begin_turn(at, rules);
        self.settle_due(rules);
        Ok(told)
    }

    /// The customer was asked and stayed silent.
    pub fn lapse(&mut self, at: Instant) -> CaseEvent {
        self.outcome = Some(Outcome::Lapsed);
        self.tell(at, Actor::System, EventKind::Lapsed)
    }

    /// The customer thanked us in public.
    pub fn thank(&mut self, at: Instant) -> CaseEvent {
        self.posts += 1;
        self.thanked_at.get_or_insert(at);
        self.tone_last = Tone::Positive;
        self.tell(at, Actor::Customer, EventKind::Thanked)
    }

    /// It is left out of times from now on.
    pub fn exclude(&mut self, at: Instant, why: Exclusion) -> CaseEvent {
        self.excluded = Some((at, why));
        self.unanswered_since = None;
        self.ball = Ball::Nobody;
        (self.due_at, self.due_kind) = (None, None);
        self.tell(at, Actor::System, EventKind::Excluded { why })
    }

    /// The customer took all of it back before anybody answered.
    pub fn withdraw(&mut self, at: Instant) -> CaseEvent {
        self.outcome = Some(Outcome::Withdrawn);
        self.excluded = Some((at, Exclusion::Withdrawn));
        self.unanswered_since = None;
        self.ball = Ball::Nobody;
        (self.due_at, self.due_kind) = (None, None);
        self.tell(at, Actor::Customer, EventKind::Withdrawn)
    }

    /// It turned out to be part of another case, where its posts are from now on.
    pub fn join_into(&mut self, at: Instant, into: CaseId) -> CaseEvent {
        self.excluded = Some((at, Exclusion::Merged));
        self.unanswered_since = None;
        self.ball = Ball::Nobody;
        (self.due_at, self.due_kind) = (None, None);
        self.tell(at, Actor::System, EventKind::Merged { into })
    }

    /// One of its posts says something else now, or nothing.
    pub fn edited(&self, at: Instant) -> CaseEvent {
        self.tell(at, Actor::Customer, EventKind::Edited)
    }

    /// The case as it would be had it arrived under other rules.
    pub fn under<Z: TimeZone>(&self, rules: &Policies, zone: &Z) -> Self {
        let target = rules.targets.of(self.priority, self.network);
        let mut other = Self {
            target_s: target.first_response_s,
            next_target_s: Some(target.next_response_s),
            resolution_target_s: Some(target.resolution_s),
            sundown_at: self
                .sundown_at
                .map(|_| sundown_at(&rules.sundown, zone, self.opened_at)),
            ..self.clone()
        };
        other.settle_due(rules);
        other
    }

    /// Whether somebody waits for a first answer.
    pub fn awaits_first_answer(&self) -> bool {
        self.first_answer_at.is_none() && self.excluded.is_none() && self.status == Status::Open
    }

    /// The customer waits for an answer from now on, and for how long is settled.
    pub(super) fn begin_turn(&mut self, at: Instant, rules: &Policies) {
        let target = rules.targets.of(self.priority, self.network);
        self.unanswered_since = Some(at);
        self.next_target_s = Some(target.next_response_s);
    }

    pub(super) fn reopen(&mut self, at: Instant, by: Actor) -> CaseEvent {
        self.status = Status::Open;
        self.ball = Ball::Us;
        self.resolved_at = None;
        self.outcome = None;
        self.remedy = None;
        self.asked_at = None;
        self.episode += 1;
        self.tell(
            at,
            by,
            EventKind::Reopened {
                episode: self.episode,
            },
        )
    }

    /// Finds the nearest of all due moments.
    pub(super) fn settle_due(&mut self, rules: &Policies) {
        if self.status == Status::Resolved
            || self.excluded.is_some()
            || self.origin == Origin::Dangling
        {
            (self.due_at, self.due_kind) = (None, None);
            return;
        }
        let response = self.unanswered_since.map(|since| {
            if self.first_answer_at.is_none() {
                (
                    self.opened_at + TimeDelta::seconds(self.target_s),
                    DueKind::FirstResponse,
                )
            } else {
                let usual = rules.targets.next_response_s;
                let target_s = self.next_target_s.unwrap_or(usual);
                (since + TimeDelta::seconds(target_s), DueKind::NextResponse)
            }
        });
        let promise = self.promise_due_at.map(|at| (at, DueKind::Promise));
        let sundown = self.sundown_at.map(|at| (at, DueKind::Sundown));
        let next = [response, promise, sundown]
            .into_iter()
            .flatten()
            .min_by_key(|&(at, _)| at);
        (self.due_at, self.due_kind) = (next.map(|it| it.0), next.map(|it| it.1));
    }

    pub(super) fn tell(&self, at: Instant, by: Actor, kind: EventKind) -> CaseEvent {
        CaseEvent {
            case: self.id,
            brand: self.brand,
            at,
            by,
            kind,
        }
    }
}
