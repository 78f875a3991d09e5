//! One person: what they may, their link, switching them off.

use super::place::Places;
use crate::domain::{
    ids::PersonId,
    people::{PersonPage, Place},
    person::{Person, Standing},
};
use crate::server_fns::{AppError, people::load_person};
use crate::ui::kit::{failed::Failed, told::Told};
use leptos::prelude::*;
use leptos_meta::Title;

/// The section, for the id in the address.
pub fn section(id: Option<PersonId>) -> AnyView {
    let page = Resource::new(
        move || id,
        async |id| match id {
            Some(id) => load_person(id).await,
            None => Err(AppError::NotFound),
        },
    );
    let shown = move || Suspend::new(async move { show(page.await) });
    view! {
        <p class="crumbs"><a href="/settings/people">"People"</a></p>
        <Transition>{shown}</Transition>
    }
    .into_any()
}

fn show(page: Result<PersonPage, AppError>) -> AnyView {
    match page {
        Ok(page) => filled(page),
        Err(error) => {
            let incident = error.incident();
            view! {
                <Title text="Person" />
                <h1>"Person"</h1>
                <Failed what="This person" why=error.to_string() incident />
            }
            .into_any()
        }
    }
}

fn filled(page: PersonPage) -> AnyView {
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
        <Title text=person.name.clone() />
        <div class="room-head"><h1>{person.name.clone()}</h1></div>
        <p class="question">{words}</p>
        <Told outcome=page.outcome />
        <div class="settings-cards">
            <section class="card" aria-labelledby="place">
                <h2 id="place">"What they may"</h2>
                <form class="form" method="post" action=change>
                    <Places place brands=page.brands teams=page.teams />
                    <p class="entry-note">"A change signs them out, so that it holds at once."</p>
                    <button class="button" data-primary="" name="act" value="change">"Save"</button>
                </form>
            </section>
            <section class="card" aria-labelledby="ways">
                <h2 id="ways">"Getting in"</h2>
                {ways(&person, action)}
            </section>
        </div>
    }
    .into_any()
}

fn ways(person: &Person, action: String) -> AnyView {
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
            {link}
            {codes}
            <p class="entry-note">{note}</p>
            <button class="button" name="act" value=on_off>{word}</button>
        </form>
    }
    .into_any()
}
