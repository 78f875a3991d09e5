//! What a figure means, what it stands on, and the way to its cases.
//!
//! A native popover: it opens without JavaScript, closes on Escape and on a click elsewhere.

use super::basis::Basis;
use crate::domain::{definition::Definition, question::Which};
use crate::ui::{format, views::Views};
use leptos::prelude::*;
use std::sync::Arc;

/// A button beside a figure's name, and what it opens.
#[component]
pub fn Explain(
    /// What the figure means.
    definition: Definition,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    let id = format!("about-{}", slug(definition.name));
    let (opens, closes) = (id.clone(), id.clone());
    let label = format!("About {}", definition.name);
    let cases_href = basis.query.cases_href(definition.cases);
    view! {
        <button type="button" class="explain-button" popovertarget=opens aria-label=label.clone()>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <circle cx="8" cy="8" r="6.5" />
                <path d="M8 7.2v4M8 4.6v.6" />
            </svg>
        </button>
        <div class="popover explain" id=id popover="auto" role="dialog" aria-label=label>
            <p class="explain-name">{definition.name}</p>
            <p>{definition.meaning}</p>
            <p class="explain-left-out">{definition.exclusions}</p>
            <Facts basis />
            <p class="explain-doors">
                <a class="button" href=cases_href data-primary="">"Show me the cases"</a>
                <button type="button" class="button" popovertarget=closes popovertargetaction="hide">
                    "Close"
                </button>
            </p>
        </div>
    }
}

#[component]
fn Facts(basis: Arc<Basis>) -> impl IntoView {
    let excluded_href = basis.query.cases_href(Which::Excluded);
    let unknown_href = basis.query.cases_href(Which::UnknownBeginning);
    let rows = [
        ("Period", basis.period()),
        ("Counted", basis.query.attribution.label().to_owned()),
        ("Clock", basis.query.clock.label().to_owned()),
        ("Known at", basis.known_at()),
        ("Cases", format::count(basis.cases)),
    ];
    let rows = rows.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! {
        <dl class="facts">
            {rows.into_iter().views()}
            <div>
                <dt>"Left out of times"</dt>
                <dd><a href=excluded_href>{format::count(basis.excluded)}</a></dd>
            </div>
            <div>
                <dt>"Beginning unknown"</dt>
                <dd><a href=unknown_href>{format::count(basis.unknown_beginning)}</a></dd>
            </div>
        </dl>
    }
    .into_any()
}

/// A figure's name as an id.
pub fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_an_id_without_spaces() {
        assert_eq!(slug("Coverage, 24 × 7"), "coverage-24-7");
    }
}
