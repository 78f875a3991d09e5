//! Kaplan–Meier quantiles, exactly: those still waiting count.
//!
//! S(t) = ∏ over event times tᵢ ≤ t of (1 − dᵢ/nᵢ), where nᵢ counts durations ≥ tᵢ and one
//! censored at tᵢ still counts. The p-quantile is the smallest t with S(t) ≤ 1 − p. (Kaplan and
//! Meier, “Nonparametric estimation from incomplete observations”, JASA 53, 1958.)
//!
//! Between two censorings the product telescopes to a ratio of counts, so k people waiting need k
//! questions “how many events until then”, not a walk over every event. The running product is a
//! float with a known error; where a decision falls inside that error it is made again in whole
//! numbers, so the answer is always the exact one.

use num_bigint::BigUint;

/// What the estimate needs to know about the events: answered cases' durations.
pub trait Events {
    /// How many there are.
    fn count(&self) -> u64;
    /// How many lasted at most so long.
    fn count_up_to(&self, duration: i64) -> u64;
    /// The k-th shortest, from 0; only asked below [`Events::count`].
    fn kth(&self, k: u64) -> i64;
}

/// Durations in ascending order are events as they are.
impl Events for [i64] {
    fn count(&self) -> u64 {
        self.len() as u64
    }

    fn count_up_to(&self, duration: i64) -> u64 {
        self.partition_point(|it| *it <= duration) as u64
    }

    fn kth(&self, k: u64) -> i64 {
        self.get(k as usize).copied().unwrap_or_default()
    }
}

/// A share as a fraction, such as 9/10.
pub type Fraction = (u64, u64);

/// The median.
pub const HALF: Fraction = (1, 2);
/// Nine in ten.
pub const NINE_TENTHS: Fraction = (9, 10);
/// Nineteen in twenty.
pub const NINETEEN_TWENTIETHS: Fraction = (19, 20);

/// The rank (from 1) of the p-quantile of n values: ⌈p·n⌉, but at least 1.
pub const fn rank(n: u64, p: Fraction) -> u64 {
    let rank = (n * p.0).div_ceil(p.1);
    if rank == 0 { 1 } else { rank }
}

/// The p-quantile by rank of the events alone; `None` when there are none.
pub fn by_rank<E: Events + ?Sized>(events: &E, p: Fraction) -> Option<i64> {
    let n = events.count();
    (n > 0).then(|| events.kth(rank(n, p) - 1))
}

/// A duration that no p-quantile of the estimate exceeds, if it is reached at all: were nobody
/// censored before all events, ranks among all would do. Censorings from there on don't matter.
///
/// `all` counts the events and the censored; there must be events.
pub fn bound<E: Events + ?Sized>(events: &E, all: u64, p: Fraction) -> i64 {
    events.kth(rank(all, p).min(events.count()).saturating_sub(1))
}

/// The p-quantiles of the estimate, for ascending `ps`; `None` where it isn't reached.
///
/// `censored` are the durations of those still waiting, in any order; it is left sorted and
/// without those that don't matter. `longer` counts further ones that are known to reach the
/// [`bound`] of the last p, and needn't be named.
pub fn quantiles<E: Events + ?Sized, const N: usize>(
    events: &E,
    censored: &mut Vec<i64>,
    longer: u64,
    ps: [Fraction; N],
) -> [Option<i64>; N] {
    let mut found = [None; N];
    let (answered, named) = (events.count(), censored.len() as u64);
    let all = answered + named + longer;
    let Some(&last) = ps.last() else { return found };
    if answered == 0 {
        return found;
    }
    let bound = bound(events, all, last);
    censored.retain(|it| *it < bound);
    censored.sort_unstable();
    let longer = longer + named - censored.len() as u64;
    let mut walk = Walk::begin(all);
    let mut next = 0;
    for leaving in censored.chunk_by(|a, b| a == b) {
        let Some(&until) = leaving.first() else {
            continue;
        };
        walk.cross(
            events,
            events.count_up_to(until),
            &ps,
            &mut next,
            &mut found,
        );
        let Some(&p) = ps.get(next) else { return found };
        walk.at_risk -= leaving.len() as u64;
        if walk.can_never_reach(p, answered, longer) {
            return found;
        }
    }
    walk.cross(events, answered, &ps, &mut next, &mut found);
    found
}

/// Where the walk along the events stands.
struct Walk {
    /// Events passed.
    seen: u64,
    /// Durations not passed yet.
    at_risk: u64,
    /// S(t) so far, as a float.
    survival: f64,
    /// The factors it is made of: numerator and denominator.
    factors: Vec<(u64, u64)>,
}

impl Walk {
    fn begin(all: u64) -> Self {
        Self {
            seen: 0,
            at_risk: all,
            survival: 1.0,
            factors: Vec::new(),
        }
    }

    /// Passes all events up to the `seen`-th and notes the quantiles that are reached on the way.
    fn cross<E: Events + ?Sized, const N: usize>(
        &mut self,
        events: &E,
        seen: u64,
        ps: &[Fraction; N],
        next: &mut usize,
        found: &mut [Option<i64>; N],
    ) {
        let passing = seen - self.seen;
        while *next < N {
            let needed = self.events_needed(ps[*next]);
            if needed > passing {
                break;
            }
            // Zero can only be needed when an earlier quantile was reached by the same event.
            let at = self.seen + needed.max(1) - 1;
            found[*next] = Some(events.kth(at.min(events.count() - 1)));
            *next += 1;
        }
        if passing > 0 {
            let left = self.at_risk - passing;
            self.survival *= left as f64 / self.at_risk as f64;
            self.factors.push((left, self.at_risk));
            self.at_risk = left;
            self.seen = seen;
        }
    }

