//! What can go wrong on the server, by meaning. Causes are logged once, where they cross to the
//! browser or the command line.

use super::store::StoreError;
use crate::domain::rejection::Rejection;

/// A server-side result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A “no” that a person may read.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// There is no such thing.
    #[error("there is nothing of that name or number")]
    Missing,
    /// The store couldn't.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reading or writing a file failed.
    #[error("{what}: {source}")]
    File {
        /// What was tried, with the file's name.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something Sundown was given can't be used: a setting, a file. The text says what to change.
    #[error("{0}")]
    Unusable(String),
    /// The system said no.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A task of our own died.
    #[error("an inner task failed: {0}")]
    Task(String),
}
