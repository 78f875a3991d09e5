//! Resolving, reopening, asking, and what needs no answer.

use super::furniture::{Place, act, choose, hidden, line, press, tick, words};
use crate::domain::{
    case::{Outcome, Remedy, Status, Tone},
    work::CaseWork,
};
use crate::ui::views::Views;
use leptos::prelude::*;

/// What is ours to say of an ending.
const OURS: [Outcome; 4] = [
    Outcome::Claimed,
    Outcome::TooLate,
    Outcome::Withdrawn,
    Outcome::NotActionable,
];

/// The forms.
pub fn forms(place: &Place<'_>) -> AnyView {
    let work = place.work;
    if work.status == Status::Resolved {
        return resolved(place);
    }
    let no_answer = work.is_waiting.then(|| {
        let noise = tick(
            "noise".to_owned(),
            "It is noise, and isn't counted".to_owned(),
        );
        act(
            place,
            "no_answer",
            "Needs no answer",
            "Needs no answer",
            vec![noise],
        )
    });
    view! {
        {act(place, "resolve", "Resolve", "Resolve", how(work))}
        {no_answer}
        {bad_actor(place)}
    }
    .into_any()
}

fn how(work: &CaseWork) -> Vec<AnyView> {
    let none = (String::new(), "None of these".to_owned());
    let topics = std::iter::once(none).chain(work.topics.iter().cloned());
    let tones = words(Tone::ALL, |it| (it.as_str(), it.label()));
    let as_before = (String::new(), "As before".to_owned());
    vec![
        choose(
            "resolve",
            "remedy",
            "How it was solved",
            words(Remedy::ALL, |it| (it.as_str(), it.label())),
        ),
        choose(
            "resolve",
            "outcome",
            "What became of it",
            words(&OURS, |it| (it.as_str(), it.label())),
        ),
        choose("resolve", "topic", "The cause", topics.collect()),
        line("resolve", "text", "cause", "The cause in words", false),
        choose(
            "resolve",
            "tone",
            "How they sound now",
            std::iter::once(as_before).chain(tones).collect(),
        ),
    ]
}

fn resolved(place: &Place<'_>) -> AnyView {
    let work = place.work;
    let is_claimed = work.outcome == Some(Outcome::Claimed);
    let ask = (is_claimed && work.link.is_none())
        .then(|| press(place, "ask", "Ask the customer", Vec::new()));
    let thanks = work
        .posts
        .iter()
        .filter(|it| it.may_thank)
        .map(|it| {
            let fields = vec![hidden("post", it.id.to_string())];
            let form = press(place, "thanks", "This is their thanks", fields);
            let words = it.excerpt.clone();
            view! { <div class="noticed"><p dir="auto">{words}</p> {form}</div> }
        })
        .views();
    view! {
        {ask}
        {thanks}
        {press(place, "reopen", "Reopen", Vec::new())}
    }
    .into_any()
}

fn bad_actor(place: &Place<'_>) -> AnyView {
    match &place.work.mark {
        None => {
            let fields = vec![
                line("bad", "text", "why", "What they do", true),
                line("bad", "number", "days", "For how many days (30)", false),
            ];
            act(place, "bad", "Bad actor", "Say so", fields)
        }
        Some(mark) if mark.agreed_by.is_none() && mark.by != place.work.me => {
            let words = format!("A colleague says they abuse the channel: {}", mark.reason);
            view! {
                <div class="noticed">
                    <p dir="auto">{words}</p>
                    {press(place, "agree", "I agree", Vec::new())}
                    {press(place, "lift", "I don't", Vec::new())}
                </div>
            }
            .into_any()
        }
        Some(_) => press(place, "lift", "No bad actor after all", Vec::new()),
    }
}
