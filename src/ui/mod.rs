//! Everything that people see: furniture (`format`, `address`, `live`, `kit`, `charts`) and rooms
//! (`board`, `cases`, `inbox`, `promises`, `notices`, `account`, `settings`, `audit`) inside one
//! `frame`; before them stand the `doors`.
//!
//! Invariant: rooms don't know each other; nothing here knows the store or asks what time it is.

pub mod account;
pub mod address;
pub mod audit;
pub mod board;
pub mod cases;
pub mod charts;
pub mod doors;
pub mod format;
pub mod frame;
pub mod inbox;
pub mod kit;
pub mod live;
pub mod notices;
pub mod promises;
pub mod settings;
pub mod theme;
pub mod views;
