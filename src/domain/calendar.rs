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
        merged(raw)
    }

    /// Whether the desk never closes in an ordinary week.
    pub fn is_always(&self) -> bool {
        self.week_minutes() == 7 * 1440
    }

    /// Staffed minutes of an ordinary week, what overlaps counted once.
    pub fn week_minutes(&self) -> u32 {
        const WEEK: i64 = 7 * 1440;
        let mut raw: Vec<(i64, i64)> = Vec::new();
        for (day, intervals) in (0_i64..).zip(&self.week) {
            for it in intervals {
                let begin = day * 1440 + i64::from(it.from_minute);
                let end = day * 1440 + i64::from(it.until_minute);
                raw.push((begin, end.min(WEEK)));
                // Sunday's night reaches into Monday.
                if end > WEEK {
                    raw.push((0, end - WEEK));
                }
            }
        }
        raw.sort_unstable();
        let minutes = merged(raw)
            .iter()
            .map(|(begin, end)| end - begin)
            .sum::<i64>();
        u32::try_from(minutes).unwrap_or(0)
    }
}

/// Sorted stretches with those that touch or overlap made one.
fn merged(sorted: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    let mut merged: Vec<(i64, i64)> = Vec::with_capacity(sorted.len());
    for (begin, end) in sorted {
        match merged.last_mut() {
            Some(last) if begin <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((begin, end)),
        }
    }
    merged
}

