//! Role, brands and teams of somebody, to be chosen.

use crate::domain::{
    brand::Brand,
    people::Place,
    person::{Brands, Role, Team},
};
use crate::ui::views::Views;
use leptos::prelude::*;

/// The three choices.
#[component]
pub fn Places(
    /// What is chosen now.
    place: Place,
    /// Every brand.
    brands: Vec<Brand>,
    /// Every team.
    teams: Vec<Team>,
) -> impl IntoView {
    let roles = Role::ALL.iter().map(|it| {
        let is_chosen = *it == place.role;
        view! {
            <label class="pick">
                <input type="radio" name="role" value=it.as_str() checked=is_chosen required />
                <span>{it.label()} " " <small>{it.meaning()}</small></span>
            </label>
        }
    });
    let has_teams = !teams.is_empty();
    let ticked = teams.into_iter().map(|it| {
        let is_chosen = place.teams.contains(&it.id);
        tick("team", it.id.to_string(), it.name, is_chosen)
    });
    let ticked = ticked.views();
    let teams = has_teams.then(|| {
        view! { <fieldset class="picks"><legend>"Teams"</legend>{ticked}</fieldset> }
    });
    view! {
        <fieldset class="picks"><legend>"Role"</legend>{roles.views()}</fieldset>
        {reach(place.brands, brands)}
        {teams}
    }
    .into_any()
}

/// Which brands: all, or the ticked ones.
pub fn reach(chosen: Brands, brands: Vec<Brand>) -> AnyView {
    let (all, some) = match chosen {
        Brands::All => (true, Vec::new()),
        Brands::Only(some) => (false, some),
    };
    let brands = brands.into_iter().map(|it| {
        let is_chosen = some.contains(&it.id);
        tick("brand", it.id.to_string(), it.name, is_chosen)
    });
    view! {
        <fieldset class="picks">
            <legend>"Brands"</legend>
            <label class="pick">
                <input type="radio" name="reach" value="all" checked=all />
                <span>"All, those to come too"</span>
            </label>
            <label class="pick">
                <input type="radio" name="reach" value="some" checked=!all />
                <span>"Only these"</span>
            </label>
            <div class="picks-some">{brands.views()}</div>
        </fieldset>
    }
    .into_any()
}

/// One box of several.
pub fn tick(name: &'static str, value: String, text: String, is_chosen: bool) -> AnyView {
    view! {
        <label class="pick">
            <input type="checkbox" name=name value=value checked=is_chosen />
            <span>{text}</span>
        </label>
    }
    .into_any()
}
