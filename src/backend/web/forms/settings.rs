//! The forms of rules and lists. Each posts to its own page and leads back to it: to how things stand
//! now, or to its own draft, which says what is wrong with it.

use crate::{
    backend::{
        Error, Result,
        services::settings::{holidays, plain, policies},
        web::{answers::read_long, rooms::settings::last_piece, router::Web},
    },
    domain::{
        forms::Form,
        person::Viewer,
        settings::{PlainSection, PolicySection},
    },
};
use axum::{
    extract::{Extension, Request, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};

/// Makes a new version of a brand's rules.
pub async fn rules(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    lead_back(&web, request, async |parts, form| {
        let section: PolicySection = last_piece(parts.uri.path()).ok_or(Error::Missing)?;
        let changed = policies::change(&web.ctx, &viewer, section, &form).await?;
        Ok(policies::address_after(section, &form, &changed))
    })
    .await
}

/// Puts the ticked holidays of a file into a brand's calendar.
pub async fn choose_holidays(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    lead_back(&web, request, async |_, form| {
        let changed = holidays::choose(&web.ctx, &viewer, &form).await?;
        let section = PolicySection::Calendar;
        Ok(policies::address_after(section, &form, &changed))
    })
    .await
}

/// Changes settings without versions.
pub async fn lists(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    request: Request,
) -> Response {
    lead_back(&web, request, async |parts, form| {
        let section: PlainSection = last_piece(parts.uri.path()).ok_or(Error::Missing)?;
        let changed = plain::change(&web.ctx, &viewer, section, &form).await?;
        Ok(plain::address_after(section, &form, &changed))
    })
    .await
}

async fn lead_back(
    web: &Web,
    request: Request,
    act: impl AsyncFnOnce(Parts, Form) -> Result<String>,
) -> Response {
    let (parts, fields) = match read_long(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    match act(parts, fields.into_form()).await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => web.failed(error.into()),
    }
}
