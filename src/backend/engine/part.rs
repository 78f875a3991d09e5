//! A set of cases as the engine holds it: ranges of an order, corrected by the few rows that
//! changed since, or rows one by one. Either way it answers the same questions.

use super::{
    kaplan_meier::{self, Events, HALF, NINE_TENTHS, NINETEEN_TWENTIETHS},
    order::{Flag, Order, bounds_in, within},
    rows::{NEVER, Row},
    snapshot::Snapshot,
    tally::Tally,
    wavelet::{Range, Wavelet},
};
use crate::domain::{
    figures::{Durations, Figures, Share},
    question::Clock,
};
use std::collections::HashSet;

/// What all parts of one question share.
#[derive(Clone, Copy)]
pub struct Lens<'a> {
    /// The facts.
    pub snapshot: &'a Snapshot,
    /// What is known at this instant.
    pub as_of: i64,
    /// By which clock.
    pub clock: Clock,
    /// Places of base rows of which less was known at the as-of than is now.
    pub later: &'a HashSet<u32>,
}

/// A set of cases.
#[derive(Clone, Debug, Default)]
pub struct Part<'a> {
    /// The order in which the ranges stand; without one there are only rows.
    pub order: Option<&'a Order>,
    /// Cases that have durations.
    pub known: Vec<Range>,
    /// Cases whose beginning is unknown.
    pub dangling: Vec<Range>,
    /// Cases that are left out.
    pub excluded: Vec<Range>,
    /// Rows in addition to the ranges.
    pub plus: Vec<Row>,
    /// Rows of the ranges that have changed since and don't count.
    pub minus: Vec<Row>,
}

