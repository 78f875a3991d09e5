//! A page of rules with versions: the form, what it would do, and what was before.

use super::{
    Section, calendar,
    fields::Fields,
    parts::{REST, brands, draft_of, failed},
    preview, sundown, targets, versions,
};
use crate::domain::settings::{PolicySection, policies::PolicyPage};
use crate::server_fns::{
    AppError,
    settings::{ChangePolicies, load_policies, preview_policies},
};
use crate::ui::{kit::skeleton::Skeleton, views::Views};
use leptos::{ev::Event, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use std::sync::Arc;

/// The page of a section.
pub fn section(known: Section, section: PolicySection) -> AnyView {
    let search = use_location().search;
    let answer = Resource::new(
        move || search.get(),
        move |search| load_policies(section, search),
    );
    let shown = move || Suspend::new(async move { show(known, section, answer.await) });
    view! {
        <Title text=known.1 />
        <Transition fallback=move || view! { <Skeleton what="the rules" shapes=&["head", "list"] /> }>
            {shown}
        </Transition>
    }
    .into_any()
}

fn show(known: Section, section: PolicySection, answer: Result<PolicyPage, AppError>) -> AnyView {
    match answer {
        Ok(page) => filled(known, section, page),
        Err(error) => failed(known, &error),
    }
}

fn filled(known: Section, section: PolicySection, page: PolicyPage) -> AnyView {
    let (address, name, what, _) = known;
    let asked = Action::new(move |draft: &String| preview_policies(section, draft.clone()));
    let first = page.preview.clone();
    let preview = Signal::derive(move || match asked.value().get() {
        Some(Ok(preview)) => preview,
        Some(Err(_)) | None => first.clone(),
    });
    let fields = Fields {
        form: Arc::new(page.form.clone()),
        faults: Signal::derive(move || preview.with(|it| it.faults.clone())),
    };
    let body = match section {
        PolicySection::Targets => targets::form(&fields),
        PolicySection::Sundown => sundown::form(&fields, &page.zone.name),
        PolicySection::Calendar => calendar::form(&fields, &page.zone.name),
    };
    let mut ask = leptos::leptos_dom::helpers::debounce(REST, move |draft: String| {
        asked.dispatch(draft);
    });
    let typed = move |event: Event| {
        if let Some(draft) = draft_of(&event) {
            ask(draft);
        }
    };
    let zone = page.zone.clone();
    let as_of = page.as_of;
    let effects = move || preview::panel(section, &preview.get(), &zone, as_of);
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
            <form class="card settings-form" method="get" action=address on:input=typed aria-label=name>
                <input type="hidden" name="section" value=section.as_str() />
                {hidden("brand")}
                {hidden("seen")}
                {body}
                {since}
                <p class="settings-actions">
                    <button class="button" data-primary="" formmethod="post" formaction=ChangePolicies::PATH>
                        "Save"
                    </button>
                    <button class="button only-without-script">"Preview"</button>
                    <span class="field-hint">"What is due already stays due by the rules of its time."</span>
                </p>
            </form>
            <section class="card settings-preview" aria-labelledby="effects">
                <h2 id="effects">"What this does"</h2>
                <div aria-live="polite">{effects}</div>
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
