//! What the customer had tried, what they want, what they are offered.

use super::furniture::{Place, act, choose, hidden, line, press, words};
use crate::domain::{
    case::Remedy,
    work::{Approval, AttemptOutcome, Offer},
};
use crate::ui::views::Views;
use leptos::prelude::*;

/// The forms.
pub fn forms(place: &Place<'_>) -> AnyView {
    let work = place.work;
    let remedies = || words(Remedy::ALL, |it| (it.as_str(), it.label()));
    let outcomes = words(AttemptOutcome::ALL, |it| (it.as_str(), it.label()));
    let tried = vec![
        line(
            "attempt",
            "text",
            "channel",
            "Where, such as the phone",
            true,
        ),
        line("attempt", "datetime-local", "at", "When", false),
        line(
            "attempt",
            "number",
            "minutes",
            "How long, in minutes",
            false,
        ),
        choose("attempt", "outcome", "What came of it", outcomes),
    ];
    let wanted = vec![
        choose("want", "remedy", "What they want", remedies()),
        line("want", "text", "words", "In words", false),
    ];
    let limit = match &work.limit.most {
        Some(most) => format!("Beyond {most}, a lead is asked first."),
        None => "You may offer any sum.".to_owned(),
    };
    let offered = vec![
        choose("offer", "remedy", "What we offer", remedies()),
        line("offer", "text", "words", "In words", false),
        line("offer", "text", "sum", "Sum", false),
        line("offer", "text", "currency", "Currency, such as EUR", false),
        view! { <p class="entry-note">{limit}</p> }.into_any(),
    ];
    let waiting = work
        .offers
        .iter()
        .filter(|it| it.approval == Approval::Asked && work.may_approve && it.by != work.me)
        .map(|it| decide(place, it))
        .views();
    view! {
        {waiting}
        {act(place, "attempt", "Tried elsewhere", "Note it", tried)}
        {act(place, "want", "Wanted", "Note it", wanted)}
        {act(place, "offer", "Offer", "Offer it", offered)}
    }
    .into_any()
}

fn decide(place: &Place<'_>, it: &Offer) -> AnyView {
    let id = it.id.to_string();
    let sum = it.sum.as_ref().map(ToString::to_string).unwrap_or_default();
    let title = format!("Approve {} {sum}?", it.remedy.label().to_lowercase());
    let own = |verdict: &str| {
        vec![
            hidden("offer", id.clone()),
            hidden("verdict", verdict.to_owned()),
        ]
    };
    view! {
        <div class="noticed">
            <p>{title}</p>
            {press(place, "decide", "Approve", own("yes"))}
            {press(place, "decide", "Decline", own("no"))}
        </div>
    }
    .into_any()
}
