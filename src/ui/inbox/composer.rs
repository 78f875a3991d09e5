//! What one writes in: where it goes is said by its color, its label and its button.
//!
//! An ordinary form, drawn by the server; `writing` makes it live.

use crate::domain::{
    case::Remedy,
    draft::DraftKind,
    inbox::{Composer, InboxQuery},
    limits::Limits,
};
use crate::ui::views::Views;
use leptos::prelude::*;

/// The composer of a case.
pub fn compose(it: Composer, back: &InboxQuery) -> AnyView {
    if let Some(why) = it.closed {
        return view! { <p class="composer-closed">{why}</p> }.into_any();
    }
    let draft = it.draft;
    let key = draft.as_ref().map_or(it.key, |it| it.key.clone());
    let body = draft.as_ref().map_or(String::new(), |it| it.body.clone());
    let kind = draft.as_ref().map_or(DraftKind::Public, |it| it.kind);
    let is_asked = draft.as_ref().is_some_and(|it| it.is_asked);
    let why = draft.and_then(|it| it.why);
    let refused = why.map(|it| view! { <p class="refused" role="alert">{it}</p> }.into_any());
    let anyway = is_asked.then(|| {
        view! { <button class="button" name="anyway" value="1">"Send it all the same"</button> }
            .into_any()
    });
    let limits = it.limits;
    let kinds = DraftKind::ALL
        .iter()
        .map(|it| choice(*it, *it == kind, limits));
    let remedies = Remedy::ALL.iter().map(|it| {
        view! { <button class="button quiet" name="resolve" value=it.as_str()>{it.label()}</button> }
    });
    let from = it.from;
    view! {
        <form class="composer" method="post" action="/fn/sundown/server_fns/replies/send_reply">
            <input type="hidden" name="case" value=it.case.to_string() />
            <input type="hidden" name="key" value=key />
            <input type="hidden" name="seen" value=it.seen.to_string() />
            <input type="hidden" name="back" value=back.href(Some(it.case)) />
            <div class="composer-head">
                <fieldset class="switch">
                    <legend class="unseen">"Where it goes"</legend>
                    {kinds.views()}
                </fieldset>
                {macros(it.macros)}
                <output class="composer-left" aria-live="off"></output>
            </div>
            {refused}
            <textarea
                class="field"
                name="body"
                rows="3"
                dir="auto"
                aria-label="Your answer"
                required=true
            >{body}</textarea>
            <div class="composer-foot">
                <details class="composer-more">
                    <summary class="button">"Send and resolve"</summary>
                    <div class="composer-remedies" role="group" aria-label="How it is solved">
                        {remedies.views()}
                    </div>
                </details>
                {anyway}
                <button class="button composer-send" data-primary="">
                    <span data-for="public">"Reply publicly as " {from.clone()}</span>
                    <span data-for="private">"Send privately as " {from}</span>
                    <span data-for="note">"Keep the note"</span>
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// One of the ways out, with how much it lets through and how that is counted.
fn choice(kind: DraftKind, is_chosen: bool, [public, private]: [Limits; 2]) -> AnyView {
    let (key, limits) = match kind {
        DraftKind::Public => ("r", Some(public)),
        DraftKind::Private => ("p", Some(private)),
        DraftKind::Note => ("n", None),
    };
    let most = limits.and_then(|it| it.most).map(|it| it.to_string());
    let counted = limits.map(|it| it.counted.as_str());
    view! {
        <label>
            <input
                type="radio"
                name="kind"
                value=kind.as_str()
                checked=is_chosen
                data-key=key
                data-most=most
                data-counted=counted
            />
            {kind.label()}
        </label>
    }
    .into_any()
}

fn macros(all: Vec<(String, String)>) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let options = all.into_iter().map(|(name, text)| {
        view! { <option value=text>{name}</option> }
    });
    let choice = view! {
        <select class="field only-with-script composer-macros" aria-label="Macros" data-key=";">
            <option value="">"Macros"</option>
            {options.views()}
        </select>
    };
    Some(choice.into_any())
}
