//! The one place where numbers, lengths of time and instants become words.
//!
//! Lengths are rounded down: what took 11 minutes 59 seconds took “11 min”, and no clock ever
//! claims more time than has passed. Numbers and their units are joined by spaces that don't break.
//!
//! Invariant: dates are written by the report's own zone, never by that of the reader's machine.

pub use crate::domain::wording::{count, duration, duration_parts};
use crate::domain::{
    board::Grain,
    time::{Instant, Zone},
};
use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};

/// Stands where there is no number.
pub const NOTHING: &str = "–";

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How many of what: `1 case`, `14 cases`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!(
        "{}\u{a0}{}",
        count(number),
        if number == 1 { one } else { many }
    )
}

/// A number of people, rounded to what an estimate is worth: `95`, `2.4 k`, `398 k`, `1.2 M`.
pub fn people(number: i64) -> String {
    let number = number.max(0);
    if number < 1_000 {
        number.to_string()
    } else if number < 10_000 {
        tenths(number / 100, "k")
    } else if number < 1_000_000 {
        format!("{}\u{a0}k", number / 1_000)
    } else if number < 10_000_000 {
        tenths(number / 100_000, "M")
    } else {
        format!("{}\u{a0}M", count(number.unsigned_abs() / 1_000_000))
    }
}

fn tenths(number: i64, unit: &str) -> String {
    match number % 10 {
        0 => format!("{}\u{a0}{unit}", number / 10),
        rest => format!("{}.{rest}\u{a0}{unit}", number / 10),
    }
}

/// A length of time that may be missing.
pub fn duration_or_nothing(seconds: Option<i64>) -> String {
    seconds.map_or_else(|| NOTHING.to_owned(), duration)
}

/// A length of time at an axis, where whole units need no zeros: `30 min`, `2 h`, `1 d`.
pub fn tick(seconds: i64) -> String {
    if (HOUR..DAY).contains(&seconds) && seconds % HOUR == 0 {
        format!("{}\u{a0}h", seconds / HOUR)
    } else {
        duration(seconds)
    }
}

/// A share in tenths of a percent without its sign: `87.6`, `60`, `–`.
pub fn percent_number(per_mille: Option<u64>) -> String {
    match per_mille {
        None => NOTHING.to_owned(),
        Some(it) if it % 10 == 0 => (it / 10).to_string(),
        Some(it) => format!("{}.{}", it / 10, it % 10),
    }
}

/// A share in tenths of a percent: `87.6 %`, `–`.
pub fn percent(per_mille: Option<u64>) -> String {
    match per_mille {
        None => NOTHING.to_owned(),
        Some(_) => format!("{}\u{a0}%", percent_number(per_mille)),
    }
}

/// A difference of shares, without its sign: `2.1 pt`.
pub fn points(per_mille: u64) -> String {
    format!("{}\u{a0}pt", percent_number(Some(per_mille)))
}

