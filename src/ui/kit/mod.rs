//! Furniture that any room may use. Values in, links out.

pub mod avatar;
pub mod basis;
pub mod card;
pub mod case_row;
pub mod change;
pub mod choice;
pub mod clock_pill;
pub mod clocks;
pub mod confirm;
pub mod empty;
pub mod entry;
pub mod explain;
pub mod failed;
pub mod filter_bar;
pub mod live_marker;
pub mod new_password;
pub mod period_picker;
pub mod skeleton;
pub mod story;
pub mod switch;
pub mod tile;
pub mod told;
pub mod twin;
