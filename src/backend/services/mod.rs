//! Use cases, one file each: open, load, decide, save with facts, commit, announce.

pub mod board;
pub mod cases;
pub mod demo;
