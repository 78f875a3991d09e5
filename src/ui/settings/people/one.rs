//! One person: what they may, their link, switching them off.

use super::place::Places;
use crate::domain::{
    people::{PersonPage, Place},
    person::{Person, Standing},
};
use crate::ui::kit::{confirm::Confirm, told::Told};
use leptos::prelude::*;

/// The page.
pub fn page(page: PersonPage) -> AnyView {
    let person = page.person;
    let action = format!("/settings/people/{}", person.id);
    let place = Place {
        role: person.role,
        brands: person.brands.clone(),
        teams: person.teams.clone(),
    };
    let words = format!("{} · {}", person.email, person.standing.label());
    let change = action.clone();
    view! {
        <p class="crumbs"><a href="/settings/people">"People"</a></p>
        <div class="room-head"><h1>{person.name.clone()}</h1></div>
        <p class="question">{words}</p>
        <Told outcome=page.outcome />
        <div class="settings-cards">
            <section class="card" aria-labelledby="place">
                <h2 id="place">"What they may"</h2>
                <form class="form" method="post" action=change>
                    <Places place brands=page.brands teams=page.teams />
                    <Confirm form="place" is_confirmed=page.is_confirmed />
                    <p class="entry-note">"A change signs them out, so that it holds at once."</p>
                    <button class="button" data-primary="" name="act" value="change">"Save"</button>
                </form>
            </section>
            <section class="card" aria-labelledby="ways">
                <h2 id="ways">"Getting in"</h2>
                {ways(&person, action, page.is_confirmed)}
            </section>
        </div>
    }
    .into_any()
}

fn ways(person: &Person, action: String, is_confirmed: bool) -> AnyView {
    let (on_off, word, note) = match person.standing {
        Standing::Off => (
            "on",
            "Switch on again",
            "They can't sign in. What they did stays theirs.",
        ),
        Standing::Invited | Standing::On => (
            "off",
            "Switch off",
            "Switching off ends their sign-ins and links at once.",
        ),
    };
    let link = match person.standing {
        Standing::Off => None,
        Standing::Invited => Some("Make a new invitation"),
        Standing::On => Some("Make a link for a new password"),
    };
    let link =
        link.map(|it| view! { <button class="button" name="act" value="link">{it}</button> });
    let codes = person.has_codes.then(|| {
        view! { <button class="button" name="act" value="no-codes">"Remove their app"</button> }
    });
    view! {
        <form class="form" method="post" action=action>
            <Confirm form="ways" is_confirmed />
            {link}
            {codes}
            <p class="entry-note">{note}</p>
            <button class="button" name="act" value=on_off>{word}</button>
        </form>
    }
    .into_any()
}
