//! A period without cases: where the cases are.

use crate::domain::{
    board::BoardReport,
    board_query::{BoardQuery, Range},
    question::Filter,
};
use crate::ui::{address::Room, format, kit::basis::Basis};
use chrono::TimeDelta;
use leptos::prelude::*;
use std::sync::Arc;

/// Nothing when the period has cases; else a line that leads to them.
#[component]
pub fn Elsewhere(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    if report.total.cases > 0 {
        return ().into_any();
    }
    let (words, href, door) = match all_of_them(&report, &basis) {
        Some((period, href)) => (
            format!("The cases that match are from {period}."),
            href,
            "Show that time",
        ),
        None => {
            let unfiltered = BoardQuery {
                filter: Filter::default(),
                ..basis.query.clone()
            };
            let words = "No case matches these filters at any time.".to_owned();
            (words, Room::Board.href(&unfiltered), "Clear filters")
        }
    };
    view! {
        <div class="elsewhere">
            <p>
                <strong>{format!("No case opened {}.", basis.period())}</strong> " " {words}
            </p>
            <a class="button" data-primary="" href=href data-noscroll="">{door}</a>
        </div>
    }
    .into_any()
}

/// The whole time of the filter's cases, in words and as an address.
fn all_of_them(report: &BoardReport, basis: &Basis) -> Option<(String, String)> {
    let span = report.span?;
    let (from, until) = (span.from?, span.until?);
    let last = until - TimeDelta::milliseconds(1);
    let zone = &report.zone;
    let range = Range::Dates(
        format::local_date(zone, from),
        format::local_date(zone, last),
    );
    let query = BoardQuery {
        range,
        ..basis.query.clone()
    };
    Some((format::period(zone, from, until), Room::Board.href(&query)))
}
