//! A card: one figure or picture with its name and its definition.

use super::{
    basis::Basis,
    explain::{Explain, slug},
};
use crate::domain::definition::Definition;
use leptos::prelude::*;
use std::sync::Arc;

/// A section with a heading, a word beside it, and its definition at hand.
#[component]
pub fn Card(
    /// What it shows.
    definition: Definition,
    /// What that stands on.
    basis: Arc<Basis>,
    /// A few words at the far end of the heading.
    #[prop(into)]
    note: ViewFn,
    /// The picture.
    children: Children,
) -> impl IntoView {
    let name = slug(definition.name);
    let heading = format!("{name}-heading");
    let heading_id = heading.clone();
    view! {
        <section class="card" data-card=name aria-labelledby=heading>
            <div class="card-head">
                <h2 id=heading_id>{definition.name}</h2>
                <Explain definition basis />
                <div class="card-note">{note.run()}</div>
            </div>
            {children()}
        </section>
    }
    .into_any()
}
