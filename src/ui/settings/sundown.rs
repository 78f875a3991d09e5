//! When the day ends.

use super::fields::Fields;
use crate::domain::{
    forms::values::{WEEKDAYS, write_clock},
    settings::policies::{PolicyPreview, SundownDay},
    time::Zone,
};
use crate::ui::{format, views::Views};
use chrono::Datelike;
use leptos::prelude::*;

/// The form's fields.
pub fn form(fields: &Fields, zone: &str) -> AnyView {
    let days = WEEKDAYS
        .iter()
        .map(|(field, name, _)| fields.tick(format!("off.{field}"), name))
        .collect_view();
    let zone = format!("Times are by the brand's clock: {zone}.");
    view! {
        <p class="field-hint">{zone}</p>
        <fieldset>
            <legend>"The day ends"</legend>
            <div class="way">
                {fields.way("kind", "fixed", "at the same time every day")}
                <div class="fields-row">{fields.text("at", "Time", "Such as 18:00.")}</div>
            </div>
            <div class="way">
                {fields.way("kind", "sunset", "when the sun sets at a place")}
                <div class="fields-row">
                    {fields.text("place", "Place", "Its name, for people.")}
                    {fields.text("latitude", "Latitude", "North is positive.")}
                    {fields.text("longitude", "Longitude", "East is positive.")}
                </div>
                <div class="fields-row">
                    {fields.text("offset", "Minutes after sunset", "Before it with a minus.")}
                    {fields.text("earliest", "Never before", "For winter.")}
                    {fields.text("latest", "Never after", "For summer, when it sets late or not at all.")}
                </div>
            </div>
        </fieldset>
        <fieldset>
            <legend>"Last call"</legend>
            <div class="fields-row">
                {fields.text("last_call", "Minutes before sundown", "A post that comes later belongs to the next day.")}
            </div>
        </fieldset>
        <fieldset>
            <legend>"Days off"</legend>
            <p class="field-hint">
                "What comes on a day off is due on the next day that has a sundown. People complain on holidays, too: the default is none."
            </p>
            <div class="ticks">{days}</div>
            {fields.fault("off.mon")}
            {fields.lines("off_dates", "Dates off", "One a line, such as 2026-12-25.")}
        </fieldset>
    }
    .into_any()
}

/// The next fourteen evenings: two strips of a week each.
pub fn picture(preview: &PolicyPreview, zone: &Zone) -> AnyView {
    let days = &preview.sundowns;
    let minutes = days.iter().flat_map(|it| [it.minute, it.before_minute]);
    let low = minutes.clone().min().unwrap_or(0);
    let high = minutes.max().unwrap_or(1440);
    let scale = Scale {
        low: low.saturating_sub(20),
        high: high + 20,
    };
    let strips = days.chunks(7).map(|week| strip(week, scale)).views();
    let rows = days.iter().map(|it| row(it, zone)).views();
    let name = zone.name.clone();
    view! {
        <h3>{format!("The next {} days ({name})", days.len())}</h3>
        <div class="strips" aria-hidden="true">{strips}</div>
        <details class="twin">
            <summary>"These days as a table"</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="The next days">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Day"</th>
                            <th scope="col">"Last call"</th>
                            <th scope="col">"Sundown"</th>
                            <th scope="col">"Before"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn row(it: &SundownDay, zone: &Zone) -> impl IntoView + use<> {
    let day = format::weekday_and_date(zone, it.at);
    let (last_call, sundown) = if it.is_off {
        ("–".to_owned(), "day off".to_owned())
    } else {
        (format::time(zone, it.last_call), format::time(zone, it.at))
    };
    view! {
        <tr>
            <th scope="row">{day}</th>
            <td>{last_call}</td>
            <td>{sundown}</td>
            <td>{write_clock(it.before_minute)}</td>
        </tr>
    }
}

/// Minutes of the day to heights of a strip.
#[derive(Clone, Copy)]
struct Scale {
    low: u32,
    high: u32,
}

impl Scale {
    /// Earlier is higher, as the sun sinks: 30 to 96 from the top.
    fn y(self, minute: u32) -> u32 {
        let span = (self.high - self.low).max(1);
        30 + minute.saturating_sub(self.low) * 66 / span
    }
}

fn strip(week: &[SundownDay], scale: Scale) -> impl IntoView + use<> {
    let before: Vec<String> = (0_u32..)
        .zip(week)
        .map(|(place, it)| format!("{},{}", place * 50 + 25, scale.y(it.before_minute)))
        .collect();
    let suns = (0_u32..)
        .zip(week)
        .map(|(place, it)| sun(place * 50 + 25, it, scale))
        .views();
    view! {
        <svg class="strip" viewBox="0 0 350 140">
            <rect class="strip-sky" width="350" height="112" rx="8" />
            <polyline class="strip-before" points=before.join(" ") />
            {suns}
        </svg>
    }
}

fn sun(x: u32, it: &SundownDay, scale: Scale) -> AnyView {
    let y = scale.y(it.minute);
    let time = if it.is_off {
        "off".to_owned()
    } else {
        write_clock(it.minute)
    };
    let weekday = it.date.weekday().to_string();
    let day = it.date.day().to_string();
    view! {
        <g class="strip-day" data-off=it.is_off.then_some("")>
            <circle class="strip-sun" cx=x cy=y r="8" />
            <text class="strip-time" x=x y=y.saturating_sub(13)>{time}</text>
            <text class="strip-name" x=x y="125">{weekday}</text>
            <text class="strip-name" x=x y="138">{day}</text>
        </g>
    }
    .into_any()
}
