//! Figures by looking at every row: the definition itself, and the way for questions that have no
//! index (an as-of in the past, a text, what happened in a period).

use super::{
    atlas::Atlas,
    kaplan_meier::{self, HALF, NINE_TENTHS, NINETEEN_TWENTIETHS},
    rows::{NEVER, Row},
};
use crate::domain::{
    figures::{Durations, Figures},
    question::Clock,
};

/// Rows being counted. Rows are as known at `as_of` (see [`Row::as_of`]).
#[derive(Clone, Debug)]
pub struct Tally<'a> {
    atlas: &'a Atlas,
    as_of: i64,
    clock: Clock,
    counts: Figures,
    events: Vec<i64>,
    censored: Vec<i64>,
}

impl<'a> Tally<'a> {
    /// Nothing yet.
    pub fn new(atlas: &'a Atlas, as_of: i64, clock: Clock) -> Self {
        Self {
            atlas,
            as_of,
            clock,
            counts: Figures::default(),
            events: Vec::new(),
            censored: Vec::new(),
        }
    }

    /// Counts a case of a cohort, with everything that became of it.
    pub fn add(&mut self, row: &Row) {
        let counts = &mut self.counts;
        if row.is_excluded() {
            counts.excluded += 1;
            return;
        }
        counts.cases += 1;
        counts.answered += u64::from(row.is_answered());
        counts.waiting += u64::from(row.is_waiting());
        counts.resolved += u64::from(row.resolved != NEVER);
        counts.asked += u64::from(row.asked != NEVER);
        counts.confirmed += u64::from(row.confirmed != NEVER);
        counts.disputed += u64::from(row.disputed != NEVER);
        counts.thanked += u64::from(row.thanked != NEVER);
        if !row.has_durations() {
            counts.unknown_beginning += 1;
            return;
        }
        if row.is_answered() {
            self.events.push(row.response_by(self.clock));
        } else {
            let waited = row.waited_by(self.clock, self.as_of, self.atlas);
            self.censored.push(waited);
            if row.is_waiting() {
                counts.oldest_waiting_s = counts.oldest_waiting_s.max(Some(waited));
            }
        }
        count_share(
            &mut counts.target,
            row.met_target(),
            row.target_pending(self.as_of),
        );
        count_share(
            &mut counts.sundown,
            row.kept_sundown(),
            row.sundown_pending(self.as_of),
        );
        count_share(
            &mut counts.answered_by_sundown,
            row.answered_by_sundown(),
            row.answer_pending(self.as_of),
        );
    }

    /// Counts what of a case happened inside a period, each fact by its own moment: it opened, was
    /// first answered, had its sundown, was resolved, asked, confirmed, disputed, thanked for.
    ///
    /// Whoever waits at the end counts as waiting, but no duration is censored: durations are
    /// those of the answers given.
    pub fn add_happened(&mut self, row: &Row, inside: impl Fn(i64) -> bool, until: i64) {
        let counts = &mut self.counts;
        if row.is_excluded() {
            counts.excluded += u64::from(inside(row.opened));
            return;
        }
        counts.cases += u64::from(inside(row.opened));
        counts.answered += u64::from(inside(row.answered));
        counts.resolved += u64::from(inside(row.resolved));
        counts.asked += u64::from(inside(row.asked));
        counts.confirmed += u64::from(inside(row.confirmed));
        counts.disputed += u64::from(inside(row.disputed));
        counts.thanked += u64::from(inside(row.thanked));
        if row.is_waiting() && row.opened < until {
            counts.waiting += 1;
            if row.has_durations() {
                let waited = row.waited_by(self.clock, self.as_of, self.atlas);
                counts.oldest_waiting_s = counts.oldest_waiting_s.max(Some(waited));
            }
        }
        if !row.has_durations() {
            counts.unknown_beginning += u64::from(inside(row.opened));
            return;
        }
        if inside(row.answered) {
            self.events.push(row.response_by(self.clock));
            count_share(&mut counts.target, row.met_target(), false);
        }
        if inside(row.sundown) {
            count_share(
                &mut counts.sundown,
                row.kept_sundown(),
                row.sundown_pending(self.as_of),
            );
            count_share(
                &mut counts.answered_by_sundown,
                row.answered_by_sundown(),
                row.answer_pending(self.as_of),
            );
        }
    }

    /// The counts so far, without durations.
    pub const fn counts(&self) -> &Figures {
        &self.counts
    }

    /// How long those without an answer waited, in the order in which they were added.
    pub fn censored(&self) -> &[i64] {
        &self.censored
    }

    /// The single durations, ascending.
    pub fn singles(&self) -> Vec<i64> {
        let mut singles = self.events.clone();
        singles.sort_unstable();
        singles
    }

    /// The figures of all that was counted.
    pub fn figures(mut self) -> Figures {
        self.events.sort_unstable();
        self.counts.first_response = durations(self.events.as_slice(), &mut self.censored);
        self.counts
    }
}

fn count_share(share: &mut crate::domain::figures::Share, met: bool, pending: bool) {
    if met {
        share.met += 1;
    } else if pending {
        share.pending += 1;
    } else {
        share.missed += 1;
    }
}

/// All quantiles of some durations.
pub fn durations<E: kaplan_meier::Events + ?Sized>(
    events: &E,
    censored: &mut Vec<i64>,
) -> Durations {
    let n = events.count();
    let longest_waiting = censored.iter().copied().max();
    let longest_event = (n > 0).then(|| events.kth(n - 1));
    let [km_p50_s, km_p90_s] = kaplan_meier::quantiles(events, censored, 0, [HALF, NINE_TENTHS]);
    Durations {
        n,
        p50_s: kaplan_meier::by_rank(events, HALF),
        p90_s: kaplan_meier::by_rank(events, NINE_TENTHS),
        p95_s: kaplan_meier::by_rank(events, NINETEEN_TWENTIETHS),
        km_p50_s,
        km_p90_s,
        longest_s: longest_waiting.max(longest_event),
    }
}
