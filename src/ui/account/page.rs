//! The page: name and zone, password, app, sign-ins.

use super::{codes::Codes, sign_ins::SignIns};
use crate::domain::account::Account;
use crate::ui::{
    kit::{entry::Entry, new_password::NewPassword, told::Told},
    views::Views,
};
use leptos::prelude::*;

/// The page.
pub fn page(account: Account) -> AnyView {
    let who = format!("{} · {}", account.email, account.role.label());
    let demo = account.is_demo.then(|| {
        view! { <p class="said">"This is a demo: its people are made up and have no passwords."</p> }
    });
    let owes = (account.needs_codes && !account.has_codes).then(|| {
        view! {
            <p class="refused">
                "Your role needs a code of an app beside the password. Set it up below to go on."
            </p>
        }
    });
    let outcome = account.outcome.clone();
    view! {
        <div class="room settings-room">
            <div class="room-head"><h1>"Your account"</h1></div>
            <p class="question">{who}</p>
            {demo}
            {owes}
            <Told outcome />
            <div class="settings-cards">
                <Profile account=account.clone() />
                <Password account=account.clone() />
                <Codes account=account.clone() />
                <SignIns account />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Profile(account: Account) -> impl IntoView {
    let zone = account.zone;
    let options = account.zones.into_iter().map(|it| {
        let is_chosen = it == zone;
        let name = it.clone();
        view! { <option value=it selected=is_chosen>{name}</option> }
    });
    view! {
        <section class="card" aria-labelledby="profile">
            <h2 id="profile">"You"</h2>
            <form class="form" method="post" action="/account">
                <Entry name="name" label="Name" value=account.name autocomplete="name" />
                <div class="entry">
                    <label for="zone">"Time zone"</label>
                    <select class="field" id="zone" name="zone">{options.views()}</select>
                </div>
                <button class="button" name="act" value="profile">"Save"</button>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn Password(account: Account) -> impl IntoView {
    let own = format!("{} {}", account.name, account.email);
    let form = if account.is_confirmed {
        view! {
            <form class="form" method="post" action="/account">
                <input type="hidden" data-own="" value=own />
                <NewPassword label="New password" />
                <Entry name="again" label="The same again" kind="password" autocomplete="new-password" />
                <button class="button" name="act" value="password">"Change the password"</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <p class="card-lead">
                "What protects your account can be changed for ten minutes after you gave your password."
            </p>
            <form class="form" method="post" action="/account">
                <Entry
                    name="password"
                    label="Your password"
                    kind="password"
                    autocomplete="current-password"
                />
                <button class="button" name="act" value="confirm">"Confirm"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="password-card">
            <h2 id="password-card">"Password"</h2>
            {form}
        </section>
    }
    .into_any()
}
