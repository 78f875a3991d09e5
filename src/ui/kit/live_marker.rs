//! How old what is shown is.

use super::basis::Basis;
use crate::ui::format;
use leptos::prelude::*;
use std::sync::Arc;

/// How a page keeps up with the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It shows the present and reads it again and again.
    Live,
    /// It shows a time that is over.
    Past,
    /// The last reading failed: what is shown is from before.
    Stale,
}

impl Freshness {
    const fn word(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Past => "past",
            Self::Stale => "stale",
        }
    }
}

/// The as-of, and whether it moves.
#[component]
pub fn LiveMarker(
    /// What is shown.
    basis: Arc<Basis>,
    /// Whether it keeps up.
    freshness: Freshness,
) -> impl IntoView {
    let words = match freshness {
        Freshness::Live => "live",
        Freshness::Past => "",
        Freshness::Stale => "not live since",
    };
    view! {
        <p class="live-marker" data-state=freshness.word()>
            <span class="live-word">{words}</span>
            <span class="live-as-of">"as of"</span>
            " "
            <time datetime=format::machine(basis.as_of) title=format::date(&basis.zone, basis.as_of)>
                {format::time_to_the_second(&basis.zone, basis.as_of)}
            </time>
            " "
            <span class="live-zone">{basis.zone.name.clone()}</span>
        </p>
    }
}
