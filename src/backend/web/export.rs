//! Files to take away, by the same address parameters as the page they belong to.

use super::guard;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::{self, audit::Format},
    },
    domain::{
        audit::AuditQuery, board_query::BoardQuery, person::Viewer, promise_list::PromiseQuery,
        question::Which,
    },
    server_fns::AppError,
};
use axum::{
    body::Body,
    extract::{Extension, Query},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use std::collections::HashMap;

type Params = Query<HashMap<String, String>>;

/// The cases behind a figure.
pub async fn cases(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    let query = BoardQuery::parse(|name| params.get(name).cloned());
    let which = params
        .get("show")
        .and_then(|it| it.parse().ok())
        .unwrap_or(Which::All);
    match services::export::cases_csv(ctx, &viewer, &query, which).await {
        Ok((count, rows)) => file(
            &format!("sundown-cases-{which}.csv"),
            count,
            Body::from_stream(rows),
        ),
        Err(error) => failed(error),
    }
}

/// The Board's figures.
pub async fn board(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    let query = BoardQuery::parse(|name| params.get(name).cloned());
    let rows: Result<Vec<u8>> = services::export::board_csv(&ctx, &viewer, &query).await;
    match rows {
        Ok(text) => {
            let lines = text.iter().filter(|byte| **byte == b'\n').count() as u64;
            file(
                "sundown-board.csv",
                lines.saturating_sub(1),
                Body::from(text),
            )
        }
        Err(error) => failed(error),
    }
}

/// All promises.
pub async fn promises(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    let query = PromiseQuery::parse(|name| params.get(name).cloned());
    match services::promises::csv(&ctx, &viewer, query).await {
        Ok((count, text)) => file("sundown-promises.csv", count, Body::from(text)),
        Err(error) => failed(error),
    }
}

/// What is searched for in the audit log, for spreadsheets.
pub async fn audit_csv(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    audit(ctx, &viewer, &params, Format::Csv)
}

/// The same, for programs.
pub async fn audit_json_lines(
    Extension(ctx): Extension<Ctx>,
    Extension(viewer): Extension<Viewer>,
    Query(params): Params,
) -> Response {
    audit(ctx, &viewer, &params, Format::JsonLines)
}

fn audit(ctx: Ctx, viewer: &Viewer, params: &HashMap<String, String>, format: Format) -> Response {
    let query = AuditQuery::parse(|name| params.get(name).cloned());
    let (kind, name) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "sundown-audit.csv"),
        Format::JsonLines => ("application/jsonl; charset=utf-8", "sundown-audit.jsonl"),
    };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let lines = services::audit::file(ctx, viewer, query, format);
    (headers, Body::from_stream(lines)).into_response()
}

/// How many rows a file has, so that whoever took it can tell that none is missing.
const ROWS: HeaderName = HeaderName::from_static("sundown-rows");

fn file(name: &str, rows: u64, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (ROWS, rows.to_string()),
    ];
    (headers, body).into_response()
}

fn failed(error: crate::backend::Error) -> Response {
    let error = AppError::from(error);
    (guard::status(&error), error.to_string()).into_response()
}
