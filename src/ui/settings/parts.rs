//! What the pages of settings share.

use super::Section;
use crate::ui::{kit::empty::Empty, views::Views};
use leptos::prelude::*;

/// Links to the same page of other brands.
pub fn brands(all: &[(String, String)], current: &str, address: &str) -> Option<AnyView> {
    if all.len() < 2 {
        return None;
    }
    let options = all
        .iter()
        .map(|(key, name)| {
            let selected = key == current;
            view! { <option value=key.clone() selected=selected>{name.clone()}</option> }
        })
        .views();
    let view = view! {
        <form class="settings-brand" method="get" action=address.to_owned()>
            <label class="choice"><span>"Brand"</span> <select name="brand">{options}</select></label>
            <button class="button">"Show"</button>
        </form>
    };
    Some(view.into_any())
}

/// A page about a brand that isn't there, or not for whoever looks.
pub fn no_brand(known: Section) -> AnyView {
    let (address, name, what, _) = known;
    view! {
        <h1>{name}</h1>
        <p class="lead">{what}</p>
        <div class="card">
            <Empty title="There is no such brand">
                <p>"Go to " <a href=address>"the first brand"</a>
                ", or import an archive to begin with one."</p>
            </Empty>
        </div>
    }
    .into_any()
}