impl Part<'_> {
    /// Whether there is nothing in it, not even left out.
    pub fn is_empty(&self) -> bool {
        let none = |ranges: &[Range]| ranges.iter().all(|it| it.0 == it.1);
        none(&self.known) && none(&self.dangling) && none(&self.excluded) && self.plus.is_empty()
    }

    /// All figures.
    pub fn figures(&self, lens: &Lens<'_>) -> Figures {
        let mut plus = lens.tally();
        self.plus.iter().for_each(|row| plus.add(row));
        let Some(order) = self.order else {
            return plus.figures();
        };
        let mut minus = lens.tally();
        self.minus.iter().for_each(|row| minus.add(row));
        let mut figures = self.counted(order, lens);
        combine(&mut figures, plus.counts(), |a, b| a + b);
        combine(&mut figures, minus.counts(), |a, b| a - b);
        let oldest = self.oldest_waiting(order, lens);
        figures.oldest_waiting_s = oldest.max(plus.counts().oldest_waiting_s);
        let answered = Answered::of(self, order, lens);
        figures.first_response = answered.durations(self, lens, plus.censored());
        figures
    }

    /// Only the median with those still waiting counted, how many cases there are and how many of
    /// them wait: what one cell of the coverage needs.
    pub fn median(&self, lens: &Lens<'_>) -> (u64, Option<i64>, u64) {
        let mut plus = lens.tally();
        self.plus.iter().for_each(|row| plus.add(row));
        let Some(order) = self.order else {
            let figures = plus.figures();
            return (
                figures.cases,
                figures.first_response.km_p50_s,
                figures.waiting,
            );
        };
        let ranges = || self.known.iter().chain(&self.dangling);
        let cases = ranges().map(|it| u64::from(it.1 - it.0)).sum::<u64>() + plus.counts().cases
            - self.minus.iter().filter(|it| !it.is_excluded()).count() as u64;
        let waiting = ranges()
            .map(|it| within(&order.waiting, *it).len() as u64)
            .sum::<u64>()
            + plus.counts().waiting
            - self.minus.iter().filter(|it| it.is_waiting()).count() as u64;
        let answered = Answered::of(self, order, lens);
        if answered.count() == 0 {
            return (cases, None, waiting);
        }
        let (mut censored, longer) = self.censored(order, lens, &answered, plus.censored(), HALF);
        let [median] = kaplan_meier::quantiles(&answered, &mut censored, longer, [HALF]);
        (cases, median, waiting)
    }

    /// The single durations, ascending; meant for few.
    pub fn singles(&self, lens: &Lens<'_>) -> Vec<i64> {
        match self.order {
            Some(order) => {
                let answered = Answered::of(self, order, lens);
                (0..answered.count()).map(|k| answered.kth(k)).collect()
            }
            None => {
                let mut tally = lens.tally();
                self.plus.iter().for_each(|row| tally.add(row));
                tally.singles()
            }
        }
    }

    /// Counts of the ranges alone.
    fn counted(&self, order: &Order, lens: &Lens<'_>) -> Figures {
        let len = |ranges: &[Range]| ranges.iter().map(|it| u64::from(it.1 - it.0)).sum::<u64>();
        let both = |flag| order.count(flag, &self.known) + order.count(flag, &self.dangling);
        let all = len(&self.known);
        let share = |met: u64, pending: u64| Share {
            met,
            missed: all - met - pending,
            pending,
        };
        let base = &lens.snapshot.base;
        // Whoever is not yet late opened not longer ago than the longest target or day.
        let pending = |list: &[u32], span: i64, is: &dyn Fn(&Row) -> bool| -> u64 {
            let mut count = 0;
            for range in &self.known {
                for place in within(list, *range).iter().rev() {
                    if order.opened_at(*place) < lens.as_of.saturating_sub(span) {
                        break;
                    }
                    count += u64::from(is(&base.rows[order.row_at[*place as usize] as usize]));
                }
            }
            count
        };
        let slack = base.longest_target + 1000;
        Figures {
            cases: all + len(&self.dangling),
            answered: both(Flag::Answered),
            waiting: self
                .known
                .iter()
                .chain(&self.dangling)
                .map(|it| within(&order.waiting, *it).len() as u64)
                .sum(),
            target: share(
                order.count(Flag::Met, &self.known),
                pending(&order.waiting, slack, &|row| row.target_pending(lens.as_of)),
            ),
            sundown: share(
                order.count(Flag::Kept, &self.known),
                pending(&order.open, base.longest_day, &|row| {
                    row.sundown_pending(lens.as_of)
                }),
            ),
            answered_by_sundown: share(
                order.count(Flag::AnsweredByDay, &self.known),
                pending(&order.waiting, base.longest_day, &|row| {
                    row.answer_pending(lens.as_of)
                }),
            ),
            resolved: both(Flag::Resolved),
            asked: both(Flag::Asked),
            confirmed: both(Flag::Confirmed),
            disputed: both(Flag::Disputed),
            thanked: both(Flag::Thanked),
            excluded: len(&self.excluded),
            unknown_beginning: len(&self.dangling),
            oldest_waiting_s: None,
            first_response: Durations::default(),
        }
    }

    /// The longest wait in the ranges.
    fn oldest_waiting(&self, order: &Order, lens: &Lens<'_>) -> Option<i64> {
        let waits = |range: &Range| {
            within(&order.waiting, *range)
                .iter()
                .filter_map(|it| lens.waited(order.row_at[*it as usize]))
        };
        match lens.clock {
            // By the calendar the first of a range has waited longest.
            Clock::Calendar => self
                .known
                .iter()
                .filter_map(|range| waits(range).next())
                .max(),
            // By business time the first may have come in the night; nobody who came later than
            // that has waited longer than the most that any desk was staffed since.
            Clock::Business => {
                let mut oldest = None;
                for range in &self.known {
                    for place in within(&order.waiting, *range) {
                        let atlas = &lens.snapshot.atlas;
                        let opened = order.opened_at(*place);
                        if oldest >= Some(atlas.longest_business_s(opened, lens.as_of)) {
                            break;
                        }
                        oldest = oldest.max(lens.waited(order.row_at[*place as usize]));
                    }
                }
                oldest
            }
        }
    }

    /// Durations of those without an answer that can matter for the p-quantile, and how many more
    /// there are that waited longer.
    fn censored(
        &self,
        order: &Order,
        lens: &Lens<'_>,
        answered: &Answered<'_>,
        plus: &[i64],
        p: kaplan_meier::Fraction,
    ) -> (Vec<i64>, u64) {
        let lists = || {
            self.known
                .iter()
                .flat_map(|it| [(&order.waiting, *it), (&order.stopped, *it)])
        };
        let listed: u64 = lists()
            .map(|(list, range)| within(list, range).len() as u64)
            .sum();
        let dead = self
            .minus
            .iter()
            .filter(|it| it.has_durations() && !it.is_answered() && !it.is_excluded());
        let unanswered = listed - dead.count() as u64 + plus.len() as u64;
        let bound = kaplan_meier::bound(answered, answered.count() + unanswered, p);
        let mut censored: Vec<i64> = plus.iter().copied().filter(|it| *it < bound).collect();
        // Whoever opened before has waited at least as long as matters.
        let early = match lens.clock {
            Clock::Calendar => Some(lens.as_of.saturating_sub((bound + 1).saturating_mul(1000))),
            Clock::Business => lens.snapshot.atlas.business_ago(lens.as_of, bound),
        };
        for range in &self.known {
            for place in within(&order.waiting, *range).iter().rev() {
                // The newest come first.
                if early.is_some_and(|it| order.opened_at(*place) <= it) {
                    break;
                }
                if let Some(waited) = lens.waited(order.row_at[*place as usize])
                    && waited < bound
                {
                    censored.push(waited);
                }
            }
            for at in lens.stopped(order, *range) {
                if lens.clock == Clock::Calendar && order.stopped_s[at] >= bound {
                    continue;
                }
                if let Some(waited) = lens.waited(order.row_at[order.stopped[at] as usize])
                    && waited < bound
                {
                    censored.push(waited);
                }
            }
        }
        let longer = unanswered - censored.len() as u64;
        (censored, longer)
    }

    /// The longest time anybody without an answer waited.
    fn longest_wait(&self, order: &Order, lens: &Lens<'_>) -> Option<i64> {
        let mut longest = self.oldest_waiting(order, lens);
        for range in &self.known {
            for at in lens.stopped(order, *range) {
                // No desk is staffed for longer than the calendar says.
                if Some(order.stopped_s[at]) <= longest {
                    continue;
                }
                longest = longest.max(lens.waited(order.row_at[order.stopped[at] as usize]));
            }
        }
        longest
    }
}

