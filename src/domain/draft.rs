//! What somebody is writing in a case, kept on the server while they write.

use super::{ids::CaseId, time::Instant, words::words};
use serde::{Deserialize, Serialize};

words! {
    /// Where what is written would go.
    DraftKind, "a kind of draft", {
        /// Where everybody can read it.
        Public = "public", "Public reply";
        /// To the customer only.
        Private = "private", "Private message";
        /// To colleagues only.
        Note = "note", "Note";
    }
}

/// A text that isn't sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// In which case.
    pub case: CaseId,
    /// Where it would go.
    pub kind: DraftKind,
    /// The key that the reply will have.
    pub key: String,
    /// What it says so far.
    pub body: String,
    /// When it was last kept.
    pub saved_at: Instant,
    /// Why it wasn't taken when it was sent, as a sentence.
    pub why: Option<String>,
    /// Whether it may be sent all the same, once somebody else's answer is read.
    pub is_asked: bool,
}
