//! Nothing here: why, and what to do about it.

use leptos::prelude::*;

/// A panel where a list would be.
#[component]
pub fn Empty(
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// What would bring some.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children()}
        </div>
    }
    .into_any()
}