    /// How many more events, nobody leaving in between, bring S down to 1 − p: the smallest j with
    /// S·(r − j)/r ≤ 1 − p.
    fn events_needed(&self, p: Fraction) -> u64 {
        let risk = self.at_risk as f64;
        let goal = (p.1 - p.0) as f64 / p.1 as f64;
        if self.at_risk == 0 {
            return u64::MAX;
        }
        let needed = risk * (1.0 - goal / self.survival);
        let error = risk * (self.factors.len() as f64 + 8.0) * f64::EPSILON * 4.0
            / self.survival.max(1e-300);
        let (low, high) = (
            (needed - error).ceil().max(0.0),
            (needed + error).ceil().max(0.0),
        );
        if low >= high {
            return low as u64;
        }
        // Too near to tell: decide in whole numbers, from the smallest candidate up.
        let mut candidate = low as u64;
        while candidate <= self.at_risk && !self.is_reached_exactly(candidate, p) {
            candidate += 1;
        }
        candidate
    }

    /// Whether S·(r − j)/r ≤ 1 − p, in whole numbers.
    fn is_reached_exactly(&self, j: u64, p: Fraction) -> bool {
        let last = (self.at_risk - j, self.at_risk);
        let (mut above, mut below) = (BigUint::from(1_u8), BigUint::from(1_u8));
        for &(numerator, denominator) in self.factors.iter().chain([&last]) {
            above *= numerator;
            below *= denominator;
        }
        above * p.1 <= below * (p.1 - p.0)
    }

    /// Whether S stays above 1 − p even if everybody who leaves before the bound had left by now.
    ///
    /// `longer` of the censored stay beyond the bound; they are what keeps S up.
    fn can_never_reach(&self, p: Fraction, answered: u64, longer: u64) -> bool {
        let events_left = answered - self.seen;
        let risk = events_left + longer;
        if risk == 0 || longer == 0 {
            return false;
        }
        let lowest = self.survival * longer as f64 / risk as f64;
        let goal = (p.1 - p.0) as f64 / p.1 as f64;
        lowest > goal * (1.0 + 1e-6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, read aloud in exact fractions.
    fn by_definition(events: &[i64], censored: &[i64], p: Fraction) -> Option<i64> {
        let (mut above, mut below) = (BigUint::from(1_u8), BigUint::from(1_u8));
        let mut times = events.to_vec();
        times.sort_unstable();
        times.dedup();
        for t in times {
            let died = events.iter().filter(|it| **it == t).count();
            let at_risk = events.iter().chain(censored).filter(|it| **it >= t).count();
            above *= at_risk - died;
            below *= at_risk;
            if &above * p.1 <= &below * (p.1 - p.0) {
                return Some(t);
            }
        }
        None
    }

    fn sorted(mut numbers: Vec<i64>) -> Vec<i64> {
        numbers.sort_unstable();
        numbers
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn the_walk_gives_what_the_definition_gives(
            events in prop::collection::vec(0_i64..40, 0..60),
            mut censored in prop::collection::vec(0_i64..50, 0..30),
        ) {
            let events = sorted(events);
            let expected = [HALF, NINE_TENTHS].map(|p| by_definition(&events, &censored, p));
            prop_assert_eq!(quantiles(events.as_slice(), &mut censored, 0, [HALF, NINE_TENTHS]), expected);
        }

        #[test]
        fn with_nobody_waiting_it_is_the_quantile_by_rank(events in prop::collection::vec(0_i64..1000, 1..200)) {
            let events = sorted(events);
            let estimate = quantiles(events.as_slice(), &mut Vec::new(), 0, [HALF, NINE_TENTHS, NINETEEN_TWENTIETHS]);
            let ranks = [HALF, NINE_TENTHS, NINETEEN_TWENTIETHS].map(|p| by_rank(events.as_slice(), p));
            prop_assert_eq!(estimate, ranks);
        }

        #[test]
        fn an_older_waiting_case_never_lowers_the_median(
            events in prop::collection::vec(0_i64..60, 1..60),
            censored in prop::collection::vec(0_i64..60, 1..20),
            which in 0_usize..20,
            older in 1_i64..60,
        ) {
            let events = sorted(events);
            let before = quantiles(events.as_slice(), &mut censored.clone(), 0, [HALF])[0];
            let mut aged = censored.clone();
            let which = which % aged.len();
            aged[which] += older;
            let after = quantiles(events.as_slice(), &mut aged, 0, [HALF])[0];
            // Not reached is longer than anything reached.
            prop_assert!(after.unwrap_or(i64::MAX) >= before.unwrap_or(i64::MAX));
        }
    }

    #[test]
    fn a_step_that_falls_exactly_on_one_minus_p_is_a_step() {
        // S goes 9/10, 8/10, … and reaches 1/10 exactly at the ninth of ten: 1 − 0.9 in floats
        // would miss it.
        let events: Vec<i64> = (1..=10).collect();
        assert_eq!(
            quantiles(events.as_slice(), &mut Vec::new(), 0, [NINE_TENTHS]),
            [Some(9)]
        );
    }

    #[test]
    fn half_waiting_for_ever_means_not_reached() {
        let events = [10, 20, 30];
        assert_eq!(
            quantiles(events.as_slice(), &mut vec![100, 100, 100, 100], 0, [HALF]),
            [None]
        );
    }
}
