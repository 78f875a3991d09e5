//! Something couldn't be loaded: what, why, and the way to try again. Never an empty list instead.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A panel that says what failed.
#[component]
pub fn Failed(
    /// What couldn't be shown, as in “The Board”.
    what: &'static str,
    /// Why, as a sentence with a next step.
    #[prop(into)]
    why: String,
    /// The number under which the log knows the cause.
    incident: Option<String>,
) -> impl IntoView {
    let location = use_location();
    let here = move || {
        format!(
            "{}{}",
            location.pathname.get(),
            question(&location.search.get())
        )
    };
    let incident = incident.map(|it| {
        view! { <p class="failed-incident">"Incident " <code>{it}</code></p> }.into_any()
    });
    view! {
        <section class="failed" role="alert">
            <h2>{format!("{what} couldn’t be loaded")}</h2>
            <p>{why}</p>
            {incident}
            <p><a class="button" data-primary="" href=here rel="external">"Try again"</a></p>
        </section>
    }
    .into_any()
}

fn question(search: &str) -> String {
    if search.is_empty() || search.starts_with('?') {
        search.to_owned()
    } else {
        format!("?{search}")
    }
}
