//! For programs: `/api/v1`, read only, by token. Documented in docs/API.md.
//!
//! What is answered is put together here, field by field, so that nothing inside can change what
//! programs rely on.

pub mod problem;
mod views;

use crate::{
    backend::{ctx::Ctx, services},
    domain::{board_query::BoardQuery, ids::CaseId, person::Viewer, question::Which},
    server_fns::AppError,
};
use axum::{
    Json,
    extract::{Extension, Path, Query},
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::collections::HashMap;
use views::{BoardView, CasesView, StoryView};

type Params = Query<HashMap<String, String>>;

/// Cases on one page unless `limit` says otherwise, and at most.
const PAGE: usize = 50;
const MOST: usize = 200;

/// `GET /api/v1/board`: the figures of the Board, by the same parameters as its address.
pub async fn board(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    let query = BoardQuery::parse(|name| params.get(name).cloned());
    let report = services::board::report(&ctx, &viewer, &query).await;
    answer(report.map(BoardView::from))
}

/// `GET /api/v1/cases`: the cases behind a figure, newest first, page by page.
pub async fn cases(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    let query = BoardQuery::parse(|name| params.get(name).cloned());
    let which = match params.get("show").map(|it| it.parse::<Which>()) {
        None => Which::All,
        Some(Ok(which)) => which,
        Some(Err(why)) => return problem::bad("show", &why.to_string()),
    };
    let limit = match params.get("limit").map(|it| it.parse::<usize>()) {
        None => PAGE,
        Some(Ok(limit)) if (1..=MOST).contains(&limit) => limit,
        Some(_) => return problem::bad("limit", "Give a whole number from 1 to 200."),
    };
    let cursor = match params.get("cursor").map(|it| it.parse::<CaseId>()) {
        None => None,
        Some(Ok(cursor)) => Some(cursor),
        Some(Err(_)) => {
            return problem::bad("cursor", "Give what “next” of the page before says.");
        }
    };
    let found = services::cases::slice(&ctx, &viewer, &query, which, (cursor, limit)).await;
    answer(found.map(CasesView::from))
}

/// `GET /api/v1/cases/:id`: one case with its story.
pub async fn case(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Response {
    let Ok(id) = id.parse() else {
        return problem::of(AppError::NotFound);
    };
    let story = services::cases::story(&ctx, &viewer, id).await;
    answer(story.map(StoryView::from))
}

fn answer<T: Serialize>(found: crate::backend::Result<T>) -> Response {
    match found {
        Ok(it) => ([(header::CACHE_CONTROL, "no-store")], Json(it)).into_response(),
        Err(error) => problem::of(error.into()),
    }
}
