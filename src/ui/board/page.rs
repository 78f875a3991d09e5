//! The Board's page: reads the report for the address, again and again while it shows the present.

use super::{report::Report, welcome::Welcome};
use crate::domain::{board::BoardReport, board_query::BoardQuery};
use crate::server_fns::{AppError, board::load_board};
use crate::ui::{
    address::{follow_words, use_board_query},
    kit::{failed::Failed, live_marker::Freshness, skeleton::Skeleton},
    live::Beat,
};
use leptos::prelude::*;
use leptos_meta::Title;
use std::sync::Arc;

/// A question and what came back: they travel together, so that links always belong to what is
/// shown.
type Answer = (BoardQuery, Result<BoardReport, AppError>);

/// The last report that could be read, and what it answers.
type Kept = StoredValue<Option<(BoardQuery, Arc<BoardReport>)>>;

const SHAPES: &[&str] = &[
    "head", "filters", "tiles", "horizon", "wide", "narrow", "wide", "narrow",
];

/// The Board.
#[component]
pub fn Board() -> impl IntoView {
    let query = use_board_query();
    follow_words(query);
    let beat = Beat::start();
    let answer = Resource::new(
        move || (query.get(), beat.get()),
        async |(query, _)| -> Answer {
            let report = load_board(query.clone()).await;
            (query, report)
        },
    );
    let kept: Kept = StoredValue::new(None);
    let shown = move || {
        Suspend::new(async move {
            let (query, report) = answer.await;
            let view = show(query, report, kept);
            beat.answered(kept.with_value(|it| it.as_ref().is_some_and(|it| is_present(&it.1))));
            view
        })
    };
    view! {
        <Title text="Board" />
        <div class="room board">
            <Transition fallback=|| view! { <Skeleton what="the Board" shapes=SHAPES /> }>
                {shown}
            </Transition>
        </div>
    }
    .into_any()
}

/// Whether a report's period reaches to its as-of.
fn is_present(report: &BoardReport) -> bool {
    report.until >= report.as_of
}

/// A report that couldn't be read again doesn't take away the one that is there.
fn show(query: BoardQuery, report: Result<BoardReport, AppError>, kept: Kept) -> AnyView {
    match report {
        Ok(report) => {
            let report = Arc::new(report);
            kept.set_value(Some((query.clone(), Arc::clone(&report))));
            let freshness = if is_present(&report) {
                Freshness::Live
            } else {
                Freshness::Past
            };
            paint(report, query, freshness)
        }
        Err(error) => {
            let before = kept.get_value().filter(|it| it.0 == query);
            match before {
                Some((query, report)) => paint(report, query, Freshness::Stale),
                None => failed(&error),
            }
        }
    }
}

fn paint(report: Arc<BoardReport>, query: BoardQuery, freshness: Freshness) -> AnyView {
    if report.is_empty {
        view! { <Welcome report query freshness /> }.into_any()
    } else {
        view! { <Report report query freshness /> }.into_any()
    }
}

fn failed(error: &AppError) -> AnyView {
    let incident = error.incident();
    view! {
        <h1>"Board"</h1>
        <Failed what="The Board" why=error.to_string() incident />
    }
    .into_any()
}
