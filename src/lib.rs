//! Sundown.
pub mod domain;
