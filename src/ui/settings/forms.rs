//! The forms of settings without versions.

use super::fields::Fields;
use crate::domain::{macro_reply::VARIABLES, settings::PlainSection, urgency::Weights};
use crate::ui::views::Views;
use leptos::prelude::*;

/// Empty rows below those that are filled.
const SPARE: u32 = 2;

/// A section's fields.
pub fn form(section: PlainSection, fields: &Fields) -> AnyView {
    match section {
        PlainSection::Topics => topics(fields),
        PlainSection::Urgency => urgency(fields),
        PlainSection::Macros => macros(fields),
        PlainSection::Retention => retention(fields),
        PlainSection::Brands => brands(fields),
    }
}

/// Rows that are filled, and some that aren't.
fn rows(fields: &Fields, prefix: &str) -> impl Iterator<Item = u32> + use<> {
    let filled = fields.form.rows(prefix);
    let next = filled.last().map_or(0, |it| it + 1);
    filled.into_iter().chain(next..next + SPARE)
}

fn hidden(fields: &Fields, name: String) -> AnyView {
    let value = fields.form.get(&name).to_owned();
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

fn one_row(legend: String, inside: AnyView) -> AnyView {
    view! {
        <fieldset class="list-row">
            <legend class="unseen">{legend}</legend>
            {inside}
        </fieldset>
    }
    .into_any()
}

fn topics(fields: &Fields) -> AnyView {
    let rows = rows(fields, "t")
        .map(|row| {
            let name = |field: &str| format!("t.{row}.{field}");
            let inside = view! {
                {hidden(fields, name("key"))}
                {fields.text(name("name"), "Name", "")}
                {fields.lines(name("words"), "Words, one a line", "")}
            };
            one_row(format!("Topic {}", row + 1), inside.into_any())
        })
        .collect_view();
    view! {
        <p class="field-hint">
            "A line is a word or a phrase, found as whole words in any case and language. Put * at its end or beginning for the rest of a word: bag* finds baggage, too. Empty a name to remove a topic that no case has."
        </p>
        {rows}
    }
    .into_any()
}

fn urgency(fields: &Fields) -> AnyView {
    let parts = Weights::PARTS
        .iter()
        .map(|(field, label, hint)| fields.of_kind("number", *field, label, hint))
        .collect_view();
    view! {
        <p class="field-hint">
            "Every case has the same clock, whoever the customer is; reach only adds. Points go from 0 to 100."
        </p>
        <div class="fields-row">{parts}</div>
    }
    .into_any()
}

fn macros(fields: &Fields) -> AnyView {
    let rows = rows(fields, "m")
        .map(|row| {
            let name = |field: &str| format!("m.{row}.{field}");
            let inside = view! {
                <div class="fields-row">
                    {fields.text(name("name"), "Name", "")}
                    {fields.text(name("language"), "Language", "")}
                </div>
                {fields.lines(name("body"), "Text", "")}
            };
            one_row(format!("Macro {}", row + 1), inside.into_any())
        })
        .collect_view();
    let variables = VARIABLES
        .iter()
        .map(|(name, what)| {
            view! { <li><code>{format!("{{{{{name}}}}}")}</code> " " {*what}</li> }
        })
        .views();
    view! {
        <details class="twin">
            <summary>"Variables"</summary>
            <ul class="changes">{variables}</ul>
        </details>
        {rows}
        <p class="field-hint">"Empty a row's name and text to remove it."</p>
    }
    .into_any()
}

fn retention(fields: &Fields) -> AnyView {
    view! {
        <p class="field-hint">
            "Counted from the day a case was closed. Only texts go: times, authors and outcomes stay, so no figure changes."
        </p>
        {fields.text("days", "Days", "Leave it empty to keep texts for ever.")}
    }
    .into_any()
}

fn brands(fields: &Fields) -> AnyView {
    let rows = rows(fields, "b")
        .map(|row| {
            let name = |field: &str| format!("b.{row}.{field}");
            let inside = view! {
                {hidden(fields, name("key"))}
                <div class="fields-row">
                    {fields.text(name("name"), "Name", "")}
                    {fields.text(name("zone"), "Time zone", "")}
                    {fields.text(name("languages"), "Languages", "")}
                </div>
            };
            one_row(format!("Brand {}", row + 1), inside.into_any())
        })
        .collect_view();
    view! {
        <p class="field-hint">
            "A time zone is written as Europe/Lisbon, languages as en pt. Fill an empty row to add a brand; its rules begin as the usual ones."
        </p>
        {rows}
    }
    .into_any()
}
