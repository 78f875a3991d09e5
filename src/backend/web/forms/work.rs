//! The forms around cases: each goes back to the page it stands on, which says what was wrong.

use crate::{
    backend::{
        Error,
        services::work::acts,
        web::{
            answers::{Fields, again, read, refused},
            guard, rooms,
            router::Web,
        },
    },
    domain::{account::Outcome, person::Viewer, route},
    server_fns::AppError,
};
use axum::{
    Json,
    extract::{Extension, Request, State},
    http::{Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::FromServerFnError;

/// Moves a case.
pub async fn post(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    match read(request).await {
        Ok((parts, fields)) => {
            let back = match (route::next(fields.get("back")), fields.get("case")) {
                ("/", case) if !case.is_empty() => {
                    route::next(&format!("/cases/{case}")).to_owned()
                }
                (back, _) => back.to_owned(),
            };
            answer(&web, &viewer, parts, &fields, &back).await
        }
        Err(answer) => answer,
    }
}

/// Marks notices as read, or says when to be left alone; nothing else, because everybody may.
pub async fn notices(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    match read(request).await {
        Ok((parts, fields)) if ["read", "quiet"].contains(&fields.get("act")) => {
            // To its own page alone: whoever may post here may not see every other.
            answer(&web, &viewer, parts, &fields, "/notifications").await
        }
        Ok(_) => web.failed(Error::Missing.into()),
        Err(answer) => answer,
    }
}

async fn answer(web: &Web, viewer: &Viewer, parts: Parts, fields: &Fields, back: &str) -> Response {
    let form = fields.form();
    if wants_json(&parts) {
        return match acts::act(&web.ctx, viewer, &form).await {
            Ok(told) => Json(told).into_response(),
            Err(error) => no(&AppError::from(error)),
        };
    }
    let told = match acts::act(&web.ctx, viewer, &form).await {
        Ok(told) if told.link.is_none() => return Redirect::to(back).into_response(),
        Ok(told) => told,
        Err(error) => match refused(form.get("act"), fields, error) {
            Ok(told) => told,
            Err(error) => return web.failed(error),
        },
    };
    drawn(web, viewer, parts, back, told).await
}

/// The page that the form stood on, with what it led to.
async fn drawn(
    web: &Web,
    viewer: &Viewer,
    mut parts: Parts,
    back: &str,
    told: Outcome,
) -> Response {
    let Ok(uri) = back.parse::<Uri>() else {
        return Redirect::to("/").into_response();
    };
    match uri.path() {
        "/promises" => rooms::work::promises_after(web, viewer, &uri, Some(told)).await,
        "/notifications" => rooms::work::notices_after(web, viewer, Some(told)).await,
        _ => {
            parts.uri = uri;
            web.page(again(parts, told)).await
        }
    }
}

/// Whether the page itself asks, which stays as it is.
fn wants_json(parts: &Parts) -> bool {
    let accepts = parts.headers.get(header::ACCEPT);
    accepts.is_some_and(|it| it.as_bytes() == b"application/json")
}

fn no(error: &AppError) -> Response {
    let json = (header::CONTENT_TYPE, "application/json");
    (guard::status(error), [json], error.ser()).into_response()
}
