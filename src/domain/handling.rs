//! What colleagues do with a case among themselves. None of it moves a clock.

use super::{
    case::{Ball, Case, Exclusion, Kind, Outcome, Remedy, Status, Tone},
    event::{Actor, CaseEvent, EventKind},
    ids::{CustomerId, PersonId, TeamId},
    rejection::Rejection,
    time::Instant,
    {brand::Policies, work::Snooze},
};

impl Case {
    /// Somebody has it now, or nobody; a team, or none.
    pub fn assign(
        &mut self,
        at: Instant,
        person: Option<PersonId>,
        team: Option<TeamId>,
    ) -> CaseEvent {
        self.tell(at, Actor::Agent, EventKind::Assigned { person, team })
    }

    /// It is put aside until an instant.
    pub fn snooze(&mut self, at: Instant, until: Instant) -> Result<CaseEvent, Rejection> {
        if until <= at {
            return Err(Rejection::Past);
        }
        if self.status == Status::Resolved {
            return Err(Rejection::AlreadyResolved);
        }
        Ok(self.tell(at, Actor::Agent, EventKind::Snoozed { until }))
    }

    /// It is back among the others.
    pub fn wake(&mut self, at: Instant, by: Actor) -> CaseEvent {
        self.tell(at, by, EventKind::Woken)
    }

    /// A note was written or changed.
    pub fn note(&mut self, at: Instant) -> CaseEvent {
        self.tell(at, Actor::Agent, EventKind::Noted)
    }

    /// The customer had tried another way before.
    pub fn tried_elsewhere(&mut self, at: Instant) -> CaseEvent {
        self.tell(at, Actor::Agent, EventKind::TriedElsewhere)
    }

    /// What the customer wants, or what they were offered.
    pub fn name_remedy(&mut self, at: Instant, remedy: Remedy, is_offer: bool) -> CaseEvent {
        let kind = EventKind::RemedyNamed { remedy, is_offer };
        self.tell(at, Actor::Agent, kind)
    }

    /// An offer beyond somebody's limit was allowed, or not.
    pub fn decide_offer(&mut self, at: Instant, is_approved: bool) -> CaseEvent {
        self.tell(at, Actor::Agent, EventKind::OfferDecided { is_approved })
    }

    /// It belongs to another person than was thought.
    pub fn change_person(&mut self, at: Instant, customer: CustomerId) -> CaseEvent {
        self.customer = customer;
        self.tell(at, Actor::Agent, EventKind::PersonChanged { customer })
    }

    /// What waits needs no answer: the waiting ends here, and nobody has to act.
    ///
    /// A case in which nothing was ever answered is over with that, as not actionable: else it would
    /// wait for its first answer for ever. Noise is left out of times, too.
    pub fn needs_no_answer(
        &mut self,
        at: Instant,
        is_noise: bool,
        rules: &Policies,
    ) -> Result<Vec<CaseEvent>, Rejection> {
        if self.unanswered_since.is_none() || self.status == Status::Resolved {
            return Err(Rejection::NothingWaits);
        }
        self.unanswered_since = None;
        self.ball = Ball::Nobody;
        let mut told = vec![self.tell(at, Actor::Agent, EventKind::NoAnswerNeeded)];
        if is_noise {
            self.kind = Kind::Noise;
            told.push(self.exclude(at, Exclusion::Spam));
        } else if self.first_answer_at.is_none() {
            self.status = Status::Resolved;
            self.first_resolved_at.get_or_insert(at);
            self.resolved_at = Some(at);
            self.outcome = Some(Outcome::NotActionable);
        }
        self.settle_due(rules);
        Ok(told)
    }

    /// We say it is solved, how, and how the customer sounds at the end.
    pub fn close(
        &mut self,
        at: Instant,
        (remedy, outcome): (Remedy, Outcome),
        topic: Option<String>,
        tone: Option<Tone>,
    ) -> Result<CaseEvent, Rejection> {
        if matches!(
            outcome,
            Outcome::Confirmed | Outcome::Disputed | Outcome::Lapsed
        ) {
            return Err(Rejection::NotAChoice("the outcomes that are ours to tell"));
        }
        let told = self.resolve(at, remedy, outcome)?;
        if topic.is_some() {
            self.topic = topic;
        }
        if let Some(tone) = tone {
            self.tone_last = tone;
        }
        Ok(told)
    }

    /// Something is left to do after all.
    pub fn take_up_again(&mut self, at: Instant, rules: &Policies) -> Result<CaseEvent, Rejection> {
        if self.status != Status::Resolved {
            return Err(Rejection::NotResolved);
        }
        let told = self.reopen(at, Actor::Agent);
        // Somebody whose first answer never came waits on from the beginning.
        if self.first_answer_at.is_none() && self.excluded.is_none() {
            self.unanswered_since = Some(self.opened_at);
        }
        self.settle_due(rules);
        Ok(told)
    }

    /// The customer said no a moment ago, and says yes now.
    pub fn confirm_after_all(
        &mut self,
        at: Instant,
        remedy: Remedy,
    ) -> Result<Vec<CaseEvent>, Rejection> {
        let mut told = Vec::new();
        if self.status == Status::Open {
            let mut resolved = self.resolve(at, remedy, Outcome::Claimed)?;
            resolved.by = Actor::Customer;
            told.push(resolved);
        }
        self.disputed_at = None;
        told.push(self.confirm(at)?);
        Ok(told)
    }

    /// One of the customer's posts after their yes thanks us in public: a win.
    pub fn link_thanks(&mut self, at: Instant) -> Result<CaseEvent, Rejection> {
        if self.confirmed_at.is_none_or(|yes| at < yes) {
            return Err(Rejection::NotResolved);
        }
        self.thanked_at.get_or_insert(at);
        self.tone_last = Tone::Positive;
        Ok(self.tell(at, Actor::Customer, EventKind::Thanked))
    }

    /// It counts again.
    pub fn include(&mut self, at: Instant, rules: &Policies) -> CaseEvent {
        self.excluded = None;
        if self.status == Status::Open {
            let is_waiting = self.first_answer_at.is_none();
            self.unanswered_since = is_waiting.then_some(self.opened_at);
            self.ball = Ball::Us;
        }
        self.settle_due(rules);
        self.tell(at, Actor::Agent, EventKind::Included)
    }
}

impl Snooze {
    /// Whether it still holds: until its time, until the customer writes, until something is due.
    pub fn holds(&self, case: &Case, now: Instant) -> bool {
        let is_due = case.due_at.is_some_and(|at| at <= now && at > self.since);
        now < self.until && case.last_customer_post_at <= self.since && !is_due
    }
}
