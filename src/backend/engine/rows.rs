//! A case as one flat row of numbers, and what was known of it at an instant.

use super::atlas::Atlas;
use crate::domain::{
    case::{Exclusion, Origin},
    facts::CaseFacts,
    question::{Clock, Which},
    time::seconds_between,
};

/// “Has not happened.”
pub const NEVER: i64 = i64::MAX;

/// A case's facts, packed: instants in milliseconds, [`NEVER`] for what hasn't happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The case's id.
    pub id: i64,
    /// The customer's clock started.
    pub opened: i64,
    /// Ours did.
    pub seen: i64,
    /// First answer.
    pub answered: i64,
    /// Its day ends.
    pub sundown: i64,
    /// Last resolution.
    pub resolved: i64,
    /// Asked.
    pub asked: i64,
    /// Confirmed.
    pub confirmed: i64,
    /// Disputed.
    pub disputed: i64,
    /// Thanked.
    pub thanked: i64,
    /// Left out.
    pub excluded: i64,
    /// Due next.
    pub due: i64,
    /// How many could see it.
    pub reach: i64,
    /// First answer in staffed seconds.
    pub business_s: i32,
    /// The first answer's target in seconds.
    pub target_s: i32,
    /// Place of the channel in the atlas.
    pub channel: u16,
    /// Place of the topic in the atlas; 0 is none.
    pub topic: u16,
    /// How it began.
    pub origin: Origin,
    /// Why it is left out, if it is.
    pub exclusion: Option<Exclusion>,
    /// Whether it was ever reopened.
    pub reopened: bool,
}

impl Row {
    /// Packs facts; `None` when their channel isn't in the atlas yet.
    pub fn pack(facts: &CaseFacts, atlas: &mut Atlas) -> Option<Self> {
        let small = |number: i64| {
            i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
        };
        Some(Self {
            id: facts.id.get(),
            opened: facts.opened_at,
            seen: facts.seen_at,
            answered: facts.first_answer_at.unwrap_or(NEVER),
            sundown: facts.sundown_at.unwrap_or(NEVER),
            resolved: facts.resolved_at.unwrap_or(NEVER),
            asked: facts.asked_at.unwrap_or(NEVER),
            confirmed: facts.confirmed_at.unwrap_or(NEVER),
            disputed: facts.disputed_at.unwrap_or(NEVER),
            thanked: facts.thanked_at.unwrap_or(NEVER),
            excluded: facts.excluded.map_or(NEVER, |it| it.0),
            due: facts.due_at.unwrap_or(NEVER),
            reach: facts.reach,
            business_s: small(facts.first_answer_business_s.unwrap_or(0)),
            target_s: small(facts.target_s),
            channel: atlas.channel_place(facts.channel)?,
            topic: atlas.topic_place(facts.topic.as_deref()),
            origin: facts.origin,
            exclusion: facts.excluded.map(|it| it.1),
            reopened: facts.episode > 1,
        })
    }

    /// What was known of the case at an instant; `None` when it wasn't known at all.
    ///
    /// `reopenings` are the resolutions of this case that didn't hold: resolved, reopened.
    pub fn as_of(&self, at: i64, reopenings: &[(i64, i64)]) -> Option<Self> {
        if self.seen > at || self.opened > at {
            return None;
        }
        let known = |instant: i64| if instant <= at { instant } else { NEVER };
        let mut row = *self;
        row.answered = known(row.answered);
        row.resolved = known(row.resolved);
        row.asked = known(row.asked);
        row.confirmed = known(row.confirmed);
        row.disputed = known(row.disputed);
        row.thanked = known(row.thanked);
        row.excluded = known(row.excluded);
        if row.resolved == NEVER
            && let Some(&(resolved, _)) = reopenings
                .iter()
                .find(|&&(from, until)| from <= at && at < until)
        {
            row.resolved = resolved;
        }
        if row.excluded == NEVER {
            row.exclusion = None;
        }
        Some(row)
    }

