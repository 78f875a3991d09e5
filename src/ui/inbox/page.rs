//! The room: a list, a thread, what one writes in and a person beside each other; on a phone one of
//! them. The server draws the panes; here they are read again when something may have changed.

use super::{forms::Sender, keys, writing};
use crate::domain::{ids::CaseId, inbox::Pane};
use crate::server_fns::{AppError, inbox::load_pane};
use crate::ui::{kit::failed::Failed, live::Beat};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    LazyRoute,
    hooks::{use_location, use_params_map},
    lazy_route,
};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The Inbox.
pub struct Inbox;

/// What a pane is drawn for: the page's query, the case that is open, and how often it was read.
type Source = (String, Option<CaseId>, u64);

/// While something is on its way, the case is looked at so often.
const SOON: Duration = Duration::from_secs(1);

#[lazy_route]
impl LazyRoute for Inbox {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let search = use_location().search;
        let ids = use_params_map();
        let case = Memo::new(move |_| ids.with(|map| map.get("id")?.parse::<CaseId>().ok()));
        let beat = Beat::start();
        let sender = Sender::new();
        let pending = StoredValue::new(None);
        let source = move |times: u64| -> Source { (search.get(), case.get(), times) };
        // What somebody has opened or is filling in beside the case stays as it is.
        let calm = Memo::new(move |was: Option<&u64>| {
            let now = beat.get();
            if is_there(".inbox-side details[open], .inbox-side :focus") {
                was.copied().unwrap_or(now)
            } else {
                now
            }
        });
        let list = pane(
            Pane::List,
            move || source(beat.get() + sender.count()),
            Some(beat),
        );
        let thread = pane(
            Pane::Case,
            move || source(beat.get() + sender.count()),
            None,
        );
        let composer = pane(Pane::Composer, move || source(sender.sent()), None);
        let side = pane(
            Pane::Side,
            move || source(calm.get() + sender.count()),
            None,
        );
        keys::listen();
        watch_what_is_on_its_way(sender);
        let is_open = move || case.get().is_some().then_some("");
        view! {
            <Title text="Inbox" />
            <h1 class="unseen">"Inbox"</h1>
            <div
                class="inbox"
                data-open=is_open
                on:submit=move |event| {
                    writing::forget(pending);
                    sender.submit(event);
                }
                on:click=move |event| keys::on_click(&event)
                on:input=move |event| writing::on_input(&event, pending, sender)
            >
                <section class="inbox-list" aria-label="Cases">{list}</section>
                <section class="inbox-case" aria-label="The case">
                    {thread} {sender.refusal()} {composer}
                </section>
                <aside class="inbox-side" aria-label="About this case">{side}</aside>
            </div>
        }
        .into_any()
    }
}

/// A pane that is drawn again whenever its source changes. Where the focus was on a link in it, it
/// goes to the same link.
fn pane(
    which: Pane,
    source: impl Fn() -> Source + Send + Sync + 'static,
    beat: Option<Beat>,
) -> AnyView {
    let html = Resource::new(source, move |(search, case, _)| async move {
        let html = load_pane(which, search, case).await;
        if let Some(beat) = beat {
            beat.answered(true);
        }
        html
    });
    let shown = move || {
        Suspend::new(async move {
            let html = html.await;
            keep_focus();
            if cfg!(target_arch = "wasm32") && which == Pane::Composer {
                request_animation_frame(writing::count_all);
            }
            filled(html)
        })
    };
    view! { <Transition fallback=|| ()>{shown}</Transition> }.into_any()
}

fn filled(html: Result<String, AppError>) -> AnyView {
    match html {
        Ok(html) => view! { <div class="inbox-pane" inner_html=html></div> }.into_any(),
        Err(error) => {
            let incident = error.incident();
            view! { <Failed what="The Inbox" why=error.to_string() incident /> }.into_any()
        }
    }
}

/// Puts the focus back on the same link after the pane it stands in was drawn again.
fn keep_focus() {
    if !cfg!(target_arch = "wasm32") {
        return;
    }
    let focused = document().active_element();
    let focused = focused.filter(|it| it.closest(".inbox-pane").is_ok_and(|it| it.is_some()));
    let Some(href) = focused.and_then(|it| it.get_attribute("href")) else {
        return;
    };
    request_animation_frame(move || {
        let same = document().query_selector(&format!(".inbox-pane a[href=\"{href}\"]"));
        let same = same
            .ok()
            .flatten()
            .and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(same) = same {
            // It could only fail on an element that takes no focus.
            let _ = same.focus();
        }
    });
}

fn is_there(selector: &str) -> bool {
    cfg!(target_arch = "wasm32")
        && document()
            .query_selector(selector)
            .is_ok_and(|it| it.is_some())
}

/// A reply that waits or travels says every second how it stands.
fn watch_what_is_on_its_way(sender: Sender) {
    Effect::new(move |_| {
        let look = move || {
            let moves = ".reply-card[data-state=queued], .reply-card[data-state=in_flight]";
            if is_there(moves) && !document().hidden() {
                sender.look();
            }
        };
        if let Ok(handle) = set_interval_with_handle(look, SOON) {
            on_cleanup(move || handle.clear());
        }
    });
}
