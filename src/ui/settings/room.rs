//! The rooms: settings without versions with the overview, and rules with versions. Each is loaded
//! when it is entered, for together they are more than one load should be.

use super::{SECTIONS, Section, frame::SettingsFrame, plain, policies};
use crate::domain::settings::{PlainSection, PolicySection};
use crate::ui::views::Views;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

/// Lists and numbers, and what there is to set.
pub struct Settings;

#[lazy_route]
impl LazyRoute for Settings {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let section = use_section();
        let shown = move || {
            let path = section.get();
            match (known(&path), path.parse::<PlainSection>()) {
                (Some(known), Ok(section)) => plain::page(known, section),
                (_, Ok(_) | Err(_)) => overview(&path),
            }
        };
        view! { <div class="room settings">{shown}</div> }.into_any()
    }
}

/// Rules with versions.
pub struct Rules;

#[lazy_route]
impl LazyRoute for Rules {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let section = use_section();
        let shown = move || {
            let path = section.get();
            match (
                known(&format!("rules/{path}")),
                path.parse::<PolicySection>(),
            ) {
                (Some(known), Ok(section)) => policies::page(known, section),
                (_, Ok(_) | Err(_)) => overview(&path),
            }
        };
        view! { <div class="room settings">{shown}</div> }.into_any()
    }
}

fn use_section() -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|it| it.get("section")).unwrap_or_default())
}

fn known(path: &str) -> Option<Section> {
    SECTIONS.iter().find(|it| it.0 == path).copied()
}

/// What there is to set; the answer to an address that is none of the sections, too.
fn overview(section: &str) -> AnyView {
    let strange = (!section.is_empty()).then(|| {
        view! { <p class="notice" data-tone="due">"There is no such page of settings. These there are:"</p> }
    });
    let cards = SECTIONS
        .iter()
        .map(|(path, name, what)| {
            view! {
                <li class="card">
                    <h2><a href=format!("/settings/{path}")>{*name}</a></h2>
                    <p>{*what}</p>
                </li>
            }
        })
        .views();
    view! {
        <Title text="Settings" />
        <SettingsFrame current="">
            <h1>"Settings"</h1>
            {strange}
            <ul class="settings-cards">{cards}</ul>
        </SettingsFrame>
    }
    .into_any()
}
