//! What the composer does by itself: it counts what the network would count, keeps a draft soon
//! after the last key, and puts macros in.

use super::{forms::Sender, graphemes::graphemes};
use crate::domain::limits::Limits;
use leptos::{ev::Event, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlSelectElement, HtmlTextAreaElement};

/// A draft is kept so soon after the last key.
const SOON: Duration = Duration::from_millis(800);
const KEEP: &str = "/fn/sundown/server_fns/replies/keep_draft";

/// A draft that is about to be kept.
pub type Pending = StoredValue<Option<TimeoutHandle>>;

/// Somebody typed, or chose where it goes.
pub fn on_input(event: &Event, pending: Pending, sender: Sender) {
    let Some(form) = form_of(event) else { return };
    put_macro_in(event, &form);
    count(&form);
    forget(pending);
    let keep = move || sender.keep(&form, KEEP);
    pending.set_value(set_timeout_with_handle(keep, SOON).ok());
}

/// What was typed goes out, or is kept already.
pub fn forget(pending: Pending) {
    if let Some(handle) = pending.try_update_value(Option::take).flatten() {
        handle.clear();
    }
}

/// Counts what is written in the page's composer.
pub fn count_all() {
    let form = document().query_selector("form.composer").ok().flatten();
    if let Some(form) = form.and_then(|it| it.dyn_into::<HtmlFormElement>().ok()) {
        count(&form);
    }
}

fn form_of(event: &Event) -> Option<HtmlFormElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("form.composer").ok()??.dyn_into().ok()
}

fn area(form: &HtmlFormElement) -> Option<HtmlTextAreaElement> {
    form.query_selector("textarea").ok()??.dyn_into().ok()
}

fn put_macro_in(event: &Event, form: &HtmlFormElement) {
    let select = event
        .target()
        .and_then(|it| it.dyn_into::<HtmlSelectElement>().ok());
    let (Some(select), Some(area)) = (select, area(form)) else {
        return;
    };
    let (before, chosen) = (area.value(), select.value());
    if chosen.is_empty() {
        return;
    }
    let joint = if before.is_empty() { "" } else { "\n" };
    area.set_value(&format!("{before}{joint}{chosen}"));
    select.set_value("");
    // It could only fail on an element that takes no focus.
    let _ = area.focus();
}

/// Says how much may still be said, by the rule of the network that it would go to.
fn count(form: &HtmlFormElement) {
    let chosen = form.query_selector("input[name=kind]:checked");
    let output = form.query_selector("output");
    let (Ok(Some(chosen)), Ok(Some(output)), Some(area)) = (chosen, output, area(form)) else {
        return;
    };
    let limits = chosen.get_attribute("data-counted").and_then(|it| {
        Some(Limits {
            most: Some(chosen.get_attribute("data-most")?.parse().ok()?),
            counted: it.parse().ok()?,
        })
    });
    let left = limits.and_then(|it| it.left(area.value().trim(), graphemes));
    let words = left.map_or(String::new(), |it| format!("{it} left"));
    output.set_text_content(Some(&words));
    // These could only fail for a malformed name.
    let _ = output.toggle_attribute_with_force("data-over", left.is_some_and(|it| it < 0));
}
