//! Why the case is where it is, what its clocks say, who it is about, and what one can do to it.
//!
//! Drawn by the server alone; the room puts it in its place.

use super::{actions, triage::TriagePanel};
use crate::domain::{inbox::CaseDesk, triage::view::TriageView, work::CaseWork};
use crate::ui::{
    format,
    kit::{case_row::at, clocks::ClockCard},
    views::Views,
};
use leptos::prelude::*;

/// What the side is drawn from.
pub struct Side {
    /// The case.
    pub desk: CaseDesk,
    /// What happens around it.
    pub work: CaseWork,
    /// Why it is judged as it is.
    pub triage: TriageView,
    /// The page it stands on.
    pub back: String,
}

/// The side of a case.
pub fn side(it: Side) -> AnyView {
    let Side {
        desk,
        work,
        triage,
        back,
    } = it;
    let story = &desk.story;
    let parts = desk.urgency.parts.iter().map(|(name, points)| {
        view! { <div><dt>{name.clone()}</dt><dd>"+" {*points}</dd></div> }
    });
    let summary = story.summary.clone();
    let person = [
        ("Account", at(&summary.handle)),
        ("Network", summary.network.clone()),
        ("Reach", format!("about {}", format::people(summary.reach))),
        ("Sounds", summary.tone.label().to_owned()),
        (
            "Outcome",
            summary
                .outcome
                .map_or("not yet known", |it| it.label())
                .to_owned(),
        ),
    ];
    let person = person
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd dir="auto">{value}</dd></div> })
        .views();
    view! {
        {actions::panel(&work, &back)}
        <section class="card" aria-labelledby="why-first">
            <h2 id="why-first">
                "Why first? " <span class="room-count">{desk.urgency.points}</span>
            </h2>
            <dl class="facts">{parts.views()}</dl>
        </section>
        <ClockCard
            summary=summary
            clocks=story.clocks.clone()
            as_of=story.as_of
            zone=story.zone.clone()
        />
        <section class="card" aria-labelledby="inbox-person">
            <h2 id="inbox-person">"Person"</h2>
            <dl class="facts">{person}</dl>
        </section>
        <TriagePanel triage back />
    }
    .into_any()
}
