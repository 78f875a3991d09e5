//! The doors for browsers: one listener, the site's files and the rendered pages.

mod answers;
pub mod assets;
mod doors;
mod export;
mod fences;
mod forms;
mod gate;
pub mod guard;
pub mod panels;
mod rooms;
mod router;
mod serve;
mod shell;
mod uploads;
mod visitor;

pub use doors::Doors;
pub use router::router;
pub use serve::{offer_setup, serve};
