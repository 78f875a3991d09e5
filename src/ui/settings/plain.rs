//! A page of settings without versions: the form, and what it would do.

use super::{
    Section,
    fields::Fields,
    forms,
    parts::{self, brands},
};
use crate::domain::settings::{
    PlainSection,
    plain::{PlainPage, PlainPreview, PreviewRow},
};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// The page of a section; `None` where there is no such brand.
pub fn page(known: Section, section: PlainSection, page: Option<PlainPage>) -> AnyView {
    match page {
        Some(page) => filled(known, section, page),
        None => parts::no_brand(known),
    }
}

fn filled(known: Section, section: PlainSection, page: PlainPage) -> AnyView {
    let (address, name, what, _) = known;
    let fields = Fields {
        form: page.form.clone(),
        faults: page.preview.faults.clone(),
    };
    let choice = match section {
        PlainSection::Topics | PlainSection::Macros | PlainSection::Retention => {
            brands(&page.brands, &page.brand, address)
        }
        PlainSection::Urgency | PlainSection::Brands => None,
    };
    let saved = page.is_saved.then(|| {
        view! { <p class="notice" data-tone="calm" role="status">"Saved."</p> }
    });
    let stale = page.preview.is_stale.then(|| {
        let current = format!("{address}?brand={}", page.brand);
        view! {
            <p class="notice" data-tone="late" role="alert">
                "Not saved: somebody else changed this while you looked at it. "
                <a href=current target="_blank">"See how it stands now"</a>
                "; what you entered is below. Save it again to put it in the place of theirs."
            </p>
        }
    });
    let hidden = |name: &'static str| {
        let value = page.form.get(name).to_owned();
        view! { <input type="hidden" name=name value=value /> }
    };
    let effects = panel(&page.preview);
    view! {
        <h1>{name}</h1>
        <p class="lead">{what}</p>
        {choice}
        {saved}
        {stale}
        <div class="settings-pair">
            <form class="card settings-form" method="get" action=address data-previews="" aria-label=name>
                {hidden("brand")}
                {hidden("seen")}
                {forms::form(section, &fields)}
                <p class="settings-actions">
                    <button class="button" data-primary="" formmethod="post">"Save"</button>
                    <button class="button only-without-script">"Preview"</button>
                </p>
            </form>
            <section class="card settings-preview" aria-labelledby="effects">
                <h2 id="effects">"What this does"</h2>
                <div id="preview" aria-live="polite">{effects}</div>
            </section>
        </div>
    }
    .into_any()
}

fn panel(preview: &PlainPreview) -> AnyView {
    let faults = (!preview.faults.is_empty()).then(|| {
        let count = format::counted(preview.faults.len() as u64, "field has", "fields have");
        view! {
            <p class="notice" data-tone="late">
                {format!("{count} to be mended before this can be saved.")}
            </p>
        }
    });
    let notes = preview
        .notes
        .iter()
        .map(|it| view! { <p>{it.clone()}</p> })
        .views();
    let rows = preview.rows.iter().map(row).views();
    let rows = (!rows.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    view! { {faults} {notes} {rows} }.into_any()
}

fn row(it: &PreviewRow) -> impl IntoView + use<> {
    let title = it.title.clone();
    let title = match it.href.clone() {
        Some(href) => view! { <a href=href dir="auto">{title}</a> }.into_any(),
        None => view! { <strong dir="auto">{title}</strong> }.into_any(),
    };
    let mark = (!it.mark.is_empty()).then(|| view! { <span class="mark">{it.mark.clone()}</span> });
    view! {
        <li>
            {title} " " {mark}
            <p dir="auto">{it.text.clone()}</p>
        </li>
    }
}
