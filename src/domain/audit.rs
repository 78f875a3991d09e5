//! Who changed what: the lines of the audit log.

use super::{ids::PersonId, person::Viewer, time::Instant};
use serde::{Deserialize, Serialize};

/// Who did something, as the audit names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The person; 0 for nobody in particular.
    pub person: PersonId,
    /// What they are called; for somebody who isn't known, what they said they were.
    pub name: String,
    /// Where they were; empty at the machine itself.
    pub address: String,
}

impl From<&Viewer> for Who {
    fn from(viewer: &Viewer) -> Self {
        Self {
            person: viewer.person,
            name: viewer.name.clone(),
            address: viewer.address.clone(),
        }
    }
}

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Counted from 1, without gaps.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub who: Who,
    /// What, such as `person.invited`.
    pub action: String,
    /// To what, such as a person's id or a brand's key.
    pub subject: String,
    /// As it was: JSON, `null` for nothing.
    pub before: String,
    /// As it is: JSON, `null` for nothing.
    pub after: String,
}
