//! Forms that are sent without leaving the page: whatever a form would post is posted, and the room
//! is read again. A “no” stands above the composer until the next try.

use crate::server_fns::AppError;
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FormData, HtmlElement, HtmlFormElement, Request, RequestInit, Response, UrlSearchParams,
};

/// Sends forms.
#[derive(Clone, Copy)]
pub struct Sender {
    /// How often something was sent or refused: what shows the case is read again.
    count: RwSignal<u64>,
    /// How often something was sent or refused that was written: the composer is made anew.
    sent: RwSignal<u64>,
    refusal: RwSignal<Option<String>>,
    /// Whether something is on its way: a second click does nothing.
    busy: StoredValue<bool>,
}

impl Sender {
    /// One that has sent nothing.
    pub fn new() -> Self {
        Self {
            count: RwSignal::new(0),
            sent: RwSignal::new(0),
            refusal: RwSignal::new(None),
            busy: StoredValue::new(false),
        }
    }

    /// How often something was sent: a source for what is read again.
    pub fn count(self) -> u64 {
        self.count.get()
    }

    /// How often the composer was sent.
    pub fn sent(self) -> u64 {
        self.sent.get()
    }

    /// Has the case read again.
    pub fn look(self) {
        self.count.update(|it| *it += 1);
    }

    /// The last “no”, where it isn't shown elsewhere.
    pub fn refusal(self) -> impl IntoView {
        let shown = move || {
            let words = self.refusal.get();
            words.map(|it| view! { <p class="refused" role="alert">{it}</p> }.into_any())
        };
        view! { <div aria-live="polite">{shown}</div> }
    }

    /// Sends a form in place.
    pub fn submit(self, event: SubmitEvent) {
        let Some(form) = event
            .target()
            .and_then(|it| it.dyn_into::<HtmlFormElement>().ok())
        else {
            return;
        };
        if !form.method().eq_ignore_ascii_case("post") {
            return;
        }
        event.prevent_default();
        if self.busy.get_value() {
            return;
        }
        let is_composer = form.class_list().contains("composer");
        let Ok(fields) = FormData::new_with_form(&form) else {
            return;
        };
        if is_composer {
            say_what_was_seen(&fields);
        }
        // The button that was pressed says what is wanted.
        if let Some(button) = event
            .submitter()
            .and_then(|it| it.dyn_into::<HtmlElement>().ok())
            && let (Some(name), Some(value)) =
                (button.get_attribute("name"), button.get_attribute("value"))
        {
            // It could only fail for a malformed name.
            let _ = fields.append_with_str(&name, &value);
        }
        self.busy.set_value(true);
        let action = form.get_attribute("action").unwrap_or_default();
        spawn_local(async move {
            let done = post(&action, &fields).await;
            self.busy.set_value(false);
            self.refusal.set(match &done {
                // The composer shows its own, which is kept with the draft.
                Err(AppError::Rejected(_)) if is_composer => None,
                Err(error) => Some(error.to_string()),
                Ok(()) => None,
            });
            if done.is_ok() {
                close_forms();
            }
            let is_kept = matches!(done, Ok(()) | Err(AppError::Rejected(_)));
            if is_composer && is_kept {
                self.sent.update(|it| *it += 1);
            }
            self.count.update(|it| *it += 1);
        });
    }

    /// Posts a form's fields elsewhere, and says nothing unless it fails.
    pub fn keep(self, form: &HtmlFormElement, action: &'static str) {
        let Ok(fields) = FormData::new_with_form(form) else {
            return;
        };
        spawn_local(async move {
            let done = post(action, &fields).await;
            self.refusal
                .set(done.err().map(|it| format!("Your draft isn't kept: {it}")));
        });
    }
}

async fn post(action: &str, fields: &FormData) -> Result<(), AppError> {
    let lost = |why: JsValue| AppError::Connection(format!("{why:?}"));
    let answer = send(action, fields).await.map_err(lost)?;
    if answer.ok() {
        return Ok(());
    }
    let text = JsFuture::from(answer.text().map_err(lost)?)
        .await
        .map_err(lost)?;
    let text = text.as_string().unwrap_or_default();
    Err(serde_json::from_str(&text).unwrap_or(AppError::Connection(text)))
}

async fn send(action: &str, fields: &FormData) -> Result<Response, JsValue> {
    let body = UrlSearchParams::new()?;
    let entries = js_sys::try_iter(fields)?.into_iter().flatten();
    for entry in entries {
        let pair: js_sys::Array = entry?.dyn_into()?;
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            body.append(&name, &value);
        }
    }
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(&body);
    let request = Request::new_with_str_and_init(action, &options)?;
    request.headers().set("accept", "application/json")?;
    let answer = JsFuture::from(window().fetch_with_request(&request)).await?;
    answer.dyn_into()
}

/// What was done needs no form any more.
fn close_forms() {
    while let Ok(Some(open)) = document().query_selector(".inbox details[open]") {
        if open.remove_attribute("open").is_err() {
            return;
        }
    }
}

/// The thread is read again while one writes: what it shows now is what was seen.
fn say_what_was_seen(fields: &FormData) {
    let shown = document().query_selector("[data-seen]").ok().flatten();
    if let Some(seen) = shown.and_then(|it| it.get_attribute("data-seen")) {
        // It could only fail for a malformed name.
        let _ = fields.set_with_str("seen", &seen);
    }
}
