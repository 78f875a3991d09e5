//! All promises, the most pressing first. Drawn by the server alone.

mod line;
pub mod room;
