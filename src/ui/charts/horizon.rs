//! The horizon: every open complaint as a point that sinks towards its next due moment.
//!
//! The server has computed every place; here they are only painted. Each point leads to its case,
//! a point with a number to the cases it stands for.

use crate::domain::{
    board::{Dot, Horizon, Urgency},
    board_query::BoardQuery,
    question::Which,
};
use crate::ui::{address::use_picture_links, format, views::Views};
use leptos::prelude::*;

/// The picture. Wide, and as high as its style says.
#[component]
pub fn HorizonPicture(
    /// The points and labels.
    horizon: Horizon,
    /// Where points that stand for several cases lead.
    query: BoardQuery,
) -> impl IntoView {
    let follow = use_picture_links();
    let summary = summary(&horizon);
    let (labels, ages) = (labels(&horizon), ages(&horizon));
    let many = [
        query.cases_href(Which::OpenNow),
        query.cases_href(Which::BelowHorizon),
    ];
    let dots = horizon
        .dots
        .into_iter()
        .map(|it| dot(it, &many))
        .views()
        .into_any();
    view! {
        <svg class="horizon" role="group" aria-label=summary on:click=follow>
            {scenery()}
            {labels}
            <g class="horizon-dots">{dots}</g>
        </svg>
        {ages}
    }
    .into_any()
}

fn summary(horizon: &Horizon) -> String {
    let [calm, due, late] = horizon.counts.map(format::count);
    format!(
        "Open complaints against their next due moment: {calm} calm, {due} due, {late} below the horizon"
    )
}

/// Tenths of a percent as a place in percent.
fn place(per_mille: u16) -> String {
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

/// Sky, sun and sea; the sun stands half set at *now*.
fn scenery() -> AnyView {
    let line = place(Horizon::LINE);
    let sea = place(1000 - Horizon::LINE);
    let now = place(Horizon::NOW);
    view! {
        <g aria-hidden="true">
            <defs>
                <linearGradient id="horizon-sky" x1="0" y1="0" x2="0" y2="1">
                    <stop class="sky-high" offset="0" />
                    <stop class="sky-middle" offset=".55" />
                    <stop class="sky-low" offset="1" />
                </linearGradient>
                <linearGradient id="horizon-past" x1="0" y1="0" x2="1" y2="0">
                    <stop class="sky-past" offset="0" />
                    <stop class="sky-past-end" offset=".3" />
                </linearGradient>
                <linearGradient id="horizon-sea" x1="0" y1="0" x2="0" y2="1">
                    <stop class="sea-high" offset="0" />
                    <stop class="sea-low" offset="1" />
                </linearGradient>
                <radialGradient id="horizon-glow">
                    <stop class="glow-core" offset="0" />
                    <stop class="glow-edge" offset="1" />
                </radialGradient>
            </defs>
            <rect width="100%" height=line.clone() fill="url(#horizon-sky)" />
            <rect width="100%" height=line.clone() fill="url(#horizon-past)" />
            <circle cx=now.clone() cy=line.clone() r="190" fill="url(#horizon-glow)" />
            <circle class="horizon-sun" cx=now.clone() cy=line.clone() r="30" />
            <rect y=line.clone() width="100%" height=sea fill="url(#horizon-sea)" />
            <svg class="horizon-glimmer" x=now y=line.clone()>
                <path d="M-26 8h52M-18 16h36M-10 24h20M-5 32h10" />
            </svg>
            <line class="horizon-line" x1="0" x2="100%" y1=line.clone() y2=line />
        </g>
    }
    .into_any()
}

fn labels(horizon: &Horizon) -> AnyView {
    let heights = horizon.heights.iter().map(|(at, text)| {
        let y = place(*at);
        let is_sea = *at > Horizon::LINE;
        // The one label that stands on its line: the line is the horizon itself.
        let dy = if *at == Horizon::LINE { "-7" } else { "4" };
        view! {
            <g class="horizon-label" data-sea=is_sea.then_some("")>
                <line x1="74" x2="100%" y1=y.clone() y2=y.clone() />
                <text x="12" y=y dy=dy>{text.clone()}</text>
            </g>
        }
    });
    let heights = heights.views();
    view! { <g aria-hidden="true">{heights}</g> }.into_any()
}

/// Below the picture, where no height's label stands.
fn ages(horizon: &Horizon) -> AnyView {
    let ages = horizon.ages.iter().map(|(at, text)| {
        view! { <text x=place(*at) y="14">{text.clone()}</text> }
    });
    let ages = ages.views();
    view! { <svg class="horizon-ages" aria-hidden="true">{ages}</svg> }.into_any()
}

fn dot(dot: Dot, many: &[String; 2]) -> AnyView {
    let [open_href, late_href] = many;
    let href = match (dot.case, dot.urgency) {
        (Some(id), _) => format!("/cases/{id}"),
        (None, Urgency::Late) => late_href.clone(),
        (None, Urgency::Calm | Urgency::Due) => open_href.clone(),
    };
    let (x, y) = (place(dot.x), place(dot.y));
    let name = dot.label.clone();
    let r = if dot.count > 1 {
        dot.r.max(100)
    } else {
        dot.r.max(35)
    };
    let ring = dot.ring.then(|| {
        view! { <circle class="dot-ring" cx=x.clone() cy=y.clone() r=tenths(r + 45) /> }.into_any()
    });
    let count = (dot.count > 1).then(|| {
        let number = format::people(i64::from(dot.count));
        view! { <text class="dot-count" x=x.clone() y=y.clone() dy="4">{number}</text> }.into_any()
    });
    view! {
        <g class="dot" data-tone=dot.urgency.label()>
            <a href=href aria-label=name>
                <title>{dot.label}</title>
                <circle class="dot-reach" cx=x.clone() cy=y.clone() r="13" />
                {ring}
                <circle class="dot-core" cx=x.clone() cy=y.clone() r=tenths(r) />
                {count}
            </a>
        </g>
    }
    .into_any()
}

fn tenths(number: u16) -> String {
    format!("{}.{}", number / 10, number % 10)
}
