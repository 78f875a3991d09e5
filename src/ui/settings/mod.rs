//! Settings: two rooms with one list of sections at their side; loaded when entered.
//!
//! Every section is an ordinary form. A draft is the page's address with the fields in its query:
//! without JavaScript “Preview” leads there; with it, what a change would do follows what is typed.

mod calendar;
mod fields;
mod forms;
mod frame;
mod parts;
mod plain;
mod policies;
mod preview;
pub mod room;
mod sundown;
mod targets;
mod versions;

/// A section: its address below `/settings/`, its name, and what it is for.
type Section = (&'static str, &'static str, &'static str);

/// The sections in the order of the list.
const SECTIONS: &[Section] = &[
    (
        "rules/targets",
        "Targets",
        "How soon somebody is to be answered and helped, by priority and network.",
    ),
    (
        "rules/sundown",
        "Sundown",
        "The moment by which a complaint of the day is to be answered and closed.",
    ),
    (
        "rules/calendar",
        "Staffed hours",
        "When somebody sits at the desk, with holidays and other exceptions.",
    ),
    (
        "topics",
        "Topics",
        "What cases can be about, and the words that say so.",
    ),
    (
        "urgency",
        "Urgency",
        "Who is first: what makes a case urgent, in points.",
    ),
    ("macros", "Macros", "Texts that agents begin with."),
    (
        "retention",
        "Retention",
        "How long the texts of closed cases are kept.",
    ),
    (
        "brands",
        "Brands",
        "Who is being talked to: names, time zones and languages.",
    ),
];