/// `14:02`.
pub fn time(zone: &Zone, at: Instant) -> String {
    let local = zone.local(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `14:02:11`.
pub fn time_to_the_second(zone: &Zone, at: Instant) -> String {
    let local = zone.local(at);
    format!(
        "{:02}:{:02}:{:02}",
        local.hour(),
        local.minute(),
        local.second()
    )
}

/// `23 Oct`.
pub fn day(zone: &Zone, at: Instant) -> String {
    let date = local_date(zone, at);
    format!("{}\u{a0}{}", date.day(), month(date))
}

/// `23 Oct 2026`.
pub fn date(zone: &Zone, at: Instant) -> String {
    let date = local_date(zone, at);
    format!("{}\u{a0}{}\u{a0}{}", date.day(), month(date), date.year())
}

/// `Fri 23 Oct 2026`.
pub fn weekday_and_date(zone: &Zone, at: Instant) -> String {
    let weekday = local_date(zone, at).weekday().num_days_from_monday() as usize;
    format!("{}\u{a0}{}", weekday_name(weekday), date(zone, at))
}

/// `23 Oct 2026, 14:02`.
pub fn date_and_time(zone: &Zone, at: Instant) -> String {
    format!("{}, {}", date(zone, at), time(zone, at))
}

/// A moment as near as it needs to be said: `14:02` today, else `23 Oct, 14:02`, and with its
/// year when that is another one.
pub fn moment(zone: &Zone, at: Instant, as_of: Instant) -> String {
    let (then, today) = (local_date(zone, at), local_date(zone, as_of));
    if then == today {
        time(zone, at)
    } else if then.year() == today.year() {
        format!("{}, {}", day(zone, at), time(zone, at))
    } else {
        date_and_time(zone, at)
    }
}

/// A period by its first and last day: `23 Oct – 21 Nov 2026`.
pub fn period(zone: &Zone, from: Instant, until: Instant) -> String {
    let last = until - TimeDelta::milliseconds(1);
    let (first_date, last_date) = (local_date(zone, from), local_date(zone, last));
    if first_date == last_date {
        date(zone, from)
    } else if first_date.year() == last_date.year() {
        format!("{} – {}", day(zone, from), date(zone, last))
    } else {
        format!("{} – {}", date(zone, from), date(zone, last))
    }
}

/// A step of a series at its axis.
pub fn step(zone: &Zone, from: Instant, grain: Grain) -> String {
    match grain {
        Grain::Hour => time(zone, from),
        Grain::Day | Grain::Week => day(zone, from),
        Grain::Month => {
            let date = local_date(zone, from);
            format!("{}\u{a0}{}", month(date), date.year())
        }
    }
}

/// A step of a series as a whole: `Fri 23 Oct 2026`, `week from 23 Oct 2026`, `Oct 2026`.
pub fn whole_step(zone: &Zone, from: Instant, grain: Grain) -> String {
    match grain {
        Grain::Hour => format!("{}, {}", day(zone, from), time(zone, from)),
        Grain::Day => weekday_and_date(zone, from),
        Grain::Week => format!("week from {}", date(zone, from)),
        Grain::Month => step(zone, from, grain),
    }
}

/// The name of a weekday, Monday being 0.
pub fn weekday_name(from_monday: usize) -> &'static str {
    WEEKDAYS.get(from_monday).copied().unwrap_or(NOTHING)
}

/// The local date of an instant.
pub fn local_date(zone: &Zone, at: Instant) -> NaiveDate {
    zone.local(at).date_naive()
}

/// An instant for machines, as `<time datetime>` wants it.
pub fn machine(at: Instant) -> String {
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

fn month(date: NaiveDate) -> &'static str {
    MONTHS
        .get(date.month0() as usize)
        .copied()
        .unwrap_or(NOTHING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    /// 2026-11-21 14:02:11 UTC.
    const AFTERNOON: i64 = 1_795_269_731_000;

    fn plain(text: impl Into<String>) -> String {
        text.into().replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn a_length_is_told_in_the_units_people_use() {
        for (seconds, words) in [
            (-3, "0 s"),
            (45, "45 s"),
            (719, "11 min"),
            (3600, "1 h 00"),
            (7440, "2 h 04"),
            (86_399, "23 h 59"),
            (86_400, "1 d"),
            (104_400, "1 d 5 h"),
            (345_600, "4 d"),
            (100_000_000, "1 157 d"),
        ] {
            assert_eq!(plain(duration(seconds)), words);
        }
    }

    #[test]
    fn an_axis_says_whole_hours_shortly() {
        assert_eq!(plain(tick(7200)), "2 h");
        assert_eq!(plain(tick(5400)), "1 h 30");
        assert_eq!(plain(tick(1800)), "30 min");
    }

    #[test]
    fn an_estimate_of_people_is_rounded_down() {
        for (number, words) in [
            (-1, "0"),
            (95, "95"),
            (2_499, "2.4 k"),
            (3_000, "3 k"),
            (398_000, "398 k"),
            (999_999, "999 k"),
            (1_290_000, "1.2 M"),
            (12_345_678, "12 M"),
        ] {
            assert_eq!(plain(people(number)), words);
        }
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(plain(count(999)), "999");
        assert_eq!(plain(count(10_412)), "10 412");
        assert_eq!(plain(count(1_000_000)), "1 000 000");
        assert_eq!(plain(counted(1, "case", "cases")), "1 case");
    }

    #[test]
    fn a_share_of_nothing_is_a_dash() {
        assert_eq!(percent(None), "–");
        assert_eq!(plain(percent(Some(876))), "87.6 %");
        assert_eq!(plain(percent(Some(600))), "60 %");
        assert_eq!(plain(points(21)), "2.1 pt");
    }

    #[test]
    fn dates_follow_the_zone_of_the_report() {
        let zone = Zone {
            name: "Pacific/Auckland".into(),
            offsets: vec![(0, 13 * 3600)],
        };
        let at = from_ms(AFTERNOON);
        assert_eq!(time_to_the_second(&zone, at), "03:02:11");
        assert_eq!(plain(weekday_and_date(&zone, at)), "Sun 22 Nov 2026");
        assert_eq!(plain(weekday_and_date(&Zone::utc(), at)), "Sat 21 Nov 2026");
        assert_eq!(machine(at), "2026-11-21T14:02:11Z");
    }

    #[test]
    fn a_period_ends_on_the_last_day_inside() {
        let zone = Zone::utc();
        let midnight = from_ms(1_795_219_200_000);
        let month_before = midnight - TimeDelta::days(29);
        let tomorrow = midnight + TimeDelta::days(1);
        assert_eq!(plain(period(&zone, midnight, tomorrow)), "21 Nov 2026");
        assert_eq!(
            plain(period(&zone, month_before, tomorrow)),
            "23 Oct – 21 Nov 2026"
        );
        assert_eq!(
            plain(period(&zone, midnight - TimeDelta::days(400), tomorrow)),
            "17 Oct 2025 – 21 Nov 2026"
        );
    }

    #[test]
    fn a_moment_is_said_no_more_exactly_than_needed() {
        let zone = Zone::utc();
        let now = from_ms(AFTERNOON);
        assert_eq!(moment(&zone, now, now), "14:02");
        assert_eq!(
            plain(moment(&zone, now - TimeDelta::days(1), now)),
            "20 Nov, 14:02"
        );
        assert_eq!(
            plain(moment(&zone, now - TimeDelta::days(365), now)),
            "21 Nov 2025, 14:02"
        );
    }
}
