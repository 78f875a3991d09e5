//! What is known around a case, above its forms.

use super::furniture::{Place, area, hidden, press};
use crate::domain::work::Note;
use crate::ui::views::Views;
use leptos::prelude::*;

/// Whose it is, where it went, notes, attempts, offers, the customer's word.
pub fn of(place: &Place<'_>) -> AnyView {
    let work = place.work;
    let owner = work.assignment.owner.map(|it| work.name_of(it).to_owned());
    let team = work.assignment.team.map(|it| work.team_name(it).to_owned());
    let snooze = work.assignment.snooze.as_ref();
    let snooze = snooze.map(|it| format!("until {}: {}", place.moment(it.until), it.why));
    let answer = work.answer.as_ref().map(|it| {
        let word = if it.is_solved { "solved" } else { "not solved" };
        format!("{word}. {}", it.said)
    });
    let mut rows = vec![
        ("With", owner.unwrap_or_else(|| "nobody".to_owned())),
        ("Team", team.unwrap_or_else(|| "none".to_owned())),
    ];
    rows.extend(snooze.map(|it| ("Put aside", it)));
    rows.extend(work.assignment.cause.clone().map(|it| ("Cause", it)));
    rows.extend(answer.map(|it| ("The customer says", it)));
    rows.extend(work.hops.iter().map(|it| {
        let read = match it.hop.opened_at {
            Some(at) => format!("packet read {}", place.moment(at)),
            None => "packet not read".to_owned(),
        };
        let text = format!(
            "{} to {}: {} ({read})",
            it.hop.from_team, it.hop.to_team, it.ask
        );
        ("Handed", text)
    }));
    rows.extend(work.attempts.iter().map(|it| {
        let text = format!("{}: {}", it.channel, it.outcome.label().to_lowercase());
        ("Tried before", text)
    }));
    rows.extend(work.offers.iter().map(|it| {
        let sum = it.sum.as_ref().map(ToString::to_string).unwrap_or_default();
        let text = format!("{} {} {sum}", it.remedy.label(), it.words);
        (if it.is_offer { "Offered" } else { "Wanted" }, text)
    }));
    let rows = rows
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd dir="auto">{value}</dd></div> })
        .views();
    let mismatch = work.mismatch.then(|| {
        view! { <p class="refused">"What was offered isn't what they want."</p> }.into_any()
    });
    let must_read = work.must_read.then(|| {
        view! { <p class="refused">"Open the packet before you write to the customer."</p> }
            .into_any()
    });
    let link = work.link.clone().map(|it| {
        let href = it.clone();
        view! { <p class="entry-note">"The customer's page: " <a href=href rel="external">{it}</a></p> }
            .into_any()
    });
    let notes = work.notes.iter().map(|it| note(place, it)).views();
    view! {
        {must_read}
        {mismatch}
        <dl class="facts">{rows}</dl>
        {link}
        <ul class="case-notes">{notes}</ul>
    }
    .into_any()
}

fn note(place: &Place<'_>, it: &Note) -> AnyView {
    let edit = (it.by == place.work.me && place.work.may_work).then(|| {
        let name = format!("edit-{}", it.id);
        let fields = vec![
            hidden("note", it.id.to_string()),
            area(&name, "body", "Your note", it.body.clone()),
        ];
        view! {
            <details class="act">
                <summary>"Change"</summary>
                {press(place, "edit_note", "Keep the change", fields)}
            </details>
        }
        .into_any()
    });
    let earlier = it
        .earlier
        .iter()
        .map(|it| view! { <li dir="auto">{it.clone()}</li> })
        .views();
    let earlier = (!it.earlier.is_empty()).then(|| {
        view! { <details><summary>"Edited"</summary><ul>{earlier}</ul></details> }.into_any()
    });
    let words = format!("{} · {}", it.author, place.moment(it.written_at));
    view! {
        <li>
            <p class="entry-note">{words}</p>
            <p class="case-note" dir="auto">{it.body.clone()}</p>
            {earlier}
            {edit}
        </li>
    }
    .into_any()
}
