//! Use cases, one file each: open, load, decide, save with facts, commit, announce.

pub mod archive;
pub mod backup;
pub mod board;
pub mod cases;
pub mod demo;
pub mod export;
pub mod keys;
pub mod period;
pub mod person;
pub mod report;
