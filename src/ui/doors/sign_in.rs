//! Signing in.

use crate::domain::account::Outcome;
use crate::ui::kit::new_password::SCRIPT as SHOW;
use leptos::prelude::*;

/// What helps: seeing the password, and saying why a browser won't keep the sign-in.
pub const SCRIPT: &str = SHOW;

/// E-mail address and password.
pub fn password(next: &str, outcome: Outcome) -> AnyView {
    let refused = outcome.refused.clone();
    view! {
        <h1>"Sign in"</h1>
        <Refused why=refused />
        <form class="door-form" method="post" action="/sign-in">
            <input type="hidden" name="act" value="password" />
            <input type="hidden" name="next" value=next.to_owned() />
            <div class="entry">
                <label for="email">"E-mail address"</label>
                <input
                    class="field"
                    id="email"
                    name="email"
                    type="email"
                    autocomplete="username"
                    value=outcome.field("email")
                    required
                    autofocus
                />
            </div>
            <div class="entry">
                <label for="password">"Password"</label>
                <div class="entry-row">
                    <input
                        class="field"
                        id="password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                    />
                    <button class="button quiet" type="button" hidden data-shows="password" aria-pressed="false">
                        "Show"
                    </button>
                </div>
            </div>
            <button class="button" data-primary="" type="submit">"Sign in"</button>
        </form>
        <p class="door-help">"Forgotten your password? An administrator can give you a new link."</p>
    }
    .into_any()
}

/// The code of an app, or a recovery code.
pub fn code(next: &str, outcome: Outcome) -> AnyView {
    view! {
        <h1>"One more step"</h1>
        <p class="door-lead">"Open your authenticator app and type the six digits it shows for Sundown."</p>
        <Refused why=outcome.refused />
        <form class="door-form" method="post" action="/sign-in">
            <input type="hidden" name="act" value="code" />
            <input type="hidden" name="next" value=next.to_owned() />
            <div class="entry">
                <label for="code">"Code"</label>
                <input
                    class="field code-field"
                    id="code"
                    name="code"
                    autocomplete="one-time-code"
                    inputmode="text"
                    autocapitalize="off"
                    spellcheck="false"
                    maxlength="16"
                    required
                    autofocus
                    aria-describedby="code-note"
                />
                <p class="entry-note" id="code-note">"Without your app, one of your recovery codes works here once."</p>
            </div>
            <button class="button" data-primary="" type="submit">"Go on"</button>
        </form>
        <form class="door-help" method="post" action="/sign-in">
            <input type="hidden" name="next" value=next.to_owned() />
            <button class="link" name="act" value="restart" type="submit">"Sign in as somebody else"</button>
        </form>
    }
    .into_any()
}

/// A “no” above a form.
#[component]
pub fn Refused(
    /// Why; nothing where there was no “no”.
    why: Option<String>,
) -> impl IntoView {
    why.map(|why| view! { <p class="refused" role="alert">{why}</p> }.into_any())
}
