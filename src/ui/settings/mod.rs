//! Settings: a list of sections at the side, one section beside it. Each section is loaded when it
//! is entered and stands in [`SECTIONS`] with the right it needs.

mod frame;
mod index;
mod people;
pub mod room;
mod teams;

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
];
