//! The log of changes.

use super::Page;
use crate::{
    backend::{
        services::audit,
        web::{answers::read, router::Web},
    },
    domain::{
        audit::{AuditQuery, Chain},
        person::Viewer,
    },
    server_fns::AppError,
    ui::audit::page,
};
use axum::{
    extract::{Extension, Query, Request, State},
    response::Response,
};
use std::collections::HashMap;

type Params = Query<HashMap<String, String>>;

/// What is searched for.
pub async fn show(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    draw(&web, &viewer, &params, None).await
}

/// The same, with whether the log is whole. Every line is read again, so nobody comes upon it by a
/// link.
pub async fn verify(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
    request: Request,
) -> Response {
    match read(request).await {
        Ok((_, fields)) if fields.get("act") == "verify" => {}
        Ok(_) => return web.failed(AppError::NotFound),
        Err(answer) => return answer,
    }
    match audit::chain(&web.ctx).await {
        Ok(chain) => draw(&web, &viewer, &params, Some(chain)).await,
        Err(error) => web.failed(error.into()),
    }
}

async fn draw(
    web: &Web,
    viewer: &Viewer,
    params: &HashMap<String, String>,
    chain: Option<Chain>,
) -> Response {
    let query = AuditQuery::parse(|name| params.get(name).cloned());
    match audit::page(&web.ctx, viewer, &query).await {
        Ok(mut found) => {
            found.chain = chain;
            let about = Page {
                here: "/audit",
                title: "Audit log",
                style: "",
                scripts: &[],
            };
            web.room(viewer, &about, page(found))
        }
        Err(error) => web.failed(error.into()),
    }
}
