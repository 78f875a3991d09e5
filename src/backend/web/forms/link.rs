//! Invitations and resets.

use super::sign_in::status;
use crate::{
    backend::{
        Error,
        services::{links, sign_in::SignedIn},
        store::links::Purpose,
        web::{
            answers::{go, read, refused, secret},
            router::Web,
            visitor,
        },
    },
    domain::account::Outcome,
    ui::{
        doors::{link as door, notes},
        kit::new_password::SCRIPT,
    },
};
use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::Response,
};

/// The form.
pub async fn show(State(web): State<Web>, Path(token): Path<String>) -> Response {
    page(&web, &token, Outcome::default()).await
}

async fn page(web: &Web, token: &str, outcome: Outcome) -> Response {
    match links::open(&web.ctx, token).await {
        Ok((purpose, person)) => {
            let status = status(&outcome);
            let is_invitation = purpose == Purpose::Invitation;
            let form = door::form(token, is_invitation, &person.name, &person.email, outcome);
            secret(web.scripted_door(status, "Your password", SCRIPT, form))
        }
        Err(Error::Missing) => web.door(StatusCode::NOT_FOUND, "No link", notes::no_link()),
        Err(error) => web.failed(error.into()),
    }
}

/// Gives the password and signs in.
pub async fn post(State(web): State<Web>, Path(token): Path<String>, request: Request) -> Response {
    let visitor = visitor::visitor(&request, &web.doors.proxies);
    let (parts, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let words = (fields.get("password"), fields.get("again"));
    match links::take(&web.ctx, &visitor, &token, words).await {
        Ok(SignedIn::Whole(session)) => go(&parts.headers, "/", Some(&session)),
        Ok(SignedIn::Half(session)) => go(&parts.headers, "/sign-in", Some(&session)),
        Err(Error::Missing) => web.door(StatusCode::NOT_FOUND, "No link", notes::no_link()),
        Err(error) => match refused("link", &fields, error) {
            Ok(outcome) => page(&web, &token, outcome).await,
            Err(error) => web.failed(error),
        },
    }
}
