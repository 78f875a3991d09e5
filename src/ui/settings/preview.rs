//! What a form would do if it were saved.

use super::{calendar, sundown};
use crate::domain::{
    case::DueKind,
    settings::{
        PolicySection,
        policies::{MovedCase, OpenEffect, PolicyPreview},
    },
    time::{Instant, Zone},
};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// The panel beside the form.
pub fn panel(
    section: PolicySection,
    preview: &PolicyPreview,
    zone: &Zone,
    as_of: Instant,
) -> AnyView {
    let faults = (!preview.faults.is_empty()).then(|| {
        let count = format::counted(preview.faults.len() as u64, "field has", "fields have");
        view! {
            <p class="notice" data-tone="late">
                {format!("{count} to be mended before this can be saved; until then this shows the rules as they are.")}
            </p>
        }
    });
    let replaces = preview.replaces.map(|version| {
        view! {
            <p class="notice" data-tone="due">
                {format!("Version {version} was to begin later. This one takes its place, and it never begins.")}
            </p>
        }
    });
    let picture = match section {
        PolicySection::Targets => ().into_any(),
        PolicySection::Sundown => sundown::picture(preview, zone),
        PolicySection::Calendar => calendar::picture(preview),
    };
    let open = match section {
        PolicySection::Targets | PolicySection::Sundown => open(preview, zone, as_of),
        PolicySection::Calendar => ().into_any(),
    };
    view! {
        {faults}
        {changes(preview)}
        {replaces}
        {picture}
        {open}
    }
    .into_any()
}

fn changes(preview: &PolicyPreview) -> AnyView {
    if preview.changes.is_empty() {
        return view! { <p class="quiet-words">"Nothing is changed yet."</p> }.into_any();
    }
    let changes = preview
        .changes
        .iter()
        .map(|it| view! { <li>{it.clone()}</li> })
        .views();
    view! { <ul class="changes">{changes}</ul> }.into_any()
}

/// What it would mean for the cases that are open.
fn open(preview: &PolicyPreview, zone: &Zone, as_of: Instant) -> AnyView {
    let effect = &preview.open;
    if effect.open == 0 {
        return view! { <p class="quiet-words">"No case of this brand is open."</p> }.into_any();
    }
    let looked_at = if effect.looked_at < effect.open {
        format!(
            "Of the newest {} of {} open cases",
            format::count(effect.looked_at),
            format::count(effect.open)
        )
    } else {
        format!(
            "Of {}",
            format::counted(effect.open, "open case", "open cases")
        )
    };
    let says = if preview.changes.is_empty() {
        format!(
            "{looked_at}, {} are late now.",
            format::count(effect.late_before)
        )
    } else {
        would(&looked_at, effect)
    };
    let examples = effect
        .examples
        .iter()
        .map(|it| example(it, zone, as_of))
        .views();
    view! {
        <h3>"Open cases"</h3>
        <p>{says}</p>
        <ul class="moved">{examples}</ul>
        <p class="quiet-words">"They stay due as they are: new rules hold for what comes after them."</p>
    }
    .into_any()
}

fn would(looked_at: &str, effect: &OpenEffect) -> String {
    format!(
        "{looked_at}, {} would be due at another moment had they arrived under these rules; {} would be late now, where {} are.",
        format::count(effect.moved),
        format::count(effect.late_after),
        format::count(effect.late_before),
    )
}

fn example(it: &MovedCase, zone: &Zone, as_of: Instant) -> impl IntoView + use<> {
    let due = |due: &Option<(Instant, DueKind)>| {
        due.map_or("nothing due".to_owned(), |(at, kind)| {
            format!(
                "{} ({})",
                format::moment(zone, at, as_of),
                kind.label().to_lowercase()
            )
        })
    };
    let says = format!(": {} instead of {}", due(&it.after), due(&it.before));
    view! {
        <li><a href=format!("/cases/{}", it.id) dir="auto">{it.customer.clone()}</a> {says}</li>
    }
}
