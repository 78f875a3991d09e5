//! The Inbox: what is first and why, and one case with everything to work on it.

mod desk;
pub mod index;
mod page;
mod presence;

pub use desk::{composer, desk};
pub use page::page;
pub use presence::Presence;
