//! Everything that may not reach the browser. `lib.rs` holds the one gate.

pub mod web;

/// What can go wrong on the server.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something Sundown was given cannot be used. The text says what to change.
    #[error("{0}")]
    Unusable(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

pub type Result<T> = std::result::Result<T, Error>;
