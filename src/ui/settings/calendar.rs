//! When somebody sits at the desk.

use super::fields::Fields;
use crate::domain::{
    calendar::Interval,
    forms::values::{WEEKDAYS, write_hours},
    settings::policies::{Holiday, HolidayFile, PolicyPage, PolicyPreview},
};
use crate::ui::{format, views::Views};
use chrono::Datelike;
use leptos::prelude::*;

/// Empty rows below the exceptions that there are.
const SPARE: u32 = 3;

/// The form's fields.
pub fn form(fields: &Fields, zone: &str) -> AnyView {
    let days = WEEKDAYS
        .iter()
        .map(|(field, name, _)| fields.text(format!("day.{field}"), name, ""))
        .collect_view();
    let next = fields.form.rows("x").last().map_or(0, |it| it + 1);
    let rows = fields.form.rows("x").into_iter().chain(next..next + SPARE);
    let rows = rows.map(|row| exception(fields, row)).views();
    let zone = format!("By the brand's clock: {zone}.");
    view! {
        <fieldset>
            <legend>"Every week"</legend>
            <p class="field-hint">
                "Write hours as 09:00–12:30, 14:00–18:00. One that ends earlier than it begins reaches across midnight, such as 22:00–06:00. Write 24 h for all day; leave a day empty when it is closed. "
                {zone}
            </p>
            <div class="week-fields">{days}</div>
        </fieldset>
        <fieldset>
            <legend>"On certain dates"</legend>
            <p class="field-hint">
                "These hold instead of the week's hours. Leave the hours empty when it is closed; empty a row's date and name to remove it."
            </p>
            {rows}
        </fieldset>
    }
    .into_any()
}

fn exception(fields: &Fields, row: u32) -> AnyView {
    let name = |field: &str| format!("x.{row}.{field}");
    let legend = format!("Exception {}", row + 1);
    view! {
        <fieldset class="fields-row exception">
            <legend class="unseen">{legend}</legend>
            {fields.of_kind("date", name("date"), "Date", "")}
            {fields.text(name("hours"), "Hours", "")}
            {fields.text(name("name"), "Name", "")}
        </fieldset>
    }
    .into_any()
}

/// The week as bars, Monday on top.
pub fn picture(preview: &PolicyPreview) -> AnyView {
    let (before, after) = preview.week_minutes;
    let hours = |minutes: u32| match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    let says = if before == after {
        format!("Staffed for {} a week, as before.", hours(after))
    } else {
        format!(
            "Staffed for {} a week instead of {}.",
            hours(after),
            hours(before)
        )
    };
    let last_night = preview.week.last().map_or(&[][..], Vec::as_slice);
    let nights = std::iter::once(last_night).chain(preview.week.iter().map(Vec::as_slice));
    let bars = (0_u32..)
        .zip(preview.week.iter().zip(nights))
        .map(|(day, (today, yesterday))| bar(day, today, yesterday))
        .views();
    let ticks = [0_u32, 6, 12, 18, 24]
        .map(|hour| {
            let x = 34 + hour * 12;
            view! {
                <line class="week-grid" x1=x x2=x y1="4" y2="158" />
                <text class="week-hour" x=x y="172">{format!("{hour:02}")}</text>
            }
        })
        .into_iter()
        .views();
    let label = words(&preview.week);
    view! {
        <p>{says}</p>
        <svg class="week" viewBox="0 0 340 176" role="img" aria-label=label>{ticks} {bars}</svg>
    }
    .into_any()
}

fn bar(day: u32, today: &[Interval], yesterday: &[Interval]) -> AnyView {
    let y = 6 + day * 22;
    let own = today
        .iter()
        .map(|it| (it.from_minute, it.until_minute.min(1440)));
    let night = yesterday
        .iter()
        .filter(|it| it.until_minute > 1440)
        .map(|it| (0, it.until_minute - 1440));
    let bars = night
        .chain(own)
        .map(|(from, until)| {
            // Five minutes are a unit.
            let x = 34 + from / 5;
            let width = (until.saturating_sub(from) / 5).max(1);
            view! { <rect class="week-bar" x=x y=y width=width height="14" rx="3" /> }
        })
        .views();
    let (_, name, _) = WEEKDAYS[day as usize % 7];
    view! {
        <text class="week-name" x="0" y=y + 11>{&name[..3]}</text>
        <rect class="week-closed" x="34" y=y width="288" height="14" rx="3" />
        {bars}
    }
    .into_any()
}

