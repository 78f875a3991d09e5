//! Sundown.
pub mod domain;
//pub mod server_fns;
#[cfg(feature = "ssr")]
pub mod backend;
