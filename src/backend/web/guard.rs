//! Who may do what: every server function asks here first.

use crate::{
    backend::{Error, ctx::Ctx},
    server_fns::AppError,
};
use axum::http::StatusCode;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Anybody who reaches the server; it listens on the loopback address unless told otherwise.
pub fn anyone() -> Result<Ctx, AppError> {
    use_context::<Ctx>().ok_or_else(|| {
        let error = Error::Task("a server function ran outside the server".to_owned());
        AppError::from(error)
    })
}

/// What a service answered, as it travels; the response's status says what kind of “no” it is.
pub fn answer<T>(answer: Result<T, Error>) -> Result<T, AppError> {
    answer.map_err(|error| {
        let error = AppError::from(error);
        if let Some(response) = use_context::<ResponseOptions>() {
            response.set_status(status(&error));
        }
        error
    })
}

/// Sends the browser to another of our own addresses once the answer is there: for forms that are
/// posted without JavaScript.
pub fn go_to(address: &str) {
    leptos_axum::redirect(address);
}

/// The status that belongs to an error.
pub const fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::Rejected(_) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::NotFound => StatusCode::NOT_FOUND,
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
