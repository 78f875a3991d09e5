//! In front of everything: finds the address in the table of routes, who asks, and whether they
//! may. Whatever isn't in the table is refused.

use super::{answers, guard, router::Web, visitor};
use crate::{
    backend::{
        Result,
        api::problem,
        services::{
            demo, sessions, setup,
            tokens::{self, Known},
        },
    },
    domain::{
        person::{Viewer, Visitor},
        right::{Action, allows},
        route::{self, Access, Kind, Route},
    },
    server_fns::AppError,
    ui::doors::notes,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::FromServerFnError;

/// Lets a request pass, or answers it.
pub async fn gate(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    if reads && web.site.holds(&path) {
        return next.run(request).await;
    }
    let visitor = visitor::visitor(&request, &web.doors.proxies);
    let route = route::find(request.method().as_str(), &path);
    if let Some(scope) = route.and_then(|it| it.scope)
        && let Some(given) = visitor::bearer(request.headers())
    {
        // Whoever brings a token is asked for nothing else: a sign-in beside it doesn't count.
        return match tokens::know(&web.ctx, &visitor, given, scope).await {
            Ok(Known::Yes(reader)) => {
                request.extensions_mut().insert(*reader);
                next.run(request).await
            }
            Ok(no) => problem::of_token(&no),
            Err(error) => problem::of(error.into()),
        };
    }
    // A body can't be looked at from two threads, so only what comes before it is passed on.
    let headers = request.headers().clone();
    let viewer = match viewer(&web, &headers, &visitor).await {
        Ok(viewer) => viewer,
        Err(error) => return failed(&web, Kind::Page, error.into()),
    };
    if let Some(viewer) = &viewer {
        request.extensions_mut().insert(viewer.clone());
    }
    let Some(route) = route else {
        return nothing_here(&web, request, reads && viewer.is_some()).await;
    };
    let action = match route.access {
        Access::Public => return next.run(request).await,
        Access::To(action) => action,
        Access::Token => return problem::of_token(&Known::No),
    };
    let Some(viewer) = viewer else {
        let wanted = request.uri().path_and_query().map_or("/", |it| it.as_str());
        let wanted = wanted.to_owned();
        return match signed_out(&web, route, &headers, &wanted).await {
            Ok(answer) => answer,
            Err(error) => failed(&web, route.kind, error.into()),
        };
    };
    if !allows(&viewer, action) {
        return forbidden(&web, route.kind, action);
    }
    if viewer.owes_codes && action != Action::OwnAccount {
        return match route.kind {
            Kind::Page | Kind::Form => Redirect::to("/account").into_response(),
            Kind::Call | Kind::File | Kind::Api => forbidden(&web, route.kind, action),
        };
    }
    next.run(request).await
}

/// Who asks: by their sign-in, or whom they play in the demo.
async fn viewer(web: &Web, headers: &HeaderMap, visitor: &Visitor) -> Result<Option<Viewer>> {
    if web.doors.demo {
        let role = visitor::demo_role(headers);
        return demo::people::viewer(&web.ctx, role, visitor).await;
    }
    match visitor::token(headers) {
        Some(token) => sessions::viewer(&web.ctx, token, visitor).await,
        None => Ok(None),
    }
}

async fn nothing_here(web: &Web, request: Request, shows_page: bool) -> Response {
    // Nobody reads a page that is the answer to a missing script or a mistyped API call.
    let path = request.uri().path();
    let is_for_programs = ["/pkg/", "/fn/", "/export/"]
        .iter()
        .any(|it| path.starts_with(it));
    if path.starts_with("/api/") {
        return problem::of(AppError::NotFound);
    }
    if is_for_programs || !shows_page {
        return StatusCode::NOT_FOUND.into_response();
    }
    web.not_found(request).await
}

async fn signed_out(
    web: &Web,
    route: &Route,
    headers: &HeaderMap,
    wanted: &str,
) -> Result<Response> {
    let wants_page = match route.kind {
        Kind::Page | Kind::Form => true,
        Kind::Call => guard::is_plain_form(headers),
        Kind::File | Kind::Api => false,
    };
    if !wants_page {
        return Ok(no(route.kind, &AppError::SignedOut));
    }
    if setup::is_needed(&web.ctx).await? {
        return Ok(Redirect::to("/setup").into_response());
    }
    // A form's or a function's address is no page to go on to.
    let next = if route.kind == Kind::Page {
        wanted
    } else {
        "/"
    };
    Ok(Redirect::to(&answers::sign_in_for(next)).into_response())
}

fn forbidden(web: &Web, kind: Kind, action: Action) -> Response {
    match kind {
        Kind::Page | Kind::Form => web.door(
            StatusCode::FORBIDDEN,
            "Not yours to open",
            notes::forbidden(action.words()),
        ),
        Kind::Call | Kind::File | Kind::Api => no(kind, &AppError::Forbidden),
    }
}

/// A “no” for programs.
fn no(kind: Kind, error: &AppError) -> Response {
    let status = guard::status(error);
    match kind {
        Kind::Call => {
            let json = (header::CONTENT_TYPE, "application/json");
            (status, [json], error.ser()).into_response()
        }
        Kind::Api => problem::of(error.clone()),
        Kind::Page | Kind::Form | Kind::File => (status, error.to_string()).into_response(),
    }
}

fn failed(web: &Web, kind: Kind, error: AppError) -> Response {
    match kind {
        Kind::Page | Kind::Form => {
            let status = guard::status(&error);
            web.door(status, "Not just now", notes::failed(error.to_string()))
        }
        Kind::Call | Kind::File | Kind::Api => no(kind, &error),
    }
}
