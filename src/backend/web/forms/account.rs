//! The forms of one's own account.

use super::teams::said;
use crate::{
    backend::{
        Error, Result,
        services::{account, secrets::Token},
        web::{
            answers::{Fields, give, read, refused, secret},
            rooms,
            router::Web,
            visitor,
        },
    },
    domain::{
        account::Outcome,
        person::{Viewer, Visitor},
    },
};
use axum::{
    extract::{Extension, Request, State},
    response::Response,
};

/// Does what a form of the page asks for.
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
    let done = act_out(&web, &viewer, &visitor, &fields).await;
    let (outcome, token) = match done {
        Ok(done) => done,
        Err(error) => match refused(&act, &fields, error) {
            // A code that was mistyped leaves the picture where it was.
            Ok(outcome) if act == "codes-finish" => {
                (pictured(&web, &viewer, &fields, outcome).await, None)
            }
            Ok(outcome) => (outcome, None),
            Err(error) => return web.failed(error),
        },
    };
    // The page is drawn for whoever they are now: confirmed, with a new sign-in.
    let now = match &token {
        Some(token) => web.viewer_of(token, &visitor).await,
        None => web.viewer_again(&parts.headers, &visitor).await,
    };
    let now = now.unwrap_or(viewer);
    let mut answer = secret(rooms::account::after(&web, &now, Some(outcome)).await);
    if let Some(token) = &token {
        give(&mut answer, &parts.headers, token);
    }
    answer
}

async fn act_out(
    web: &Web,
    viewer: &Viewer,
    visitor: &Visitor,
    fields: &Fields,
) -> Result<(Outcome, Option<Token>)> {
    let (ctx, act) = (&web.ctx, fields.get("act"));
    let words = (fields.get("password"), fields.get("again"));
    match act {
        "profile" => {
            account::change(ctx, viewer, fields.get("name"), fields.get("zone")).await?;
            Ok((said(act, "Saved."), None))
        }
        "confirm" => {
            account::confirm(ctx, viewer, visitor, fields.get("password")).await?;
            Ok((
                said(
                    act,
                    "Thank you. For the next ten minutes you can change what protects your account.",
                ),
                None,
            ))
        }
        "password" => {
            let token = account::change_password(ctx, viewer, visitor, words).await?;
            Ok((
                said(
                    act,
                    "Your password is changed, and every other sign-in of yours has ended.",
                ),
                Some(token),
            ))
        }
        "codes-begin" => {
            let secret = account::begin_codes(ctx, viewer).await?;
            let outcome = Outcome {
                act: act.to_owned(),
                secret: Some(secret),
                ..Outcome::default()
            };
            Ok((outcome, None))
        }
        "codes-finish" => {
            let given = (fields.get("secret"), fields.get("code"));
            let (recovery, token) = account::finish_codes(ctx, viewer, visitor, given).await?;
            let outcome = Outcome {
                recovery,
                ..said(
                    act,
                    "From now on you are asked for a code. Keep these recovery codes somewhere safe: each works once, and they are shown only now.",
                )
            };
            Ok((outcome, Some(token)))
        }
        "codes-stop" => {
            account::stop_codes(ctx, viewer).await?;
            Ok((
                said(act, "Your app is removed. Your password alone lets you in."),
                None,
            ))
        }
        "end" => {
            let id = fields.get("session").parse().map_err(|_| Error::Missing)?;
            account::end_session(ctx, viewer, id).await?;
            Ok((said(act, "That sign-in has ended."), None))
        }
        "end-others" => {
            let token = account::end_others(ctx, viewer, visitor).await?;
            Ok((
                said(act, "You are signed out everywhere else."),
                Some(token),
            ))
        }
        _ => Err(Error::Missing),
    }
}

async fn pictured(web: &Web, viewer: &Viewer, fields: &Fields, outcome: Outcome) -> Outcome {
    let secret = fields.get("secret");
    let picture = account::picture_of(&web.ctx, viewer, secret).await;
    Outcome {
        secret: picture.ok().map(|it| (secret.to_owned(), it)),
        ..outcome
    }
}
