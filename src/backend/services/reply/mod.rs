//! Replies: queued once, sent at most once, never lost. The rules are `domain::reply`'s; here each
//! step is one transaction together with what it means for the case.

pub mod decide;
pub mod deliver;
pub mod drafts;
pub mod form;
pub mod look;
pub mod pause;
pub mod queue;
mod step;

pub use step::{echo, moved};
