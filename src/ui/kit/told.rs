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
    let link = outcome.link.map(|it| handed_on("The link", it));
    view! { {refused} {said} {link} }.into_any()
}

/// Something that is shown once, to be copied.
pub fn handed_on(what: &'static str, text: String) -> AnyView {
    view! {
        <p class="handed-on">
            <input class="field" id="handed-on" readonly value=text aria-label=what />
            <button class="button only-with-script" type="button" data-copies="handed-on">"Copy"</button>
        </p>
    }
    .into_any()
}
