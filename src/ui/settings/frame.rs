//! The frame around a section: the list of all that are open to whoever looks.

use super::SECTIONS;
use crate::domain::{person::Viewer, right::allows};
use crate::ui::views::Views;
use leptos::prelude::*;

/// The side list, and the section of an address.
pub fn around(viewer: &Viewer, here: &str, section: AnyView) -> AnyView {
    let open = SECTIONS.iter().filter(|it| allows(viewer, it.3));
    let links = open.map(|it| {
        let current = (it.0 == here).then_some("page");
        view! { <li><a href=it.0 aria-current=current>{it.1}</a></li> }
    });
    view! {
        <div class="room settings-room">
            <div class="settings">
                <nav class="settings-sections" aria-label="Settings">
                    <ul>{links.views()}</ul>
                </nav>
                <div class="settings-section">{section}</div>
            </div>
        </div>
    }
    .into_any()
}
