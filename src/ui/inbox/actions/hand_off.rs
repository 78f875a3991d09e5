//! Handing on to another team, and what that team does.

use super::furniture::{Place, act, area, choose, line, press};
use leptos::prelude::*;

/// The forms.
pub fn forms(place: &Place<'_>) -> AnyView {
    let work = place.work;
    let last = work.hops.iter().rfind(|it| it.hop.returned_at.is_none());
    let is_ours = |team| work.my_teams.contains(&team);
    let Some(last) = last else {
        return offer(place);
    };
    let is_theirs = last.to.is_some_and(is_ours) || work.may_approve;
    let read = (is_theirs && last.hop.opened_at.is_none())
        .then(|| press(place, "open_packet", "Open the packet", Vec::new()));
    let accept = (is_theirs && last.is_offered())
        .then(|| press(place, "accept", "Take it over", Vec::new()));
    let may_return = is_theirs || last.offered_by == Some(work.me);
    let back = may_return.then(|| {
        let why = line("give_back", "text", "why", "Why", true);
        act(
            place,
            "give_back",
            "Give it back",
            "Give it back",
            vec![why],
        )
    });
    let on = last.is_taken().then(|| offer(place));
    view! { {read} {accept} {back} {on} }.into_any()
}

fn offer(place: &Place<'_>) -> AnyView {
    let teams = place.work.teams.iter();
    let teams: Vec<_> = teams
        .map(|it| (it.id.to_string(), it.name.clone()))
        .collect();
    if teams.is_empty() {
        return ().into_any();
    }
    let fields = vec![
        choose("hand_off", "team", "To", teams),
        area("hand_off", "ask", "What they are to do", String::new()),
    ];
    act(place, "hand_off", "Hand off", "Hand off", fields)
}
