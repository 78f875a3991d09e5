//! The cases behind a figure.

use super::pages::Pages;
use crate::domain::{
    board::{CasePage, Choices},
    board_query::BoardQuery,
    question::{Attribution, Which},
};
use crate::server_fns::{AppError, cases::load_cases};
use crate::ui::{
    address::{Room, use_board_query, use_page, use_which},
    format,
    kit::{
        basis::Basis, case_row::CaseRow, empty::Empty, failed::Failed, filter_bar::FilterBar,
        skeleton::Skeleton,
    },
    views::Views,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};
use std::sync::Arc;

/// A question, which of its cases, and what came back.
type Answer = (BoardQuery, Which, Result<CasePage, AppError>);

/// The list.
pub struct CaseList;

#[lazy_route]
impl LazyRoute for CaseList {
    // The question is asked by the lazy half: what can read its answer is too much for the first
    // load of those who only look at the Board.
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let (query, which, page) = (use_board_query(), use_which(), use_page());
        let answer = Resource::new(
            move || (query.get(), which.get(), page.get()),
            async |(query, which, page)| -> Answer {
                let cases = load_cases(query.clone(), which, page).await;
                (query, which, cases)
            },
        );
        let shown = move || {
            Suspend::new(async move {
                let (query, which, cases) = answer.await;
                show(query, which, cases)
            })
        };
        let shapes = &["head", "filters", "list"];
        view! {
            <div class="room cases">
                <Transition fallback=move || view! { <Skeleton what="the cases" shapes /> }>
                    {shown}
                </Transition>
            </div>
        }
        .into_any()
    }
}

fn show(query: BoardQuery, which: Which, cases: Result<CasePage, AppError>) -> AnyView {
    match cases {
        Ok(page) => list(&query, page),
        Err(error) => {
            let incident = error.incident();
            view! {
                <Title text="Cases" />
                <h1>{which.label()}</h1>
                <Failed what="The cases" why=error.to_string() incident />
            }
            .into_any()
        }
    }
}

fn list(query: &BoardQuery, page: CasePage) -> AnyView {
    let basis = Arc::new(basis(query, &page));
    let room = Room::Cases(page.which);
    let title = page.which.label();
    let count = format::counted(page.count, "case", "cases");
    let words = in_words(&basis, page.which, &page.choices);
    let board = Room::Board.href(query);
    let (at, pages) = (page.page, page.pages);
    let (as_of, zone) = (page.as_of, page.zone);
    let rows = page.cases.into_iter().map(|case| {
        view! { <CaseRow case as_of zone=zone.clone() /> }
    });
    let rows = rows.views();
    let listed = if page.count == 0 {
        nothing(query)
    } else {
        filled(rows.into_any())
    };
    view! {
        <Title text=title />
        <div class="room-head">
            <h1>{title} <span class="room-count">{count}</span></h1>
            <a class="button quiet back" href=board>"← Board"</a>
        </div>
        <p class="question">{words}</p>
        <FilterBar room basis choices=page.choices />
        {listed}
        <Pages room query=query.clone() at pages />
    }
    .into_any()
}

fn filled(rows: AnyView) -> AnyView {
    view! { <ol class="card case-list case-list-wide">{rows}</ol> }.into_any()
}

fn nothing(query: &BoardQuery) -> AnyView {
    let all = query.cases_href(Which::All);
    view! {
        <div class="card">
            <Empty title="No case matches">
                <p>"A longer period or fewer filters may show some, or "
                <a href=all>"all cases of the period"</a> "."</p>
            </Empty>
        </div>
    }
    .into_any()
}

fn basis(query: &BoardQuery, page: &CasePage) -> Basis {
    Basis {
        query: query.clone(),
        as_of: page.as_of,
        zone: page.zone.clone(),
        from: page.from,
        until: page.until,
        cases: page.count,
        excluded: 0,
        unknown_beginning: 0,
    }
}

/// The question as a sentence.
fn in_words(basis: &Basis, which: Which, choices: &Choices) -> String {
    let mut words = match (which, basis.query.attribution) {
        (Which::OpenNow | Which::BelowHorizon, _) => "Whenever opened".to_owned(),
        (_, Attribution::Opened) => format!("Opened {}", basis.period()),
        (_, Attribution::Happened) => format!("Happened {}", basis.period()),
    };
    let filter = &basis.query.filter;
    for (name, value) in [
        ("brand", named(&choices.brands, filter.brand.as_ref())),
        ("channel", named(&choices.channels, filter.channel.as_ref())),
        (
            "origin",
            filter.origin.map(|it| it.label().to_ascii_lowercase()),
        ),
        ("topic", named(&choices.topics, filter.topic.as_ref())),
    ] {
        if let Some(value) = value {
            words.push_str(&format!(", {name} {value}"));
        }
    }
    if let Some(text) = &filter.text {
        words.push_str(&format!(", with “{text}” in a post"));
    }
    words.push_str(&format!(" · as of {}", basis.known_at()));
    words
}

/// What people call a key; the key itself when nobody has a name for it.
fn named(choices: &[(String, String)], key: Option<&String>) -> Option<String> {
    let key = key?;
    let name = choices.iter().find(|it| it.0 == *key).map(|it| &it.1);
    Some(name.unwrap_or(key).clone())
}
