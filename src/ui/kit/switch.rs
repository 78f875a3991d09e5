//! A switch of a few positions; each is an address.

use crate::ui::views::Views;
use leptos::prelude::*;

/// One position: text, address, whether it is the present one.
pub type Position = (&'static str, String, bool);

/// Links side by side, of which one is where we are.
#[component]
pub fn Switch(
    /// What is switched, for those who can't see it.
    label: &'static str,
    /// The positions.
    positions: Vec<Position>,
) -> impl IntoView {
    let links = positions.into_iter().map(|(text, href, is_here)| {
        view! {
            <a href=href data-noscroll="" aria-current=is_here.then_some("true")>{text}</a>
        }
    });
    view! { <nav class="switch" aria-label=label>{links.views()}</nav> }.into_any()
}
