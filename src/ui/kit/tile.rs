//! A tile: one headline number, how it changed, and what stands beside it.

use super::{
    basis::Basis,
    change::{Change, ChangeMark},
    explain::{Explain, slug},
};
use crate::domain::definition::Definition;
use leptos::prelude::*;
use std::sync::Arc;

/// One headline number with its definition.
#[component]
pub fn Tile(
    /// What it means.
    definition: Definition,
    /// What it stands on.
    basis: Arc<Basis>,
    /// Against the period before; `None` when nothing is compared.
    change: Option<Change>,
    /// The number and the words below it.
    children: Children,
) -> impl IntoView {
    let name = slug(definition.name);
    let heading = format!("{name}-heading");
    let heading_id = heading.clone();
    view! {
        <section class="tile" data-tile=name aria-labelledby=heading>
            <div class="tile-head">
                <h2 id=heading_id>{definition.name}</h2>
                <Explain definition basis />
            </div>
            {children()}
            {change.map(|change| view! { <ChangeMark change /> }.into_any())}
        </section>
    }
    .into_any()
}
