//! Reads holidays from an iCalendar file (RFC 5545): which local days it names, and when.
//!
//! Lines and blocks are checked here, so that a fault can name its line; what a block says is read
//! by the `icalendar` crate, repetition by `rrule`.

use crate::domain::{
    calendar::Interval,
    settings::policies::Holiday,
    time::{Instant, from_ms},
};
use chrono::{
    DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Tz;
use icalendar::{CalendarDateTime, DatePerhapsTime, parser};
use rrule::RRuleSet;
use std::collections::BTreeMap;

/// Events that a file may have.
const EVENTS: usize = 2000;
/// Days that come of one file.
pub const HOLIDAYS: usize = 300;
/// Days that one event may last.
const LONGEST: i64 = 60;
/// Repetitions of one event that are looked at.
const TIMES: u16 = 400;

/// What a file says about the days from one date until before another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// By date.
    pub holidays: Vec<Holiday>,
    /// Dates outside.
    pub left_out: u32,
}

/// Reads a file; what is wrong is a sentence that names the line. Times are turned into the wall
/// clock of `zone`.
pub fn read(text: &str, zone: Tz, from: NaiveDate, until: NaiveDate) -> Result<Read, String> {
    let blocks = events(text)?;
    let mut days: BTreeMap<NaiveDate, Holiday> = BTreeMap::new();
    let mut left_out = 0;
    for (line, block) in blocks {
        let event = event(&block).map_err(|why| format!("Line {line}: {why}"))?;
        let Some(event) = event else { continue };
        let times = event
            .times(zone, from, until)
            .map_err(|why| format!("Line {line}: {why}"))?;
        for (date, closed) in times {
            if date < from || date >= until {
                left_out += 1;
                continue;
            }
            add(&mut days, date, &event.name, closed);
        }
    }
    if days.len() > HOLIDAYS {
        return Err(format!(
            "The file names {} days, more than {HOLIDAYS}. Give one with holidays only, for a year or two.",
            days.len()
        ));
    }
    Ok(Read {
        holidays: days.into_values().collect(),
        left_out,
    })
}

fn add(
    days: &mut BTreeMap<NaiveDate, Holiday>,
    date: NaiveDate,
    name: &str,
    closed: Option<Interval>,
) {
    match days.get_mut(&date) {
        None => {
            let holiday = Holiday {
                date,
                name: name.to_owned(),
                closed,
                is_known: false,
            };
            days.insert(date, holiday);
        }
        Some(known) => {
            if known.name != name && known.name.len() + name.len() < 90 {
                known.name = format!("{} / {name}", known.name);
            }
            // Two closings on one day are one that holds both.
            known.closed = known.closed.zip(closed).map(|(one, other)| Interval {
                from_minute: one.from_minute.min(other.from_minute),
                until_minute: one.until_minute.max(other.until_minute),
            });
        }
    }
}

/// The events of a file as texts of their own, each with the number of its first line.
fn events(text: &str) -> Result<Vec<(usize, String)>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut has_begun = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end_matches('\r');
        let is_folded = line.starts_with([' ', '\t']);
        let is_event = open.iter().any(|(name, _)| name == "VEVENT");
        if line.trim().is_empty() {
            continue;
        }
        if !is_folded {
            let (name, value) = line.split_once([':', ';']).ok_or_else(|| {
                format!(
                    "Line {number} isn't of the form NAME:VALUE: “{}”.",
                    shortened(line)
                )
            })?;
            let name = name.to_ascii_uppercase();
            let begins = name == "BEGIN" && value.eq_ignore_ascii_case("VCALENDAR");
            if !has_begun && !begins {
                return Err(format!(
                    "Line {number}: this isn't a calendar file, it doesn't begin with BEGIN:VCALENDAR. Export your holidays as iCalendar (.ics)."
                ));
            }
            has_begun = true;
            if name == "BEGIN" {
                let what = value.trim().to_ascii_uppercase();
                if what == "VEVENT" {
                    blocks.push((number, String::new()));
                }
                open.push((what, number));
            } else if name == "END" {
                let what = value.trim().to_ascii_uppercase();
                match open.pop() {
                    Some((begun, _)) if begun == what => {}
                    Some((begun, at)) => {
                        return Err(format!(
                            "Line {number} ends {what}, but line {at} began {begun}."
                        ));
                    }
                    None => return Err(format!("Line {number} ends {what}, which never began.")),
                }
            }
        }
        let is_event = is_event || open.iter().any(|(name, _)| name == "VEVENT");
        if let (true, Some((_, block))) = (is_event, blocks.last_mut()) {
            block.push_str(line);
            block.push_str("\r\n");
        }
    }
    if let Some((what, at)) = open.pop() {
        return Err(format!(
            "Line {at}: {what} begins and never ends; the file seems to be cut off."
        ));
    }
    if !has_begun {
        return Err("The file is empty.".to_owned());
    }
    if blocks.is_empty() {
        return Err("There is no event in the file.".to_owned());
    }
    if blocks.len() > EVENTS {
        return Err(format!(
            "There are {} events in the file, more than {EVENTS}. Give one with holidays only.",
            blocks.len()
        ));
    }
    Ok(blocks)
}

