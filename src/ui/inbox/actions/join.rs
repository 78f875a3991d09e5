//! Merging, splitting, undoing.

use super::furniture::{Place, act, choose, hidden, press, tick};
use crate::ui::views::Views;
use leptos::prelude::*;

/// The forms.
pub fn forms(place: &Place<'_>) -> AnyView {
    let work = place.work;
    let undo = work
        .joins
        .iter()
        .map(|it| {
            let until = place.moment(it.until);
            let words = format!("{}; can be undone until {until}", it.kind.label());
            let form = press(
                place,
                "undo",
                "Undo",
                vec![hidden("join", it.id.to_string())],
            );
            view! { <div class="noticed"><p>{words}</p> {form}</div> }
        })
        .views();
    let same = work
        .same
        .iter()
        .map(|it| {
            let words = format!("Perhaps @{} is the same person: {}", it.handle, it.why);
            let own = vec![hidden("customer", it.customer.to_string())];
            let form = press(place, "same", "It is one person", own);
            view! { <div class="noticed"><p dir="auto">{words}</p> {form}</div> }
        })
        .views();
    let merge = (!work.siblings.is_empty() && work.merged_into.is_none()).then(|| {
        let others = work.siblings.iter();
        let others = others.map(|(id, text)| (id.to_string(), text.clone()));
        let with = choose("merge", "with", "With", others.collect());
        act(place, "merge", "Merge", "Merge", vec![with])
    });
    let split = (work.posts.len() > 1).then(|| {
        let posts = work.posts.iter().skip(1);
        let posts = posts.map(|it| tick(format!("post.{}", it.id), it.excerpt.clone()));
        act(
            place,
            "split",
            "Split off",
            "Make a case of these",
            posts.collect(),
        )
    });
    view! { {undo} {same} {merge} {split} }.into_any()
}
