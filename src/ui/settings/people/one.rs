//! One person: what they may, their link, switching them off.

use super::place::Places;
use crate::domain::{
    people::{PersonPage, Place},
    person::{Person, Standing},
};
use crate::ui::kit::{confirm::Confirm, entry::Entry, told::Told};
use leptos::prelude::*;

/// The page.
pub fn page(page: PersonPage) -> AnyView {
    let person = page.person;
    if person.is_erased {
        return view! {
            <p class="crumbs"><a href="/settings/people">"People"</a></p>
            <div class="room-head"><h1>{person.name}</h1></div>
            <Told outcome=page.outcome />
            <p>"Their name, e-mail address and sign-ins were erased. What they did stays in the figures, and in the audit log without their name."</p>
        }
        .into_any();
    }
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
                {ways(&person, action.clone(), page.is_confirmed)}
            </section>
            {(person.standing == Standing::Off).then(|| erasing(&person, action, page.is_confirmed))}
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

fn erasing(person: &Person, action: String, is_confirmed: bool) -> AnyView {
    let note = format!("Type {} to be sure.", person.email);
    view! {
        <section class="card" aria-labelledby="erasing">
            <h2 id="erasing">"Erase for good"</h2>
            <p class="card-lead">
                "Their name becomes “Former colleague”, here and in the audit log; their e-mail address and sign-ins go. Figures stay as they are. Nothing but a backup brings it back."
            </p>
            <form class="form" method="post" action=action>
                <Entry name="reason" label="Reason" note="The audit log keeps it: don’t name them in it." />
                <Entry name="typed" label="Their e-mail address" note />
                <Confirm form="erasing" is_confirmed />
                <button class="button" name="act" value="erase">"Erase"</button>
            </form>
        </section>
    }
    .into_any()
}
