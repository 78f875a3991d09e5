//! One case: who, what happened, what is on its way.

use super::replies;
use crate::domain::{
    board::CaseStory,
    inbox::{CaseDesk, InboxQuery},
};
use crate::ui::kit::{
    avatar::Avatar,
    case_row::at,
    clock_pill::{Clock, ClockPill},
    story,
};
use leptos::prelude::*;

/// The thread with its head.
pub fn thread(back: &InboxQuery, desk: CaseDesk) -> AnyView {
    let CaseStory {
        summary,
        as_of,
        zone,
        entries,
        ..
    } = desk.story;
    let words = [
        Some(summary.brand.clone()),
        Some(summary.network.clone()),
        summary.topic.clone(),
        Some(summary.status.label().to_ascii_lowercase()),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let others: Vec<String> = desk
        .others
        .iter()
        .map(|(name, doing)| format!("{name} {}", doing.label()))
        .collect();
    let others = (!others.is_empty()).then(|| {
        view! { <p class="inbox-others" role="status">{others.join(", ")}</p> }.into_any()
    });
    let entries = story::entries(entries, &summary, &zone);
    let replies = replies::cards(desk.replies, desk.me, desk.may_work, as_of);
    let clock = Clock::of(&summary, as_of);
    let whole = format!("/cases/{}", summary.id);
    view! {
        <header class="inbox-case-head">
            <a class="button quiet inbox-back" href=back.href(None)>"← Inbox"</a>
            <Avatar name=summary.customer.clone() />
            <div class="inbox-case-who">
                <h2 dir="auto">{summary.customer.clone()}</h2>
                <p class="case-words">
                    <span dir="auto">{at(&summary.handle)}</span> " · " {words.join(" · ")} " · "
                    <a href=whole>"whole story"</a>
                </p>
            </div>
            <ClockPill clock />
        </header>
        <div class="inbox-story story" data-seen=desk.seen.to_string() tabindex="0" aria-label="Story" role="region">
            <ol>{entries} {replies}</ol>
        </div>
        {others}
    }
    .into_any()
}

/// No case is open.
pub fn nothing() -> AnyView {
    view! {
        <div class="inbox-nothing">
            <p class="empty-title">"Choose a case"</p>
            <p class="only-with-script">
                "The list shows what is first. " <kbd>"j"</kbd> " and " <kbd>"k"</kbd> " move, "
                <kbd>"Enter"</kbd> " opens, " <kbd>"?"</kbd> " shows all keys."
            </p>
        </div>
    }
    .into_any()
}
