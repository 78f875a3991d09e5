//! The forms of the page of teams.

use crate::{
    backend::{
        Error, Result,
        services::teams,
        web::{
            answers::{read, refused},
            rooms,
            router::Web,
        },
    },
    domain::{account::Outcome, person::Viewer},
};
use axum::{
    extract::{Extension, Request, State},
    response::{IntoResponse, Redirect, Response},
};

/// Makes, renames or removes a team.
pub async fn post(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    let (_, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let (ctx, name) = (&web.ctx, fields.get("name"));
    let team = || fields.get("team").parse().map_err(|_| Error::Missing);
    let act = fields.get("act");
    let done: Result<()> = async {
        match act {
            "found" => teams::found(ctx, &viewer, name).await.map(drop),
            "rename" => teams::rename(ctx, &viewer, team()?, name).await,
            "remove" => teams::remove(ctx, &viewer, team()?).await,
            _ => Err(Error::Missing),
        }
    }
    .await;
    match done {
        Ok(()) => Redirect::to("/settings/teams").into_response(),
        Err(error) => match refused(act, &fields, error) {
            Ok(outcome) => rooms::people::teams_after(&web, &viewer, Some(outcome)).await,
            Err(error) => web.failed(error),
        },
    }
}

/// What a page shows above its forms when something was done.
pub fn said(act: &str, words: impl Into<String>) -> Outcome {
    Outcome {
        act: act.to_owned(),
        said: Some(words.into()),
        ..Outcome::default()
    }
}
