//! Who may do what: every server function and every handler asks here.
//!
//! The gate has looked at the address already; functions ask again for what they themselves do,
//! because a page calls them without an address of their own.

use super::visitor;
use crate::{
    backend::{Error, ctx::Ctx},
    domain::{
        account::Outcome,
        person::Viewer,
        right::{Action, allows},
        route,
    },
    server_fns::AppError,
};
use axum::http::{HeaderMap, StatusCode, Uri, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Whoever is signed in, and what services are handed first.
pub fn viewer() -> Result<(Ctx, Viewer), AppError> {
    let ctx = use_context::<Ctx>().ok_or_else(|| {
        let error = Error::Task("a server function ran outside the server".to_owned());
        AppError::from(error)
    })?;
    let viewer = use_context::<Parts>().and_then(|it| it.extensions.get::<Viewer>().cloned());
    match viewer {
        Some(viewer) => Ok((ctx, viewer)),
        None => Err(refused(AppError::SignedOut)),
    }
}

/// The same, for those who may do something.
pub fn may(action: Action) -> Result<(Ctx, Viewer), AppError> {
    let (ctx, viewer) = viewer()?;
    if allows(&viewer, action) {
        Ok((ctx, viewer))
    } else {
        Err(refused(AppError::Forbidden))
    }
}

/// What the form led to that this page answers.
pub fn outcome() -> Option<Outcome> {
    use_context::<Parts>()?.extensions.get::<Outcome>().cloned()
}

/// Sends the browser to another of our own addresses once the answer is there: for forms that are
/// posted without JavaScript.
pub fn go_to(address: &str) {
    leptos_axum::redirect(address);
}

/// The address of this installation as whoever asks wrote it, without a slash at its end.
pub fn origin() -> String {
    use_context::<Parts>()
        .map(|it| visitor::origin(&it.headers))
        .unwrap_or_default()
}

/// What a service answered, as it travels; the response's status says what kind of “no” it is.
pub fn answer<T>(answer: Result<T, Error>) -> Result<T, AppError> {
    answer.map_err(|error| refused(AppError::from(error)))
}

/// The same, of a form that a page without scripts may have posted: such a page is shown again and
/// tells the “no” itself.
pub fn settled(done: Result<(), Error>) -> Result<(), AppError> {
    let done = answer(done);
    if matches!(done, Err(AppError::Rejected(_))) && wants_page() {
        go_to(route::next(&came_from()));
        return Ok(());
    }
    done
}

fn wants_page() -> bool {
    use_context::<Parts>().is_some_and(|it| is_plain_form(&it.headers))
}

/// A server function that was called by a form of a page without scripts.
pub fn is_plain_form(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok());
    accepts.is_some_and(|it| it.contains("text/html"))
}

/// The page on which a form stood.
fn came_from() -> String {
    use_context::<Parts>()
        .and_then(|it| {
            let address = it.headers.get(header::REFERER)?.to_str().ok()?;
            let address: Uri = address.parse().ok()?;
            Some(address.path_and_query()?.as_str().to_owned())
        })
        .unwrap_or_default()
}

fn refused(error: AppError) -> AppError {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status(&error));
    }
    error
}

/// The status that belongs to an error.
pub const fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::Rejected(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::SignedOut => StatusCode::UNAUTHORIZED,
        AppError::Forbidden => StatusCode::FORBIDDEN,
        AppError::Unavailable { .. } | AppError::Connection(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The one crossing of errors to the browser: what a person may read travels, a cause stays in the
/// log under a number that both sides see.
impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => Self::Rejected(rejection.to_string()),
            Error::Unusable(why) => Self::Rejected(why),
            Error::Missing => Self::NotFound,
            cause @ (Error::Store(_) | Error::File { .. } | Error::Io(_) | Error::Task(_)) => {
                let number: u32 = rand::random();
                let incident = format!("{number:08x}");
                tracing::error!(incident, cause = %cause, "Incident {incident}: {cause}");
                Self::Unavailable { incident }
            }
        }
    }
}
