//! Clock times, lengths of time and opening hours as people write them.

use crate::domain::calendar::Interval;
use chrono::{NaiveDate, Weekday};

/// The last minute of a day that a clock shows, plus one.
const DAY: u32 = 1440;
/// Nobody opens and closes more often on one day.
const INTERVALS: usize = 8;

/// Weekdays as fields name them, Monday first.
pub const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("mon", "Monday", Weekday::Mon),
    ("tue", "Tuesday", Weekday::Tue),
    ("wed", "Wednesday", Weekday::Wed),
    ("thu", "Thursday", Weekday::Thu),
    ("fri", "Friday", Weekday::Fri),
    ("sat", "Saturday", Weekday::Sat),
    ("sun", "Sunday", Weekday::Sun),
];

/// `18:00` as minutes after midnight; `24:00` is the day's end.
pub fn clock(text: &str) -> Result<u32, String> {
    let wrong = || format!("“{text}” isn't a time of day. Write it as 18:00.");
    let (hours, minutes) = match text.split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        None if (1..=2).contains(&text.len()) => (text, "00"),
        Some(_) | None => return Err(wrong()),
    };
    let digits =
        |it: &str| !it.is_empty() && it.len() <= 2 && it.bytes().all(|b| b.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return Err(wrong());
    }
    let number = |it: &str| it.parse::<u32>().unwrap_or(u32::MAX);
    let minute = number(hours) * 60 + number(minutes);
    if number(minutes) > 59 || minute > DAY {
        return Err(wrong());
    }
    Ok(minute)
}

/// Minutes after midnight as `18:00`; beyond the day's end as the next day's time.
pub fn write_clock(minute: u32) -> String {
    let minute = if minute > DAY { minute - DAY } else { minute };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `1 h 30 min` in seconds. Units are s, min, h and d; a bare number is minutes.
pub fn length(text: &str) -> Result<i64, String> {
    let wrong =
        || format!("“{text}” isn't a length of time. Write it as 45 min, 2 h, 1 h 30 min or 2 d.");
    let mut seconds: i64 = 0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err("Say how long, such as 45 min, 2 h or 2 d.".to_owned());
    }
    while !rest.is_empty() {
        let end = rest
            .find(|it: char| !it.is_ascii_digit())
            .unwrap_or(rest.len());
        let number: i64 = rest[..end].parse().map_err(|_| wrong())?;
        rest = rest[end..].trim_start();
        let end = rest
            .find(|it: char| it.is_ascii_digit() || it.is_whitespace())
            .unwrap_or(rest.len());
        let unit = match rest[..end].to_ascii_lowercase().as_str() {
            "s" | "sec" => 1,
            "" | "m" | "min" | "mins" => 60,
            "h" | "hour" | "hours" => 3600,
            "d" | "day" | "days" => 86_400,
            _ => return Err(wrong()),
        };
        seconds = number
            .checked_mul(unit)
            .and_then(|it| seconds.checked_add(it))
            .ok_or_else(wrong)?;
        rest = rest[end..].trim_start();
    }
    if seconds < 60 {
        return Err("That is less than a minute. Give at least 1 min.".to_owned());
    }
    if seconds > 365 * 86_400 {
        return Err("That is more than a year. Give at most 365 d.".to_owned());
    }
    Ok(seconds)
}

