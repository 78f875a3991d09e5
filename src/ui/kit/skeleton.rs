//! What stands on a page until it is there, as large as what will come.

use crate::ui::views::Views;
use leptos::prelude::*;

/// Grey shapes in the places of a room.
#[component]
pub fn Skeleton(
    /// What is being loaded.
    what: &'static str,
    /// The shapes' names, top to bottom; styles know their sizes.
    shapes: &'static [&'static str],
) -> impl IntoView {
    let shapes = shapes
        .iter()
        .map(|&it| view! { <div class="skeleton-shape" data-shape=it></div> });
    view! {
        <div class="skeleton" role="status" aria-label=format!("Loading {what}")>
            {shapes.views()}
        </div>
    }
    .into_any()
}
