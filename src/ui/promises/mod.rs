//! All promises, the most pressing first.

mod line;
pub mod room;
