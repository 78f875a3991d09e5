//! A page of settings without versions: the form, and what it would do.

use super::{
    Section,
    fields::Fields,
    forms,
    parts::{REST, brands, draft_of, failed},
};
use crate::domain::settings::{
    PlainSection,
    plain::{PlainPage, PlainPreview, PreviewRow},
};
use crate::server_fns::{
    AppError,
    settings::{ChangeSettings, load_settings, preview_settings},
};
use crate::ui::{format, kit::skeleton::Skeleton, views::Views};
use leptos::{ev::Event, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use std::sync::Arc;

/// The page of a section.
pub fn section(known: Section, section: PlainSection) -> AnyView {
    let search = use_location().search;
    let answer = Resource::new(
        move || search.get(),
        move |search| load_settings(section, search),
    );
    let shown = move || Suspend::new(async move { show(known, section, answer.await) });
    view! {
        <Title text=known.1 />
        <Transition fallback=move || view! { <Skeleton what="the settings" shapes=&["head", "list"] /> }>
            {shown}
        </Transition>
    }
    .into_any()
}

fn show(known: Section, section: PlainSection, answer: Result<PlainPage, AppError>) -> AnyView {
    match answer {
        Ok(page) => filled(known, section, page),
        Err(error) => failed(known, &error),
    }
}

fn filled(known: Section, section: PlainSection, page: PlainPage) -> AnyView {
    let (address, name, what, _) = known;
    let asked = Action::new(move |draft: &String| preview_settings(section, draft.clone()));
    let first = page.preview.clone();
    let preview = Signal::derive(move || match asked.value().get() {
        Some(Ok(preview)) => preview,
        Some(Err(_)) | None => first.clone(),
    });
    let fields = Fields {
        form: Arc::new(page.form.clone()),
        faults: Signal::derive(move || preview.with(|it| it.faults.clone())),
    };
    let mut ask = leptos::leptos_dom::helpers::debounce(REST, move |draft: String| {
        asked.dispatch(draft);
    });
    let typed = move |event: Event| {
        if let Some(draft) = draft_of(&event) {
            ask(draft);
        }
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
    let effects = move || panel(&preview.get());
    view! {
        <h1>{name}</h1>
        <p class="lead">{what}</p>
        {choice}
        {saved}
        {stale}
        <div class="settings-pair">
            <form class="card settings-form" method="get" action=address on:input=typed aria-label=name>
                <input type="hidden" name="section" value=section.as_str() />
                {hidden("brand")}
                {hidden("seen")}
                {forms::form(section, &fields)}
                <p class="settings-actions">
                    <button class="button" data-primary="" formmethod="post" formaction=ChangeSettings::PATH>
                        "Save"
                    </button>
                    <button class="button only-without-script">"Preview"</button>
                </p>
            </form>
            <section class="card settings-preview" aria-labelledby="effects">
                <h2 id="effects">"What this does"</h2>
                <div aria-live="polite">{effects}</div>
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
