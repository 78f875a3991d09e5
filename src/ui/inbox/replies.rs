//! Replies that aren't a part of the story yet: on their way, refused, of unknown end.

use crate::domain::{
    ids::{PersonId, ReplyId},
    post::Visibility,
    reply::{Reply, State},
    time::Instant,
};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// A card for each.
pub fn cards(
    replies: Vec<(Reply, String)>,
    me: PersonId,
    may_work: bool,
    as_of: Instant,
) -> Vec<AnyView> {
    replies
        .into_iter()
        .map(|(it, author)| {
            let author = if it.author == me {
                "you".to_owned()
            } else {
                author
            };
            card(it, &author, may_work, as_of)
        })
        .views()
}

fn card(it: Reply, author: &str, may_work: bool, as_of: Instant) -> AnyView {
    let is_private = it.visibility == Visibility::Private;
    let kind = if is_private {
        "private message"
    } else {
        "public reply"
    };
    let left_s = (it.send_at - as_of).num_seconds();
    let words = match it.state {
        State::Queued if left_s > 0 => match &it.why {
            Some(why) => format!("{why} It is tried again in {}.", format::duration(left_s)),
            None => format!("sending in {left_s} s"),
        },
        State::Queued | State::InFlight => "sending".to_owned(),
        State::Unknown if it.look_at.is_some() => {
            "we can't tell yet whether it arrived, and are looking for it".to_owned()
        }
        State::Unknown => {
            "We can't tell whether this was posted. Open the thread on the network and look."
                .to_owned()
        }
        State::Held | State::Rejected => it.why.clone().unwrap_or_default(),
        State::Sent | State::Cancelled => it.state.label().to_owned(),
    };
    let choices: &[(&str, &str)] = match it.state {
        _ if !may_work => &[],
        State::Queued => &[("take-back", "Undo")],
        State::Unknown if it.look_at.is_none() => &[
            ("is-there", "It is there"),
            ("send-again", "Send again"),
            ("take-back", "Give it up"),
        ],
        State::Held => &[
            ("is-there", "It was sent"),
            ("send-again", "Send it now"),
            ("take-back", "Give it up"),
        ],
        State::Rejected => &[("send-again", "Try again"), ("take-back", "Give it up")],
        State::InFlight | State::Unknown | State::Sent | State::Cancelled => &[],
    };
    let state = it.state.as_str();
    view! {
        <li class="bubble reply-card" data-side="ours" data-state=state data-private=is_private.then_some("")>
            <p class="bubble-text" dir="auto">{it.body}</p>
            <p class="bubble-words" role="status">
                <strong>{it.state.label()}</strong> " · " {author.to_owned()} " · " {kind} " · " {words}
            </p>
            {decisions(it.id, choices)}
        </li>
    }
    .into_any()
}

fn decisions(id: ReplyId, choices: &[(&'static str, &'static str)]) -> Option<AnyView> {
    if choices.is_empty() {
        return None;
    }
    let buttons = choices.iter().map(|(decision, words)| {
        let (decision, words) = (*decision, *words);
        let key = (decision == "take-back" && words == "Undo").then_some("z");
        view! { <button class="button" name="decision" value=decision data-key=key>{words}</button> }
    });
    let form = view! {
        <form
            class="reply-decisions"
            method="post"
            action="/fn/sundown/server_fns/replies/decide_reply"
        >
            <input type="hidden" name="reply" value=id.to_string() />
            {buttons.views()}
        </form>
    };
    Some(form.into_any())
}
