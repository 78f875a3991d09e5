//! One's own account. Loaded when entered; its forms post to the page itself.

mod codes;
pub mod page;
mod sign_ins;
