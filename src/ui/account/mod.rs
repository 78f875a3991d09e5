//! One's own account. Drawn by the server alone; its forms post to the page itself.

mod codes;
pub mod page;
mod sign_ins;
