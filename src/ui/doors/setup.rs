//! The first start: from a link to an administrator, an organisation and a brand.

use super::sign_in::Refused;
use crate::{
    domain::account::Outcome,
    ui::{kit::new_password::NewPassword, views::Views},
};
use leptos::prelude::*;

/// Chooses the browser's own zone, unless one was chosen before, and says what a password is worth.
pub const SCRIPT: &str = concat!(
    include_str!("zone.js"),
    include_str!("../kit/new_password.js")
);

/// The form.
pub fn form(token: &str, brands: &[String], zones: &[String], outcome: Outcome) -> AnyView {
    let action = format!("/setup/{token}");
    let chosen = outcome.field("zone");
    let has_chosen = (!chosen.is_empty()).then_some("");
    let zone = if chosen.is_empty() {
        "UTC".to_owned()
    } else {
        chosen
    };
    let options = zones.iter().map(|it| {
        let is_chosen = *it == zone;
        view! { <option value=it.clone() selected=is_chosen>{it.clone()}</option> }
    });
    let brand = if brands.is_empty() {
        view! {
            <Entry
                name="brand"
                label="First brand"
                note="Who people complain to, as they call it. More can follow."
                value=outcome.field("brand")
                required=true
                autocomplete="off"
            />
        }
        .into_any()
    } else {
        let there = format!(
            "{} here already, from an archive. Add one more, or leave this empty.",
            match brands {
                [one] => format!("{one} is"),
                many => format!("{} brands are", many.len()),
            }
        );
        view! {
            <Entry
                name="brand"
                label="Another brand"
                note=there
                value=outcome.field("brand")
                required=false
                autocomplete="off"
            />
        }
        .into_any()
    };
    view! {
        <h1>"Welcome to Sundown"</h1>
        <p class="door-lead">"Two minutes, and the Board is yours. You become its first administrator."</p>
        <Refused why=outcome.refused.clone() />
        <form class="door-form door-wide" method="post" action=action>
            <fieldset>
                <legend>"You"</legend>
                <Entry name="name" label="Your name" value=outcome.field("name") required=true autocomplete="name" />
                <Entry
                    name="email"
                    label="E-mail address"
                    value=outcome.field("email")
                    required=true
                    autocomplete="username"
                />
                <NewPassword label="Password" />
            </fieldset>
            <fieldset>
                <legend>"Where you work"</legend>
                <Entry
                    name="organisation"
                    label="Organisation"
                    value=outcome.field("organisation")
                    required=true
                    autocomplete="organization"
                />
                {brand}
                <div class="entry">
                    <label for="zone">"Time zone"</label>
                    <select class="field" id="zone" name="zone" data-chosen=has_chosen>
                        {options.views()}
                    </select>
                    <p class="entry-note">"Whose day it is: sundown, targets and charts go by its clock."</p>
                </div>
            </fieldset>
            <button class="button" data-primary="" type="submit">"Open the Board"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Entry(
    name: &'static str,
    label: &'static str,
    #[prop(into, optional)] note: String,
    value: String,
    required: bool,
    autocomplete: &'static str,
) -> impl IntoView {
    let kind = if name == "email" { "email" } else { "text" };
    let note_id = format!("{name}-note");
    let described = (!note.is_empty()).then(|| note_id.clone());
    let note = (!note.is_empty()).then(|| view! { <p class="entry-note" id=note_id>{note}</p> });
    view! {
        <div class="entry">
            <label for=name>{label}</label>
            <input
                class="field"
                id=name
                name=name
                r#type=kind
                value=value
                required=required
                autocomplete=autocomplete
                aria-describedby=described
                data-own=""
                maxlength="254"
            />
            {note}
        </div>
    }
    .into_any()
}
