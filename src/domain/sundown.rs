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
