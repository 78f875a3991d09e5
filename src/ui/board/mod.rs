//! The Board: how long people wait, who is still waiting, what becomes of complaints.

mod breakdown;
mod coverage;
mod funnel;
mod horizon;
mod open_list;
mod over_time;
pub mod page;
mod report;
mod tiles;
mod welcome;
