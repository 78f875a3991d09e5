//! What one writes in: where it goes is said by its color, its label and its button.
//!
//! An ordinary form. With JavaScript it is sent in place, kept as a draft while one types, and
//! counts what the network would count.

use super::{forms::Sender, graphemes::graphemes};
use crate::domain::{
    case::Remedy,
    draft::DraftKind,
    inbox::{CaseDesk, Composer, InboxQuery},
};
use crate::server_fns::AppError;
use crate::ui::views::Views;
use leptos::{ev::Event, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlTextAreaElement};

/// A draft is kept so soon after the last key.
const SOON: Duration = Duration::from_millis(800);
const KEEP: &str = "/fn/sundown/server_fns/replies/keep_draft";

/// The desk as it was last read: what has been seen.
type Opened = Resource<Option<Result<CaseDesk, AppError>>>;

/// The composer of a case.
pub fn compose(it: Composer, back: &InboxQuery, sender: Sender, opened: Opened) -> AnyView {
    if let Some(why) = it.closed {
        return view! { <p class="composer-closed">{why}</p> }.into_any();
    }
    let draft = it.draft;
    let key = draft.as_ref().map_or(it.key, |it| it.key.clone());
    let body = draft.as_ref().map_or(String::new(), |it| it.body.clone());
    let kind = draft.as_ref().map_or(DraftKind::Public, |it| it.kind);
    let is_asked = draft.as_ref().is_some_and(|it| it.is_asked);
    let why = draft.and_then(|it| it.why);
    let seen = move || {
        let desk = opened.get().flatten();
        desk.and_then(Result::ok)
            .map_or(0, |it| it.seen)
            .to_string()
    };
    let refused = why.map(|it| view! { <p class="refused" role="alert">{it}</p> }.into_any());
    let anyway = is_asked.then(|| {
        view! { <button class="button" name="anyway" value="1">"Send it all the same"</button> }
            .into_any()
    });
    let limits = it.limits;
    let left = RwSignal::new(left(&body, kind, limits));
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let on_input = move |event: Event| {
        let Some(form) = form_of(&event) else { return };
        left.set(self::left(&written(&form), kind_of(&form), limits));
        keep_soon(form, pending, sender);
    };
    let on_submit = move |event| {
        if let Some(handle) = pending.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        sender.submit(event);
    };
    let shown_left = move || left.get().map(|it| format!("{it} left"));
    let is_over = move || left.get().is_some_and(|it| it < 0).then_some("");
    let kinds = DraftKind::ALL.iter().map(|it| {
        let (value, label) = (it.as_str(), it.label());
        let key = match it {
            DraftKind::Public => "r",
            DraftKind::Private => "p",
            DraftKind::Note => "n",
        };
        view! {
            <label>
                <input type="radio" name="kind" value=value checked=*it == kind data-key=key />
                {label}
            </label>
        }
    });
    let remedies = Remedy::ALL.iter().map(|it| {
        view! { <button class="button quiet" name="resolve" value=it.as_str()>{it.label()}</button> }
    });
    let from = it.from;
    view! {
        <form
            class="composer"
            method="post"
            action="/fn/sundown/server_fns/replies/send_reply"
            on:input=on_input
            on:submit=on_submit
        >
            <input type="hidden" name="case" value=it.case.to_string() />
            <input type="hidden" name="key" value=key />
            <input type="hidden" name="seen" prop:value=seen value=seen />
            <input type="hidden" name="back" value=back.href(Some(it.case)) />
            <div class="composer-head">
                <fieldset class="switch">
                    <legend class="unseen">"Where it goes"</legend>
                    {kinds.views()}
                </fieldset>
                {macros(it.macros)}
                <output class="composer-left" data-over=is_over>{shown_left}</output>
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
                    <div class="composer-remedies" role="group" aria-label="How it is solved">{remedies.views()}</div>
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

fn macros(all: Vec<(String, String)>) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let options = all.into_iter().map(|(name, text)| {
        view! { <option value=text>{name}</option> }
    });
    let insert = move |event: Event| {
        let chosen = event_target_value(&event);
        let Some(form) = form_of(&event) else { return };
        if let Some(area) = area(&form)
            && !chosen.is_empty()
        {
            let before = area.value();
            let joint = if before.is_empty() { "" } else { "\n" };
            area.set_value(&format!("{before}{joint}{chosen}"));
            // It could only fail on an element that takes no focus.
            let _ = area.focus();
        }
    };
    let choice = view! {
        <select class="field only-with-script composer-macros" aria-label="Macros" on:change=insert data-key=";">
            <option value="">"Macros"</option>
            {options.views()}
        </select>
    };
    Some(choice.into_any())
}

fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target.closest("form").ok()??.dyn_into().ok()
}

fn area(form: &HtmlFormElement) -> Option<HtmlTextAreaElement> {
    form.query_selector("textarea").ok()??.dyn_into().ok()
}

fn written(form: &HtmlFormElement) -> String {
    area(form).map(|it| it.value()).unwrap_or_default()
}

fn kind_of(form: &HtmlFormElement) -> DraftKind {
    let chosen = form
        .query_selector("input[name=kind]:checked")
        .ok()
        .flatten();
    let value = chosen.and_then(|it| it.get_attribute("value"));
    value
        .and_then(|it| it.parse().ok())
        .unwrap_or(DraftKind::Public)
}

fn keep_soon(form: HtmlFormElement, pending: StoredValue<Option<TimeoutHandle>>, sender: Sender) {
    if let Some(handle) = pending.try_update_value(Option::take).flatten() {
        handle.clear();
    }
    let keep = move || sender.keep(&form, KEEP);
    pending.set_value(set_timeout_with_handle(keep, SOON).ok());
}

/// How much may still be said; nothing where there is no end.
fn left(body: &str, kind: DraftKind, limits: [crate::domain::limits::Limits; 2]) -> Option<i64> {
    match kind {
        DraftKind::Public => limits[0].left(body.trim(), graphemes),
        DraftKind::Private => limits[1].left(body.trim(), graphemes),
        DraftKind::Note => None,
    }
}