    /// The latest instant that this row knows of.
    pub fn latest(&self) -> i64 {
        [
            self.opened,
            self.seen,
            self.answered,
            self.resolved,
            self.asked,
            self.confirmed,
            self.disputed,
            self.thanked,
            self.excluded,
        ]
        .into_iter()
        .filter(|it| *it != NEVER)
        .max()
        .unwrap_or(self.opened)
    }

    /// Left out of times.
    pub const fn is_excluded(&self) -> bool {
        self.excluded != NEVER
    }

    /// Its beginning is known, so it has durations.
    pub fn has_durations(&self) -> bool {
        self.origin != Origin::Dangling
    }

    /// First answered.
    pub const fn is_answered(&self) -> bool {
        self.answered != NEVER
    }

    /// Still open.
    pub const fn is_open(&self) -> bool {
        self.resolved == NEVER && !self.is_excluded()
    }

    /// Still open and without a first answer.
    pub const fn is_waiting(&self) -> bool {
        self.is_open() && !self.is_answered()
    }

    /// The first response by the calendar in whole seconds.
    pub const fn response_s(&self) -> i64 {
        seconds_between(self.opened, self.answered)
    }

    /// The first response by a clock in whole seconds.
    pub fn response_by(&self, clock: Clock) -> i64 {
        match clock {
            Clock::Calendar => self.response_s(),
            Clock::Business => i64::from(self.business_s),
        }
    }

    /// How long somebody without an answer waited: until the as-of, or until it was closed.
    pub fn waited_by(&self, clock: Clock, as_of: i64, atlas: &Atlas) -> i64 {
        let until = self.resolved.min(as_of);
        match clock {
            Clock::Calendar => seconds_between(self.opened, until),
            Clock::Business => atlas.business_s(self.channel, self.opened, until),
        }
    }

    /// First answered within its target.
    pub const fn met_target(&self) -> bool {
        self.is_answered() && self.response_s() <= self.target_s as i64
    }

    /// No first answer yet, and still in time for one.
    pub const fn target_pending(&self, as_of: i64) -> bool {
        self.is_waiting() && seconds_between(self.opened, as_of) <= self.target_s as i64
    }

    /// Closed before its day ended.
    pub const fn kept_sundown(&self) -> bool {
        self.resolved != NEVER && self.sundown != NEVER && self.resolved <= self.sundown
    }

    /// Not closed yet, and its day hasn't ended.
    pub const fn sundown_pending(&self, as_of: i64) -> bool {
        self.resolved == NEVER && self.sundown != NEVER && self.sundown > as_of
    }

    /// First answered before its day ended.
    pub const fn answered_by_sundown(&self) -> bool {
        self.is_answered() && self.sundown != NEVER && self.answered <= self.sundown
    }

    /// Not answered yet, and its day hasn't ended.
    pub const fn answer_pending(&self, as_of: i64) -> bool {
        !self.is_answered()
            && self.resolved == NEVER
            && self.sundown != NEVER
            && self.sundown > as_of
    }

    /// Whether it is one of the cases behind a figure.
    pub fn is_among(&self, which: Which, as_of: i64) -> bool {
        if self.is_excluded() {
            return which == Which::Excluded;
        }
        match which {
            Which::All => true,
            Which::Answered => self.is_answered(),
            Which::Waiting => self.is_waiting(),
            Which::TargetMet => self.has_durations() && self.met_target(),
            Which::TargetMissed => {
                self.has_durations() && !self.met_target() && !self.target_pending(as_of)
            }
            Which::SundownKept => self.has_durations() && self.kept_sundown(),
            Which::SundownMissed => {
                self.has_durations() && !self.kept_sundown() && !self.sundown_pending(as_of)
            }
            Which::Resolved => self.resolved != NEVER,
            Which::Asked => self.asked != NEVER,
            Which::Confirmed => self.confirmed != NEVER,
            Which::Disputed => self.disputed != NEVER,
            Which::Thanked => self.thanked != NEVER,
            Which::OpenNow => self.is_open(),
            Which::BelowHorizon => self.is_open() && self.due < as_of,
            Which::Excluded => false,
            Which::UnknownBeginning => !self.has_durations(),
        }
    }
}
