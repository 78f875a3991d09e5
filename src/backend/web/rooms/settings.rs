//! The overview of settings, rules with versions, and lists.

use super::{Page, people::section};
use crate::{
    backend::{
        Error, Result,
        services::settings::{fields, plain, policies},
        web::router::Web,
    },
    domain::{
        person::Viewer,
        settings::{PlainSection, PolicySection},
    },
    ui::settings,
};
use axum::{
    extract::{Extension, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use std::str::FromStr;

/// The last piece of an address, as one of several words.
pub fn last_piece<T: FromStr>(path: &str) -> Option<T> {
    path.rsplit('/').next()?.parse().ok()
}

/// All sections at a glance.
pub async fn index(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Response {
    let about = Page {
        here: "/settings",
        title: "Settings",
        style: "",
        scripts: &[],
    };
    web.room(&viewer, &about, settings::index::page(&viewer))
}

/// Rules with versions.
pub async fn rules(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    uri: Uri,
) -> Response {
    let (Some(known), Some(which)) = (
        settings::section(uri.path()),
        last_piece::<PolicySection>(uri.path()),
    ) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let form = fields(uri.query().unwrap_or_default());
    let page = policies::page(&web.ctx, &viewer, which, &form).await;
    shown(&web, &viewer, known, page, |page| {
        settings::policies::page(known, which, page)
    })
}

/// Settings without versions.
pub async fn lists(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    uri: Uri,
) -> Response {
    let (Some(known), Some(which)) = (
        settings::section(uri.path()),
        last_piece::<PlainSection>(uri.path()),
    ) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let form = fields(uri.query().unwrap_or_default());
    let page = plain::page(&web.ctx, &viewer, which, &form).await;
    shown(&web, &viewer, known, page, |page| {
        settings::plain::page(known, which, page)
    })
}

fn shown<T>(
    web: &Web,
    viewer: &Viewer,
    known: settings::Section,
    page: Result<T>,
    draw: impl FnOnce(Option<T>) -> leptos::prelude::AnyView,
) -> Response {
    let (status, page) = match page {
        Ok(page) => (StatusCode::OK, Some(page)),
        Err(Error::Missing) => (StatusCode::NOT_FOUND, None),
        Err(error) => return web.failed(error.into()),
    };
    let answer = section(web, viewer, (known.0, known.1), draw(page));
    (status, answer).into_response()
}
