//! One's own account as its page shows it, and what a form on a page led to.

use super::{
    ids::SessionId,
    person::Role,
    time::{Instant, Zone},
};
use serde::{Deserialize, Serialize};

/// How soon a password would be guessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// From 0, at once, to 4, not in a lifetime.
    pub score: u8,
    /// The same in words.
    pub words: String,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// The IANA zone of their wall clock.
    pub zone: String,
    /// All zones there are.
    pub zones: Vec<String>,
    /// The wall clock of the page.
    pub clock: Zone,
    /// What time it is.
    pub now: Instant,
    /// Whether a code of an app is asked after the password.
    pub has_codes: bool,
    /// Whether their role needs one.
    pub needs_codes: bool,
    /// How many recovery codes still work.
    pub recovery_left: i64,
    /// Whether the password was given in the last minutes.
    pub is_confirmed: bool,
    /// Whether this is a demo, where nothing of it can be changed.
    pub is_demo: bool,
    /// Where they are signed in, the last used first.
    pub sessions: Vec<OwnSession>,
    /// What the form that was just sent led to.
    pub outcome: Option<Outcome>,
}

/// A sign-in, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSession {
    /// Its id.
    pub id: SessionId,
    /// Whether it is the one that is looking.
    pub is_this: bool,
    /// The browser, in words.
    pub browser: String,
    /// From where.
    pub address: String,
    /// Since when.
    pub began_at: Instant,
    /// Last used, to about a minute.
    pub seen_at: Instant,
}

/// What a form led to, for the page that answers it: it is told once and kept nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which form.
    pub act: String,
    /// A “no” with its reason.
    pub refused: Option<String>,
    /// What was done, as a sentence.
    pub said: Option<String>,
    /// A link to hand on.
    pub link: Option<String>,
    /// The secret for an app, and the picture of it as SVG.
    pub secret: Option<(String, String)>,
    /// Recovery codes.
    pub recovery: Vec<String>,
    /// What had been filled in, by name.
    pub fields: Vec<(String, String)>,
}

impl Outcome {
    /// What had been filled in under a name; nothing when nothing was.
    pub fn field(&self, name: &str) -> String {
        let found = self.fields.iter().find(|it| it.0 == name);
        found.map(|it| it.1.clone()).unwrap_or_default()
    }
}
