//! Which period: presets as links, and two dates in a popover.

use super::basis::Basis;
use crate::domain::board_query::{BoardQuery, Preset, Range};
use crate::ui::{
    address::{Room, form_of_submit, use_form_navigation},
    format,
    views::Views,
};
use chrono::TimeDelta;
use leptos::prelude::*;
use std::sync::Arc;

/// Presets and own dates.
#[component]
pub fn PeriodPicker(
    /// Where they lead.
    room: Room,
    /// What is shown now.
    basis: Arc<Basis>,
) -> impl IntoView {
    let query = basis.query.clone();
    let presets = Preset::ALL.iter().map(|&preset| {
        let is_here = query.range == Range::Preset(preset);
        let href = room.href(&BoardQuery { range: Range::Preset(preset), ..query.clone() });
        view! {
            <a href=href data-noscroll="" aria-current=is_here.then_some("true")>{preset.label()}</a>
        }
    });
    let presets = presets.views();
    let own_dates = matches!(query.range, Range::Dates(..)).then_some("true");
    view! {
        <div class="period-picker">
            <nav class="switch" aria-label="Period">
                {presets}
                <button
                    type="button"
                    popovertarget="own-dates"
                    aria-label=format!("Own dates, now {}", basis.period())
                    aria-current=own_dates
                >
                    {basis.period()}
                </button>
            </nav>
            <OwnDates room basis />
        </div>
    }
    .into_any()
}

#[component]
fn OwnDates(room: Room, basis: Arc<Basis>) -> impl IntoView {
    let navigate = use_form_navigation(room);
    let submit = move |event| {
        if let Some(form) = form_of_submit(&event) {
            let _ = popover().map(|it| it.hide_popover());
            navigate(&form);
        }
    };
    let first = format::local_date(&basis.zone, basis.from).to_string();
    let last = basis.until - TimeDelta::milliseconds(1);
    let last = format::local_date(&basis.zone, last).to_string();
    let others = BoardQuery {
        range: Range::Preset(Preset::Month),
        ..basis.query.clone()
    };
    view! {
        <div class="popover own-dates" id="own-dates" popover="auto">
            <form method="get" action=room.path() on:submit=submit>
                {hidden(room, &others)}
                <label>"From" <input type="date" name="from" value=first.clone() prop:value=first /></label>
                <label>"To" <input type="date" name="to" value=last.clone() prop:value=last /></label>
                <p class="own-dates-zone">"Both days included, " {basis.zone.name.clone()}</p>
                <button class="button" data-primary="">"Show these days"</button>
            </form>
        </div>
    }
    .into_any()
}

/// The parts of a question that a form doesn't ask for, so that it doesn't lose them.
pub fn hidden(room: Room, query: &BoardQuery) -> AnyView {
    let show = match room {
        Room::Board => None,
        Room::Cases(which) => Some(("show", which.to_string())),
    };
    let pairs = query.pairs().into_iter().chain(show);
    pairs
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() prop:value=value /> })
        .views()
        .into_any()
}

fn popover() -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    document().get_element_by_id("own-dates")?.dyn_into().ok()
}