fn shortened(line: &str) -> String {
    line.chars().take(40).collect()
}

/// One event, understood.
struct Event {
    name: String,
    begins: DatePerhapsTime,
    ends: Option<DatePerhapsTime>,
    rule: Option<String>,
    except: Vec<NaiveDate>,
}

/// Reads one event's text; `None` for one that was called off.
fn event(block: &str) -> Result<Option<Event>, String> {
    let unfolded = parser::unfold(block);
    let components = parser::read_components(&unfolded)
        .map_err(|_| "this event can't be understood.".to_owned())?;
    let component = components
        .into_iter()
        .find(|it| it.name == "VEVENT")
        .ok_or("this event can't be understood.")?;
    let text = |name: &str| {
        component
            .find_prop(name)
            .map(|it| it.val.as_str().trim().to_owned())
    };
    if text("STATUS").is_some_and(|it| it.eq_ignore_ascii_case("CANCELLED")) {
        return Ok(None);
    }
    let when = |name: &str| -> Result<Option<DatePerhapsTime>, String> {
        let Some(property) = component.find_prop(name) else {
            return Ok(None);
        };
        let owned = icalendar::Property::from(property.clone());
        DatePerhapsTime::from_property(&owned)
            .map(Some)
            .ok_or_else(|| {
                format!(
                    "{name} “{}” isn't a date or a time.",
                    shortened(owned.value())
                )
            })
    };
    let begins = when("DTSTART")?.ok_or("this event has no beginning (DTSTART).")?;
    let mut except = Vec::new();
    for property in component.properties.iter().filter(|it| it.name == "EXDATE") {
        for day in property.val.as_str().split(',') {
            let date = NaiveDate::parse_from_str(day.get(..8).unwrap_or(day), "%Y%m%d")
                .map_err(|_| format!("EXDATE “{}” isn't a date.", shortened(day)))?;
            except.push(date);
        }
    }
    let name = text("SUMMARY").unwrap_or_default();
    let name: String = plain(&name).chars().take(100).collect();
    Ok(Some(Event {
        name: if name.is_empty() {
            "Holiday".to_owned()
        } else {
            name
        },
        begins,
        ends: when("DTEND")?,
        rule: text("RRULE"),
        except,
    }))
}

/// A text without the escapes of its format.
fn plain(text: &str) -> String {
    text.replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\")
        .trim()
        .to_owned()
}

