//! The Inbox: the list, one case, its person; and what one writes in.

mod actions;
pub mod composer;
mod forms;
mod graphemes;
mod help;
mod keys;
pub mod list;
pub mod page;
mod replies;
pub mod side;
pub mod thread;
pub mod triage;
mod writing;
