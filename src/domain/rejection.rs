//! Everything a person may be told “no” for, as sentences with a next step.

use serde::{Deserialize, Serialize};

/// A “no” that a person may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// Solving what is solved.
    #[error("This case is already resolved. Reopen it first if something is left to do.")]
    AlreadyResolved,
    /// Asking or confirming before it is solved.
    #[error(
        "This case isn't resolved yet. Resolve it first, then the customer can say whether it is."
    )]
    NotResolved,
}
