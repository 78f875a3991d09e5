//! All sections at a glance.

use super::SECTIONS;
use crate::server_fns::people::load_sections;
use crate::ui::views::Views;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The page.
pub struct SettingsIndex;

#[lazy_route]
impl LazyRoute for SettingsIndex {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let open = Resource::new(|| (), |()| load_sections());
        let cards = move || {
            Suspend::new(async move {
                let open = open.await.unwrap_or_default();
                SECTIONS
                    .iter()
                    .filter(|it| open.iter().any(|word| word == it.3))
                    .map(|it| {
                        view! {
                            <li>
                                <a class="card settings-door" href=it.0>
                                    <span>{it.1}</span>
                                    <small>{it.2}</small>
                                </a>
                            </li>
                        }
                    })
                    .views()
            })
        };
        view! {
            <Title text="Settings" />
            <div class="room settings-room">
                <div class="room-head"><h1>"Settings"</h1></div>
                <ul class="settings-doors"><Transition>{cards}</Transition></ul>
            </div>
        }
        .into_any()
    }
}
