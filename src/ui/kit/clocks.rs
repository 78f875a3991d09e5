//! What the clocks of a case say.

use crate::domain::{
    board::{CaseSummary, Clocks},
    case::Status,
    time::{Instant, Zone},
};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// The clocks as a card.
#[component]
pub fn ClockCard(
    /// The case.
    summary: CaseSummary,
    /// Its clocks.
    clocks: Clocks,
    /// When that was read.
    as_of: Instant,
    /// The wall clock of the page.
    zone: Zone,
) -> impl IntoView {
    let mut rows = vec![
        ("Opened", format::moment(&zone, summary.opened_at, as_of)),
        ("First response", answered(&summary, &clocks, as_of)),
        ("Its target", format::duration(clocks.target_s)),
    ];
    rows.extend(
        clocks
            .first_response_business_s
            .map(|it| ("In staffed time", format::duration(it))),
    );
    rows.extend(
        clocks
            .first_public_response_s
            .map(|it| ("First in public", format::duration(it))),
    );
    rows.extend(
        clocks
            .resolution_s
            .map(|it| ("Resolved after", format::duration(it))),
    );
    rows.extend(
        clocks
            .confirmed_s
            .map(|it| ("Confirmed after", format::duration(it))),
    );
    rows.extend(
        clocks
            .sundown_at
            .map(|it| ("Sundown", format::moment(&zone, it, as_of))),
    );
    rows.extend(due(&summary, &zone, as_of));
    rows.extend(
        (clocks.episodes > 1).then(|| ("Opened in all", format!("{}\u{d7}", clocks.episodes))),
    );
    rows.extend((clocks.joiners > 0).then(|| ("Joined in", clocks.joiners.to_string())));
    let is_late = is_late(&summary, &clocks, as_of);
    let rows = rows.into_iter().map(|(name, value)| {
        let late = (is_late && name == "First response").then_some("late");
        view! { <div><dt>{name}</dt><dd data-tone=late>{value}</dd></div> }
    });
    let rows = rows.views();
    view! {
        <section class="card" aria-labelledby="clocks">
            <h2 id="clocks">"Clocks"</h2>
            <dl class="facts">{rows}</dl>
            <p class="facts-zone">"As of " {format::time_to_the_second(&zone, as_of)} ", " {zone.name.clone()}</p>
        </section>
    }
    .into_any()
}

fn answered(summary: &CaseSummary, clocks: &Clocks, as_of: Instant) -> String {
    match (clocks.first_response_s, summary.status) {
        (Some(it), _) => format::duration(it),
        (None, Status::Open) if summary.first_answer_at.is_none() => {
            format!(
                "waiting {}",
                format::duration((as_of - summary.opened_at).num_seconds())
            )
        }
        (None, Status::Open | Status::Resolved) => "none".to_owned(),
    }
}

fn is_late(summary: &CaseSummary, clocks: &Clocks, as_of: Instant) -> bool {
    let waited = (as_of - summary.opened_at).num_seconds();
    let is_waiting = summary.status == Status::Open && summary.first_answer_at.is_none();
    clocks
        .first_response_s
        .or(is_waiting.then_some(waited))
        .is_some_and(|it| it > clocks.target_s)
}

fn due(summary: &CaseSummary, zone: &Zone, as_of: Instant) -> Option<(&'static str, String)> {
    let at = format::moment(zone, summary.due_at?, as_of);
    Some(("Next due", format!("{} {at}", summary.due_kind?.label())))
}
