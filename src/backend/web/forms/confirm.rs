//! The page on which customers say whether it is solved. Looking at it changes nothing.

use crate::{
    backend::{
        Error,
        services::work::confirm,
        web::{
            answers::{go, read, secret},
            router::Web,
            visitor,
        },
    },
    domain::{confirm::ConfirmWords, rejection::Rejection},
    ui::doors,
};
use axum::{
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};

/// The question, or what was said.
pub async fn show(
    State(web): State<Web>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    page(&web, &token, &headers, None).await
}

async fn page(web: &Web, token: &str, headers: &HeaderMap, refused: Option<Rejection>) -> Response {
    match confirm::page(&web.ctx, token).await {
        Ok(page) => {
            let status = match refused {
                Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
                None => StatusCode::OK,
            };
            let words = ConfirmWords::of(page.language.as_deref());
            let card = doors::confirm::card(token, &page, refused.map(|it| it.to_string()));
            secret(web.door(status, words.question, card))
        }
        Err(Error::Missing) => {
            let spoken = headers.get(header::ACCEPT_LANGUAGE);
            let words = ConfirmWords::of(spoken.and_then(|it| it.to_str().ok()?.get(..2)));
            web.door(
                StatusCode::NOT_FOUND,
                words.gone,
                doors::confirm::gone(words),
            )
        }
        Err(error) => web.failed(error.into()),
    }
}

/// Takes the answer.
pub async fn post(State(web): State<Web>, Path(token): Path<String>, request: Request) -> Response {
    let visitor = visitor::visitor(&request, &web.doors.proxies);
    let (parts, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let is_solved = match fields.get("answer") {
        "yes" => true,
        "no" => false,
        _ => return page(&web, &token, &parts.headers, None).await,
    };
    let said = fields.get("said");
    match confirm::answer(&web.ctx, &visitor, &token, is_solved, said).await {
        Ok(()) => go(&parts.headers, &format!("/confirm/{token}"), None),
        Err(Error::Rejected(no)) => page(&web, &token, &parts.headers, Some(no)).await,
        Err(Error::Missing) => page(&web, &token, &parts.headers, None).await,
        Err(error) => web.failed(error.into()),
    }
}
