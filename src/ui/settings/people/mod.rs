//! People: the list with invitations, and one person.

pub mod list;
pub mod one;
pub mod place;