impl<'a> Lens<'a> {
    /// How long the case in a row of the base waited; `None` when it has changed since.
    fn waited(&self, place: u32) -> Option<i64> {
        if self.snapshot.is_dead(place) || (!self.later.is_empty() && self.later.contains(&place)) {
            return None;
        }
        let row = &self.snapshot.base.rows[place as usize];
        Some(row.waited_by(self.clock, self.as_of, &self.snapshot.atlas))
    }

    fn stopped(&self, order: &Order, range: Range) -> std::ops::Range<usize> {
        let (from, until) = bounds_in(&order.stopped, range);
        from..until
    }

    /// A tally that looks the same way.
    pub fn tally(&self) -> Tally<'a> {
        Tally::new(&self.snapshot.atlas, self.as_of, self.clock)
    }
}

/// The answered cases of a part: the events of the estimate.
struct Answered<'a> {
    column: &'a Wavelet,
    ranges: &'a [Range],
    plus: Vec<u32>,
    minus: Vec<u32>,
    count: u64,
    code: super::order::Code,
}

impl<'a> Answered<'a> {
    fn of(part: &'a Part<'_>, order: &'a Order, lens: &Lens<'a>) -> Self {
        let base = &lens.snapshot.base;
        let encode = |rows: &[Row]| -> Vec<u32> {
            let counted = rows.iter().filter(|it| !it.is_excluded());
            let mut numbers: Vec<u32> = counted
                .filter_map(|it| base.code.encode(it, lens.clock))
                .collect();
            numbers.sort_unstable();
            numbers
        };
        let (plus, minus) = (encode(&part.plus), encode(&part.minus));
        let count =
            order.count(Flag::Answered, &part.known) + plus.len() as u64 - minus.len() as u64;
        Self {
            column: order.column(lens.clock, &base.rows, base.code),
            ranges: &part.known,
            plus,
            minus,
            count,
            code: base.code,
        }
    }

