//! People and teams.

use super::{Page, status};
use crate::{
    backend::{
        services::{people, teams},
        web::router::Web,
    },
    domain::{account::Outcome, ids::PersonId, person::Viewer},
    ui::settings::{self, frame},
};
use axum::{
    extract::{Extension, Path, State},
    response::{IntoResponse, Response},
};
use leptos::prelude::AnyView;

/// Everybody.
pub async fn list(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Response {
    list_after(&web, &viewer, None).await
}

/// Everybody, with what a form led to.
pub async fn list_after(web: &Web, viewer: &Viewer, outcome: Option<Outcome>) -> Response {
    let mut page = match people::page(&web.ctx, viewer).await {
        Ok(page) => page,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    page.outcome = outcome;
    let room = settings::people::list::page(page);
    let answer = section(web, viewer, ("/settings/people", "People"), room);
    (status, answer).into_response()
}

/// One person.
pub async fn one(
    State(web): State<Web>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
) -> Response {
    one_after(&web, &viewer, id.parse().unwrap_or_default(), None).await
}

/// One person, with what a form led to.
pub async fn one_after(
    web: &Web,
    viewer: &Viewer,
    id: PersonId,
    outcome: Option<Outcome>,
) -> Response {
    let mut page = match people::one(&web.ctx, viewer, id).await {
        Ok(page) => page,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    page.outcome = outcome;
    let title = page.person.name.clone();
    let room = settings::people::one::page(page);
    let answer = section(web, viewer, ("/settings/people", &title), room);
    (status, answer).into_response()
}

/// Every team.
pub async fn teams(State(web): State<Web>, Extension(viewer): Extension<Viewer>) -> Response {
    teams_after(&web, &viewer, None).await
}

/// Every team, with what a form led to.
pub async fn teams_after(web: &Web, viewer: &Viewer, outcome: Option<Outcome>) -> Response {
    let mut page = match teams::page(&web.ctx).await {
        Ok(page) => page,
        Err(error) => return web.failed(error.into()),
    };
    let status = status(outcome.as_ref());
    page.outcome = outcome;
    let room = settings::teams::page(page);
    let answer = section(web, viewer, ("/settings/teams", "Teams"), room);
    (status, answer).into_response()
}

/// A section of settings in its frame.
pub fn section(
    web: &Web,
    viewer: &Viewer,
    (here, title): (&str, &str),
    section: AnyView,
) -> Response {
    let about = Page {
        here,
        title,
        style: "",
        scripts: &[],
    };
    web.room(viewer, &about, frame::around(viewer, here, section))
}
