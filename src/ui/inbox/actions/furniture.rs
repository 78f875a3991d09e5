//! Fields and forms that all of these share.

use crate::domain::{time::Instant, work::CaseWork};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// The case that forms are about, and the page they stand on.
pub struct Place<'a> {
    /// Everything around the case.
    pub work: &'a CaseWork,
    /// The page's address.
    pub back: &'a str,
}

impl Place<'_> {
    /// A moment as the reader's own clock shows it.
    pub fn moment(&self, at: Instant) -> String {
        format::moment(&self.work.zone, at, self.work.as_of)
    }
}

/// A form that opens below its heading.
pub fn act(
    place: &Place<'_>,
    name: &'static str,
    title: &'static str,
    button: &'static str,
    fields: Vec<AnyView>,
) -> AnyView {
    let inside = posted(place, name, button, true, fields);
    let told = place.work.told.as_ref();
    // What was refused stays open, so that nobody looks for it.
    let open = told.is_some_and(|it| it.act == name && it.refused.is_some());
    view! {
        <details class="act" data-act=name open=open>
            <summary data-key=key(name)>{title}</summary>
            {inside}
        </details>
    }
    .into_any()
}

/// The key that opens a form, where it has one.
fn key(act: &str) -> Option<&'static str> {
    match act {
        "assign" => Some("a"),
        "hand_off" => Some("h"),
        "promise" => Some("o"),
        "snooze" => Some("s"),
        "resolve" => Some("e"),
        _ => None,
    }
}

/// A form that is one button.
pub fn press(
    place: &Place<'_>,
    name: &'static str,
    button: &'static str,
    fields: Vec<AnyView>,
) -> AnyView {
    posted(place, name, button, false, fields)
}

fn posted(
    place: &Place<'_>,
    name: &'static str,
    button: &'static str,
    is_primary: bool,
    fields: Vec<AnyView>,
) -> AnyView {
    view! {
        <form class="form" method="post" action="/work">
            <input type="hidden" name="case" value=place.work.case.to_string() />
            <input type="hidden" name="back" value=place.back.to_owned() />
            {fields}
            <button
                class="button"
                data-primary=is_primary.then_some("")
                data-key=(name == "take").then_some("t")
                name="act"
                value=name
            >
                {button}
            </button>
        </form>
    }
    .into_any()
}

/// Something a form says without asking.
pub fn hidden(name: &'static str, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

/// One line; `kind` is the browser's type of field. The id holds the act, so that none comes twice.
pub fn line(
    act: &str,
    kind: &'static str,
    name: &'static str,
    label: &'static str,
    is_needed: bool,
) -> AnyView {
    let id = format!("{act}-{name}");
    view! {
        <div class="entry">
            <label for=id.clone()>{label}</label>
            <input class="field" id=id name=name r#type=kind required=is_needed maxlength="500" />
        </div>
    }
    .into_any()
}

/// Several lines.
pub fn area(act: &str, name: &'static str, label: &'static str, value: String) -> AnyView {
    let id = format!("{act}-{name}");
    view! {
        <div class="entry">
            <label for=id.clone()>{label}</label>
            <textarea class="field" id=id name=name rows="3" required maxlength="5000">{value}</textarea>
        </div>
    }
    .into_any()
}

/// One of several; keys and names.
pub fn choose(
    act: &str,
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String)>,
) -> AnyView {
    let id = format!("{act}-{name}");
    let options = options
        .into_iter()
        .map(|(key, text)| view! { <option value=key>{text}</option> })
        .views();
    view! {
        <div class="entry">
            <label for=id.clone()>{label}</label>
            <select class="field" id=id name=name>{options}</select>
        </div>
    }
    .into_any()
}

/// A box to tick.
pub fn tick(name: String, label: String) -> AnyView {
    view! {
        <label class="tick">
            <input type="checkbox" name=name />
            " "
            <span dir="auto">{label}</span>
        </label>
    }
    .into_any()
}

/// A vocabulary as options.
pub fn words<T: Copy>(all: &[T], say: impl Fn(T) -> (&'static str, &'static str)) -> Options {
    let all = all.iter().map(|it| say(*it));
    all.map(|(key, text)| (key.to_owned(), text.to_owned()))
        .collect()
}

/// Keys and names.
pub type Options = Vec<(String, String)>;

/// How far ahead something can be.
pub fn ahead(act: &str) -> [AnyView; 2] {
    let hours = [
        ("", "At the moment below"),
        ("1", "In an hour"),
        ("4", "In four hours"),
        ("tomorrow", "Tomorrow morning"),
        ("24", "In a day"),
        ("168", "In a week"),
    ];
    let hours = hours.map(|(key, text)| (key.to_owned(), text.to_owned()));
    [
        choose(act, "ahead", "When", hours.into()),
        line(
            act,
            "datetime-local",
            "until",
            "Moment, by your own clock",
            false,
        ),
    ]
}
