//! All sections at a glance.

use super::SECTIONS;
use crate::server_fns::people::load_sections;
use crate::ui::views::Views;
use leptos::prelude::*;
use leptos_meta::Title;

/// A card for each that is open to whoever looks.
pub fn section() -> AnyView {
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
        <div class="room-head"><h1>"Settings"</h1></div>
        <ul class="settings-doors"><Transition>{cards}</Transition></ul>
    }
    .into_any()
}
