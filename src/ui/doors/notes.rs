//! What is said to those who may not pass, and to those who are through.

use leptos::prelude::*;

fn note(title: &str, words: String, way: Option<(&'static str, &'static str)>) -> AnyView {
    let way = way.map(|(href, text)| {
        view! { <p><a class="button" data-primary="" href=href>{text}</a></p> }
    });
    view! {
        <h1>{title.to_owned()}</h1>
        <p class="door-lead">{words}</p>
        {way}
    }
    .into_any()
}

/// Signed in, but not theirs to open; `what` completes “you may not …”.
pub fn forbidden(what: &str) -> AnyView {
    note(
        "This isn't yours to open",
        format!(
            "Your role doesn't allow you to {what}. An administrator can change that in Settings, People."
        ),
        Some(("/", "Back to the Board")),
    )
}

/// Something is broken.
pub fn failed(why: String) -> AnyView {
    note("Not just now", why, Some(("/", "Try again")))
}

/// A link that was used, is too old, or never was one.
pub fn no_link() -> AnyView {
    note(
        "This link doesn't work any more",
        "It was used already, replaced by a newer one, or is too old. Ask whoever gave it to you for another.".to_owned(),
        Some(("/sign-in", "Sign in")),
    )
}

/// Nobody has set this installation up yet.
pub fn needs_setup() -> AnyView {
    view! {
        <h1>"Nearly there"</h1>
        <p class="door-lead">
            "Nobody has set up this Sundown yet. A link to do so was printed where it was started; it works once, for an hour."
        </p>
        <p>"Look at the end of what the program printed, or ask for a fresh link on that machine:"</p>
        <pre class="door-command"><code>"sundown setup-link"</code></pre>
        <p class="door-help">"Only whoever runs the machine can see it, so nobody else can become the administrator."</p>
    }
    .into_any()
}

/// Signed in again, in a tab beside the one that asked.
pub fn signed_in() -> AnyView {
    note(
        "You're signed in again",
        "Close this tab and go on where you were: what you had written is still there.".to_owned(),
        Some(("/", "Or go to the Board")),
    )
}
