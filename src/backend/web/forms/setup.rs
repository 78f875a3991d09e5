//! The first start.

use super::sign_in::status;
use crate::{
    backend::{
        Error,
        services::setup::{self, Founding},
        web::{
            answers::{go, read, refused, secret},
            router::Web,
            visitor,
        },
    },
    domain::account::Outcome,
    ui::doors::{notes, setup as door},
};
use axum::{
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

/// Where the link is to be found.
pub async fn hint(State(web): State<Web>) -> Response {
    match setup::is_needed(&web.ctx).await {
        Ok(true) => web.door(StatusCode::OK, "Set up", notes::needs_setup()),
        Ok(false) => Redirect::to("/sign-in").into_response(),
        Err(error) => web.failed(error.into()),
    }
}

/// The form.
pub async fn show(State(web): State<Web>, Path(token): Path<String>) -> Response {
    page(&web, &token, Outcome::default()).await
}

async fn page(web: &Web, token: &str, outcome: Outcome) -> Response {
    match setup::look(&web.ctx, token).await {
        Ok(brands) => {
            let status = status(&outcome);
            let form = door::form(token, &brands, &setup::zones(), outcome);
            secret(web.scripted_door(status, "Set up", door::SCRIPT, form))
        }
        Err(Error::Missing) => web.door(StatusCode::NOT_FOUND, "Set up", notes::no_link()),
        Err(error) => web.failed(error.into()),
    }
}

/// Founds the organisation.
pub async fn post(State(web): State<Web>, Path(token): Path<String>, request: Request) -> Response {
    let visitor = visitor::visitor(&request, &web.doors.proxies);
    let (parts, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let form = Founding {
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        password: fields.get("password").to_owned(),
        organisation: fields.get("organisation").to_owned(),
        brand: fields.get("brand").to_owned(),
        zone: fields.get("zone").to_owned(),
    };
    match setup::found(&web.ctx, &visitor, &token, &form).await {
        Ok(session) => go(&parts.headers, "/", Some(&session)),
        Err(Error::Missing) => web.door(StatusCode::NOT_FOUND, "Set up", notes::no_link()),
        Err(error) => match refused("setup", &fields, error) {
            Ok(outcome) => page(&web, &token, outcome).await,
            Err(error) => web.failed(error),
        },
    }
}
