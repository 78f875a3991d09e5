//! What handlers of forms have in common: reading fields, going on, saying no.

use crate::{
    backend::{
        Error, Result,
        services::{account, secrets::Token},
    },
    domain::{
        account::Outcome,
        forms::Form,
        person::{Viewer, Visitor},
    },
    server_fns::AppError,
    ui::kit::confirm::CONFIRMATION,
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};

use super::{router::Web, visitor};

/// The most that a form may weigh, in bytes.
const MOST: usize = 64 * 1024;

/// What somebody filled in.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a name; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|it| it.0 == name);
        found.map_or("", |it| it.1.as_str())
    }

    /// Every value of a name that makes sense.
    pub fn all<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        let found = self.0.iter().filter(|it| it.0 == name);
        found.filter_map(|it| it.1.parse().ok()).collect()
    }

    /// The same by name; when a name comes twice, the last value counts.
    pub fn form(&self) -> Form {
        Form(self.0.iter().cloned().collect())
    }

    /// As a form of settings; when a name comes twice, the last value counts.
    pub fn into_form(self) -> Form {
        Form(self.0.into_iter().collect())
    }

    /// What is shown again when the answer is no: everything but secrets.
    pub fn shown_again(&self) -> Vec<(String, String)> {
        let is_secret =
            |name: &str| ["password", "again", "code", "secret", CONFIRMATION].contains(&name);
        self.0
            .iter()
            .filter(|it| !is_secret(&it.0))
            .cloned()
            .collect()
    }
}

/// Takes a form apart; what is too large or no form is refused.
pub async fn read(request: Request) -> Result<(Parts, Fields), Response> {
    read_up_to(MOST, request).await
}

/// The same, of a form with long texts: as much as the fence lets through.
pub async fn read_long(request: Request) -> Result<(Parts, Fields), Response> {
    read_up_to(usize::MAX, request).await
}

async fn read_up_to(most: usize, request: Request) -> Result<(Parts, Fields), Response> {
    let (parts, body) = request.into_parts();
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok());
    if !kind.is_some_and(|it| it.starts_with("application/x-www-form-urlencoded")) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    match to_bytes(body, most).await {
        Ok(bytes) => {
            let fields = form_urlencoded::parse(&bytes).into_owned().collect();
            Ok((parts, Fields(fields)))
        }
        Err(_) => Err(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
    }
}

/// Takes the own password that a form may bring along; returns who asks, as they are then.
pub async fn confirmed(
    web: &Web,
    viewer: &Viewer,
    visitor: &Visitor,
    headers: &HeaderMap,
    fields: &Fields,
) -> Result<Viewer> {
    let password = fields.get(CONFIRMATION);
    if password.is_empty() || viewer.demo {
        return Ok(viewer.clone());
    }
    account::confirm(&web.ctx, viewer, visitor, password).await?;
    let again = web.viewer_again(headers, visitor).await;
    Ok(again.unwrap_or_else(|| viewer.clone()))
}

/// The page again, as a GET would ask for it, with what the form led to.
pub fn again(mut parts: Parts, outcome: Outcome) -> Request {
    parts.method = axum::http::Method::GET;
    parts.extensions.insert(outcome);
    Request::from_parts(parts, Body::empty())
}

/// What a form led to, when it is a “no” that its page can tell; anything else goes on as an error.
pub fn refused(act: &str, fields: &Fields, error: Error) -> Result<Outcome, AppError> {
    match AppError::from(error) {
        AppError::Rejected(why) => Ok(Outcome {
            act: act.to_owned(),
            refused: Some(why),
            fields: fields.shown_again(),
            ..Outcome::default()
        }),
        other => Err(other),
    }
}

/// On to another page, with a sign-in where there is one.
pub fn go(headers: &HeaderMap, to: &str, token: Option<&Token>) -> Response {
    let mut answer = Redirect::to(to).into_response();
    if let Some(token) = token {
        give(&mut answer, headers, token);
    }
    answer
}

/// Gives the browser its token together with an answer.
pub fn give(answer: &mut Response, headers: &HeaderMap, token: &Token) {
    if let Some(cookie) = visitor::keep_token(headers, token.reveal()) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// An answer that nobody keeps and that tells no other page its address.
pub fn secret(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    answer
}

/// The sign-in's address that leads on to a page.
pub fn sign_in_for(wanted: &str) -> String {
    match wanted {
        "/" => "/sign-in".to_owned(),
        _ => {
            let next: String = form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
            format!("/sign-in?next={next}")
        }
    }
}