impl Event {
    /// The local days it touches, each with the minutes it takes where it doesn't take the day.
    fn times(
        &self,
        zone: Tz,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<Vec<(NaiveDate, Option<Interval>)>, String> {
        let begins = naive(&self.begins);
        let length = match &self.ends {
            Some(ends) => naive(ends) - begins,
            None if matches!(self.begins, DatePerhapsTime::Date(_)) => TimeDelta::days(1),
            None => TimeDelta::zero(),
        };
        if length < TimeDelta::zero() {
            return Err("this event ends before it begins.".to_owned());
        }
        if length > TimeDelta::days(LONGEST) {
            return Err(format!(
                "this event is longer than {LONGEST} days, which is no holiday."
            ));
        }
        let mut days = Vec::new();
        for begin in self.repeated(begins, from, until)? {
            if self.except.contains(&begin.date()) {
                continue;
            }
            match &self.begins {
                DatePerhapsTime::Date(_) => {
                    let last = (begin + length).date();
                    days.extend(
                        begin
                            .date()
                            .iter_days()
                            .take_while(|it| *it < last)
                            .map(|it| (it, None)),
                    );
                }
                DatePerhapsTime::DateTime(time) => {
                    let at = |local: NaiveDateTime| instant(time, local, zone);
                    days.extend(parts(at(begin)?, at(begin + length)?, zone));
                }
            }
        }
        Ok(days)
    }

    /// Its beginnings by its own wall clock.
    fn repeated(
        &self,
        begins: NaiveDateTime,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Result<Vec<NaiveDateTime>, String> {
        let Some(rule) = &self.rule else {
            return Ok(vec![begins]);
        };
        let rule = rule.to_ascii_uppercase();
        if ["SECONDLY", "MINUTELY", "HOURLY"]
            .iter()
            .any(|it| rule.contains(it))
        {
            return Err("this event comes back within a day, which is no holiday.".to_owned());
        }
        // Its wall clock stands in for UTC, so that the rule counts local days.
        let parts: Vec<String> = rule.split(';').map(in_utc).collect();
        let text = format!(
            "DTSTART:{}Z\nRRULE:{}",
            begins.format("%Y%m%dT%H%M%S"),
            parts.join(";")
        );
        let set: RRuleSet = text
            .parse()
            .map_err(|_| format!("the rule “{}” can't be understood.", shortened(&rule)))?;
        let day =
            |date: NaiveDate| rrule::Tz::UTC.from_utc_datetime(&date.and_time(NaiveTime::MIN));
        let set = set.after(day(from - Days::new(61))).before(day(until));
        Ok(set
            .all(TIMES)
            .dates
            .into_iter()
            .map(|it| it.naive_utc())
            .collect())
    }
}

/// A part of a rule whose last day, if it has one, is told in UTC.
fn in_utc(part: &str) -> String {
    match part.strip_prefix("UNTIL=") {
        Some(day) if day.len() == 8 => format!("UNTIL={day}T235959Z"),
        Some(time) if !time.ends_with('Z') => format!("UNTIL={time}Z"),
        _ => part.to_owned(),
    }
}

fn naive(it: &DatePerhapsTime) -> NaiveDateTime {
    match it {
        DatePerhapsTime::Date(date) => date.and_time(NaiveTime::MIN),
        DatePerhapsTime::DateTime(
            CalendarDateTime::Floating(time)
            | CalendarDateTime::WithTimezone {
                date_time: time, ..
            },
        ) => *time,
        DatePerhapsTime::DateTime(CalendarDateTime::Utc(time)) => time.naive_utc(),
    }
}

/// The instant of an event's own wall clock.
fn instant(like: &CalendarDateTime, local: NaiveDateTime, zone: Tz) -> Result<Instant, String> {
    let of = |zone: Tz| {
        let minute = local.hour() * 60 + local.minute();
        crate::domain::calendar::instant_of(&zone, local.date(), minute)
    };
    match like {
        CalendarDateTime::Utc(_) => Ok(local.and_utc()),
        CalendarDateTime::Floating(_) => Ok(of(zone)),
        CalendarDateTime::WithTimezone { tzid, .. } => tzid.parse().map(of).map_err(|_| {
            format!(
                "the time zone “{}” isn't known. Use one such as Europe/Lisbon.",
                shortened(tzid)
            )
        }),
    }
}

/// A stretch of time cut at local midnights: each day with its minutes.
fn parts(from: Instant, until: Instant, zone: Tz) -> Vec<(NaiveDate, Option<Interval>)> {
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let (first, last) = (
        local(from),
        local(until.max(from + TimeDelta::minutes(1)) - TimeDelta::seconds(1)),
    );
    let minute = |it: NaiveDateTime| it.hour() * 60 + it.minute();
    first
        .date()
        .iter_days()
        .take_while(|date| *date <= last.date())
        .map(|date| {
            let from_minute = if date == first.date() {
                minute(first)
            } else {
                0
            };
            let until_minute = if date == last.date() {
                minute(last) + 1
            } else {
                1440
            };
            let takes_all = from_minute == 0 && until_minute >= 1440;
            let closed = Interval {
                from_minute,
                until_minute,
            };
            (date, (!takes_all).then_some(closed))
        })
        .collect()
}

/// The hours that are left of a day's when some of it is closed.
pub fn without(hours: &[Interval], closed: Interval) -> Vec<Interval> {
    let pieces = hours.iter().flat_map(|it| {
        [
            Interval {
                from_minute: it.from_minute,
                until_minute: it.until_minute.min(closed.from_minute),
            },
            Interval {
                from_minute: it.from_minute.max(closed.until_minute),
                until_minute: it.until_minute,
            },
        ]
    });
    pieces
        .filter(|it| it.from_minute < it.until_minute)
        .collect()
}

/// The dates that a file may name: from a local day of now, and three years on.
pub fn span(now: Instant, zone: Tz) -> (NaiveDate, NaiveDate) {
    let today = now.max(from_ms(0)).with_timezone(&zone).date_naive();
    (today, today + Days::new(3 * 366))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn read_from(text: &str) -> Result<Read, String> {
        read(
            text,
            Tz::Europe__Lisbon,
            date("2026-07-01"),
            date("2028-07-01"),
        )
    }

    fn file(events: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n{events}END:VCALENDAR\r\n")
    }

    fn days(read: &Read) -> Vec<(String, String)> {
        read.holidays
            .iter()
            .map(|it| (it.date.to_string(), it.name.clone()))
            .collect()
    }

    #[test]
    fn days_long_weekends_and_yearly_feasts_are_read() {
        let text = file(
            "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Christmas\\, and\r\n  the day after\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:19740425\r\nRRULE:FREQ=YEARLY;UNTIL=20271231\r\nSUMMARY:Freedom Day\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20251225\r\nSUMMARY:Past\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nUID:4\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20261101\r\nSUMMARY:Off\r\nEND:VEVENT\r\n",
        );
        let read = read_from(&text).expect("holidays");
        assert_eq!(
            days(&read),
            [
                (
                    "2026-12-25".to_owned(),
                    "Christmas, and the day after".to_owned()
                ),
                (
                    "2026-12-26".to_owned(),
                    "Christmas, and the day after".to_owned()
                ),
                ("2027-04-25".to_owned(), "Freedom Day".to_owned()),
            ]
        );
        assert!(read.holidays.iter().all(|it| it.closed.is_none()));
    }

    #[test]
    fn times_are_turned_into_the_desks_clock() {
        let text = file(
            "BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261224T140000\r\nDTEND;TZID=Europe/Berlin:20261224T200000\r\nSUMMARY:Christmas Eve\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nDTSTART:20261231T220000Z\r\nDTEND:20270101T020000Z\r\nSUMMARY:New Year\r\nEND:VEVENT\r\n",
        );
        let read = read_from(&text).expect("holidays");
        let closed: Vec<_> = read
            .holidays
            .iter()
            .map(|it| (it.date, it.closed))
            .collect();
        let interval = |from_minute, until_minute| {
            Some(Interval {
                from_minute,
                until_minute,
            })
        };
        assert_eq!(
            closed,
            [
                (date("2026-12-24"), interval(13 * 60, 19 * 60)),
                (date("2026-12-31"), interval(22 * 60, 1440)),
                (date("2027-01-01"), interval(0, 120)),
            ]
        );
        let nine_to_five = [Interval {
            from_minute: 540,
            until_minute: 1020,
        }];
        assert_eq!(
            without(
                &nine_to_five,
                Interval {
                    from_minute: 780,
                    until_minute: 1140
                }
            ),
            [Interval {
                from_minute: 540,
                until_minute: 780
            }]
        );
    }

    #[test]
    fn a_bad_file_is_refused_with_its_line() {
        let refused = |text: &str| read_from(text).expect_err("a refusal");
        assert!(refused("").contains("empty"));
        assert!(refused("date,name\n2026-12-25,Christmas\n").starts_with("Line 1 isn't"));
        assert!(refused("NAME:x\n").contains("BEGIN:VCALENDAR"));
        assert!(refused("BEGIN:VCALENDAR\nEND:VCALENDAR\n").contains("no event"));
        let cut = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\n";
        assert!(
            refused(cut).starts_with("Line 2: VEVENT begins and never ends"),
            "{}",
            refused(cut)
        );
        let crossed = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n";
        assert_eq!(
            refused(crossed),
            "Line 3 ends VCALENDAR, but line 2 began VEVENT."
        );
        let odd = file("BEGIN:VEVENT\r\nDTSTART:Christmas\r\nEND:VEVENT\r\n");
        assert!(
            refused(&odd).starts_with("Line 4: DTSTART"),
            "{}",
            refused(&odd)
        );
        let rule =
            file("BEGIN:VEVENT\r\nDTSTART:20261225\r\nRRULE:FREQ=SOMETIMES\r\nEND:VEVENT\r\n");
        assert!(
            refused(&rule).starts_with("Line 4: the rule"),
            "{}",
            refused(&rule)
        );
        let often = file(
            "BEGIN:VEVENT\r\nDTSTART:20261225T000000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n",
        );
        assert!(refused(&often).contains("no holiday"));
        let daily = file("BEGIN:VEVENT\r\nDTSTART:20260701\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n");
        assert!(
            refused(&daily).contains("more than 300"),
            "{}",
            refused(&daily)
        );
    }

    proptest! {
        #[test]
        fn whatever_is_in_a_file_is_read_or_refused(lines in prop::collection::vec("(BEGIN|END|DTSTART|RRULE|SUMMARY|X)[:;][A-Z0-9=;:]{0,20}", 0..30)) {
            let _ = read_from(&format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR\n", lines.join("\n")));
            let _ = read_from(&file(&format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", lines.join("\n"))));
        }
    }
}
