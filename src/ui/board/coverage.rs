//! Coverage: how long people wait by the hour of the week in which they complain.
//!
//! The picture is a table, so it needs no twin: each cell says its numbers to those who can't see
//! its color, and carries a shape for those who can't tell colors apart.

use crate::domain::{
    board::{BoardReport, CoverageCell},
    definition::COVERAGE,
};
use crate::ui::{
    format,
    kit::{basis::Basis, card::Card},
    views::Views,
};
use leptos::prelude::*;
use std::sync::Arc;

const HOURS: usize = 24;

/// Limits between the five levels when there is no common target.
const LIMITS_WITHOUT_TARGET: [i64; 4] = [900, 3600, 4 * 3600, 12 * 3600];

/// Below so many cases a cell is drawn small, so that one case doesn't shout.
const FEW: u64 = 3;

/// So many hours are named beside the picture.
const SLOWEST: usize = 5;

/// Seven days of 24 hours.
#[component]
pub fn Coverage(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    let limits = limits(&report.targets_s);
    let hours = (0..HOURS).map(|hour| {
        let is_named = hour % 6 == 0 || hour == HOURS - 1;
        view! { <th scope="col" data-named=is_named.then_some("")>{format!("{hour:02}")}</th> }
    });
    let hours = hours.views();
    let days = report
        .coverage
        .chunks(HOURS)
        .enumerate()
        .map(|(day, cells)| row(day, cells, limits));
    let days = days.views();
    view! {
        <Card definition=COVERAGE basis note=|| "median first response by the hour it was opened">
            <div class="scroll" tabindex="0" role="region" aria-label="Coverage by hour of the week">
                <table class="coverage">
                    <caption class="unseen">
                        "Median first response by weekday and hour, in each brand’s own zone"
                    </caption>
                    <thead><tr><td></td>{hours}</tr></thead>
                    <tbody>{days}</tbody>
                </table>
            </div>
            {legend(limits)}
            {slowest(&report.coverage)}
        </Card>
    }
    .into_any()
}

fn limits(targets_s: &[i64]) -> [i64; 4] {
    match targets_s {
        [one] => [one / 2, *one, one * 2, one * 4],
        _ => LIMITS_WITHOUT_TARGET,
    }
}

fn row(day: usize, cells: &[CoverageCell], limits: [i64; 4]) -> impl IntoView + use<> {
    let cells = cells.iter().enumerate().map(|(hour, cell)| {
        let words = words(day, hour, *cell);
        let level = level(*cell, limits);
        let title = words.clone();
        let few = (cell.cases > 0 && cell.cases < FEW).then_some("");
        view! {
            <td data-level=level data-few=few title=title>
                <span class="unseen">{words}</span>
            </td>
        }
    });
    let cells = cells.views();
    view! { <tr><th scope="row">{format::weekday_name(day)}</th>{cells}</tr> }
}

/// 0 for an hour without cases, 1 (quick) to 5 (slow, or not even reached).
fn level(cell: CoverageCell, limits: [i64; 4]) -> u8 {
    match (cell.cases, cell.median_s) {
        (0, _) => 0,
        (_, None) => 5,
        (_, Some(median)) => {
            let passed = limits.iter().filter(|&&limit| median > limit).count();
            u8::try_from(passed + 1).unwrap_or(5)
        }
    }
}

fn words(day: usize, hour: usize, cell: CoverageCell) -> String {
    let place = format!("{} {hour:02}:00", format::weekday_name(day));
    if cell.cases == 0 {
        return format!("{place}: no case");
    }
    let cases = format::counted(cell.cases, "case", "cases");
    let median = cell.median_s.map_or_else(
        || "median not reached".to_owned(),
        |it| format!("median {}", format::duration(it)),
    );
    match cell.waiting {
        0 => format!("{place}: {median}, {cases}"),
        waiting => format!(
            "{place}: {median}, {cases}, {} still waiting",
            format::count(waiting)
        ),
    }
}

/// The hours in which it takes longest, in words: what somebody would change a roster for.
fn slowest(cells: &[CoverageCell]) -> Option<AnyView> {
    let mut hours: Vec<(usize, CoverageCell)> = cells
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, cell)| cell.cases >= FEW)
        .collect();
    hours.sort_by_key(|(_, cell)| std::cmp::Reverse(cell.median_s.unwrap_or(i64::MAX)));
    let rows = hours.into_iter().take(SLOWEST).map(|(at, cell)| {
        let median = cell.median_s.map_or_else(
            || "not reached".to_owned(),
            |it| format!("median {}", format::duration(it)),
        );
        let cases = format::counted(cell.cases, "case", "cases");
        view! { <div><dt>{hour_name(at)}</dt><dd>{format!("{median} · {cases}")}</dd></div> }
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    let list = view! {
        <div class="slowest">
            <h3>"Where it takes longest"</h3>
            <dl class="facts">{rows}</dl>
        </div>
    };
    Some(list.into_any())
}

/// `Sat 03:00–04:00`, Monday 00:00 being 0.
fn hour_name(at: usize) -> String {
    let (day, hour) = (at / HOURS, at % HOURS);
    let weekday = format::weekday_name(day);
    format!("{weekday} {hour:02}:00–{:02}:00", (hour + 1) % HOURS)
}

fn legend(limits: [i64; 4]) -> AnyView {
    let [a, b, c, d] = limits.map(format::tick);
    let levels = [
        (1, format!("≤ {a}")),
        (2, format!("≤ {b}")),
        (3, format!("≤ {c}")),
        (4, format!("≤ {d}")),
        (5, "more, or not reached".to_owned()),
        (0, "no case".to_owned()),
    ];
    let levels = levels.map(|(level, text)| {
        view! { <li><span class="coverage-sample" data-level=level></span>{text}</li> }
    });
    let levels = levels.into_iter().views();
    let few = view! {
        <li><span class="coverage-sample" data-level="2" data-few=""></span>"fewer than 3 cases"</li>
    };
    view! { <ul class="legend" aria-label="Legend">{levels}{few}</ul> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_without_cases_has_no_level() {
        let limits = limits(Some(3600));
        let cell = |cases, median_s| CoverageCell {
            cases,
            median_s,
            waiting: 0,
        };
        assert_eq!(level(cell(0, None), limits), 0);
        assert_eq!(level(cell(4, Some(600)), limits), 1);
        assert_eq!(level(cell(4, Some(3600)), limits), 2);
        assert_eq!(level(cell(4, Some(14_401)), limits), 5);
        assert_eq!(level(cell(4, None), limits), 5);
    }
}
