//! Promising, and settling what was promised.

use super::furniture::{Place, act, ahead, area, choose, hidden, line, press};
use crate::domain::{history::PromiseState, promise::OwnedPromise};
use crate::ui::views::Views;
use leptos::prelude::*;

/// The forms.
pub fn forms(place: &Place<'_>) -> AnyView {
    let open = place
        .work
        .promises
        .iter()
        .filter(|it| it.promise.state == PromiseState::Open)
        .map(|it| settle(place, it))
        .views();
    view! { {noticed(place)} {log(place)} {open} }.into_any()
}

/// What the last answer seems to promise, ready to be logged.
fn noticed(place: &Place<'_>) -> Option<AnyView> {
    let (what, due) = place.work.noticed.clone()?;
    let local = place.work.zone.local(due);
    let words = format!(
        "This sounds like a promise, due {}: {what}",
        place.moment(due)
    );
    let fields = vec![
        hidden("what", what),
        hidden("until", local.format("%Y-%m-%dT%H:%M").to_string()),
    ];
    let form = press(place, "promise", "Log it", fields);
    Some(view! { <div class="noticed"><p dir="auto">{words}</p> {form}</div> }.into_any())
}

fn log(place: &Place<'_>) -> AnyView {
    let work = place.work;
    let nobody = [(String::new(), "Myself, or as written below".to_owned())];
    let people = work
        .people
        .iter()
        .map(|it| (format!("p.{}", it.id), it.name.clone()));
    let teams = work
        .teams
        .iter()
        .map(|it| (format!("t.{}", it.id), format!("Team {}", it.name)));
    let by = nobody.into_iter().chain(people).chain(teams).collect();
    let mut fields = vec![area("promise", "what", "What is promised", String::new())];
    fields.extend(ahead("promise"));
    fields.extend([
        choose("promise", "by", "Who does it", by),
        line("promise", "text", "by_whom", "Somebody else does it", false),
        line(
            "promise",
            "datetime-local",
            "perishes",
            "Worth nothing after",
            false,
        ),
    ]);
    act(place, "promise", "Promise", "Log the promise", fields)
}

fn settle(place: &Place<'_>, it: &OwnedPromise) -> AnyView {
    let id = it.promise.id.to_string();
    let own = || hidden("promise", id.clone());
    let name = format!("keep-{id}");
    let proof = line(&name, "text", "proof", "What shows that it arrived", true);
    let name = format!("withdraw-{id}");
    let why = line(&name, "text", "why", "Why it is taken back", true);
    let title = format!(
        "Due {}: {}",
        place.moment(it.promise.due_at),
        it.promise.what
    );
    view! {
        <details class="act" data-act="settle">
            <summary dir="auto">{title}</summary>
            {press(place, "keep", "It arrived", vec![own(), proof])}
            {press(place, "withdraw", "Take it back", vec![own(), why])}
            {press(place, "break", "It never arrived", vec![own()])}
        </details>
    }
    .into_any()
}
