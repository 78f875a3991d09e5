//! A page of rules with versions: the form, what it would do, and what was before.

use super::{
    Section, calendar,
    fields::Fields,
    parts::{self, brands},
    preview, sundown, targets, versions,
};
use crate::domain::settings::{PolicySection, policies::PolicyPage};
use crate::ui::views::Views;
use leptos::prelude::*;

/// The page of a section; `None` where there is no such brand.
pub fn page(known: Section, section: PolicySection, page: Option<PolicyPage>) -> AnyView {
    match page {
        Some(page) => filled(known, section, page),
        None => parts::no_brand(known),
    }
}

fn filled(known: Section, section: PolicySection, page: PolicyPage) -> AnyView {
    let (address, name, what, _) = known;
    let fields = Fields {
        form: page.form.clone(),
        faults: page.preview.faults.clone(),
    };
    let body = match section {
        PolicySection::Targets => targets::form(&fields),
        PolicySection::Sundown => sundown::form(&fields, &page.zone.name),
        PolicySection::Calendar => calendar::form(&fields, &page.zone.name),
    };
    let effects = preview::panel(section, &page.preview, &page.zone, page.as_of);
    let since = fields.of_kind(
        "datetime-local",
        "since",
        "In force from",
        "Leave it empty for now. By the brand's clock.",
    );
    let hidden = |name: &'static str| {
        let value = page.form.get(name).to_owned();
        view! { <input type="hidden" name=name value=value /> }
    };
    view! {
        <h1>{name}</h1>
        <p class="lead">{what}</p>
        {brands(&page.brands, &page.brand, address)}
        {saved(&page)}
        {stale(&page)}
        <div class="settings-pair">
            <form class="card settings-form" method="get" action=address data-previews="" aria-label=name>
                {hidden("brand")}
                {hidden("seen")}
                {body}
                {since}
                <p class="settings-actions">
                    <button class="button" data-primary="" formmethod="post">"Save"</button>
                    <button class="button only-without-script">"Preview"</button>
                    <span class="field-hint">"What is due already stays due by the rules of its time."</span>
                </p>
            </form>
            <section class="card settings-preview" aria-labelledby="effects">
                <h2 id="effects">"What this does"</h2>
                <div id="preview" aria-live="polite">{effects}</div>
            </section>
        </div>
        {(section == PolicySection::Calendar).then(|| calendar::holidays(&page))}
        {versions::list(&page)}
    }
    .into_any()
}

fn saved(page: &PolicyPage) -> Option<AnyView> {
    let version = page.saved?;
    let line = page.versions.iter().find(|it| it.version == version)?;
    let says = format!("Saved: version {version}, {}.", line.state.label());
    Some(view! { <p class="notice" data-tone="calm" role="status">{says}</p> }.into_any())
}

fn stale(page: &PolicyPage) -> Option<AnyView> {
    if page.preview.newer.is_empty() {
        return None;
    }
    let changes = page
        .preview
        .newer
        .iter()
        .map(|it| view! { <li>{it.clone()}</li> })
        .views();
    let view = view! {
        <div class="notice" data-tone="late" role="alert">
            <p><strong>"Not saved: somebody else changed these rules while you looked at them."</strong></p>
            <ul>{changes}</ul>
            <p>"What you entered stands below. Look at it again and save it on top of theirs, or leave it."</p>
        </div>
    };
    Some(view.into_any())
}
