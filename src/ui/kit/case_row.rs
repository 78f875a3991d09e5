//! One case in a list: who, what, where, how many can see it, and the one clock that matters.

use super::{
    avatar::Avatar,
    clock_pill::{Clock, ClockPill},
};
use crate::domain::{
    board::CaseSummary,
    case::Origin,
    time::{Instant, Zone},
};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// From so many people on somebody is called an influencer.
const INFLUENCER: i64 = 100_000;

/// One case as a row that leads to it.
#[component]
pub fn CaseRow(
    /// The case.
    case: CaseSummary,
    /// When that was read.
    as_of: Instant,
    /// The wall clock of the page.
    zone: Zone,
) -> impl IntoView {
    let clock = Clock::of(&case, as_of);
    let opened = format!("opened {}", format::moment(&zone, case.opened_at, as_of));
    let tone = clock.tone;
    let href = format!("/cases/{}", case.id);
    let marks = marks(&case);
    view! {
        <li class="case-row" data-tone=tone>
            <Avatar name=case.customer.clone() />
            <p class="case-who">
                <a href=href dir="auto">{case.customer}</a>
                " "
                <span class="case-handle" dir="auto">{at(&case.handle)}</span>
            </p>
            <ClockPill clock />
            <p class="case-excerpt" dir="auto" lang=case.language>{case.excerpt}</p>
            <p class="case-marks">{marks}</p>
            <time class="case-opened" datetime=format::machine(case.opened_at)>{opened}</time>
        </li>
    }
    .into_any()
}

/// An account's name with its `@`.
pub fn at(handle: &str) -> String {
    if handle.starts_with('@') || handle.is_empty() {
        handle.to_owned()
    } else {
        format!("@{handle}")
    }
}

/// What is special about a case, as pills.
pub fn marks(case: &CaseSummary) -> AnyView {
    let chasers = u64::try_from(case.chasers).unwrap_or(0);
    let marks = [
        Some(("network", case.network.clone())),
        Some(("brand", case.brand.clone())),
        (case.reach > 0).then(|| ("reach", format!("{} reach", format::people(case.reach)))),
        (case.reach >= INFLUENCER).then(|| ("influencer", "influencer".to_owned())),
        (chasers > 0).then(|| ("chased", format!("asked again {}", times(chasers)))),
        origin_mark(case.origin).map(|it| ("origin", it.to_owned())),
        case.topic.clone().map(|it| ("topic", it)),
        case.thanked.then(|| ("thanked", "thanked us".to_owned())),
        case.excluded
            .then(|| ("excluded", "left out of times".to_owned())),
    ];
    marks
        .into_iter()
        .flatten()
        .map(|(kind, text)| view! { <span class="mark" data-mark=kind>{text}</span> })
        .views()
        .into_any()
}

fn times(number: u64) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{}\u{d7}", format::count(more)),
    }
}

fn origin_mark(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Customer => None,
        Origin::Brand => Some("below our post"),
        Origin::Dangling => Some("beginning unknown"),
    }
}
