//! Promises: kept when the thing arrived, not when it was sent. Several may be open at once; the
//! case is due with the earliest.

use super::{
    brand::Policies,
    case::Case,
    event::{Actor, CaseEvent, EventKind},
    history::{Promise, PromiseState},
    ids::{PersonId, TeamId},
    rejection::Rejection,
    time::Instant,
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// So long after a promise was kept one asks whether it really arrived.
const FOLLOW_UP: TimeDelta = TimeDelta::days(1);

/// A promise with those who answer for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedPromise {
    /// What, to whom, by when.
    pub promise: Promise,
    /// Who sees to it.
    pub owner: Option<PersonId>,
    /// Who does it, where that is somebody of ours.
    pub fulfiller: Option<PersonId>,
    /// The team that does it.
    pub team: Option<TeamId>,
    /// Why it was taken back.
    pub withdrawn_why: Option<String>,
    /// How far people were told.
    pub told: Alarm,
}

/// What is to be told about a promise; each is told once, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Alarm {
    /// Nothing yet.
    #[default]
    Quiet,
    /// Half of the time is over.
    Half,
    /// Four fifths are.
    Most,
    /// It is due and not kept.
    Overdue,
    /// It was kept a day ago: did it arrive?
    Arrived,
}

impl Alarm {
    const ALL: [Self; 5] = [
        Self::Quiet,
        Self::Half,
        Self::Most,
        Self::Overdue,
        Self::Arrived,
    ];

    /// The number that the store keeps.
    pub const fn number(self) -> i64 {
        self as i64
    }

    /// What a kept number means.
    pub fn of(number: i64) -> Self {
        let found = Self::ALL.iter().find(|it| it.number() == number);
        found.copied().unwrap_or_default()
    }
}

impl Promise {
    /// What is to be told about it at an instant.
    pub fn alarm(&self, now: Instant) -> Alarm {
        if self.state != PromiseState::Open {
            let is_kept = matches!(self.state, PromiseState::Kept | PromiseState::KeptLate);
            let is_over = self.settled_at.is_some_and(|at| now >= at + FOLLOW_UP);
            return if is_kept && is_over {
                Alarm::Arrived
            } else {
                Alarm::Quiet
            };
        }
        let whole = (self.due_at - self.promised_at).num_milliseconds().max(1);
        let gone = (now - self.promised_at).num_milliseconds();
        // Whole numbers: gone / whole ≥ 4/5.
        if now >= self.due_at {
            Alarm::Overdue
        } else if gone.saturating_mul(5) >= whole.saturating_mul(4) {
            Alarm::Most
        } else if gone.saturating_mul(2) >= whole {
            Alarm::Half
        } else {
            Alarm::Quiet
        }
    }

    /// Whether it is worth nothing any more.
    pub fn has_perished(&self, now: Instant) -> bool {
        self.state == PromiseState::Open && self.perishes_at.is_some_and(|at| at <= now)
    }

    /// It arrived, and this shows it.
    pub fn keep(&mut self, at: Instant, proof: &str) -> Result<(), Rejection> {
        self.check_open()?;
        if proof.trim().is_empty() {
            return Err(Rejection::NoProof);
        }
        self.proof = Some(proof.trim().to_owned());
        self.settle(
            at,
            if at <= self.due_at {
                PromiseState::Kept
            } else {
                PromiseState::KeptLate
            },
        );
        Ok(())
    }

    /// It never arrived.
    pub fn break_it(&mut self, at: Instant) -> Result<(), Rejection> {
        self.check_open()?;
        self.settle(at, PromiseState::Broken);
        Ok(())
    }

    /// It is taken back.
    pub fn withdraw(&mut self, at: Instant) -> Result<(), Rejection> {
        self.check_open()?;
        self.settle(at, PromiseState::Withdrawn);
        Ok(())
    }

    fn check_open(&self) -> Result<(), Rejection> {
        match self.state {
            PromiseState::Open => Ok(()),
            _ => Err(Rejection::PromiseSettled),
        }
    }

    fn settle(&mut self, at: Instant, state: PromiseState) {
        self.state = state;
        self.settled_at = Some(at);
    }
}

/// When the earliest of those still open is due.
pub fn earliest_open<'a>(promises: impl IntoIterator<Item = &'a Promise>) -> Option<Instant> {
    let open = promises.into_iter();
    let open = open.filter(|it| it.state == PromiseState::Open);
    open.map(|it| it.due_at).min()
}

impl Case {
    /// A promise was taken back; `next_due` is the earliest moment of those still open.
    pub fn withdraw_promise(
        &mut self,
        at: Instant,
        next_due: Option<Instant>,
        rules: &Policies,
    ) -> CaseEvent {
        self.promise_due_at = next_due;
        self.settle_due(rules);
        self.tell(at, Actor::Agent, EventKind::PromiseWithdrawn)
    }
}
