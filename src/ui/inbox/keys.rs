//! Keys: whatever carries `data-key` is pressed, opened or focused by that key.
//!
//! Single letters can be switched off (WCAG 2.1.4); the browser remembers that.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement};

/// What the keys do, as the help shows it.
const KEYS: &[(&str, &str)] = &[
    ("j / k", "the next, the one before"),
    ("Enter", "open"),
    ("r", "public reply"),
    ("p", "private message"),
    ("n", "note"),
    ("t", "take it"),
    ("a", "give it to somebody"),
    ("h", "hand off"),
    ("o", "promise"),
    ("s", "snooze"),
    ("e", "resolve"),
    ("z", "undo what is being sent"),
    ("/", "search"),
    (";", "macros"),
    ("Ctrl or ⌘ Enter", "send"),
    (
        "g then i, b, c, p",
        "go to the Inbox, the Board, cases, promises",
    ),
    ("?", "this help"),
];

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

/// The help with the switch.
pub fn help() -> AnyView {
    let rows = KEYS
        .iter()
        .map(|(key, what)| {
            view! { <div><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></div> }.into_any()
        })
        .collect::<Vec<_>>();
    let is_on = RwSignal::new(true);
    Effect::new(move |_| is_on.set(are_on()));
    let switch = move |_| {
        let on = !is_on.get_untracked();
        is_on.set(on);
        if let Ok(Some(storage)) = window().local_storage() {
            // A browser that keeps nothing forgets this, too.
            let _ = storage.set_item(OFF, if on { "on" } else { "off" });
        }
    };
    let word = move || {
        if is_on.get() {
            "Switch single letters off"
        } else {
            "Switch single letters on"
        }
    };
    view! {
        <button class="button quiet inbox-help only-with-script" data-key="?" popovertarget="keys">
            "Keys " <kbd>"?"</kbd>
        </button>
        <div id="keys" class="popover inbox-keys" popover="auto" aria-label="Keys">
            <h2>"Keys"</h2>
            <dl class="facts">{rows}</dl>
            <button class="button" type="button" on:click=switch>{word}</button>
        </div>
    }
    .into_any()
}
