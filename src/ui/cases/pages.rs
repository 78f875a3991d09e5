//! From one page of a list to the next.

use crate::domain::board_query::BoardQuery;
use crate::ui::{address::Room, format};
use leptos::prelude::*;

/// Where we are among the pages; nothing when there is but one.
#[component]
pub fn Pages(
    /// The list.
    room: Room,
    /// Its question.
    query: BoardQuery,
    /// This page, counted from 1.
    at: u64,
    /// How many there are.
    pages: u64,
) -> impl IntoView {
    if pages <= 1 {
        return ().into_any();
    }
    let link = |page: u64, text: &'static str, rel: &'static str| {
        let is_there = (1..=pages).contains(&page) && page != at;
        let href = is_there.then(|| room.page_href(&query, page));
        let disabled = (!is_there).then_some("true");
        view! { <a class="button" href=href rel=rel aria-disabled=disabled>{text}</a> }
    };
    let previous = link(at.saturating_sub(1), "← Previous", "prev");
    let next = link(at + 1, "Next →", "next");
    let here = format!("Page {} of {}", format::count(at), format::count(pages));
    view! {
        <nav class="pages" aria-label="Pages">{previous} <span>{here}</span> {next}</nav>
    }
    .into_any()
}
