//! Everything that may not reach the browser: the single gate stands in `lib.rs`.
//!
//! Doors (`web`, `cli`) call services, services call the store and the engine; imports point down.

pub mod api;
pub mod cli;
pub mod clock;
pub mod config;
pub mod connectors;
pub mod ctx;
pub mod egress;
pub mod engine;
pub mod error;
pub mod ids;
pub mod jobs;
pub mod scripted_network;
pub mod services;
pub mod store;
pub mod vault;
pub mod web;

pub use error::{Error, Result};
