//! The form about staffed hours: `day.mon` … `day.sun`, and a row `x.N.…` for each dated exception.

use super::{
    Fault, Form, Reader,
    values::{WEEKDAYS, date, hours, write_hours},
};
use crate::domain::calendar::{Calendar, DatedException, Interval};

/// Exceptions that a calendar may have.
pub const EXCEPTIONS: usize = 400;
/// Letters of an exception's name.
const NAME: usize = 100;

/// Fills the form.
pub fn write(calendar: &Calendar, form: &mut Form) {
    for ((field, ..), intervals) in WEEKDAYS.iter().zip(&calendar.week) {
        form.set(format!("day.{field}"), write_hours(intervals));
    }
    for (row, it) in calendar.exceptions.iter().enumerate() {
        form.set(format!("x.{row}.date"), it.date.to_string());
        form.set(format!("x.{row}.hours"), write_hours(&it.intervals));
        form.set(format!("x.{row}.name"), &it.name);
    }
}

/// Reads the form. A row without a date and a name is left out.
pub fn read(form: &Form) -> Result<Calendar, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let week: [Option<Vec<Interval>>; 7] =
        WEEKDAYS.map(|(field, ..)| reader.read(&format!("day.{field}"), hours));
    let mut exceptions: Vec<DatedException> = Vec::new();
    let rows = form.rows("x");
    if rows.len() > EXCEPTIONS + 10 {
        reader.fault(
            "day.mon",
            format!(
                "There are more than {EXCEPTIONS} dated exceptions. Leave those out that are past."
            ),
        );
    }
    for row in rows.into_iter().take(EXCEPTIONS) {
        let name = |field: &str| format!("x.{row}.{field}");
        let called = form.get(&name("name"));
        if form.get(&name("date")).is_empty() && called.is_empty() {
            continue;
        }
        if called.chars().count() > NAME {
            reader.fault(
                &name("name"),
                format!("That name is longer than {NAME} letters. Shorten it."),
            );
        }
        let on = reader.read(&name("date"), |it| match it {
            "" => Err("Give the date, such as 2026-12-25, or empty the whole row.".to_owned()),
            it => date(it),
        });
        let intervals = reader.read(&name("hours"), hours);
        let Some((date, intervals)) = on.zip(intervals) else {
            continue;
        };
        if exceptions.iter().any(|it| it.date == date) {
            reader.fault(
                &name("date"),
                "There is an exception for this date already. Put both into one.",
            );
        }
        exceptions.push(DatedException {
            date,
            intervals,
            name: called.to_owned(),
        });
    }
    exceptions.sort_by_key(|it| it.date);
    let week: Option<Vec<Vec<Interval>>> = week.into_iter().collect();
    let week = week.and_then(|it| <[Vec<Interval>; 7]>::try_from(it).ok());
    if let Some(week) = &week {
        overlaps(week, &mut reader);
    }
    reader.finish(week.map(|week| Calendar { week, exceptions }))
}

/// A night that reaches into a morning which has hours of its own.
fn overlaps(week: &[Vec<Interval>; 7], reader: &mut Reader<'_>) {
    for day in 0..7 {
        let tomorrow = (day + 1) % 7;
        let night = week[day]
            .iter()
            .map(|it| it.until_minute)
            .max()
            .unwrap_or(0);
        let morning = week[tomorrow].first().map(|it| it.from_minute);
        if morning.is_some_and(|it| it + 1440 < night) {
            let (field, ..) = WEEKDAYS[tomorrow];
            let (_, before, _) = WEEKDAYS[day];
            reader.fault(
                &format!("day.{field}"),
                format!("{before}'s hours reach into these. End that night, or begin this day, where the other ends."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_calendar_survives_its_form() {
        let interval = |from_minute, until_minute| Interval {
            from_minute,
            until_minute,
        };
        let mut calendar = Calendar::default();
        calendar.week[0] = vec![interval(540, 750), interval(840, 1080)];
        calendar.week[5] = vec![interval(1320, 1440 + 360)];
        calendar.exceptions.push(DatedException {
            date: NaiveDate::from_ymd_opt(2026, 12, 25).expect("a date"),
            intervals: Vec::new(),
            name: "Christmas Day".to_owned(),
        });
        let mut form = Form::default();
        write(&calendar, &mut form);
        assert_eq!(read(&form), Ok(calendar));
    }

    #[test]
    fn a_night_may_not_reach_into_the_next_mornings_hours() {
        let mut form = Form::default();
        write(&Calendar::default(), &mut form);
        form.set("day.mon", "22:00–10:00");
        let faults = read(&form).expect_err("Tuesday begins at nine");
        assert_eq!(faults[0].field, "day.tue");
    }

    #[test]
    fn an_exception_needs_a_date_once() {
        let mut form = Form::default();
        write(&Calendar::default(), &mut form);
        form.set("x.0.name", "Founder's day");
        form.set("x.1.date", "2026-05-01");
        form.set("x.2.date", "2026-05-01");
        let faults = read(&form).expect_err("two faults");
        let fields: Vec<&str> = faults.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, ["x.0.date", "x.2.date"]);
    }
}
