//! Whose it is, putting it aside, notes.

use super::furniture::{Place, act, ahead, area, choose, line, press};
use leptos::prelude::*;

/// The forms.
pub fn forms(place: &Place<'_>) -> AnyView {
    let work = place.work;
    let own = work.assignment.owner == Some(work.me);
    let take = match own {
        true => press(place, "release", "Give back", Vec::new()),
        false => press(place, "take", "Take it", Vec::new()),
    };
    let people = work
        .people
        .iter()
        .map(|it| (format!("p.{}", it.id), it.name.clone()));
    let teams = work
        .teams
        .iter()
        .map(|it| (format!("t.{}", it.id), format!("Team {}", it.name)));
    let to = choose("assign", "to", "To", people.chain(teams).collect());
    let snooze = match work.assignment.snooze {
        Some(_) => press(place, "wake", "Take it back now", Vec::new()),
        None => {
            let mut fields = Vec::from(ahead("snooze"));
            fields.push(line("snooze", "text", "why", "Why", true));
            act(place, "snooze", "Put aside", "Put aside", fields)
        }
    };
    let note = area(
        "note",
        "body",
        "For colleagues only; call somebody with @ and their name",
        String::new(),
    );
    view! {
        {take}
        {act(place, "assign", "Give to", "Give", vec![to])}
        {snooze}
        {act(place, "note", "Note", "Keep the note", vec![note])}
    }
    .into_any()
}