fn words(week: &[Vec<Interval>]) -> String {
    let days: Vec<String> = WEEKDAYS
        .iter()
        .zip(week)
        .map(|((_, name, _), intervals)| match write_hours(intervals) {
            hours if hours.is_empty() => format!("{name} closed"),
            hours => format!("{name} {hours}"),
        })
        .collect();
    format!("Staffed hours: {}.", days.join("; "))
}

/// Holidays from a file: the file, or what it says with boxes to untick.
pub fn holidays(page: &PolicyPage) -> AnyView {
    let brand = page.brand.clone();
    let chosen = page.holidays.as_ref().map(|file| choose(page, file));
    view! {
        <section class="card holidays" id="holidays" aria-labelledby="holidays-heading">
            <h2 id="holidays-heading">"Holidays from a file"</h2>
            <p class="field-hint">
                "An iCalendar file (.ics), as calendars export it and countries publish it, up to 512 KB. You choose among its days before anything is saved."
            </p>
            <form
                class="settings-actions"
                method="post"
                action="/settings/rules/calendar/holidays"
                enctype="multipart/form-data"
            >
                <input type="hidden" name="brand" value=brand />
                <label>
                    <span class="unseen">"Holiday file"</span>
                    <input type="file" name="file" accept=".ics,text/calendar" required=true />
                </label>
                <button class="button">"Read file"</button>
            </form>
            {chosen}
        </section>
    }
    .into_any()
}

fn choose(page: &PolicyPage, file: &HolidayFile) -> AnyView {
    if let Some(fault) = &file.fault {
        let says = format!("{} couldn’t be read. {fault}", file.name);
        return view! { <p class="notice" data-tone="late" role="alert">{says}</p> }.into_any();
    }
    let left_out = (file.left_out > 0).then(|| {
        let days = format::counted(u64::from(file.left_out), "day", "days");
        view! { <p class="field-hint">{format!("{days} that are past, or more than three years ahead, are left out.")}</p> }
    });
    let days = (0_u32..)
        .zip(&file.holidays)
        .map(|(place, it)| holiday(place, it))
        .views();
    let read = format!(
        "{}: {}",
        file.name,
        format::counted(file.holidays.len() as u64, "day", "days")
    );
    let hidden =
        |name: &'static str, value: String| view! { <input type="hidden" name=name value=value /> };
    view! {
        <form class="settings-form" method="post" action="/settings/rules/calendar/choose" aria-label="Holidays">
            {hidden("brand", page.brand.clone())}
            {hidden("seen", page.form.get("seen").to_owned())}
            {hidden("holidays", file.id.to_string())}
            <fieldset>
                <legend>{read}</legend>
                {left_out}
                <div class="holiday-list">{days}</div>
            </fieldset>
            <p class="settings-actions">
                <button class="button" data-primary="">"Add the ticked days"</button>
                <span class="field-hint">"They become dated exceptions, from now on."</span>
            </p>
        </form>
    }
    .into_any()
}

fn holiday(place: u32, it: &Holiday) -> AnyView {
    let hours = match it.closed {
        None => "closed all day".to_owned(),
        Some(closed) => format!("closed {}", write_hours(&[closed])),
    };
    let known = if it.is_known {
        ", has an exception already"
    } else {
        ""
    };
    let says = format!(
        "{} {} {} ({hours}{known})",
        it.date.weekday(),
        it.date,
        it.name
    );
    view! {
        <label class="tick">
            <input type="checkbox" name=format!("h.{place}") value="on" checked=!it.is_known />
            {says}
        </label>
    }
    .into_any()
}
