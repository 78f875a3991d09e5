//! The channels.

use super::{people::section, status};
use crate::{
    backend::{services::channels, web::router::Web},
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
    let page = match channels::page(&web.ctx, viewer).await {
        Ok(page) => page,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    let room = settings::channels::page(page, outcome.unwrap_or_default());
    let answer = section(web, viewer, ("/channels", "Channels"), room);
    (status, answer).into_response()
}
