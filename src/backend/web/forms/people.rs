//! The forms of the pages of people.

use super::teams::said;
use crate::{
    backend::{
        Error, Result,
        services::{people, person::erase_staff, secrets::Token, work::offers},
        web::{
            answers::{Fields, confirmed, read, refused, secret},
            rooms,
            router::Web,
            visitor,
        },
    },
    domain::{
        account::Outcome,
        people::Place,
        person::{Person, Role, Standing, Viewer},
        work::{Limit, Money},
    },
};
use axum::{
    extract::{Extension, Path, Request, State},
    http::request::Parts,
    response::Response,
};

/// Invites somebody, or says which roles need codes.
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
            "invite" => {
                let who = (fields.get("name"), fields.get("email"));
                let place = place(&fields)?;
                let (person, token) = people::invite(&web.ctx, &viewer, who, place).await?;
                Ok(linked(&web, &parts, &act, &person, &token).await)
            }
            "codes" => {
                let roles: Vec<Role> = fields.all("role");
                people::demand_codes(&web.ctx, &viewer, roles).await?;
                Ok(said(
                    &act,
                    "Saved. Whoever needs a code and has none is asked to set one up.",
                ))
            }
            "limit" => {
                let role = fields.get("role").parse().map_err(|_| Error::Missing)?;
                let most = match fields.get("sum").trim() {
                    "" => None,
                    sum => Some(Money::parse(sum, fields.get("currency"))?),
                };
                offers::set_limit(&web.ctx, &viewer, Limit { role, most }).await?;
                Ok(said(&act, "Saved. It holds from the next offer on."))
            }
            _ => Err(Error::Missing),
        }
    }
    .await;
    match done.or_else(|error| refused(&act, &fields, error)) {
        Ok(outcome) => secret(rooms::people::list_after(&web, &viewer, Some(outcome)).await),
        Err(error) => web.failed(error),
    }
}

/// Changes one person.
pub async fn post_one(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let visitor = visitor::visitor(&request, &web.doors.proxies);
    let (parts, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let act = fields.get("act").to_owned();
    let (ctx, id) = (&web.ctx, id.parse().unwrap_or_default());
    let mut viewer = viewer;
    let done: Result<Outcome> = async {
        viewer = confirmed(&web, &viewer, &visitor, &parts.headers, &fields).await?;
        match act.as_str() {
            "change" => {
                people::change(ctx, &viewer, id, place(&fields)?).await?;
                Ok(said(
                    &act,
                    "Saved. It holds from their next sign-in, which they are asked for now.",
                ))
            }
            "off" => {
                people::switch_off(ctx, &viewer, id).await?;
                Ok(said(&act, "Switched off. They are signed out everywhere."))
            }
            "on" => {
                people::switch_on(ctx, &viewer, id).await?;
                Ok(said(&act, "Switched on again."))
            }
            "link" => {
                let (person, token) = people::link(ctx, &viewer, id).await?;
                Ok(linked(&web, &parts, &act, &person, &token).await)
            }
            "erase" => {
                people::check_typed(ctx, id, fields.get("typed")).await?;
                let done = erase_staff(ctx, &viewer, id, fields.get("reason")).await?;
                Ok(said(
                    &act,
                    format!("Erased. They are {} from now on.", done.name),
                ))
            }
            "no-codes" => {
                people::forget_codes(ctx, &viewer, id).await?;
                Ok(said(
                    &act,
                    "Their app is removed. They get in by their password alone.",
                ))
            }
            _ => Err(Error::Missing),
        }
    }
    .await;
    match done.or_else(|error| refused(&act, &fields, error)) {
        Ok(outcome) => secret(rooms::people::one_after(&web, &viewer, id, Some(outcome)).await),
        Err(error) => web.failed(error),
    }
}

fn place(fields: &Fields) -> Result<Place> {
    let role = fields.get("role").parse().map_err(|_| Error::Missing)?;
    let all = fields.get("reach") == "all";
    Ok(Place::of(
        role,
        all,
        fields.all("brand"),
        fields.all("team"),
    ))
}

/// A link that is shown once, and sent where mail is set up.
async fn linked(web: &Web, parts: &Parts, act: &str, person: &Person, token: &Token) -> Outcome {
    let link = format!(
        "{}/link/{}",
        visitor::origin(&parts.headers),
        token.reveal()
    );
    let (what, days) = match person.standing {
        Standing::Invited => ("invitation", "7 days"),
        Standing::On | Standing::Off => ("link for a new password", "1 day"),
    };
    let mailed = match &web.doors.mail {
        Some(mail) => match mail.send_link(person, what, &link).await {
            Ok(()) => format!(" It was also sent to {}.", person.email),
            Err(why) => {
                tracing::warn!(cause = %why, "A link couldn't be mailed: {why}");
                " It couldn't be mailed; hand it on yourself.".to_owned()
            }
        },
        None => String::new(),
    };
    Outcome {
        link: Some(link),
        ..said(
            act,
            format!(
                "Here is the {what} for {}. It works once, for {days}, and is shown only now.{mailed}",
                person.name
            ),
        )
    }
}
