//! Use cases, one file each: open, load, decide, save with facts, commit, announce.

pub mod archive;
pub mod board;
pub mod cases;
pub mod demo;
pub mod export;
pub mod period;
pub mod report;
pub mod settings;
