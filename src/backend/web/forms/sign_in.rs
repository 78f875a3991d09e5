//! Signing in and out.

use crate::{
    backend::{
        services::{
            sessions, setup,
            sign_in::{self, SignedIn},
        },
        web::{
            answers::{self, Fields, go, read, refused, secret},
            router::Web,
            visitor,
        },
    },
    domain::{account::Outcome, person::Viewer, route},
    ui::doors::{notes, sign_in as door},
};
use axum::{
    extract::{Query, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use std::collections::HashMap;

/// The form: a password, or the code that is still missing.
pub async fn show(
    State(web): State<Web>,
    Query(params): Query<HashMap<String, String>>,
    request: Request,
) -> Response {
    let next = route::next(params.get("next").map_or("/", String::as_str)).to_owned();
    if request.extensions().get::<Viewer>().is_some() {
        return Redirect::to(&next).into_response();
    }
    match setup::is_needed(&web.ctx).await {
        Ok(false) => {}
        Ok(true) => return Redirect::to("/setup").into_response(),
        Err(error) => return web.failed(error.into()),
    }
    let half = match visitor::token(request.headers()) {
        Some(token) => sessions::half(&web.ctx, token).await,
        None => Ok(None),
    };
    match half {
        Ok(Some(_)) => code(&web, &next, Outcome::default()),
        Ok(None) => password(&web, &next, Outcome::default()),
        Err(error) => web.failed(error.into()),
    }
}

fn password(web: &Web, next: &str, outcome: Outcome) -> Response {
    let status = status(&outcome);
    secret(web.scripted_door(
        status,
        "Sign in",
        door::SCRIPT,
        door::password(next, outcome),
    ))
}

fn code(web: &Web, next: &str, outcome: Outcome) -> Response {
    let status = status(&outcome);
    secret(web.door(status, "One more step", door::code(next, outcome)))
}

/// What a page with this outcome answers.
pub fn status(outcome: &Outcome) -> StatusCode {
    match outcome.refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    }
}

/// A password or a code was given.
pub async fn post(State(web): State<Web>, request: Request) -> Response {
    let visitor = visitor::visitor(&request, &web.doors.proxies);
    let (parts, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let next = route::next(fields.get("next"));
    match fields.get("act") {
        "code" => {
            let half = visitor::token(&parts.headers).unwrap_or_default();
            match sign_in::by_code(&web.ctx, &visitor, half, fields.get("code")).await {
                Ok(token) => go(&parts.headers, next, Some(&token)),
                // Too late, or nobody began: from the beginning.
                Err(crate::backend::Error::Missing) => {
                    Redirect::to(&answers::sign_in_for(next)).into_response()
                }
                Err(error) => again(&web, &fields, error, code),
            }
        }
        "restart" => leave(&parts.headers, &answers::sign_in_for(next)),
        _ => {
            let (email, word) = (fields.get("email"), fields.get("password"));
            match sign_in::by_password(&web.ctx, &visitor, email, word).await {
                Ok(SignedIn::Whole(token)) => go(&parts.headers, next, Some(&token)),
                Ok(SignedIn::Half(token)) => {
                    go(&parts.headers, &answers::sign_in_for(next), Some(&token))
                }
                Err(error) => again(&web, &fields, error, password),
            }
        }
    }
}

fn again(
    web: &Web,
    fields: &Fields,
    error: crate::backend::Error,
    show: fn(&Web, &str, Outcome) -> Response,
) -> Response {
    match refused("sign-in", fields, error) {
        Ok(outcome) => show(web, route::next(fields.get("next")), outcome),
        Err(error) => web.failed(error),
    }
}

fn leave(headers: &axum::http::HeaderMap, to: &str) -> Response {
    let mut answer = Redirect::to(to).into_response();
    if let Some(cookie) = visitor::drop_token(headers) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// Out, and the token is worth nothing any more.
pub async fn out(State(web): State<Web>, request: Request) -> Response {
    let viewer = request.extensions().get::<Viewer>();
    if let Some(viewer) = viewer
        && let Err(error) = sessions::end(&web.ctx, viewer).await
    {
        return web.failed(error.into());
    }
    leave(request.headers(), "/sign-in")
}

/// What somebody sees who signed in beside the page that asked.
pub async fn back(State(web): State<Web>, request: Request) -> Response {
    match request.extensions().get::<Viewer>() {
        Some(_) => web.door(StatusCode::OK, "Signed in", notes::signed_in()),
        None => Redirect::to(&answers::sign_in_for("/signed-in")).into_response(),
    }
}
