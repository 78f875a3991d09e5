//! The doors: signing in, setting up, links, and what is said to those who may not pass.
//!
//! Drawn by the server alone: nothing here reaches the browser's half, so a stranger's first page
//! is there at once and works without scripts. Forms post; small scripts only add comfort.

pub mod confirm;
pub mod link;
pub mod notes;
pub mod scene;
pub mod setup;
pub mod sign_in;
