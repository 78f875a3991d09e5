//! The rooms: few lazy routes for many sections, because every route costs bytes in the first load.

use super::{SECTIONS, Section, frame::SettingsFrame, index, people, plain, policies, teams};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_location, lazy_route};

/// Whatever stands below `/settings` and in no room of its own.
pub struct SettingsRoom;

#[lazy_route]
impl LazyRoute for SettingsRoom {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let piece = piece(2);
        let shown = move || {
            let path = piece.get().unwrap_or_default();
            if path == "teams" {
                return framed("/settings/teams", teams::section());
            }
            match (known(&format!("/settings/{path}")), path.parse()) {
                (Some(known), Ok(section)) => framed(known.0, plain::section(known, section)),
                (_, Ok(_) | Err(_)) => {
                    view! { <div class="room settings-room">{index::section()}</div> }.into_any()
                }
            }
        };
        view! { {shown} }.into_any()
    }
}

/// Rules with versions.
pub struct RulesRoom;

#[lazy_route]
impl LazyRoute for RulesRoom {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let piece = piece(3);
        let shown = move || {
            let path = piece.get().unwrap_or_default();
            match (known(&format!("/settings/rules/{path}")), path.parse()) {
                (Some(known), Ok(section)) => framed(known.0, policies::section(known, section)),
                (_, Ok(_) | Err(_)) => {
                    view! { <div class="room settings-room">{index::section()}</div> }.into_any()
                }
            }
        };
        view! { {shown} }.into_any()
    }
}

fn known(address: &str) -> Option<Section> {
    SECTIONS.iter().find(|it| it.0 == address).copied()
}

/// Everybody, and one person.
pub struct PeopleRoom;

#[lazy_route]
impl LazyRoute for PeopleRoom {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let id = piece(3);
        let shown = move || {
            let section = match id.get() {
                Some(id) => people::one::section(id.parse().ok()),
                None => people::list::section(),
            };
            framed("/settings/people", section)
        };
        view! { {shown} }.into_any()
    }
}

/// A piece of the address, counted from 1.
fn piece(nth: usize) -> Memo<Option<String>> {
    let path = use_location().pathname;
    Memo::new(move |_| {
        let path = path.get();
        let piece = path.split('/').nth(nth).filter(|it| !it.is_empty());
        piece.map(str::to_owned)
    })
}

fn framed(here: &'static str, section: AnyView) -> AnyView {
    view! { <SettingsFrame here>{section}</SettingsFrame> }.into_any()
}
