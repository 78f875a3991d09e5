//! Everybody, and the way to invite more.

use super::place::Places;
use crate::domain::{
    account::Outcome,
    brand::Brand,
    ids::PersonId,
    people::{PeoplePage, Place},
    person::{Brands, Person, Role, Standing},
    work::Limit,
};
use crate::ui::{
    kit::{confirm::Confirm, entry::Entry, told::Told},
    views::Views,
};
use leptos::prelude::*;

/// The page.
pub fn page(page: PeoplePage) -> AnyView {
    let rows = page.people.iter().map(|it| row(it, page.me, &page.brands));
    let rows = rows.views();
    let outcome = page.outcome.clone().unwrap_or_default();
    let (demanded, is_confirmed) = (page.code_roles.clone(), page.is_confirmed);
    let limits = limits(&page.limits);
    view! {
        <div class="room-head"><h1>"People"</h1></div>
        <Told outcome=page.outcome.clone() />
        <div class="card scroll">
            <table class="table people-table">
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Brands"</th>
                        <th scope="col">"Sign-in"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <div class="settings-cards">
            <Invite page outcome />
            <Demand demanded is_confirmed />
            {limits}
        </div>
    }
    .into_any()
}

fn row(person: &Person, me: PersonId, brands: &[Brand]) -> AnyView {
    let href = format!("/settings/people/{}", person.id);
    let you = (person.id == me).then(|| view! { <span class="pill">"You"</span> });
    let (tone, standing) = match (person.standing, person.has_codes) {
        (Standing::Invited, _) => ("due", "Invited"),
        (Standing::Off, _) if person.is_erased => ("", "Erased"),
        (Standing::Off, _) => ("", "Switched off"),
        (Standing::On, true) => ("calm", "Password and app"),
        (Standing::On, false) => ("calm", "Password"),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=href>{person.name.clone()}</a> " " {you}
                <p class="entry-note">{if person.is_erased { String::new() } else { person.email.clone() }}</p>
            </th>
            <td>{person.role.label()}</td>
            <td class="people-brands">{named(&person.brands, brands)}</td>
            <td><span class="pill" data-tone=tone>{standing}</span></td>
        </tr>
    }
    .into_any()
}

/// The brands somebody sees, by name.
fn named(seen: &Brands, brands: &[Brand]) -> String {
    match seen {
        Brands::All => "All".to_owned(),
        Brands::Only(some) => {
            let names = brands.iter().filter(|it| some.contains(&it.id));
            names
                .map(|it| it.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        }
    }
}

/// How much each role may give without asking.
fn limits(limits: &[Limit]) -> AnyView {
    let forms = limits.iter().map(limit).views();
    view! {
        <section class="card" aria-labelledby="limits">
            <h2 id="limits">"What may be given"</h2>
            <p class="card-lead">
                "Up to here somebody may offer a customer money or its worth. Beyond it, a lead or an administrator with a higher limit is asked first. No sum is no limit."
            </p>
            {forms}
        </section>
    }
    .into_any()
}

fn limit(it: &Limit) -> AnyView {
    let sum = it.most.as_ref();
    let whole = sum.map(|it| format!("{}.{:02}", it.minor / 100, it.minor % 100));
    let currency = sum.map_or_else(|| "EUR".to_owned(), |it| it.currency.clone());
    let (sum_id, currency_id) = (format!("sum-{}", it.role), format!("currency-{}", it.role));
    view! {
        <form class="form" method="post" action="/settings/people">
            <input type="hidden" name="role" value=it.role.as_str() />
            <div class="entry">
                <label for=sum_id.clone()>{it.role.label()} ": sum"</label>
                <input class="field" id=sum_id name="sum" inputmode="decimal" value=whole maxlength="12" />
            </div>
            <div class="entry">
                <label for=currency_id.clone()>{it.role.label()} ": currency"</label>
                <input class="field" id=currency_id name="currency" value=currency maxlength="3" />
            </div>
            <button class="button" name="act" value="limit">"Save"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Invite(page: PeoplePage, outcome: Outcome) -> impl IntoView {
    let is_again = outcome.refused.is_some() && outcome.act == "invite";
    let was = |name: &str| {
        if is_again {
            outcome.field(name)
        } else {
            String::new()
        }
    };
    let ids = |name: &str| -> Vec<i64> {
        let fields = outcome.fields.iter().filter(|it| is_again && it.0 == name);
        fields.filter_map(|it| it.1.parse().ok()).collect()
    };
    let place = Place::of(
        was("role").parse().unwrap_or(Role::Agent),
        was("reach") != "some",
        ids("brand").into_iter().map(Into::into).collect(),
        ids("team").into_iter().map(Into::into).collect(),
    );
    view! {
        <section class="card" aria-labelledby="invite">
            <h2 id="invite">"Invite somebody"</h2>
            <p class="card-lead">"They get a link by which they choose their own password."</p>
            <form class="form" method="post" action="/settings/people">
                <Entry name="name" label="Name" value=was("name") />
                <Entry name="email" label="E-mail address" kind="email" value=was("email") />
                <Places place brands=page.brands teams=page.teams />
                <Confirm form="invite" is_confirmed=page.is_confirmed />
                <button class="button" data-primary="" name="act" value="invite">"Make the invitation"</button>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn Demand(demanded: Vec<Role>, is_confirmed: bool) -> impl IntoView {
    let roles = Role::ALL.iter().map(|it| {
        let is_chosen = demanded.contains(it);
        view! {
            <label class="pick">
                <input type="checkbox" name="role" value=it.as_str() checked=is_chosen />
                <span>{it.label()}</span>
            </label>
        }
    });
    view! {
        <section class="card" aria-labelledby="demand">
            <h2 id="demand">"Authenticator app"</h2>
            <p class="card-lead">
                "Whoever has one of these roles needs an app beside the password. Those without one set it up before they go on."
            </p>
            <form class="form" method="post" action="/settings/people">
                <fieldset class="picks"><legend>"Needed by"</legend>{roles.views()}</fieldset>
                <Confirm form="demand" is_confirmed />
                <button class="button" name="act" value="codes">"Save"</button>
            </form>
        </section>
    }
    .into_any()
}
