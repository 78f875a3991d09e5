//! Keys: whatever carries `data-key` is pressed, opened or focused by that key.
//!
//! Single letters can be switched off (WCAG 2.1.4); the browser remembers that.

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement};

const OFF: &str = "sundown-keys";

/// Listens as long as the room is there.
pub fn listen() {
    let went = StoredValue::new(false);
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            send(&event);
        } else if !has_modifier && !is_typing(&event) && are_on() {
            let goes = went.try_update_value(|it| std::mem::replace(it, event.key() == "g"));
            if goes == Some(true) {
                go(&event);
            } else {
                press(&event);
            }
        }
    });
    on_cleanup(move || handle.remove());
}

fn are_on() -> bool {
    let storage = window().local_storage().ok().flatten();
    let said = storage.and_then(|it| it.get_item(OFF).ok().flatten());
    said.as_deref() != Some("off")
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    target.is_some_and(|it| {
        it.closest(
            "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog",
        )
        .is_ok_and(|it| it.is_some())
    })
}

fn send(event: &KeyboardEvent) {
    let form = document().query_selector("form.composer").ok().flatten();
    let form = form.and_then(|it| it.dyn_into::<HtmlFormElement>().ok());
    if let Some(form) = form {
        event.prevent_default();
        // It only fails for a form that is gone.
        let _ = form.request_submit();
    }
}

fn go(event: &KeyboardEvent) {
    let to = match event.key().as_str() {
        "i" => "/inbox",
        "b" => "/",
        "c" => "/cases",
        "p" => "/promises",
        _ => return,
    };
    event.prevent_default();
    // Nothing to do where the browser refuses to go.
    let _ = window().location().assign(to);
}

fn press(event: &KeyboardEvent) {
    match event.key().as_str() {
        "j" => step(event, 1),
        "k" => step(event, -1),
        "?" => click(event, "[data-key='?']"),
        key if key.len() == 1 && key != "\"" && key != "\\" => {
            click(event, &format!("[data-key=\"{key}\"]"));
        }
        _ => {}
    }
}

/// Moves along the rows; the one that is focused, else the one that is open, is where one stands.
fn step(event: &KeyboardEvent, by: i32) {
    let Ok(rows) = document().query_selector_all(".inbox-row .case-who > a") else {
        return;
    };
    let focused = document().active_element();
    let find = |test: &dyn Fn(&Element) -> bool| {
        (0..rows.length()).find(|place| {
            let row = rows
                .get(*place)
                .and_then(|it| it.dyn_into::<Element>().ok());
            row.is_some_and(|it| test(&it))
        })
    };
    let here = find(&|it| Some(it) == focused.as_ref())
        .or_else(|| find(&|it| it.closest("[aria-current]").is_ok_and(|it| it.is_some())));
    let next = match here {
        Some(here) => i32::try_from(here).unwrap_or(0) + by,
        None => 0,
    };
    let row = u32::try_from(next).ok().and_then(|it| rows.get(it));
    if let Some(row) = row.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = row.focus();
    }
}

fn click(event: &KeyboardEvent, selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    let Some(found) = found.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    event.prevent_default();
    if found
        .matches("input[type=search], select")
        .is_ok_and(|it| it)
    {
        let _ = found.focus();
        return;
    }
    found.click();
    // Whoever chose where it goes wants to write.
    let inner = if found.matches("input[type=radio]").is_ok_and(|it| it) {
        document().query_selector("form.composer textarea")
    } else if found.matches("summary").is_ok_and(|it| it) {
        found.parent_element().map_or(Ok(None), |it| {
            it.query_selector("input:not([type=hidden]), select, textarea, button")
        })
    } else {
        Ok(None)
    };
    if let Some(inner) = inner
        .ok()
        .flatten()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok())
    {
        let _ = inner.focus();
    }
}

/// A click on the help or on its switch: the switch says what it would do.
pub fn on_click(event: &MouseEvent) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let is_in = |selector: &str| target.closest(selector).is_ok_and(|it| it.is_some());
    if is_in("[data-switch-keys]")
        && let Ok(Some(storage)) = window().local_storage()
    {
        // A browser that keeps nothing forgets this, too.
        let _ = storage.set_item(OFF, if are_on() { "off" } else { "on" });
    } else if !is_in("[popovertarget=keys]") {
        return;
    }
    if let Ok(Some(switch)) = document().query_selector("[data-switch-keys]") {
        let word = if are_on() { "off" } else { "on" };
        switch.set_text_content(Some(&format!("Switch single letters {word}")));
    }
}
