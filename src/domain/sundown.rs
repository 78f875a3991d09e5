//! The sundown rule: by which moment a complaint of a day is to be answered and closed.

use super::{
    calendar::instant_of,
    sunset::{Place, sunset_minute},
    time::Instant,
};
use chrono::{Datelike, Days, NaiveDate, TimeDelta, TimeZone, Weekday};
use serde::{Deserialize, Serialize};

/// The moment of the day by which a complaint of that day is to be answered and closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SundownPolicy {
    /// Minutes after local midnight, such as 1080 for 18:00; not used while `sunset` is there.
    pub cut_off_minute: u32,
    /// A post in the last so many minutes before the cut-off belongs to the next day.
    pub last_call_minutes: u32,
    /// The real sunset instead of the same time every day.
    #[serde(default)]
    pub sunset: Option<SunsetRule>,
    /// Days without a sundown: what is due then is due on the next day that has one.
    #[serde(default)]
    pub days_off: DaysOff,
}

/// A cut-off that follows the sun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SunsetRule {
    /// Where the sun sets.
    pub place: Place,
    /// The cut-off lies so many minutes after the sunset; before it when negative.
    pub offset_minutes: i32,
    /// Never before this minute of the local day: in winter the sun sets early, or never rises.
    pub earliest_minute: u32,
    /// Never after this minute of the local day: in summer it sets late, or not at all.
    pub latest_minute: u32,
}

/// Days on which nothing is due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaysOff {
    /// Every week.
    pub weekdays: Vec<Weekday>,
    /// Once.
    pub dates: Vec<NaiveDate>,
}

impl DaysOff {
    /// Whether a local day is one of them.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.weekdays.contains(&date.weekday()) || self.dates.contains(&date)
    }
}

impl Default for SundownPolicy {
    /// 18:00 local, last call an hour before, no days off: people complain on holidays, too.
    fn default() -> Self {
        Self {
            cut_off_minute: 18 * 60,
            last_call_minutes: 60,
            sunset: None,
            days_off: DaysOff::default(),
        }
    }
}

/// Nobody has more days off in a row than that; whoever says so gets the last of them.
const LONGEST_REST: u64 = 60;

impl SundownPolicy {
    /// The minute of a local day at which it ends.
    pub fn minute_on<Z: TimeZone>(&self, zone: &Z, date: NaiveDate) -> u32 {
        match &self.sunset {
            None => self.cut_off_minute,
            Some(rule) => rule.minute_on(zone, date),
        }
    }

    /// When a local day ends, days off or not.
    pub fn end_of<Z: TimeZone>(&self, zone: &Z, date: NaiveDate) -> Instant {
        instant_of(zone, date, self.minute_on(zone, date))
    }

    /// The first instant that belongs to the next day.
    pub fn last_call_of<Z: TimeZone>(&self, zone: &Z, date: NaiveDate) -> Instant {
        self.end_of(zone, date) - TimeDelta::minutes(i64::from(self.last_call_minutes))
    }
}

impl SunsetRule {
    fn minute_on<Z: TimeZone>(&self, zone: &Z, date: NaiveDate) -> u32 {
        let minute = sunset_minute(&self.place, zone, date) + i64::from(self.offset_minutes);
        let (low, high) = (
            self.earliest_minute.min(self.latest_minute),
            self.earliest_minute.max(self.latest_minute),
        );
        u32::try_from(minute).unwrap_or(0).clamp(low, high)
    }
}

