//! Whole numbers and lengths of time as words, the same on pages, in lists of what happened and on
//! a terminal. Everything else that is written for people is in the pages' own `format`.
//!
//! Lengths are rounded down: what took 11 minutes 59 seconds took “11 min”. Numbers and their units
//! are joined by spaces that don't break.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A whole number with thin spaces between thousands: `10 412`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// A length of time as numbers with their units: `[("11", "min")]`, `[("2", "h"), ("04", "")]`.
pub fn duration_parts(seconds: i64) -> Vec<(String, &'static str)> {
    let seconds = seconds.max(0);
    if seconds < MINUTE {
        vec![(seconds.to_string(), "s")]
    } else if seconds < HOUR {
        vec![((seconds / MINUTE).to_string(), "min")]
    } else if seconds < DAY {
        let minutes = seconds % HOUR / MINUTE;
        vec![
            ((seconds / HOUR).to_string(), "h"),
            (format!("{minutes:02}"), ""),
        ]
    } else if seconds < 4 * DAY && seconds % DAY >= HOUR {
        vec![
            ((seconds / DAY).to_string(), "d"),
            ((seconds % DAY / HOUR).to_string(), "h"),
        ]
    } else {
        vec![(count((seconds / DAY).unsigned_abs()), "d")]
    }
}

/// A length of time: `45 s`, `11 min`, `2 h 04`, `1 d 5 h`, `4 d`.
pub fn duration(seconds: i64) -> String {
    let words: Vec<String> = duration_parts(seconds)
        .into_iter()
        .map(|(number, unit)| {
            if unit.is_empty() {
                number
            } else {
                format!("{number}\u{a0}{unit}")
            }
        })
        .collect();
    words.join("\u{a0}")
}
