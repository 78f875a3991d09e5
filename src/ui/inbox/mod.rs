//! Where agents work.

pub mod actions;
