//! The Inbox: the list, one case, its person; and what one writes in.

mod actions;
mod composer;
mod forms;
mod graphemes;
mod keys;
mod list;
pub mod page;
mod replies;
pub mod side;
mod thread;
pub mod triage;
