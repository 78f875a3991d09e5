//! The open complaints that come first.

use crate::domain::{board::BoardReport, question::Which};
use crate::ui::{
    format,
    kit::{basis::Basis, case_row::CaseRow, empty::Empty},
    views::Views,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The longest past due, then the next due, and the way to all.
#[component]
pub fn OpenList(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    let rows = report.open_cases.iter().map(|case| {
        view! { <CaseRow case=case.clone() as_of=report.as_of zone=report.zone.clone() /> }
    });
    let rows = rows.views();
    let list = if report.open_cases.is_empty() {
        let title = "Nobody is waiting";
        view! { <Empty title>"Every complaint that matches is closed. Well done."</Empty> }
            .into_any()
    } else {
        view! { <ol class="case-list case-list-wide">{rows}</ol> }.into_any()
    };
    let doors = (report.open.open > 0).then(|| doors(&report, &basis));
    view! {
        <section class="card" data-card="open-complaints" aria-labelledby="open-complaints">
            <div class="card-head">
                <h2 id="open-complaints">"Open complaints"</h2>
                <div class="card-note">"what is due first"</div>
            </div>
            {list}
            {doors}
        </section>
    }
    .into_any()
}

/// The way to all of them.
fn doors(report: &BoardReport, basis: &Basis) -> AnyView {
    let href = basis.query.cases_href(Which::OpenNow);
    let late_href = basis.query.cases_href(Which::BelowHorizon);
    let all = format!(
        "All {}",
        format::counted(report.open.open, "open case", "open cases")
    );
    view! {
        <p class="card-doors">
            <a class="button" href=href>{all}</a>
            <a class="button quiet" href=late_href>"Below the horizon"</a>
        </p>
    }
    .into_any()
}
