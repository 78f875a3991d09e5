//! Who may do what: every server function asks here first.

use crate::{
    backend::{Error, ctx::Ctx},
    server_fns::AppError,
};
use leptos::prelude::use_context;

/// Anybody who reaches the server; it listens on the loopback address unless told otherwise.
pub fn anyone() -> Result<Ctx, AppError> {
    use_context::<Ctx>().ok_or_else(|| {
        let error = Error::Task("a server function ran outside the server".to_owned());
        AppError::from(error)
    })
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
