//! The horizon's card: the picture, its three counts, and its twin.

use crate::domain::{
    board::{BoardReport, Dot, Urgency},
    definition::HORIZON,
    question::Which,
};
use crate::ui::{
    charts::horizon::HorizonPicture,
    format,
    kit::{basis::Basis, card::Card, twin::Twin},
};
use leptos::prelude::*;
use std::sync::Arc;

/// So many points stand in the twin one by one; the list of cases holds the rest.
const ROWS: usize = 60;

/// Every open complaint against its next due moment.
#[component]
pub fn HorizonCard(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    let query = basis.query.clone();
    let pills = {
        let counts = report.horizon.counts;
        let open = query.cases_href(Which::OpenNow);
        let late = query.cases_href(Which::BelowHorizon);
        move || pills(counts, &open, &late)
    };
    let quiet =
        report.horizon.dots.is_empty().then(|| {
            view! { <p class="horizon-quiet">"Nothing is due: a clear sky."</p> }.into_any()
        });
    let rows = twin(&report.horizon.dots);
    let horizon = report.horizon.clone();
    view! {
        <Card definition=HORIZON basis note=pills>
            <p class="card-lead">
                "Every open complaint sinks towards its next due moment. Left is older, size is reach, a ring is an influencer."
            </p>
            <a class="skip-points" href="#after-horizon" rel="external">"Skip the points"</a>
            <div class="horizon-frame">
                <HorizonPicture horizon query />
                {quiet}
            </div>
            <div id="after-horizon" tabindex="-1"></div>
            <Twin label="The horizon as a table" columns=vec!["Complaint", "Clock", "Cases"] rows />
        </Card>
    }
    .into_any()
}

fn pills([calm, due, late]: [u64; 3], open_href: &str, late_href: &str) -> AnyView {
    view! {
        <ul class="pills">
            <li><a class="pill" data-tone="calm" href=open_href.to_owned()>{format::count(calm)} " calm"</a></li>
            <li><a class="pill" data-tone="due" href=open_href.to_owned()>{format::count(due)} " due"</a></li>
            <li>
                <a class="pill" data-tone="late" href=late_href.to_owned()>
                    {format::count(late)} " below the horizon"
                </a>
            </li>
        </ul>
    }
    .into_any()
}

/// The latest first, and no more than somebody reads.
fn twin(dots: &[Dot]) -> Vec<Vec<AnyView>> {
    let mut dots: Vec<&Dot> = dots.iter().collect();
    dots.sort_by_key(|it| (std::cmp::Reverse(it.urgency), std::cmp::Reverse(it.y)));
    let rest = dots.len().saturating_sub(ROWS);
    let rows = dots.into_iter().take(ROWS).map(|dot| {
        let name = match dot.case {
            Some(id) => view! { <a href=format!("/cases/{id}")>{dot.label.clone()}</a> }.into_any(),
            None => dot.label.clone().into_any(),
        };
        let count = format::count(u64::from(dot.count.max(1)));
        vec![name, word(dot.urgency).into_any(), count.into_any()]
    });
    let mut rows: Vec<_> = rows.collect();
    if rest > 0 {
        let more = format!("and {} more points", rest);
        rows.push(vec![more.into_any(), ().into_any(), ().into_any()]);
    }
    rows
}

const fn word(urgency: Urgency) -> &'static str {
    urgency.label()
}
