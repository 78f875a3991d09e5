//! The stairs: the only way down from the browser to the server.
//!
//! Each function guards, calls one service and returns. Errors are [`AppError`], which travels.

pub mod account;
pub mod board;
pub mod cases;
pub mod inbox;
pub mod replies;
pub mod triage;

use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::{
    Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::JsonEncoding,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How answers travel: JSON, read from text.
///
/// What a page brings along is read from text, too. The browser's half would carry everything that
/// reads a report twice if answers were read from bytes, as the usual JSON is.
pub struct TextJson;

impl ContentType for TextJson {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for TextJson {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for TextJson {
    type Error = serde_json::Error;

    fn encode(answer: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(answer).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for TextJson {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_str(&String::from_utf8_lossy(&bytes))
    }
}

/// What went wrong, as the browser is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// A “no” with a reason and a next step.
    #[error("{0}")]
    Rejected(String),
    /// There is no such thing, or not for this person.
    #[error(
        "There is nothing at this address. It may have been merged or removed; go back to the Board and look for it there."
    )]
    NotFound,
    /// The server couldn't; the log knows why under this number.
    #[error(
        "Sundown couldn't do this just now. Try again in a moment; if it keeps failing, tell your operator incident {incident}."
    )]
    Unavailable {
        /// Printed in the server's log beside the cause.
        incident: String,
    },
    /// Nobody is signed in any more.
    #[error("You are signed out. Sign in again to go on.")]
    SignedOut,
    /// Signed in, but this isn't theirs to do.
    #[error("Your role doesn't allow this.")]
    Forbidden,
    /// The server couldn't be reached, or its answer not understood.
    #[error("The server can't be reached. Check the connection; what you see is from before.")]
    Connection(String),
}

impl AppError {
    /// The number under which the log knows the cause, if it does.
    pub fn incident(&self) -> Option<String> {
        if let Self::Unavailable { incident } = self {
            Some(incident.clone())
        } else {
            None
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Connection(error.to_string())
    }
}
