//! What holds for every request, whoever sends it and wherever it leads: it comes from our own
//! pages, is neither too large nor too slow, and was made by the version that runs.

use crate::server_fns::AppError;
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use leptos::prelude::FromServerFnError;
use std::time::Duration;
use tower_http::{
    csrf::{CsrfLayer, ProtectionError},
    limit::RequestBodyLimitLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

use super::visitor;

/// The most that anybody may send at once, in bytes: a year's calendar fits, a flood doesn't.
const MOST: usize = 1024 * 1024;
/// How long an answer may take to begin.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a sender may pause.
const PAUSE: Duration = Duration::from_secs(10);
/// The version by which a page was made, as it says with each call and as we say with a refusal.
const BUILD: HeaderName = HeaderName::from_static("x-sundown-build");

/// Puts the fences around everything; `build` names the version that runs.
pub fn around(router: Router, build: &str) -> Router {
    router
        .layer(middleware::from_fn_with_state(build.to_owned(), of_today))
        .layer(RequestBodyTimeoutLayer::new(PAUSE))
        .layer(RequestBodyLimitLayer::new(MOST))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ))
        .layer(CsrfLayer::new().with_rejection_response(not_from_here))
        .layer(middleware::from_fn(only_with_tls))
}

/// What another site's page hears that tries to act in somebody's name.
fn not_from_here(_: ProtectionError) -> Response {
    let words = "This came from another site, so nothing was done. Open Sundown itself and do it there; behind a proxy, let it pass Host and Origin on unchanged.";
    (StatusCode::FORBIDDEN, words).into_response()
}

/// A page that was opened before an upgrade calls functions that may mean something else now: it is
/// told to load itself again, and nothing is done.
async fn of_today(State(build): State<String>, request: Request, next: Next) -> Response {
    let is_call = request.uri().path().starts_with("/fn/");
    let made_by = request.headers().get(&BUILD).map(HeaderValue::as_bytes);
    if !is_call || made_by.is_none_or(|it| it == build.as_bytes()) {
        return next.run(request).await;
    }
    let words = "Sundown was upgraded after this page was opened. Load the page again; nothing of this call was done.";
    let mut answer = (
        StatusCode::CONFLICT,
        [(header::CONTENT_TYPE, "application/json")],
        Body::from(AppError::Rejected(words.to_owned()).ser()),
    )
        .into_response();
    if let Ok(build) = HeaderValue::from_str(&build) {
        answer.headers_mut().insert(BUILD, build);
    }
    answer
}

/// Browsers that came by TLS once shall never come without. Without TLS they don't listen to this.
async fn only_with_tls(request: Request, next: Next) -> Response {
    let is_elsewhere = !visitor::is_loopback(request.headers());
    let mut answer = next.run(request).await;
    if is_elsewhere {
        keep_tls(answer.headers_mut());
    }
    answer
}

fn keep_tls(headers: &mut HeaderMap) {
    headers.insert(
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=31536000"),
    );
}
