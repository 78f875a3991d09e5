//! The list of sections beside the one that is open.

use super::SECTIONS;
use crate::ui::views::Views;
use leptos::prelude::*;

/// The list and the section.
#[component]
pub fn SettingsFrame(
    /// The open section's address below `/settings/`.
    current: &'static str,
    /// The section.
    children: Children,
) -> impl IntoView {
    let links = SECTIONS
        .iter()
        .map(|(path, name, _)| {
            let here = (*path == current).then_some("page");
            view! {
                <li><a href=format!("/settings/{path}") aria-current=here>{*name}</a></li>
            }
        })
        .views();
    view! {
        <div class="settings-columns">
            <nav class="settings-list" aria-label="Settings"><ul>{links}</ul></nav>
            <div class="settings-section">{children()}</div>
        </div>
    }
    .into_any()
}
