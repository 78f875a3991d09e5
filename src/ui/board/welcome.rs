//! The Board of a store that holds nothing yet: what to do about it.

use super::report::Head;
use crate::domain::{board::BoardReport, board_query::BoardQuery};
use crate::ui::kit::{basis::Basis, live_marker::Freshness};
use leptos::prelude::*;
use std::sync::Arc;

/// How the first cases get here.
#[component]
pub fn Welcome(
    /// An empty report.
    report: Arc<BoardReport>,
    /// What was asked.
    query: BoardQuery,
    /// Whether it keeps up with the present.
    freshness: Freshness,
) -> impl IntoView {
    let basis = Arc::new(Basis::of(&report, &query));
    view! {
        <Head is_demo=report.is_demo basis freshness />
        <section class="card welcome" aria-labelledby="welcome">
            <Dawn />
            <h2 id="welcome">"No complaint has come in yet"</h2>
            <p>
                "As soon as the first case is here, this page shows how long people wait, who is still waiting, and what becomes of complaints. It looks again by itself."
            </p>
            <div class="welcome-ways">
                <Way
                    title="See it with invented people"
                    words="A demo plays two airlines and a car dealer, with past and present."
                    command="sundown serve --demo"
                />
                <Way
                    title="Bring in an archive"
                    words="A CSV file of conversations in the “customer support on Twitter” layout. Importing it again adds nothing."
                    command="sundown import twcs FILE"
                />
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Way(title: &'static str, words: &'static str, command: &'static str) -> impl IntoView {
    view! {
        <div class="welcome-way">
            <h3>{title}</h3>
            <p>{words}</p>
            <pre><code>{command}</code></pre>
        </div>
    }
    .into_any()
}

/// A horizon without points.
#[component]
fn Dawn() -> impl IntoView {
    view! {
        <svg class="welcome-picture" viewBox="0 0 240 96" aria-hidden="true">
            <circle class="welcome-sun" cx="120" cy="64" r="30" />
            <rect class="welcome-sea" y="64" width="240" height="32" />
            <path class="welcome-line" d="M16 64h208" />
            <path class="welcome-glimmer" d="M96 74h48M106 82h28M113 90h14" />
        </svg>
    }
    .into_any()
}
