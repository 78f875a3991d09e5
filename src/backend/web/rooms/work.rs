//! Promises, and what one is told.

use super::{Page, status};
use crate::{
    backend::{
        services::{notify, promises},
        web::router::Web,
    },
    domain::{account::Outcome, person::Viewer},
    ui::{self, frame::still::WORK},
};
use axum::{
    extract::{Extension, State},
    http::Uri,
    response::{IntoResponse, Response},
};

/// All promises.
pub async fn promises(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    uri: Uri,
) -> Response {
    promises_after(&web, &viewer, &uri, None).await
}

/// All promises that an address asks for, with what a form led to.
pub async fn promises_after(
    web: &Web,
    viewer: &Viewer,
    uri: &Uri,
    outcome: Option<Outcome>,
) -> Response {
    let query = promises::query(uri.query().unwrap_or_default());
    let mut page = match promises::page(&web.ctx, viewer, query).await {
        Ok(page) => page,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    page.outcome = outcome;
    let about = Page {
        here: "/promises",
        title: "Promises",
        style: WORK,
        scripts: &[],
    };
    let room = ui::promises::room::page(page);
    (status, web.room(viewer, &about, room)).into_response()
}

/// What whoever is signed in was told.
pub async fn notices(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Response {
    notices_after(&web, &viewer, None).await
}

/// The same, with what a form led to.
pub async fn notices_after(web: &Web, viewer: &Viewer, outcome: Option<Outcome>) -> Response {
    let mut page = match notify::page(&web.ctx, viewer).await {
        Ok(page) => page,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    page.outcome = outcome;
    let about = Page {
        here: "/notifications",
        title: "Alerts",
        style: WORK,
        scripts: &[],
    };
    (status, web.room(viewer, &about, ui::notices::page(page))).into_response()
}
