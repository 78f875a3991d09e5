//! Who is signed in, and the ways out; in the demo, whom else one can be.
//!
//! Drawn by the server beside the product, at whose rail the style puts it: the browser's half knows
//! nothing of people, and has no byte of this.

use crate::domain::{
    person::{Role, Viewer},
    right::{Action, allows},
};
use leptos::prelude::*;

/// The foot for somebody at an address.
pub fn of(viewer: &Viewer, here: &str) -> AnyView {
    let name = viewer.name.clone();
    let audit = allows(viewer, Action::ReadAudit).then(|| {
        let current = (here == "/audit").then_some("page");
        view! {
            <a class="rail-room" href="/audit" rel="external" aria-current=current>
                <span class="rail-icon" data-room="Audit" aria-hidden="true"></span>
                "Audit"
            </a>
        }
    });
    let way = if viewer.demo {
        demo(viewer.role)
    } else {
        out()
    };
    view! {
        <aside class="rail-foot" aria-label="You">
            {audit}
            <a class="rail-me" href="/account" rel="external">
                <span class="rail-initials" aria-hidden="true">{initials(&name)}</span>
                <span class="rail-name">{name.clone()}</span>
                <span class="rail-role">{viewer.role.label()}</span>
            </a>
            {way}
        </aside>
    }
    .into_any()
}

fn out() -> AnyView {
    view! {
        <form method="post" action="/sign-out">
            <button class="button quiet" type="submit">"Sign out"</button>
        </form>
    }
    .into_any()
}

fn demo(role: Role) -> AnyView {
    let choice = |it: Role, text: &'static str| {
        let is_chosen = (it == role).to_string();
        view! {
            <button type="submit" name="role" value=it.as_str() aria-pressed=is_chosen>{text}</button>
        }
    };
    view! {
        <form class="rail-demo" method="post" action="/demo">
            <p id="rail-demo">"A demo: you look as"</p>
            <div role="group" aria-labelledby="rail-demo">
                {choice(Role::Lead, "Manager")} {choice(Role::Agent, "Agent")}
                {choice(Role::Administrator, "Admin")}
            </div>
        </form>
    }
    .into_any()
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let (first, last) = (words.next(), words.next_back());
    first
        .into_iter()
        .chain(last)
        .filter_map(|it| it.chars().next())
        .collect()
}
