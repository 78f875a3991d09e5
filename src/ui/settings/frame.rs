//! The frame around a section: the list of all that are open to whoever looks.

use super::SECTIONS;
use crate::server_fns::people::load_sections;
use crate::ui::views::Views;
use leptos::prelude::*;

/// The side list and the section.
#[component]
pub fn SettingsFrame(
    /// The section's address.
    here: &'static str,
    /// The section.
    children: Children,
) -> impl IntoView {
    let open = Resource::new(|| (), |()| load_sections());
    let links = move || {
        Suspend::new(async move {
            let open = open.await.unwrap_or_default();
            SECTIONS
                .iter()
                .filter(|it| open.iter().any(|word| word == it.3))
                .map(|it| {
                    let current = (it.0 == here).then_some("page");
                    view! { <li><a href=it.0 aria-current=current>{it.1}</a></li> }
                })
                .views()
        })
    };
    view! {
        <div class="room settings-room">
            <div class="settings">
                <nav class="settings-sections" aria-label="Settings">
                    <ul><Transition>{links}</Transition></ul>
                </nav>
                <div class="settings-section">{children()}</div>
            </div>
        </div>
    }
    .into_any()
}