    fn durations(&self, part: &Part<'_>, lens: &Lens<'_>, plus_censored: &[i64]) -> Durations {
        let Some(order) = part.order else {
            return Durations::default();
        };
        let n = self.count();
        let longest_wait = part
            .longest_wait(order, lens)
            .max(plus_censored.iter().copied().max());
        if n == 0 {
            return Durations {
                longest_s: longest_wait,
                ..Durations::default()
            };
        }
        let (mut censored, longer) = part.censored(order, lens, self, plus_censored, NINE_TENTHS);
        let [km_p50_s, km_p90_s] =
            kaplan_meier::quantiles(self, &mut censored, longer, [HALF, NINE_TENTHS]);
        Durations {
            n,
            p50_s: kaplan_meier::by_rank(self, HALF),
            p90_s: kaplan_meier::by_rank(self, NINE_TENTHS),
            p95_s: kaplan_meier::by_rank(self, NINETEEN_TWENTIETHS),
            km_p50_s,
            km_p90_s,
            longest_s: Some(self.kth(n - 1)).max(longest_wait),
        }
    }
}

impl Events for Answered<'_> {
    fn count(&self) -> u64 {
        self.count
    }

    fn count_up_to(&self, duration: i64) -> u64 {
        let limit = self.code.limit(duration);
        let below = |side: &[u32]| side.partition_point(|it| *it < limit) as u64;
        self.column.count_below(self.ranges, limit) + below(&self.plus) - below(&self.minus)
    }

    fn kth(&self, k: u64) -> i64 {
        self.code
            .duration(self.column.kth(self.ranges, &self.plus, &self.minus, k))
    }
}

/// Adds or takes away counts, one by one.
fn combine(to: &mut Figures, from: &Figures, by: fn(u64, u64) -> u64) {
    let share = |a: Share, b: Share| Share {
        met: by(a.met, b.met),
        missed: by(a.missed, b.missed),
        pending: by(a.pending, b.pending),
    };
    to.cases = by(to.cases, from.cases);
    to.answered = by(to.answered, from.answered);
    to.waiting = by(to.waiting, from.waiting);
    to.target = share(to.target, from.target);
    to.sundown = share(to.sundown, from.sundown);
    to.answered_by_sundown = share(to.answered_by_sundown, from.answered_by_sundown);
    to.resolved = by(to.resolved, from.resolved);
    to.asked = by(to.asked, from.asked);
    to.confirmed = by(to.confirmed, from.confirmed);
    to.disputed = by(to.disputed, from.disputed);
    to.thanked = by(to.thanked, from.thanked);
    to.excluded = by(to.excluded, from.excluded);
    to.unknown_beginning = by(to.unknown_beginning, from.unknown_beginning);
}

/// Whether a row is open at an instant that lies in the past, as it is known today.
pub fn was_open(row: &Row, at: i64, reopenings: &[(i64, i64)]) -> bool {
    !row.is_excluded()
        && row.opened <= at
        && (row.resolved == NEVER || row.resolved > at)
        && !reopenings
            .iter()
            .any(|&(from, until)| from <= at && at < until)
}
