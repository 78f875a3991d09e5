//! From complaint to thanks: what became of the cases of the period.

use crate::domain::{
    board::BoardReport,
    definition::FUNNEL,
    figures::per_mille,
    question::{Attribution, Which},
};
use crate::ui::{
    charts::bar::Bar,
    format,
    kit::{basis::Basis, card::Card},
    views::Views,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Opened, answered, closed by sundown, confirmed, thanked; all of the same whole.
#[component]
pub fn Funnel(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    let total = &report.total;
    let steps = [
        ("Opened", total.cases, Which::All, "opened"),
        ("Answered", total.answered, Which::Answered, "answered"),
        (
            "Closed by sundown",
            total.sundown.met,
            Which::SundownKept,
            "sundown",
        ),
        (
            "Confirmed by customer",
            total.confirmed,
            Which::Confirmed,
            "confirmed",
        ),
        (
            "Thanked us in public",
            total.thanked,
            Which::Thanked,
            "thanked",
        ),
    ];
    let whole = total.cases;
    let rows = steps.map(|(name, count, which, series)| {
        let share = per_mille(count, whole);
        let rounded = format::percent(share.map(|it| (it + 5) / 10 * 10));
        let href = basis.query.cases_href(which);
        view! {
            <li>
                <a class="funnel-name" href=href>{name}</a>
                <span class="funnel-count">{format::count(count)}</span>
                <span class="funnel-share">{rounded}</span>
                <Bar per_mille=share series />
            </li>
        }
    });
    let rows = rows.into_iter().views();
    let note = match basis.query.attribution {
        Attribution::Opened => "of those opened in the period",
        Attribution::Happened => "what happened in the period",
    };
    view! {
        <Card definition=FUNNEL basis note=move || note>
            <ol class="funnel">{rows}</ol>
        </Card>
    }
    .into_any()
}
