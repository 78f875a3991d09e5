//! The room: one lazy route for the sections here, because every route costs bytes in the first load.

use super::{frame::SettingsFrame, index, people, teams};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_location, lazy_route};

/// Whatever stands below `/settings`.
pub struct SettingsRoom;

#[lazy_route]
impl LazyRoute for SettingsRoom {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let path = use_location().pathname;
        let shown = move || {
            let path = path.get();
            let mut pieces = path.trim_end_matches('/').split('/').skip(2);
            match (pieces.next(), pieces.next()) {
                (Some("people"), None) => framed("/settings/people", people::list::section()),
                (Some("people"), Some(id)) => {
                    framed("/settings/people", people::one::section(id.parse().ok()))
                }
                (Some("teams"), _) => framed("/settings/teams", teams::section()),
                _ => view! { <div class="room settings-room">{index::section()}</div> }.into_any(),
            }
        };
        view! { {shown} }.into_any()
    }
}

fn framed(here: &'static str, section: AnyView) -> AnyView {
    view! { <SettingsFrame here>{section}</SettingsFrame> }.into_any()
}
