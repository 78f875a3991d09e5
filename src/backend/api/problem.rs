//! A “no” for programs, as RFC 9457 has it.

use crate::{
    backend::{services::tokens::Known, web::guard},
    server_fns::AppError,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
}

fn problem(status: StatusCode, detail: &str, parameter: Option<&str>) -> Response {
    let body = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or("Problem"),
        status: status.as_u16(),
        detail,
        parameter,
    };
    // Its fields are texts and a number, which always become JSON.
    let text = serde_json::to_string(&body).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/problem+json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, text).into_response()
}

/// What went wrong on our side, or isn't there.
pub fn of(error: AppError) -> Response {
    let detail = match &error {
        AppError::NotFound => {
            "There is nothing of that name or number that this token reaches.".to_owned()
        }
        other => other.to_string(),
    };
    problem(guard::status(&error), &detail, None)
}

/// A parameter that makes no sense.
pub fn bad(parameter: &str, detail: &str) -> Response {
    problem(StatusCode::BAD_REQUEST, detail, Some(parameter))
}

/// A token that doesn't open this.
pub fn of_token(known: &Known) -> Response {
    match known {
        Known::Yes(_) | Known::OutOfScope => problem(
            StatusCode::FORBIDDEN,
            "This token may not read this. Make one with the right scope in Settings, API tokens.",
            None,
        ),
        Known::No => {
            let mut answer = problem(
                StatusCode::UNAUTHORIZED,
                "Send a token as Authorization: Bearer sundown_…. This one is missing, unknown, revoked or expired.",
                None,
            );
            let scheme = HeaderValue::from_static("Bearer");
            answer
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, scheme);
            answer
        }
        Known::TooMany(left_s) => {
            let mut answer = problem(
                StatusCode::TOO_MANY_REQUESTS,
                "Too many unknown tokens came from this address. Wait, and check the token.",
                None,
            );
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(*left_s));
            answer
        }
    }
}