/// The sundown of a case that opened at an instant, by the wall clock of a zone.
///
/// A post in the last `last_call_minutes` before the cut-off, or after it, belongs to the next
/// day. Only days off roll over. A cut-off that the zone skips is the first valid instant after
/// the gap; one that comes twice is the earlier one.
pub fn sundown_at<Z: TimeZone>(policy: &SundownPolicy, zone: &Z, opened_at: Instant) -> Instant {
    let mut date = opened_at.with_timezone(zone).date_naive();
    let give_up = date + Days::new(LONGEST_REST);
    loop {
        let is_off = policy.days_off.contains(date) && date < give_up;
        if !is_off && opened_at < policy.last_call_of(zone, date) {
            return policy.end_of(zone, date);
        }
        date = date + Days::new(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{TZ_VARIANTS, Tz};
    use proptest::prelude::*;

    fn utc(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    fn six_o_clock() -> SundownPolicy {
        SundownPolicy {
            cut_off_minute: 18 * 60,
            last_call_minutes: 60,
            ..SundownPolicy::default()
        }
    }

    #[test]
    fn a_complaint_of_the_morning_is_due_the_same_evening() {
        let at = sundown_at(
            &six_o_clock(),
            &Tz::Pacific__Auckland,
            utc("2026-11-20T20:00:00Z"),
        );
        assert_eq!(at, utc("2026-11-21T05:00:00Z"));
    }

    #[test]
    fn the_last_call_belongs_to_the_next_day() {
        let just_before = sundown_at(&six_o_clock(), &Tz::UTC, utc("2026-11-20T16:59:59Z"));
        assert_eq!(just_before, utc("2026-11-20T18:00:00Z"));
        let at_last_call = sundown_at(&six_o_clock(), &Tz::UTC, utc("2026-11-20T17:00:00Z"));
        assert_eq!(at_last_call, utc("2026-11-21T18:00:00Z"));
    }

    #[test]
    fn weekends_and_holidays_do_not_roll_over() {
        let saturday = sundown_at(&six_o_clock(), &Tz::UTC, utc("2026-12-26T09:00:00Z"));
        assert_eq!(saturday, utc("2026-12-26T18:00:00Z"));
    }

    #[test]
    fn a_cut_off_that_the_clocks_skip_is_the_first_instant_after() {
        let night = SundownPolicy {
            cut_off_minute: 150,
            last_call_minutes: 0,
            ..SundownPolicy::default()
        };
        let at = sundown_at(&night, &Tz::Europe__Berlin, utc("2026-03-28T20:00:00Z"));
        assert_eq!(at, utc("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn days_off_roll_over_where_somebody_says_so() {
        let rested = SundownPolicy {
            days_off: DaysOff {
                weekdays: vec![Weekday::Sat, Weekday::Sun],
                dates: vec![NaiveDate::from_ymd_opt(2026, 12, 28).expect("a date")],
            },
            ..six_o_clock()
        };
        // Saturday, Sunday and that Monday are off.
        let saturday = sundown_at(&rested, &Tz::UTC, utc("2026-12-26T09:00:00Z"));
        assert_eq!(saturday, utc("2026-12-29T18:00:00Z"));
        let friday = sundown_at(&rested, &Tz::UTC, utc("2026-12-25T17:30:00Z"));
        assert_eq!(friday, utc("2026-12-29T18:00:00Z"));
    }

    #[test]
    fn a_week_of_nothing_but_days_off_still_ends() {
        let lazy = SundownPolicy {
            days_off: DaysOff {
                weekdays: (0..7_u8)
                    .filter_map(|it| Weekday::try_from(it).ok())
                    .collect(),
                dates: Vec::new(),
            },
            ..six_o_clock()
        };
        let at = utc("2026-12-26T09:00:00Z");
        assert_eq!(
            sundown_at(&lazy, &Tz::UTC, at),
            at + TimeDelta::days(60) + TimeDelta::hours(9)
        );
    }

    #[test]
    fn the_sun_of_a_polar_summer_is_held_to_the_latest_minute() {
        let tromso = SunsetRule {
            place: Place::new("Tromsø", 69.6492, 18.9553).expect("a place"),
            offset_minutes: 0,
            earliest_minute: 15 * 60,
            latest_minute: 21 * 60,
        };
        let policy = SundownPolicy {
            sunset: Some(tromso),
            ..six_o_clock()
        };
        let on = |month, day| {
            let date = NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
            policy.minute_on(&Tz::Europe__Oslo, date)
        };
        assert_eq!(on(6, 21), 21 * 60);
        assert_eq!(on(12, 21), 15 * 60);
        assert!((17 * 60..19 * 60).contains(&on(3, 20)), "{}", on(3, 20));
    }

    proptest! {
        #[test]
        fn sundown_comes_after_the_post_and_within_two_days(
            zone in prop::sample::select(TZ_VARIANTS.to_vec()),
            minute in 0_u32..1440,
            last_call in 0_u32..720,
            at in 1_735_689_600_i64..1_830_297_600,
        ) {
            let policy = SundownPolicy {
                cut_off_minute: minute,
                last_call_minutes: last_call,
                ..SundownPolicy::default()
            };
            let at = crate::domain::time::from_ms(at * 1000);
            let sundown = sundown_at(&policy, &zone, at);
            prop_assert!(sundown > at);
            prop_assert!(sundown - at >= TimeDelta::minutes(i64::from(last_call)));
            prop_assert!(sundown - at <= TimeDelta::hours(24 + 12 + 2));
        }
    }
}
