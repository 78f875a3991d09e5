//! Keys for programs.

use super::{people::section, status};
use crate::{
    backend::{services::tokens, web::router::Web},
    domain::{account::Outcome, person::Viewer},
    ui::settings,
};
use axum::{
    extract::{Extension, State},
    response::{IntoResponse, Response},
};

/// The page.
pub async fn show(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Response {
    after(&web, &viewer, None).await
}

/// The page, with what a form led to.
pub async fn after(web: &Web, viewer: &Viewer, outcome: Option<Outcome>) -> Response {
    let mut page = match tokens::page(&web.ctx, viewer).await {
        Ok(page) => page,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    page.outcome = outcome;
    let room = settings::tokens::page(page);
    let answer = section(web, viewer, ("/settings/tokens", "API tokens"), room);
    (status, answer).into_response()
}
