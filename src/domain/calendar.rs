//! Business time: when a desk is staffed, and how much of a span it was staffed.
//!
//! A calendar is weekly intervals with dated exceptions, in the wall-clock minutes of its zone.
//! Intervals may cross midnight; days of 23 and 25 hours have that many. All arithmetic goes
//! through instants, so a clock that jumps neither loses nor invents time.
//!
//! Invariant: the zone's rules are handed in as a [`TimeZone`]; this module carries no zone data.

use chrono::{
    DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc,
};
use serde::{Deserialize, Serialize};

/// A stretch of a day in minutes after local midnight; an `until` beyond 1440 reaches into the
/// next day. `until` is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// The first minute inside.
    pub from_minute: u32,
    /// The first minute outside.
    pub until_minute: u32,
}

/// What happens on one date instead of the week's rule: no intervals mean closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedException {
    /// The local date on which the intervals begin.
    pub date: NaiveDate,
    /// What holds instead.
    pub intervals: Vec<Interval>,
    /// Such as “Christmas Day”.
    pub name: String,
}

/// When a desk is staffed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Seven lists, Monday first.
    pub week: [Vec<Interval>; 7],
    /// Sorted by nothing in particular; the first one of a date holds.
    #[serde(default)]
    pub exceptions: Vec<DatedException>,
}

impl Default for Calendar {
    /// Monday to Friday, nine to five.
    fn default() -> Self {
        let day = || {
            vec![Interval {
                from_minute: 9 * 60,
                until_minute: 17 * 60,
            }]
        };
        Self {
            week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
            exceptions: Vec::new(),
        }
    }
}

impl Calendar {
    /// A desk that never closes.
    pub fn always() -> Self {
        let day = || {
            vec![Interval {
                from_minute: 0,
                until_minute: 24 * 60,
            }]
        };
        Self {
            week: std::array::from_fn(|_| day()),
            exceptions: Vec::new(),
        }
    }

    /// The intervals that begin on a date.
    fn beginning_on(&self, date: NaiveDate) -> &[Interval] {
        self.exceptions
            .iter()
            .find(|it| it.date == date)
            .map_or_else(
                || self.week[date.weekday().num_days_from_monday() as usize].as_slice(),
                |it| it.intervals.as_slice(),
            )
    }

    /// The staffed stretches between two instants, as ascending, disjoint, half-open pairs of
    /// milliseconds since 1970 that may reach a little beyond both ends.
    pub fn stretches<Z: TimeZone>(
        &self,
        zone: &Z,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Vec<(i64, i64)> {
        let first = from.with_timezone(zone).date_naive() - Days::new(2);
        let last = until.with_timezone(zone).date_naive() + Days::new(1);
        let mut raw: Vec<(i64, i64)> = Vec::new();
        let mut date = first;
        while date <= last {
            for it in self.beginning_on(date) {
                let begin = instant_of(zone, date, it.from_minute).timestamp_millis();
                let end = instant_of(zone, date, it.until_minute).timestamp_millis();
                if begin < end {
                    raw.push((begin, end));
                }
            }
            date = date + Days::new(1);
        }
        raw.sort_unstable();
        let mut merged: Vec<(i64, i64)> = Vec::with_capacity(raw.len());
        for (begin, end) in raw {
            match merged.last_mut() {
                Some(last) if begin <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((begin, end)),
            }
        }
        merged
    }
}

/// The instant at which a zone's wall clock shows a minute of a date.
///
/// Minutes past 1440 belong to the following days. A wall-clock time that a zone skips is the
/// first valid instant after the gap; one that comes twice is the earlier.
pub fn instant_of<Z: TimeZone>(zone: &Z, date: NaiveDate, minute: u32) -> DateTime<Utc> {
    let day = date + Days::new(u64::from(minute / 1440));
    let clock = NaiveTime::from_num_seconds_from_midnight_opt((minute % 1440) * 60, 0)
        .unwrap_or(NaiveTime::MIN);
    let naive = day.and_time(clock);
    match zone.from_local_datetime(&naive) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => first_after_gap(zone, naive),
    }
}

/// A gap's far end: the offset in force just before the skipped time, applied to it, lands as far
/// past the change as the time lay inside the gap; the change itself is found by halving.
fn first_after_gap<Z: TimeZone>(zone: &Z, naive: chrono::NaiveDateTime) -> DateTime<Utc> {
    let as_utc = naive.and_utc();
    // Offsets reach from −12 to +14 hours; a whole day around the time holds the change for sure,
    // even where a zone once skipped an entire date.
    let (mut low, mut high) = (as_utc - TimeDelta::hours(40), as_utc + TimeDelta::hours(40));
    let is_past = |at: DateTime<Utc>| at.with_timezone(zone).naive_local() > naive;
    while high - low > TimeDelta::seconds(1) {
        let middle = low + (high - low) / 2;
        let middle = DateTime::from_timestamp(middle.timestamp(), 0).unwrap_or(middle);
        if middle <= low {
            break;
        }
        if is_past(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    DateTime::from_timestamp(high.timestamp(), 0).unwrap_or(high)
}

/// A calendar laid out over a span of time, for quick sums of business time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// Begin, end, and the staffed milliseconds before `begin`.
    stretches: Vec<(i64, i64, i64)>,
}

impl Timetable {
    /// Lays a calendar out from one instant to another; time outside counts as not staffed.
    pub fn lay_out<Z: TimeZone>(
        calendar: &Calendar,
        zone: &Z,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Self {
        let mut before = 0;
        let stretches = calendar
            .stretches(zone, from, until)
            .into_iter()
            .map(|(begin, end)| {
                let row = (begin, end, before);
                before += end - begin;
                row
            })
            .collect();
        Self { stretches }
    }

    /// Staffed milliseconds from the beginning of the timetable until an instant.
    fn staffed_until(&self, at_ms: i64) -> i64 {
        let after = self
            .stretches
            .partition_point(|&(begin, _, _)| begin <= at_ms);
        match after
            .checked_sub(1)
            .and_then(|last| self.stretches.get(last))
        {
            Some(&(begin, end, before)) => before + (at_ms.min(end) - begin),
            None => 0,
        }
    }

    /// Whole staffed seconds between two instants in milliseconds; negative when they are swapped.
    pub fn seconds_between(&self, from_ms: i64, until_ms: i64) -> i64 {
        (self.staffed_until(until_ms) - self.staffed_until(from_ms)).div_euclid(1000)
    }

    /// Whether the desk is staffed at an instant.
    pub fn is_staffed(&self, at_ms: i64) -> bool {
        let after = self
            .stretches
            .partition_point(|&(begin, _, _)| begin <= at_ms);
        after
            .checked_sub(1)
            .and_then(|last| self.stretches.get(last))
            .is_some_and(|&(_, end, _)| at_ms < end)
    }
}
