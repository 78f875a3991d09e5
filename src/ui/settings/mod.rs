//! Settings: a list of sections at the side, one section beside it. Each section is loaded when it
//! is entered and stands in [`SECTIONS`] with the right it needs.
//!
//! Every section is an ordinary form. A draft of rules is the page's address with the fields in its
//! query: without JavaScript “Preview” leads there; with it, what a change would do follows what is
//! typed.

mod calendar;
mod fields;
mod forms;
mod frame;
mod index;
mod parts;
mod people;
mod plain;
mod policies;
mod preview;
pub mod room;
mod sundown;
mod targets;
mod teams;
mod versions;

/// A section: address, name, what it is for, and the word of the action that opens it.
pub type Section = (&'static str, &'static str, &'static str, &'static str);

/// Every section, in the order in which it is listed.
pub const SECTIONS: &[Section] = &[
    (
        "/account",
        "Your account",
        "Name, password, app, sign-ins",
        "own_account",
    ),
    (
        "/settings/people",
        "People",
        "Who works here and what they may",
        "manage_people",
    ),
    (
        "/settings/teams",
        "Teams",
        "Who works together",
        "manage_teams",
    ),
    (
        "/settings/rules/targets",
        "Targets",
        "How soon somebody is to be answered and helped, by priority and network",
        "manage_policies",
    ),
    (
        "/settings/rules/sundown",
        "Sundown",
        "The moment by which a complaint of the day is to be answered and closed",
        "manage_policies",
    ),
    (
        "/settings/rules/calendar",
        "Staffed hours",
        "When somebody sits at the desk, with holidays and other exceptions",
        "manage_policies",
    ),
    (
        "/settings/topics",
        "Topics",
        "What cases can be about, and the words that say so",
        "manage_topics",
    ),
    (
        "/settings/urgency",
        "Urgency",
        "Who is first: what makes a case urgent, in points",
        "manage_urgency",
    ),
    (
        "/settings/macros",
        "Macros",
        "Texts that agents begin with",
        "manage_macros",
    ),
    (
        "/settings/retention",
        "Retention",
        "How long the texts of closed cases are kept",
        "manage_retention",
    ),
    (
        "/settings/brands",
        "Brands",
        "Who is being talked to: names, time zones and languages",
        "manage_brands",
    ),
];
