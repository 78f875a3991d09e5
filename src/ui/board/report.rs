//! The Board with a report on it.

use super::{
    breakdown::Breakdown, coverage::Coverage, elsewhere::Elsewhere, funnel::Funnel,
    horizon::HorizonCard, open_list::OpenList, over_time::OverTime, tiles::Tiles,
};
use crate::domain::{board::BoardReport, board_query::BoardQuery};
use crate::ui::{
    address::Room,
    kit::{
        basis::Basis,
        filter_bar::FilterBar,
        live_marker::{Freshness, LiveMarker},
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// Head, filters and all cards.
#[component]
pub fn Report(
    /// What is known.
    report: Arc<BoardReport>,
    /// What was asked.
    query: BoardQuery,
    /// Whether it keeps up with the present.
    freshness: Freshness,
) -> impl IntoView {
    let basis = Arc::new(Basis::of(&report, &query));
    let choices = report.choices.clone();
    view! {
        <Head is_demo=report.is_demo basis=Arc::clone(&basis) freshness />
        <FilterBar room=Room::Board basis=Arc::clone(&basis) choices />
        <Elsewhere report=Arc::clone(&report) basis=Arc::clone(&basis) />
        <Tiles report=Arc::clone(&report) basis=Arc::clone(&basis) />
        <HorizonCard report=Arc::clone(&report) basis=Arc::clone(&basis) />
        <div class="board-cards">
            <OverTime report=Arc::clone(&report) basis=Arc::clone(&basis) />
            <Funnel report=Arc::clone(&report) basis=Arc::clone(&basis) />
            <Breakdown report=Arc::clone(&report) basis=Arc::clone(&basis) />
            <Coverage report=Arc::clone(&report) basis=Arc::clone(&basis) />
            <OpenList report basis />
        </div>
    }
    .into_any()
}

/// The room's name, whether a demo plays, and how old the picture is.
#[component]
pub fn Head(
    /// Whether a demo plays.
    is_demo: bool,
    /// What is shown.
    basis: Arc<Basis>,
    /// Whether it keeps up with the present.
    freshness: Freshness,
) -> impl IntoView {
    let demo = is_demo.then(|| {
        let title = "Invented people and brands; nothing here is real";
        view! { <span class="pill" data-tone="demo" title=title>"demo"</span> }.into_any()
    });
    view! {
        <div class="room-head">
            <h1>"Board"</h1>
            {demo}
            <LiveMarker basis freshness />
        </div>
    }
    .into_any()
}
