//! What the pages of settings show, as it travels.

pub mod changes;
pub mod plain;
pub mod policies;

use super::words::words;

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
