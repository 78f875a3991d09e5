//! One's own account.

use super::{Page, status};
use crate::{
    backend::{services::account, web::router::Web},
    domain::{account::Outcome, person::Viewer},
    ui::{account::page, kit::new_password::SCRIPT},
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
    let mut account = match account::load(&web.ctx, viewer).await {
        Ok(account) => account,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    account.outcome = outcome;
    let about = Page {
        here: "/account",
        title: "Your account",
        style: "",
        scripts: &[SCRIPT],
    };
    (status, web.room(viewer, &about, page::page(account))).into_response()
}
