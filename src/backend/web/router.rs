//! Which address leads where, and what every answer tells the browser about safety.

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, FromRef, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use leptos::{WasmSplitManifest, nonce::use_nonce, prelude::*};
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context,
};
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer};

use super::{assets::Site, export, shell::shell, uploads};
use crate::{
    app::App,
    backend::{ctx::Ctx, services::settings::holidays},
};

/// What the tool that splits the browser's half calls the script that loads the parts.
const CHUNK_LOADER: &str = "__wasm_split.______________________.js";

/// Bytes of a form with a holiday file in it.
const HOLIDAY_FILE: usize = holidays::FILE_BYTES + 4096;

/// Said with every answer that does not say otherwise.
const HEADERS: [(HeaderName, HeaderValue); 7] = [
    // The site's files say how long they keep. What is rendered is someone's own and may be kept
    // by nobody else, nor shown again without asking.
    (
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    ),
    // Pages carry their own, wider policy. Nothing else has a reason to load anything.
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// What the handlers of pages and files share.
#[derive(Clone)]
struct Web {
    options: LeptosOptions,
    site: Arc<Site>,
    ctx: Ctx,
}

impl FromRef<Web> for LeptosOptions {
    fn from_ref(web: &Web) -> Self {
        web.options.clone()
    }
}

/// Pages, server functions and the site's files.
pub fn router(site: Site, ctx: Ctx) -> Router {
    let options = LeptosOptions::builder()
        .output_name("sundown")
        .site_pkg_dir(site.pkg())
        // The site is in memory; Leptos must not come upon another one by chance.
        .site_root("/nonexistent")
        .build();
    let web = Web {
        options,
        site: Arc::new(site),
        ctx: ctx.clone(),
    };

    let mut router = Router::new()
        .route("/export/cases.csv", get(export::cases))
        .route("/export/board.csv", get(export::board))
        .route(
            "/settings/rules/calendar/holidays",
            post(uploads::holidays).layer(DefaultBodyLimit::max(HOLIDAY_FILE)),
        )
        .layer(Extension(ctx))
        .leptos_routes_with_context(&web, generate_route_list(App), about_page(&web), page(&web))
        // Only what is rendered; the site's files are compressed already.
        .layer(CompressionLayer::new())
        .fallback(file_or_not_found)
        .with_state(web);
    for (name, value) in HEADERS {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    router
}

fn page(web: &Web) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    let options = web.options.clone();
    move || shell(options.clone()).into_any()
}

/// What every page and every server function finds in its context.
fn about_page(web: &Web) -> impl Fn() + Clone + Send + Sync + 'static {
    let chunks = ArcStoredValue::new((
        format!("/{}", web.site.pkg()),
        web.site.chunks().clone(),
        CHUNK_LOADER.to_owned(),
    ));
    let ctx = web.ctx.clone();
    move || {
        provide_context(ctx.clone());
        // Leptos preloads the chunk of a lazy room when it finds this.
        provide_context(WasmSplitManifest(chunks.clone()));
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
            say_what_may_run(&response, &nonce);
        }
    }
}

/// Scripts run when they carry this answer's nonce or were loaded by one that does; all else comes
/// from here and goes to here.
fn say_what_may_run(response: &ResponseOptions, nonce: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; \
         font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    // A nonce is base64, which every header may carry.
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Whatever has no route is one of the site's files, or nothing.
async fn file_or_not_found(State(web): State<Web>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(answer) = web.site.answer(path, request.headers()) {
        return answer;
    }
    // Nobody reads a page that is the answer to a missing script or a mistyped API call.
    if path.starts_with("/pkg/") || path.starts_with("/fn/") || path.starts_with("/api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut answer = render_app_async_with_context(about_page(&web), page(&web))(request).await;
    *answer.status_mut() = StatusCode::NOT_FOUND;
    answer
}
