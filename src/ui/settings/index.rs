//! All sections at a glance.

use super::SECTIONS;
use crate::domain::{person::Viewer, right::allows};
use crate::ui::views::Views;
use leptos::prelude::*;

/// A card for each that is open to whoever looks.
pub fn page(viewer: &Viewer) -> AnyView {
    let open = SECTIONS.iter().filter(|it| allows(viewer, it.3));
    let cards = open.map(|it| {
        view! {
            <li>
                <a class="card settings-door" href=it.0>
                    <span>{it.1}</span>
                    <small>{it.2}</small>
                </a>
            </li>
        }
    });
    view! {
        <div class="room settings-room">
            <div class="room-head"><h1>"Settings"</h1></div>
            <ul class="settings-doors">{cards.views()}</ul>
        </div>
    }
    .into_any()
}
