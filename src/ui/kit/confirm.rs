//! The own password, asked again inside a form that changes what others may.

use leptos::prelude::*;

/// The name of the field.
pub const CONFIRMATION: &str = "confirmation";

/// A field for it; nothing while it was given a moment ago.
#[component]
pub fn Confirm(
    /// The form it stands in, as part of ids.
    form: &'static str,
    /// Whether it was given in the last minutes.
    is_confirmed: bool,
) -> impl IntoView {
    if is_confirmed {
        return ().into_any();
    }
    let id = format!("{form}-{CONFIRMATION}");
    let note = format!("{id}-note");
    view! {
        <div class="entry">
            <label for=id.clone()>"Your own password"</label>
            <input
                class="field"
                id=id
                name=CONFIRMATION
                type="password"
                autocomplete="current-password"
                maxlength="254"
                aria-describedby=note.clone()
            />
            <p class="entry-note" id=note>"Asked for what changes others; then not again for ten minutes."</p>
        </div>
    }
    .into_any()
}
