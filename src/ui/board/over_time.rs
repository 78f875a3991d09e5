//! First response over time.

use crate::domain::{
    board::{BoardReport, Step},
    definition::OVER_TIME,
};
use crate::ui::{
    charts::{
        scale::Shape,
        trend::{Trend, TrendStep, scale_for},
    },
    format,
    kit::{basis::Basis, card::Card, empty::Empty, twin::Twin},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Median line, band to the 90th percentile, target, and gaps where there is nothing.
#[component]
pub fn OverTime(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    let steps: Vec<_> = report
        .series
        .iter()
        .map(|it| TrendStep::of(it, &report.zone, report.grain))
        .collect();
    let targets_s = report.targets_s.clone();
    let note = match scale_for(&steps, &targets_s).shape() {
        Shape::Straight => "median line, band to p90; still waiting counted",
        Shape::Root => "median line, band to p90; still waiting counted; square-root heights",
    };
    let has_cases = report.series.iter().any(|it| it.figures.cases > 0);
    let picture = if has_cases {
        let summary = summary(&report);
        view! { <Trend steps targets_s summary /> }.into_any()
    } else {
        let title = "No case opened in this period";
        view! { <Empty title>"A longer period or fewer filters may show some."</Empty> }.into_any()
    };
    let columns = vec![
        "Opened",
        "Cases",
        "Waiting",
        "Median",
        "p90",
        "Answered only",
    ];
    let rows = report.series.iter().map(|it| row(it, &report)).collect();
    view! {
        <Card definition=OVER_TIME basis note=move || note>
            {picture}
            <Twin label="First response as a table" columns rows />
        </Card>
    }
    .into_any()
}

fn summary(report: &BoardReport) -> String {
    let median = format::duration_or_nothing(report.total.first_response.km_p50_s);
    let steps = report
        .series
        .iter()
        .filter_map(|it| it.figures.first_response.km_p50_s);
    let (low, high) = (steps.clone().min(), steps.max());
    format!(
        "First response in {} steps: median {median} over all, between {} and {}",
        report.series.len(),
        format::duration_or_nothing(low),
        format::duration_or_nothing(high)
    )
}

fn row(step: &Step, report: &BoardReport) -> Vec<AnyView> {
    let first = step.figures.first_response;
    let p90 = first.km_p90_s.filter(|_| step.singles.is_empty());
    let beyond = first
        .longest_s
        .filter(|_| first.km_p50_s.is_none() && step.figures.cases > 0);
    let median = beyond.map_or_else(
        || format::duration_or_nothing(first.km_p50_s),
        |it| format!("more than {}", format::duration(it)),
    );
    [
        format::whole_step(&report.zone, step.from, report.grain),
        format::count(step.figures.cases),
        format::count(step.figures.waiting),
        median,
        format::duration_or_nothing(p90),
        format::duration_or_nothing(first.p50_s),
    ]
    .map(IntoAny::into_any)
    .into()
}
