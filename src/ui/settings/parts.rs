//! What the pages of settings share.

use super::Section;
use crate::server_fns::AppError;
use crate::ui::{
    kit::{empty::Empty, failed::Failed},
    views::Views,
};
use leptos::{ev::Event, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlFormElement, UrlSearchParams};

/// Typing rests so long before a preview is asked for.
pub const REST: Duration = Duration::from_millis(250);

/// The form around what was typed into, as the query of an address.
pub fn draft_of(event: &Event) -> Option<String> {
    let field: Element = event.target()?.dyn_into().ok()?;
    let form: HtmlFormElement = field.closest("form").ok()??.dyn_into().ok()?;
    let fields = FormData::new_with_form(&form).ok()?;
    let query = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some(query.to_string().into())
}

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

/// A page that couldn't be loaded, or has no brand to be about.
pub fn failed(known: Section, error: &AppError) -> AnyView {
    let (address, name, what, _) = known;
    if *error == AppError::NotFound {
        return view! {
            <h1>{name}</h1>
            <p class="lead">{what}</p>
            <div class="card">
                <Empty title="There is no such brand">
                    <p>"Go to " <a href=address>"the first brand"</a>
                    ", or import an archive to begin with one."</p>
                </Empty>
            </div>
        }
        .into_any();
    }
    let incident = error.incident();
    view! {
        <h1>{name}</h1>
        <Failed what="These settings" why=error.to_string() incident />
    }
    .into_any()
}
