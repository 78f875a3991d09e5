//! The forms of the page of tokens.

use super::teams::said;
use crate::{
    backend::{
        Error, Result,
        services::tokens,
        web::{
            answers::{confirmed, read, refused, secret},
            rooms,
            router::Web,
            visitor,
        },
    },
    domain::{
        account::Outcome,
        people::Place,
        person::{Role, Viewer},
        token::NewToken,
    },
};
use axum::{
    extract::{Extension, Request, State},
    response::Response,
};

/// Makes or revokes a token.
pub async fn post(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    let visitor = visitor::visitor(&request, &web.doors.proxies);
    let (parts, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let act = fields.get("act").to_owned();
    let mut viewer = viewer;
    let done: Result<Outcome> = async {
        viewer = confirmed(&web, &viewer, &visitor, &parts.headers, &fields).await?;
        match act.as_str() {
            "make" => {
                let all = fields.get("reach") == "all";
                let reach = Place::of(Role::Viewer, all, fields.all("brand"), Vec::new());
                let wanted = NewToken {
                    name: fields.get("name").to_owned(),
                    scopes: fields.all("scope"),
                    brands: reach.brands,
                    days: fields.get("days").parse().unwrap_or_default(),
                };
                let (token, secret) = tokens::make(&web.ctx, &viewer, wanted).await?;
                let words = format!(
                    "Here is the token “{}”. Copy it now: it is shown only this once.",
                    token.name
                );
                Ok(Outcome {
                    link: Some(secret.reveal().to_owned()),
                    ..said(&act, words)
                })
            }
            "revoke" => {
                let id = fields.get("token").parse().map_err(|_| Error::Missing)?;
                let token = tokens::revoke(&web.ctx, &viewer, id).await?;
                Ok(said(
                    &act,
                    format!("“{}” is revoked and works nowhere any more.", token.name),
                ))
            }
            _ => Err(Error::Missing),
        }
    }
    .await;
    match done.or_else(|error| refused(&act, &fields, error)) {
        Ok(outcome) => secret(rooms::tokens::after(&web, &viewer, Some(outcome)).await),
        Err(error) => web.failed(error),
    }
}
