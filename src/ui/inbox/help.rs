//! Which keys there are; drawn by the server, like everything that only stands there.

use leptos::prelude::*;

/// What the keys do.
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

/// The help with the switch.
pub fn help() -> AnyView {
    let rows = KEYS
        .iter()
        .map(|(key, what)| {
            view! { <div><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></div> }.into_any()
        })
        .collect::<Vec<_>>();
    view! {
        <button
            class="button quiet inbox-help only-with-script"
            type="button"
            data-key="?"
            popovertarget="keys"
        >
            "Keys " <kbd>"?"</kbd>
        </button>
        <div id="keys" class="popover inbox-keys" popover="auto" role="dialog" aria-label="Keys">
            <h2>"Keys"</h2>
            <dl class="facts">{rows}</dl>
            <button class="button" type="button" data-switch-keys="">"Switch single letters off"</button>
        </div>
    }
    .into_any()
}
