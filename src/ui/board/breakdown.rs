//! Channels and brands: the same figures for each part.

use crate::domain::{
    board::BoardReport,
    board_query::BoardQuery,
    definition::BREAKDOWN,
    figures::{Figures, Group, per_mille},
    question::{Filter, Which},
};
use crate::ui::{
    charts::bar::Bar,
    format,
    kit::{basis::Basis, card::Card},
    views::Views,
};
use leptos::prelude::*;
use std::sync::Arc;

/// One row a brand (when there are several) and one a channel.
#[component]
pub fn Breakdown(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    let query = basis.query.clone();
    let by_brand = |it: &Group| Filter {
        brand: Some(it.key.clone()),
        ..query.filter.clone()
    };
    let by_channel = |it: &Group| Filter {
        channel: Some(it.key.clone()),
        ..query.filter.clone()
    };
    let brands = (report.brands.len() > 1).then(|| {
        let rows = report
            .brands
            .iter()
            .map(|it| row(it, narrowed(&query, by_brand(it))));
        part("Brand", rows.views().into_any())
    });
    let channels = report
        .channels
        .iter()
        .map(|it| row(it, narrowed(&query, by_channel(it))));
    let channels = part("Channel", channels.views().into_any());
    view! {
        <Card definition=BREAKDOWN basis note=|| "a name narrows the Board to it">
            <div class="scroll" tabindex="0" role="region" aria-label="Channels and brands, as a table">
                <table class="table breakdown">{brands} {channels}</table>
            </div>
        </Card>
    }
    .into_any()
}

fn narrowed(query: &BoardQuery, filter: Filter) -> BoardQuery {
    BoardQuery {
        filter,
        ..query.clone()
    }
}

fn part(name: &'static str, rows: AnyView) -> impl IntoView {
    let columns = [
        "Cases",
        "Answered",
        "Waiting",
        "Median",
        "p90",
        "Target met",
        "Sundown kept",
    ];
    let columns = columns.map(|it| view! { <th scope="col">{it}</th> });
    view! {
        <tbody>
            <tr class="table-head"><th scope="col">{name}</th>{columns.into_iter().views()}</tr>
            {rows}
        </tbody>
    }
}

fn row(group: &Group, query: BoardQuery) -> impl IntoView + use<> {
    let Figures {
        cases,
        answered,
        waiting,
        first_response: first,
        target,
        sundown,
        ..
    } = group.figures;
    let waiting_href = query.cases_href(Which::Waiting);
    let beyond = first
        .longest_s
        .filter(|_| first.km_p50_s.is_none() && cases > 0);
    let median = beyond.map_or_else(
        || format::duration_or_nothing(first.km_p50_s),
        |it| format!("> {}", format::duration(it)),
    );
    let kept = sundown.per_mille();
    view! {
        <tr>
            <th scope="row"><a href=format!("/{}", query.to_query())>{group.name.clone()}</a></th>
            <td>{format::count(cases)}</td>
            <td>{format::percent(per_mille(answered, cases))}</td>
            <td><a href=waiting_href>{format::count(waiting)}</a></td>
            <td>{median}</td>
            <td>{format::duration_or_nothing(first.km_p90_s)}</td>
            <td>{format::percent(target.per_mille())}</td>
            <td class="breakdown-kept">
                <Bar per_mille=kept series="sundown" />
                <span>{format::percent(kept)}</span>
            </td>
        </tr>
    }
}
