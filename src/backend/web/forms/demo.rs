//! Being somebody else in the demo.

use crate::{
    backend::web::{answers::read, router::Web, visitor},
    domain::{person::Role, route},
};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

/// Remembers whom a visitor of the demo wants to be.
pub async fn post(State(web): State<Web>, request: Request) -> Response {
    if !web.doors.demo {
        return StatusCode::NOT_FOUND.into_response();
    }
    let (_, fields) = match read(request).await {
        Ok(read) => read,
        Err(answer) => return answer,
    };
    let mut answer = Redirect::to(route::next(fields.get("next"))).into_response();
    if let Ok(role) = fields.get("role").parse::<Role>()
        && let Some(cookie) = visitor::keep_demo_role(role)
    {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
