//! What a form led to, above the page that answers it.

use crate::domain::account::Outcome;
use leptos::prelude::*;

/// A “no”, or what was done; a link to hand on, with a button that copies it.
#[component]
pub fn Told(
    /// What the form led to; nothing when none was sent.
    outcome: Option<Outcome>,
) -> impl IntoView {
    let outcome = outcome.unwrap_or_default();
    let refused = outcome
        .refused
        .map(|it| view! { <p class="refused" role="alert">{it}</p> }.into_any());
    let said = outcome
        .said
        .map(|it| view! { <p class="said" role="status">{it}</p> }.into_any());
    let link = outcome.link.map(handed_on);
    view! { {refused} {said} {link} }.into_any()
}

fn handed_on(link: String) -> AnyView {
    let (copied, set_copied) = signal(false);
    let text = link.clone();
    let copy = move |_| {
        // Where the browser doesn't let it, the text can still be marked and copied by hand.
        let _copying = window().navigator().clipboard().write_text(&text);
        set_copied.set(true);
    };
    let word = move || if copied.get() { "Copied" } else { "Copy" };
    view! {
        <p class="handed-on">
            <input class="field" readonly value=link aria-label="The link" />
            <button class="button only-with-script" type="button" on:click=copy>{word}</button>
        </p>
    }
    .into_any()
}
