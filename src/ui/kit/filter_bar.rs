//! What is shown: period, filters and switches. All of it is the address.
//!
//! A GET form and links: complete without JavaScript; with it, choices apply at once.

use super::{basis::Basis, choice::Choice, period_picker::PeriodPicker, switch::Switch};
use crate::domain::{
    board::Choices,
    board_query::{BoardQuery, Preset, Range},
    case::Origin,
    question::{Attribution, Clock, Filter, Which},
};
use crate::ui::address::{Room, form_of_choice, form_of_submit, use_form_navigation};
use crate::ui::views::Views;
use leptos::prelude::*;
use std::sync::Arc;

/// The whole bar.
#[component]
pub fn FilterBar(
    /// Where it leads.
    room: Room,
    /// What is shown now.
    basis: Arc<Basis>,
    /// What can be chosen.
    choices: Choices,
) -> impl IntoView {
    let query = basis.query.clone();
    view! {
        <div class="filter-bar" role="search" aria-label="What is shown">
            <PeriodPicker room basis />
            <Switches room query=query.clone() />
            <Filters room query choices />
        </div>
    }
    .into_any()
}

#[component]
fn Switches(room: Room, query: BoardQuery) -> impl IntoView {
    let clock = |clock: Clock| {
        room.href(&BoardQuery {
            clock,
            ..query.clone()
        })
    };
    let clocks = [Clock::Calendar, Clock::Business]
        .map(|it| (it.label(), clock(it), query.clock == it))
        .to_vec();
    let count = |attribution| {
        room.href(&BoardQuery {
            attribution,
            ..query.clone()
        })
    };
    let counts = [
        ("Opened", Attribution::Opened),
        ("Happened", Attribution::Happened),
    ]
    .map(|(text, it)| (text, count(it), query.attribution == it))
    .to_vec();
    let compare_href = room.href(&BoardQuery {
        compare: !query.compare,
        ..query.clone()
    });
    let compare = (room == Room::Board).then(|| {
        let text = if query.compare { "Compared" } else { "Compare" };
        let title = if query.compare {
            "Beside the period before; leave that out"
        } else {
            "Show the period before beside it"
        };
        view! {
            <a class="button toggle" href=compare_href data-noscroll="" data-on=query.compare.then_some("") title=title>
                {text}
            </a>
        }
    });
    view! {
        <div class="filter-switches">
            <Switch label="Clock" positions=clocks />
            <Switch label="In the period" positions=counts />
            {compare}
            <a class="button" href=room.export_href(&query) rel="external" download="">"Export"</a>
        </div>
    }
    .into_any()
}

#[component]
fn Filters(room: Room, query: BoardQuery, choices: Choices) -> impl IntoView {
    let navigate = use_form_navigation(room);
    let choose = {
        let navigate = navigate.clone();
        move |event| {
            if let Some(form) = form_of_choice(&event) {
                navigate(&form);
            }
        }
    };
    let submit = move |event| {
        if let Some(form) = form_of_submit(&event) {
            navigate(&form);
        }
    };
    let filter = query.filter.clone();
    let unfiltered = BoardQuery {
        filter: Filter::default(),
        ..query.clone()
    };
    let clear = (!filter.is_empty()).then(|| {
        let href = room.href(&unfiltered);
        view! { <a class="button quiet" href=href data-noscroll="">"Clear filters"</a> }.into_any()
    });
    let text = filter.text.unwrap_or_default();
    let origins = Origin::ALL
        .iter()
        .map(|it| (it.to_string(), it.label().to_owned()))
        .collect();
    view! {
        <form class="filter-form" method="get" action=room.path() on:change=choose on:submit=submit>
            {kept(&unfiltered)}
            {which(room)}
            <Choice label="Brand" name="brand" value=filter.brand options=choices.brands />
            <Choice label="Channel" name="channel" value=filter.channel options=choices.channels />
            <Choice
                label="Origin"
                name="origin"
                value=filter.origin.map(|it| it.to_string())
                options=origins
            />
            <Choice label="Topic" name="topic" value=filter.topic options=choices.topics />
            <input
                class="field"
                type="search"
                name="text"
                aria-label="Words in a post"
                placeholder="Words in a post"
                value=text
            />
            <button class="button only-without-script">"Apply"</button>
            {clear}
        </form>
    }
    .into_any()
}

/// What the form doesn't ask for: the period and the switches, all by name so that turning one
/// doesn't add or take away a field.
fn kept(query: &BoardQuery) -> AnyView {
    let (range, from, to) = match query.range {
        Range::Preset(Preset::Month) => (String::new(), String::new(), String::new()),
        Range::Preset(preset) => (preset.to_string(), String::new(), String::new()),
        Range::Dates(from, to) => (String::new(), from.to_string(), to.to_string()),
    };
    let is_default = BoardQuery::default();
    let word = |differs: bool, word: &str| {
        if differs {
            word.to_owned()
        } else {
            String::new()
        }
    };
    let fields = [
        ("range", range),
        ("from", from),
        ("to", to),
        (
            "count",
            word(
                query.attribution != is_default.attribution,
                query.attribution.as_str(),
            ),
        ),
        (
            "clock",
            word(query.clock != is_default.clock, query.clock.as_str()),
        ),
        ("compare", word(!query.compare, "off")),
    ];
    fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| {
            view! { <input type="hidden" name=name value=value.clone() prop:value=value /> }
        })
        .views()
        .into_any()
}

/// On a list of cases: which ones.
fn which(room: Room) -> Option<AnyView> {
    let Room::Cases(chosen) = room else {
        return None;
    };
    let options = Which::ALL.iter().map(|it| {
        view! { <option value=it.as_str() selected=*it == chosen>{it.label()}</option> }
    });
    let options = options.views();
    let field = view! {
        <label class="choice" data-set="">
            <span>"Show"</span>
            <select name="show" prop:value=chosen.as_str()>{options}</select>
        </label>
    };
    Some(field.into_any())
}
