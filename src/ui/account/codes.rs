//! The app whose codes are asked after the password, and what helps without it.

use crate::domain::account::Account;
use crate::ui::{kit::entry::Entry, views::Views};
use leptos::prelude::*;

/// Setting it up, and taking it away.
#[component]
pub fn Codes(
    /// The account.
    account: Account,
) -> impl IntoView {
    let outcome = account.outcome.unwrap_or_default();
    let inside = if !outcome.recovery.is_empty() {
        recovery(outcome.recovery)
    } else if let Some((secret, picture)) = outcome.secret {
        setting_up(secret, picture)
    } else if account.has_codes {
        there(account.recovery_left, account.is_confirmed)
    } else {
        none(account.is_confirmed)
    };
    view! {
        <section class="card" aria-labelledby="codes">
            <h2 id="codes">"Authenticator app"</h2>
            {inside}
        </section>
    }
    .into_any()
}

fn button(act: &'static str, text: &'static str, is_confirmed: bool) -> AnyView {
    if is_confirmed {
        view! {
            <form method="post" action="/account">
                <button class="button" name="act" value=act>{text}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="entry-note">"Confirm with your password first."</p> }.into_any()
    }
}

fn none(is_confirmed: bool) -> AnyView {
    view! {
        <p class="card-lead">"With an app on your phone, a stolen password alone lets nobody in."</p>
        {button("codes-begin", "Set up an app", is_confirmed)}
    }
    .into_any()
}

fn there(left: i64, is_confirmed: bool) -> AnyView {
    let left = match left {
        1 => "1 recovery code is left.".to_owned(),
        left => format!("{left} recovery codes are left."),
    };
    view! {
        <p class="card-lead">"A code of your app is asked after the password. " {left}</p>
        <div class="buttons">
            {button("codes-begin", "Set up another app", is_confirmed)}
            {is_confirmed.then(|| button("codes-stop", "Remove the app", true))}
        </div>
    }
    .into_any()
}

fn setting_up(secret: String, picture: String) -> AnyView {
    let spaced: String = secret
        .chars()
        .enumerate()
        .flat_map(|(at, it)| {
            (at > 0 && at % 4 == 0)
                .then_some(' ')
                .into_iter()
                .chain([it])
        })
        .collect();
    view! {
        <p class="card-lead">"Scan this with your app, or type the letters below it. Then give the code it shows."</p>
        <div class="qr" role="img" aria-label="The secret as a picture; the letters below say the same" inner_html=picture></div>
        <p class="qr-letters"><code>{spaced}</code></p>
        <form class="form" method="post" action="/account">
            <input type="hidden" name="secret" value=secret />
            <Entry name="code" label="Code" autocomplete="one-time-code" />
            <button class="button" data-primary="" name="act" value="codes-finish">"Switch on"</button>
        </form>
    }
    .into_any()
}

fn recovery(codes: Vec<String>) -> AnyView {
    let rows = codes
        .into_iter()
        .map(|it| view! { <li><code>{it}</code></li> });
    view! {
        <p class="card-lead">"Your recovery codes. Each works once, in place of a code of the app."</p>
        <ul class="recovery">{rows.views()}</ul>
        <p><a class="button" href="/account" rel="external">"I have kept them"</a></p>
    }
    .into_any()
}
