//! A field for a new password, with what it is worth beside it.

use leptos::prelude::*;

/// Asks what a password is worth while it is typed, and lets it be seen. Without scripts the server
/// still refuses what is guessed soon.
pub const SCRIPT: &str = include_str!("new_password.js");

/// The field.
#[component]
pub fn NewPassword(
    /// What it is called.
    label: &'static str,
) -> impl IntoView {
    view! {
        <div class="entry">
            <label for="password">{label}</label>
            <div class="entry-row">
                <input
                    class="field"
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="new-password"
                    minlength="12"
                    required
                    data-rated=""
                    aria-describedby="password-note strength"
                />
                <button class="button quiet" type="button" hidden data-shows="password" aria-pressed="false">
                    "Show"
                </button>
            </div>
            <p class="entry-note" id="password-note">"At least 12 characters. A few unrelated words make a good one."</p>
            <p class="strength" id="strength" aria-live="polite" hidden>
                <meter min="0" max="5" low="2" high="4" optimum="5" value="0" aria-hidden="true"></meter>
                <span></span>
            </p>
        </div>
    }
    .into_any()
}
