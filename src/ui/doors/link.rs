//! Giving a password by an invitation or a reset.

use super::sign_in::Refused;
use crate::{domain::account::Outcome, ui::kit::new_password::NewPassword};
use leptos::prelude::*;

/// The form; nothing happens before it is sent.
pub fn form(
    token: &str,
    is_invitation: bool,
    name: &str,
    email: &str,
    outcome: Outcome,
) -> AnyView {
    let action = format!("/link/{token}");
    let (title, lead, go) = if is_invitation {
        (
            format!("Welcome, {name}"),
            "Choose a password, and you are in.",
            "Join",
        )
    } else {
        (
            "A new password".to_owned(),
            "It replaces the old one, and signs you out everywhere else.",
            "Set it and sign in",
        )
    };
    view! {
        <h1>{title}</h1>
        <p class="door-lead">{lead}</p>
        <Refused why=outcome.refused />
        <form class="door-form" method="post" action=action>
            <div class="entry">
                <label for="email">"E-mail address"</label>
                <input
                    class="field"
                    id="email"
                    name="email"
                    type="email"
                    autocomplete="username"
                    value=email.to_owned()
                    data-own=""
                    readonly
                />
            </div>
            <NewPassword label="New password" />
            <div class="entry">
                <label for="again">"The same again"</label>
                <input
                    class="field"
                    id="again"
                    name="again"
                    type="password"
                    autocomplete="new-password"
                    required
                />
            </div>
            <button class="button" data-primary="" type="submit">{go}</button>
        </form>
    }
    .into_any()
}
