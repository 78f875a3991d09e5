//! What triage suggests, and why.

use crate::domain::case::{Kind, Priority, Tone};
use serde::{Deserialize, Serialize};

/// Something that moved a suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Words of the text as they stand in it; `None` where it is how the text is written.
    pub words: Option<String>,
    /// What they stand for, such as “nobody answers”.
    pub stands_for: String,
    /// Its part of all that speaks for the suggestion, in percent.
    pub weight: u8,
}

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested<T> {
    /// What is suggested.
    pub value: T,
    /// How sure it is: 0 to 100.
    pub confidence: u8,
    /// What moved it, most first; at most four.
    pub reasons: Vec<Reason>,
}

/// All that triage makes of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// What the customer wants.
    pub kind: Suggested<Kind>,
    /// What a case begins as. Praise and noise are left out of times and lists, so what isn't surely
    /// one of them waits for somebody's look instead.
    pub opens_as: Kind,
    /// How it sounds.
    pub tone: Suggested<Tone>,
    /// How pressing it is.
    pub priority: Suggested<Priority>,
    /// What it is about: a key of the brand's topics.
    pub topic: Option<Suggested<String>>,
    /// The language as an ISO 639 code, when it can be told.
    pub language: Option<String>,
}

impl Reason {
    /// A reason in words: `“no one answers” (nobody answers)`.
    pub fn in_words(&self) -> String {
        match &self.words {
            Some(words) => format!("“{words}” ({})", self.stands_for),
            None => self.stands_for.clone(),
        }
    }
}
