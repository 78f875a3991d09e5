//! The form about sundown: `kind` (fixed or sunset), `at`, `last_call`, the place and its limits,
//! `off.mon` … `off.sun`, and `off_dates` with one date a line.

use super::{
    Fault, Form, Reader,
    values::{WEEKDAYS, clock, date, number, write_clock},
};
use crate::domain::{
    sundown::{DaysOff, SundownPolicy, SunsetRule},
    sunset::Place,
};

/// Dates that a form may have.
const DATES: usize = 400;

/// Fills the form. The fields of the kind that isn't chosen get sensible beginnings.
pub fn write(policy: &SundownPolicy, form: &mut Form) {
    let is_sunset = policy.sunset.is_some();
    form.set("kind", if is_sunset { "sunset" } else { "fixed" });
    form.set("at", write_clock(policy.cut_off_minute));
    form.set("last_call", policy.last_call_minutes.to_string());
    match &policy.sunset {
        Some(rule) => {
            form.set("place", &rule.place.name);
            form.set("latitude", degrees(rule.place.latitude_e4));
            form.set("longitude", degrees(rule.place.longitude_e4));
            form.set("offset", rule.offset_minutes.to_string());
            form.set("earliest", write_clock(rule.earliest_minute));
            form.set("latest", write_clock(rule.latest_minute));
        }
        None => {
            for (field, value) in [
                ("place", ""),
                ("latitude", ""),
                ("longitude", ""),
                ("offset", "0"),
                ("earliest", "16:00"),
                ("latest", "21:00"),
            ] {
                form.set(field, value);
            }
        }
    }
    for (field, _, weekday) in WEEKDAYS {
        form.tick(
            format!("off.{field}"),
            policy.days_off.weekdays.contains(&weekday),
        );
    }
    let dates: Vec<String> = policy
        .days_off
        .dates
        .iter()
        .map(ToString::to_string)
        .collect();
    form.set("off_dates", dates.join("\n"));
}

/// Reads the form.
pub fn read(form: &Form) -> Result<SundownPolicy, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let is_sunset = form.get("kind") == "sunset";
    let cut_off_minute = if is_sunset {
        Some(clock(form.get("at")).unwrap_or(18 * 60))
    } else {
        reader.read("at", cut_off)
    };
    let last_call = reader.read("last_call", |it| number(it, 0, 720, "minutes"));
    let sunset = if is_sunset { sunset(&mut reader) } else { None };
    let weekdays: Vec<_> = WEEKDAYS
        .iter()
        .filter(|(field, ..)| form.is_ticked(&format!("off.{field}")))
        .map(|(.., weekday)| *weekday)
        .collect();
    if weekdays.len() == 7 {
        reader.fault(
            "off.mon",
            "Every day of the week is off, so nothing would ever be due. Leave one day in.",
        );
    }
    let mut dates = Vec::new();
    for line in form.get("off_dates").lines().map(str::trim) {
        if line.is_empty() {
            continue;
        }
        match date(line) {
            Ok(date) => dates.push(date),
            Err(says) => reader.fault("off_dates", says),
        }
    }
    dates.sort_unstable();
    dates.dedup();
    if dates.len() > DATES {
        reader.fault(
            "off_dates",
            format!("There are more than {DATES} dates. Leave those out that are past."),
        );
    }
    let policy = cut_off_minute
        .zip(last_call)
        .map(|(cut_off_minute, last_call)| SundownPolicy {
            cut_off_minute,
            last_call_minutes: u32::try_from(last_call).unwrap_or(0),
            sunset,
            days_off: DaysOff { weekdays, dates },
        });
    reader.finish(policy)
}

fn cut_off(text: &str) -> Result<u32, String> {
    match clock(text)? {
        1440 => {
            Err("A day's cut-off is before 24:00. Write 23:59 for the end of the day.".to_owned())
        }
        minute => Ok(minute),
    }
}

fn sunset(reader: &mut Reader<'_>) -> Option<SunsetRule> {
    let name = reader.read("place", |it| match it.chars().count() {
        0 => Err("Name the place, such as Lisbon.".to_owned()),
        1..=80 => Ok(it.to_owned()),
        _ => Err("That name is longer than 80 letters. Shorten it.".to_owned()),
    });
    let latitude = reader.read("latitude", |it| {
        degrees_within(it, 90, "north is positive, such as 38.7223")
    });
    let longitude = reader.read("longitude", |it| {
        degrees_within(it, 180, "east is positive, such as -9.1393")
    });
    let offset = reader.read("offset", |it| number(it, -360, 360, "minutes"));
    let earliest = reader.read("earliest", cut_off);
    let latest = reader.read("latest", cut_off);
    if let (Some(earliest), Some(latest)) = (earliest, latest)
        && latest < earliest
    {
        reader.fault(
            "latest",
            "This is before the earliest time. Swap the two, or move one.",
        );
    }
    Some(SunsetRule {
        place: Place {
            name: name?,
            latitude_e4: latitude?,
            longitude_e4: longitude?,
        },
        offset_minutes: i32::try_from(offset?).unwrap_or(0),
        earliest_minute: earliest?,
        latest_minute: latest?,
    })
}

fn degrees_within(text: &str, most: i32, hint: &str) -> Result<i32, String> {
    let degrees = text.replace(',', ".").parse::<f64>().ok();
    match degrees.filter(|it| it.abs() <= f64::from(most)) {
        Some(degrees) => Ok((degrees * 1e4).round() as i32),
        None => Err(format!(
            "“{text}” isn't a number of degrees from -{most} to {most}; {hint}."
        )),
    }
}

fn degrees(e4: i32) -> String {
    format!("{}", f64::from(e4) / 1e4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{NaiveDate, Weekday};

    #[test]
    fn a_sundown_survives_its_form() {
        let fixed = SundownPolicy {
            cut_off_minute: 1050,
            last_call_minutes: 30,
            sunset: None,
            days_off: DaysOff {
                weekdays: vec![Weekday::Sun],
                dates: vec![NaiveDate::from_ymd_opt(2026, 12, 25).expect("a date")],
            },
        };
        let real = SundownPolicy {
            sunset: Some(SunsetRule {
                place: Place::new("Lisbon", 38.7223, -9.1393).expect("a place"),
                offset_minutes: -20,
                earliest_minute: 960,
                latest_minute: 1260,
            }),
            ..fixed.clone()
        };
        for policy in [fixed, real] {
            let mut form = Form::default();
            write(&policy, &mut form);
            assert_eq!(read(&form), Ok(policy));
        }
    }

    #[test]
    fn faults_name_their_fields() {
        let mut form = Form::default();
        write(&SundownPolicy::default(), &mut form);
        for (field, value) in [
            ("kind", "sunset"),
            ("latitude", "95"),
            ("longitude", "nine"),
            ("earliest", "21:00"),
            ("latest", "16:00"),
            ("last_call", "-5"),
            ("off_dates", "Christmas"),
        ] {
            form.set(field, value);
        }
        let faults = read(&form).expect_err("faults");
        let fields: Vec<&str> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "last_call",
                "place",
                "latitude",
                "longitude",
                "latest",
                "off_dates"
            ]
        );
    }

    #[test]
    fn a_week_without_a_sundown_is_refused() {
        let mut form = Form::default();
        write(&SundownPolicy::default(), &mut form);
        for (field, ..) in WEEKDAYS {
            form.tick(format!("off.{field}"), true);
        }
        assert!(read(&form).is_err());
    }
}
