//! The story of a case: a post as a bubble, an event as a line between.
//!
//! Invariant: what people wrote is text and never markup.

use super::case_row::at;
use crate::domain::{
    board::{CaseSummary, Mark, StoryEntry, is_public},
    event::Actor,
    post::Post,
    time::{Instant, Zone},
};
use crate::ui::format;
use leptos::prelude::*;

/// A whole story, a line at the beginning of each day.
pub fn entries(entries: Vec<StoryEntry>, summary: &CaseSummary, zone: &Zone) -> Vec<AnyView> {
    let mut day = None;
    entries
        .into_iter()
        .map(|it| {
            let date = format::weekday_and_date(zone, instant(&it));
            let heading = (day.as_ref() != Some(&date)).then(|| new_day(date.clone()));
            day = Some(date);
            let entry = entry(it, summary, zone);
            view! { {heading} {entry} }.into_any()
        })
        .collect()
}

fn instant(entry: &StoryEntry) -> Instant {
    match entry {
        StoryEntry::Post(post) => post.published_at,
        StoryEntry::Event { at, .. } => *at,
    }
}

/// A new day begins.
fn new_day(date: String) -> AnyView {
    view! { <li class="story-day"><span>{date}</span></li> }.into_any()
}

/// One entry.
fn entry(entry: StoryEntry, summary: &CaseSummary, zone: &Zone) -> AnyView {
    match entry {
        StoryEntry::Post(post) => bubble(post, summary, zone),
        StoryEntry::Event { at, by, text, mark } => event(at, by, text, mark, zone),
    }
}

fn bubble(post: Post, summary: &CaseSummary, zone: &Zone) -> AnyView {
    let side = match post.by {
        Actor::Customer => "customer",
        Actor::Joiner => "joiner",
        Actor::Agent | Actor::Bot | Actor::System | Actor::Department => "ours",
    };
    let automatic = (post.by == Actor::Bot).then_some("");
    let is_public = is_public(&post);
    let kind = if is_public {
        "public"
    } else {
        "private message"
    };
    let role = match post.by {
        Actor::Customer => None,
        Actor::Joiner => Some("joined in"),
        Actor::Agent => Some("our answer"),
        Actor::Bot => Some("automatic, not an answer"),
        Actor::System => Some("Sundown"),
        Actor::Department => Some("other department"),
    };
    let edited = (post.version > 1).then_some(" · edited");
    let text = text(&post, zone);
    let role = role.map(|it| format!("{it} · "));
    view! {
        <li class="bubble" data-side=side data-private=(!is_public).then_some("") data-automatic=automatic>
            {text}
            <p class="bubble-words">
                <span dir="auto">{at(&post.author)}</span>
                " · " {role} {summary.network.clone()} " · "
                <span class="bubble-kind">{kind}</span> " · "
                <time datetime=format::machine(post.published_at)>
                    {format::time(zone, post.published_at)}
                </time>
                {edited}
            </p>
        </li>
    }
    .into_any()
}

/// What it says; a tombstone where its author took it back, or where a person was erased.
fn text(post: &Post, zone: &Zone) -> AnyView {
    match post.deleted_at {
        Some(at) => {
            let words = format!("Deleted on {}", format::date_and_time(zone, at));
            view! { <p class="bubble-text" data-deleted="">{words}</p> }.into_any()
        }
        None if post.body.is_empty() => {
            view! { <p class="bubble-text" data-deleted="">"The text is no longer kept."</p> }
                .into_any()
        }
        None => {
            let (language, body) = (post.language.clone(), post.body.clone());
            view! { <p class="bubble-text" dir="auto" lang=language>{body}</p> }.into_any()
        }
    }
}

fn event(at: Instant, by: Actor, text: String, mark: Mark, zone: &Zone) -> AnyView {
    let (word, sign) = match mark {
        Mark::Plain => ("plain", "·"),
        Mark::Promise => ("promise", "◷"),
        Mark::Good => ("good", "✓"),
        Mark::Bad => ("bad", "!"),
    };
    view! {
        <li class="story-event" data-mark=word title=by.label()>
            <span>
                <span class="story-sign" aria-hidden="true">{sign}</span>
                " " {text} " · "
                <time datetime=format::machine(at)>{format::time(zone, at)}</time>
            </span>
        </li>
    }
    .into_any()
}