/// Seconds as `1 h 30 min`.
pub fn write_length(seconds: i64) -> String {
    let parts = [
        (seconds / 86_400, "d"),
        (seconds % 86_400 / 3600, "h"),
        (seconds % 3600 / 60, "min"),
        (seconds % 60, "s"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number} {unit}"))
        .collect();
    parts.join(" ")
}

/// `09:00–12:30, 14:00–18:00` as intervals; nothing is closed, `24 h` is all day. One that ends
/// before it begins reaches across midnight.
pub fn hours(text: &str) -> Result<Vec<Interval>, String> {
    let text = text.trim();
    let plain = text.to_ascii_lowercase();
    if plain.is_empty() || plain == "closed" {
        return Ok(Vec::new());
    }
    if matches!(plain.as_str(), "24 h" | "24h" | "all day") {
        return Ok(vec![Interval {
            from_minute: 0,
            until_minute: DAY,
        }]);
    }
    let mut intervals = Vec::new();
    for part in text.split([',', ';']) {
        let (from, until) = part
            .split_once(['–', '-', '—'])
            .ok_or_else(|| format!("“{}” has no beginning and end. Write hours as 09:00–17:00, with commas between several.", part.trim()))?;
        let (from_minute, end) = (clock(from.trim())?, clock(until.trim())?);
        if from_minute == end {
            return Err(format!(
                "“{}” begins and ends at the same time. Write 24 h for all day, or leave it empty for closed.",
                part.trim()
            ));
        }
        if from_minute == DAY {
            return Err(
                "A day's hours begin before 24:00. Put these into the next day.".to_owned(),
            );
        }
        let until_minute = if end < from_minute { end + DAY } else { end };
        intervals.push(Interval {
            from_minute,
            until_minute,
        });
    }
    intervals.sort_unstable_by_key(|it| it.from_minute);
    if intervals.len() > INTERVALS {
        return Err(format!(
            "That is more than {INTERVALS} stretches on one day. Join some of them."
        ));
    }
    for pair in intervals.windows(2) {
        if pair[1].from_minute < pair[0].until_minute {
            return Err(format!(
                "{} and {} overlap. Make one of them, or move one.",
                write_interval(pair[0]),
                write_interval(pair[1])
            ));
        }
    }
    Ok(intervals)
}

fn write_interval(it: Interval) -> String {
    format!(
        "{}–{}",
        write_clock(it.from_minute),
        write_clock(it.until_minute)
    )
}

/// Intervals as `09:00–12:30, 14:00–18:00`; nothing for closed.
pub fn write_hours(intervals: &[Interval]) -> String {
    let parts: Vec<String> = intervals.iter().copied().map(write_interval).collect();
    parts.join(", ")
}

/// `2026-12-25`.
pub fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse()
        .map_err(|_| format!("“{text}” isn't a date. Write it as 2026-12-25."))
}

/// A whole number between two others; `what` is as in “minutes”.
pub fn number(text: &str, least: i64, most: i64, what: &str) -> Result<i64, String> {
    match text.parse::<i64>() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(format!(
            "“{text}” doesn't fit. Give {what} from {least} to {most}."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let interval = |from_minute, until_minute| Interval {
            from_minute,
            until_minute,
        };
        assert_eq!(hours(""), Ok(Vec::new()));
        assert_eq!(hours("Closed"), Ok(Vec::new()));
        assert_eq!(hours("24 h"), Ok(vec![interval(0, 1440)]));
        assert_eq!(
            hours("9-12.30, 14:00 – 18:00"),
            Ok(vec![interval(540, 750), interval(840, 1080)])
        );
        assert_eq!(hours("22:00–06:00"), Ok(vec![interval(1320, 1800)]));
        assert_eq!(hours("18:00–24:00"), Ok(vec![interval(1080, 1440)]));
        assert!(hours("09:00–13:00, 12:00–17:00").is_err_and(|it| it.contains("overlap")));
        assert!(hours("22:00–06:00, 23:00–23:30").is_err_and(|it| it.contains("overlap")));
        assert!(hours("nine to five").is_err());
        assert!(hours("09:00–09:00").is_err());
        assert!(hours("09:61–10:00").is_err());
    }

    #[test]
    fn lengths_are_read_as_people_write_them() {
        assert_eq!(length("45 min"), Ok(2700));
        assert_eq!(length("1h 30min"), Ok(5400));
        assert_eq!(length("90"), Ok(5400));
        assert_eq!(length("2 d"), Ok(172_800));
        assert!(length("soon").is_err());
        assert!(length("0").is_err());
        assert!(length("99999999999999999999 d").is_err());
        assert!(length("9999999999999999 d").is_err());
        assert_eq!(write_length(5400), "1 h 30 min");
        assert_eq!(write_length(172_800), "2 d");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(seconds in 60_i64..31_536_000, from in 0_u32..1440, long in 1_u32..1440) {
            prop_assert_eq!(length(&write_length(seconds)), Ok(seconds));
            let it = vec![Interval { from_minute: from, until_minute: from + long }];
            prop_assert_eq!(hours(&write_hours(&it)), Ok(it));
        }

        #[test]
        fn whatever_is_typed_is_read_or_refused(text in "\\PC{0,40}") {
            let _ = (hours(&text), length(&text), clock(&text), date(&text));
        }
    }
}
