//! Settings: a list of sections at the side, one section beside it. Each stands in [`SECTIONS`] with
//! the right it needs, and is drawn by the server alone.
//!
//! Every section is an ordinary form. A draft of rules is the page's address with the fields in its
//! query: “Preview” leads there, and where scripts run, a small one fetches it while one types.

mod calendar;
pub mod channels;
mod fields;
mod forms;
pub mod frame;
pub mod index;
mod parts;
pub mod people;
pub mod plain;
pub mod policies;
mod preview;
mod sundown;
mod targets;
pub mod teams;
pub mod tokens;
mod versions;

use crate::domain::right::Action;

/// A section: address, name, what it is for, and the right that opens it.
pub type Section = (&'static str, &'static str, &'static str, Action);

/// The section at an address.
pub fn section(address: &str) -> Option<Section> {
    SECTIONS.iter().find(|it| it.0 == address).copied()
}

/// Every section, in the order in which it is listed.
pub const SECTIONS: &[Section] = &[
    (
        "/account",
        "Your account",
        "Name, password, app, sign-ins",
        Action::OwnAccount,
    ),
    (
        "/settings/people",
        "People",
        "Who works here and what they may",
        Action::ManagePeople,
    ),
    (
        "/settings/teams",
        "Teams",
        "Who works together",
        Action::ManageTeams,
    ),
    (
        "/settings/rules/targets",
        "Targets",
        "How soon somebody is to be answered and helped, by priority and network",
        Action::ManagePolicies,
    ),
    (
        "/settings/rules/sundown",
        "Sundown",
        "The moment by which a complaint of the day is to be answered and closed",
        Action::ManagePolicies,
    ),
    (
        "/settings/rules/calendar",
        "Staffed hours",
        "When somebody sits at the desk, with holidays and other exceptions",
        Action::ManagePolicies,
    ),
    (
        "/settings/topics",
        "Topics",
        "What cases can be about, and the words that say so",
        Action::ManageTopics,
    ),
    (
        "/settings/urgency",
        "Urgency",
        "Who is first: what makes a case urgent, in points",
        Action::ManageUrgency,
    ),
    (
        "/settings/macros",
        "Macros",
        "Texts that agents begin with",
        Action::ManageMacros,
    ),
    (
        "/settings/retention",
        "Retention",
        "How long the texts of closed cases are kept",
        Action::ManageRetention,
    ),
    (
        "/settings/brands",
        "Brands",
        "Who is being talked to: names, time zones and languages",
        Action::ManageBrands,
    ),
    (
        "/channels",
        "Channels",
        "Our accounts on the networks, how reading from them goes, and what got stuck",
        Action::ManageChannels,
    ),
    (
        "/settings/tokens",
        "API tokens",
        "Keys for programs that read: what, of which brands, until when",
        Action::ManageTokens,
    ),
    (
        "/audit",
        "Audit log",
        "Who changed what, when and from where",
        Action::ReadAudit,
    ),
];
