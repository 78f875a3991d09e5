//! Which address leads where, and what every answer tells the browser about safety.

use std::sync::Arc;

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, FromRef, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware,
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use leptos::{
    WasmSplitManifest,
    nonce::{provide_nonce, use_nonce},
    prelude::*,
};
use leptos_axum::{
    LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context,
};
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer};

use super::{
    assets::Site, doors::Doors, export, fences, forms, gate, guard, rooms, shell::shell, uploads,
    visitor,
};
use crate::{
    app::{App, BEFORE_PAINT},
    backend::{
        api,
        ctx::Ctx,
        services::{secrets::Token, sessions, settings::holidays},
    },
    domain::person::{Viewer, Visitor},
    server_fns::AppError,
    ui::doors::{notes, scene},
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

/// What the handlers of pages, forms and files share.
#[derive(Clone)]
pub struct Web {
    options: LeptosOptions,
    /// The site's files.
    pub site: Arc<Site>,
    /// What services are handed.
    pub ctx: Ctx,
    /// Who is let in, and how.
    pub doors: Arc<Doors>,
}

impl Web {
    /// A page of the product, as an address asks for it.
    pub async fn page(&self, request: Request) -> Response {
        render_app_async_with_context(about_page(self), page(self))(request).await
    }

    /// The page that says that there is none.
    pub async fn not_found(&self, request: Request) -> Response {
        let mut answer = self.page(request).await;
        *answer.status_mut() = StatusCode::NOT_FOUND;
        answer
    }

    /// A page in front of the product, drawn by the server alone.
    pub fn door(&self, status: StatusCode, title: &str, card: AnyView) -> Response {
        self.scripted_door(status, title, "", card)
    }

    /// The same, with a script that adds comfort.
    pub fn scripted_door(
        &self,
        status: StatusCode,
        title: &str,
        script: &'static str,
        card: AnyView,
    ) -> Response {
        let owner = Owner::new();
        let (nonce, html) = owner.with(|| {
            provide_nonce();
            let nonce = use_nonce().map(|it| it.to_string()).unwrap_or_default();
            let pkg = self.site.pkg();
            let html = scene::document(pkg, &nonce, title, script, BEFORE_PAINT, card).to_html();
            (nonce, html)
        });
        let mut answer = (status, Html(html)).into_response();
        if let Some(policy) = policy(&nonce) {
            answer
                .headers_mut()
                .insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        answer
    }

    /// The page that says what went wrong.
    pub fn failed(&self, error: AppError) -> Response {
        let status = guard::status(&error);
        self.door(status, "Not just now", notes::failed(error.to_string()))
    }

    /// Whoever a new sign-in belongs to.
    pub async fn viewer_of(&self, token: &Token, visitor: &Visitor) -> Option<Viewer> {
        let found = sessions::viewer(&self.ctx, token.reveal(), visitor).await;
        found.ok().flatten()
    }

    /// Whoever asks, as they stand after a change.
    pub async fn viewer_again(&self, headers: &HeaderMap, visitor: &Visitor) -> Option<Viewer> {
        let found = sessions::viewer(&self.ctx, visitor::token(headers)?, visitor).await;
        found.ok().flatten()
    }
}

impl FromRef<Web> for LeptosOptions {
    fn from_ref(web: &Web) -> Self {
        web.options.clone()
    }
}

/// Pages, server functions and the site's files.
pub fn router(site: Site, ctx: Ctx, doors: Doors) -> Router {
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
        doors: Arc::new(doors),
    };

    let mut router = Router::new()
        .route("/health", get("ok"))
        .route(
            "/sign-in",
            get(forms::sign_in::show).post(forms::sign_in::post),
        )
        .route("/signed-in", get(forms::sign_in::back))
        .route("/sign-out", post(forms::sign_in::out))
        .route("/setup", get(forms::setup::hint))
        .route(
            "/setup/{token}",
            get(forms::setup::show).post(forms::setup::post),
        )
        .route(
            "/link/{token}",
            get(forms::link::show).post(forms::link::post),
        )
        .route(
            "/confirm/{token}",
            get(forms::confirm::show).post(forms::confirm::post),
        )
        .route("/work", post(forms::work::post))
        .route("/promises", get(rooms::work::promises))
        .route(
            "/notifications",
            get(rooms::work::notices).post(forms::work::notices),
        )
        .route("/export/promises.csv", get(export::promises))
        .route("/demo", post(forms::demo::post))
        .route(
            "/account",
            get(rooms::account::show).post(forms::account::post),
        )
        .route("/audit", get(rooms::audit::show).post(rooms::audit::verify))
        .route("/settings", get(rooms::settings::index))
        .route(
            "/settings/people",
            get(rooms::people::list).post(forms::people::post),
        )
        .route(
            "/settings/people/{id}",
            get(rooms::people::one).post(forms::people::post_one),
        )
        .route(
            "/settings/teams",
            get(rooms::people::teams).post(forms::teams::post),
        )
        .route(
            "/settings/tokens",
            get(rooms::tokens::show).post(forms::tokens::post),
        )
        .route("/settings/rules/targets", rules())
        .route("/settings/rules/sundown", rules())
        .route("/settings/rules/calendar", rules())
        .route(
            "/settings/rules/calendar/choose",
            post(forms::settings::choose_holidays),
        )
        .route("/settings/topics", lists())
        .route("/settings/urgency", lists())
        .route("/settings/macros", lists())
        .route("/settings/retention", lists())
        .route("/settings/brands", lists())
        .route(
            "/channels",
            get(rooms::channels::show).post(forms::channels::post),
        )
        .route("/export/cases.csv", get(export::cases))
        .route("/export/board.csv", get(export::board))
        .route("/export/audit.csv", get(export::audit_csv))
        .route("/export/audit.jsonl", get(export::audit_json_lines))
        .route("/api/v1/board", get(api::board))
        .route("/api/v1/cases", get(api::cases))
        .route("/api/v1/cases/{id}", get(api::case))
        .route(
            "/settings/rules/calendar/holidays",
            post(uploads::holidays).layer(DefaultBodyLimit::max(HOLIDAY_FILE)),
        )
        .layer(Extension(ctx))
        .leptos_routes_with_context(&web, generate_route_list(App), about_page(&web), page(&web))
        // Only what is rendered; the site's files are compressed already.
        .layer(CompressionLayer::new())
        .fallback(file_or_not_found)
        .layer(middleware::from_fn_with_state(web.clone(), gate::gate))
        .with_state(web.clone());
    router = fences::around(router, web.site.pkg());
    for (name, value) in HEADERS {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    router
}

fn rules() -> MethodRouter<Web> {
    get(rooms::settings::rules).post(forms::settings::rules)
}

fn lists() -> MethodRouter<Web> {
    get(rooms::settings::lists).post(forms::settings::lists)
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
    if let Some(policy) = policy(nonce) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

pub fn policy(nonce: &str) -> Option<HeaderValue> {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; connect-src 'self'; \
         font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    // A nonce is base64, which every header may carry.
    HeaderValue::from_str(&policy).ok()
}

/// Whatever has no route is one of the site's files, or nothing.
async fn file_or_not_found(State(web): State<Web>, request: Request) -> Response {
    let file = web.site.answer(request.uri().path(), request.headers());
    file.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}
