//! The sundown rule: by which moment a complaint of a day is to be answered and closed.

use super::{brand::SundownPolicy, calendar::instant_of, time::Instant};
use chrono::{Days, TimeDelta, TimeZone};

/// The sundown of a case that opened at an instant, by the wall clock of a zone.
///
/// A post in the last `last_call_minutes` before the cut-off, or after it, belongs to the next
/// day. Days off do not roll over: people complain on holidays. A cut-off that the zone skips is
/// the first valid instant after the gap; one that comes twice is the earlier one.
pub fn sundown_at<Z: TimeZone>(policy: &SundownPolicy, zone: &Z, opened_at: Instant) -> Instant {
    let mut date = opened_at.with_timezone(zone).date_naive();
    loop {
        let cut_off = instant_of(zone, date, policy.cut_off_minute);
        if opened_at < cut_off - TimeDelta::minutes(i64::from(policy.last_call_minutes)) {
            return cut_off;
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
        };
        let at = sundown_at(&night, &Tz::Europe__Berlin, utc("2026-03-28T20:00:00Z"));
        assert_eq!(at, utc("2026-03-29T01:00:00Z"));
    }

    proptest! {
        #[test]
        fn sundown_comes_after_the_post_and_within_two_days(
            zone in prop::sample::select(TZ_VARIANTS.to_vec()),
            minute in 0_u32..1440,
            last_call in 0_u32..720,
            at in 1_735_689_600_i64..1_830_297_600,
        ) {
            let policy = SundownPolicy { cut_off_minute: minute, last_call_minutes: last_call };
            let at = crate::domain::time::from_ms(at * 1000);
            let sundown = sundown_at(&policy, &zone, at);
            prop_assert!(sundown > at);
            prop_assert!(sundown - at >= TimeDelta::minutes(i64::from(last_call)));
            prop_assert!(sundown - at <= TimeDelta::hours(24 + 12 + 2));
        }
    }
}