/// A calendar in force from an instant on, by the wall clock of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift<Z> {
    /// In force from then on.
    pub since: DateTime<Utc>,
    /// Whose wall clock.
    pub zone: Z,
    /// The calendar.
    pub calendar: Calendar,
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
        Self::of(calendar.stretches(zone, from, until))
    }

    /// A timetable of stretches that ascend and don't overlap.
    fn of(stretches: Vec<(i64, i64)>) -> Self {
        let mut before = 0;
        let stretches = stretches
            .into_iter()
            .map(|(begin, end)| {
                let row = (begin, end, before);
                before += end - begin;
                row
            })
            .collect();
        Self { stretches }
    }

    /// Lays out calendars that followed each other: each holds from its `since` until a later one
    /// of the list begins, the first one also before.
    pub fn lay_out_shifts<Z: TimeZone>(
        shifts: &[Shift<Z>],
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Self {
        let mut all: Vec<(i64, i64)> = Vec::new();
        for (place, shift) in shifts.iter().enumerate() {
            let begin = if place == 0 {
                i64::MIN
            } else {
                shift.since.timestamp_millis()
            };
            let later = shifts[place + 1..]
                .iter()
                .map(|it| it.since.timestamp_millis());
            let end = later.min().unwrap_or(i64::MAX);
            let stretches = shift.calendar.stretches(&shift.zone, from, until);
            all.extend(
                stretches
                    .into_iter()
                    .map(|(one, other)| (one.max(begin), other.min(end)))
                    .filter(|(one, other)| one < other),
            );
        }
        all.sort_unstable();
        Self::of(merged(all))
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

    /// The latest instant from which the desk has been staffed for so many milliseconds until
    /// another, or a little before it; `None` when the timetable doesn't reach so far back.
    pub fn instant_before(&self, until_ms: i64, staffed_ms: i64) -> Option<i64> {
        let before_it = self.staffed_until(until_ms).checked_sub(staffed_ms)?;
        let after = self
            .stretches
            .partition_point(|&(_, _, before)| before <= before_it);
        let &(begin, end, before) = self.stretches.get(after.checked_sub(1)?)?;
        Some((begin + before_it - before).min(end).min(until_ms))
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Timelike;
    use chrono_tz::{TZ_VARIANTS, Tz};
    use proptest::prelude::*;

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn daily(from_minute: u32, until_minute: u32) -> Calendar {
        let day = || {
            vec![Interval {
                from_minute,
                until_minute,
            }]
        };
        Calendar {
            week: std::array::from_fn(|_| day()),
            exceptions: Vec::new(),
        }
    }

    fn seconds(calendar: &Calendar, zone: Tz, from: &str, until: &str) -> i64 {
        let (from, until) = (utc(from), utc(until));
        Timetable::lay_out(calendar, &zone, from, until)
            .seconds_between(from.timestamp_millis(), until.timestamp_millis())
    }

    proptest! {
        #[test]
        fn whoever_came_by_then_has_waited_so_long(
            until_s in 0_i64..20 * 86_400,
            staffed_s in 0_i64..12 * 86_400,
        ) {
            let (from, until) = (utc("2026-03-02T00:00:00Z"), utc("2026-03-20T00:00:00Z"));
            let table = Timetable::lay_out(&daily(9 * 60, 17 * 60), &Tz::UTC, from, until);
            let until_ms = from.timestamp_millis() + until_s * 1000;
            let whole = table.staffed_until(until_ms);
            match table.instant_before(until_ms, staffed_s * 1000) {
                Some(at) => {
                    prop_assert_eq!(table.seconds_between(at, until_ms), staffed_s);
                    prop_assert!(at <= until_ms);
                }
                None => prop_assert!(whole < staffed_s * 1000),
            }
        }
    }

    #[test]
    fn nights_do_not_count() {
        let spent = seconds(
            &Calendar::default(),
            Tz::UTC,
            "2026-03-02T16:50:00Z",
            "2026-03-03T09:10:00Z",
        );
        assert_eq!(spent, 20 * 60);
    }

    #[test]
    fn weekends_do_not_count() {
        let spent = seconds(
            &Calendar::default(),
            Tz::UTC,
            "2026-03-06T16:00:00Z",
            "2026-03-09T10:00:00Z",
        );
        assert_eq!(spent, 2 * 3600);
    }

    #[test]
    fn a_shift_may_cross_midnight() {
        let night = daily(22 * 60, 30 * 60);
        assert_eq!(
            seconds(
                &night,
                Tz::UTC,
                "2026-03-02T00:00:00Z",
                "2026-03-03T00:00:00Z"
            ),
            8 * 3600
        );
    }

    #[test]
    fn a_lunch_break_does_not_count() {
        let mut calendar = daily(9 * 60, 12 * 60);
        for day in &mut calendar.week {
            day.push(Interval {
                from_minute: 13 * 60,
                until_minute: 17 * 60,
            });
        }
        assert_eq!(
            seconds(
                &calendar,
                Tz::UTC,
                "2026-03-02T11:30:00Z",
                "2026-03-02T13:30:00Z"
            ),
            3600
        );
    }

    #[test]
    fn a_holiday_is_closed_and_a_half_day_is_half() {
        let mut calendar = daily(9 * 60, 17 * 60);
        let date = |day| NaiveDate::from_ymd_opt(2026, 12, day).expect("a date");
        calendar.exceptions = vec![
            DatedException {
                date: date(25),
                intervals: Vec::new(),
                name: "Christmas Day".into(),
            },
            DatedException {
                date: date(24),
                intervals: vec![Interval {
                    from_minute: 9 * 60,
                    until_minute: 13 * 60,
                }],
                name: "Christmas Eve".into(),
            },
        ];
        assert_eq!(
            seconds(
                &calendar,
                Tz::UTC,
                "2026-12-24T00:00:00Z",
                "2026-12-27T00:00:00Z"
            ),
            12 * 3600
        );
    }

    #[test]
    fn a_day_of_23_or_25_hours_is_staffed_for_23_or_25() {
        let always = Calendar::always();
        let day = |from, until| seconds(&always, Tz::Europe__Berlin, from, until);
        assert_eq!(
            day("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
            23 * 3600
        );
        assert_eq!(
            day("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
            25 * 3600
        );
        // From one to four at night, one of the three hours is skipped in March and one comes
        // twice in October.
        let night = daily(60, 4 * 60);
        let spent = |from, until| seconds(&night, Tz::Europe__Berlin, from, until);
        assert_eq!(
            spent("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
            2 * 3600
        );
        assert_eq!(
            spent("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
            4 * 3600
        );
    }

    #[test]
    fn a_skipped_time_is_the_first_instant_after_the_gap() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 29).expect("a date");
        let at = instant_of(&Tz::Europe__Berlin, date, 2 * 60 + 30);
        assert_eq!(at, utc("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn a_time_that_comes_twice_is_the_earlier_one() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 25).expect("a date");
        let at = instant_of(&Tz::Europe__Berlin, date, 2 * 60 + 30);
        assert_eq!(at, utc("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn a_date_that_a_zone_skipped_entirely_is_its_next_one() {
        // Samoa went from 29 to 31 December 2011.
        let date = NaiveDate::from_ymd_opt(2011, 12, 30).expect("a date");
        let at = instant_of(&Tz::Pacific__Apia, date, 12 * 60);
        assert_eq!(at, utc("2011-12-30T10:00:00Z"));
    }

    #[test]
    fn in_every_zone_the_wall_clock_shows_the_minute_that_was_asked_for_or_the_end_of_a_gap() {
        for zone in TZ_VARIANTS {
            let mut date = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
            while date.year() == 2026 {
                for minute in [0, 90, 150, 18 * 60] {
                    let at = instant_of(&zone, date, minute);
                    let local = at.with_timezone(&zone);
                    let shown = local.hour() * 60 + local.minute();
                    let just_before = (at - TimeDelta::seconds(1))
                        .with_timezone(&zone)
                        .naive_local();
                    let is_end_of_gap = local.naive_local() - just_before > TimeDelta::seconds(1);
                    assert!(
                        (local.date_naive() == date && shown == minute) || is_end_of_gap,
                        "{zone} {date} minute {minute} became {local}"
                    );
                }
                date = date + Days::new(1);
            }
        }
    }

    proptest! {
        #[test]
        fn in_every_zone_staffed_time_adds_up(
            zone in prop::sample::select(TZ_VARIANTS.to_vec()),
            (open, length) in (0_u32..1440, 1_u32..1440),
            mut at in prop::array::uniform3(1_735_689_600_000_i64..1_830_297_600_000),
        ) {
            at.sort_unstable();
            let [a, b, c] = at;
            let from_ms = crate::domain::time::from_ms;
            let table = Timetable::lay_out(&daily(open, open + length), &zone, from_ms(a), from_ms(c));
            let whole = table.staffed_until(c) - table.staffed_until(a);
            let parts = (table.staffed_until(b) - table.staffed_until(a)) + (table.staffed_until(c) - table.staffed_until(b));
            prop_assert_eq!(whole, parts);
            prop_assert!(whole <= c - a);
            // A desk that never closes is staffed all the time, through every change of clocks.
            let always = Timetable::lay_out(&Calendar::always(), &zone, from_ms(a), from_ms(c));
            prop_assert_eq!(always.seconds_between(a, c), (c - a).div_euclid(1000));
        }
    }
}
