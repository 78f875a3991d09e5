//! The doors for browsers: one listener, the site's files and the rendered pages.

pub mod assets;
mod export;
pub mod guard;
mod router;
mod serve;
mod shell;
mod uploads;

pub use router::router;
pub use serve::serve;
