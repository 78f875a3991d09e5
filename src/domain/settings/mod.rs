//! What the pages of settings show, as it travels.

pub mod changes;
pub mod plain;
pub mod policies;

use super::{right::Action, words::words};

words! {
    /// Settings without versions, by the page they are on.
    PlainSection, "a page of settings", {
        /// Words that give a case its topic.
        Topics = "topics", "Topics";
        /// What makes a case urgent.
        Urgency = "urgency", "Urgency";
        /// Texts that agents begin with.
        Macros = "macros", "Macros";
        /// How long texts are kept.
        Retention = "retention", "Retention";
        /// Names, zones and languages.
        Brands = "brands", "Brands";
    }
}

impl PlainSection {
    /// What whoever opens it must be allowed to do.
    pub const fn action(self) -> Action {
        match self {
            Self::Topics => Action::ManageTopics,
            Self::Urgency => Action::ManageUrgency,
            Self::Macros => Action::ManageMacros,
            Self::Retention => Action::ManageRetention,
            Self::Brands => Action::ManageBrands,
        }
    }
}

words! {
    /// The rules of a brand that have versions, by the page they are on.
    PolicySection, "a page of rules", {
        /// How soon is soon enough.
        Targets = "targets", "Targets";
        /// When the day ends.
        Sundown = "sundown", "Sundown";
        /// When the desk is staffed.
        Calendar = "calendar", "Staffed hours";
    }
}
