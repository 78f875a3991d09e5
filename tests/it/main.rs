//! Sentences about the trade, told to the whole server on both engines.
//!
//! SQLite is always there. PostgreSQL is where `SUNDOWN_TEST_POSTGRES` holds the URL of a database
//! whose user may create others; each test gets one of its own.

#[macro_use]
mod world;

mod architecture;
mod care;
mod cli;
mod fences;
mod figures;
mod import;
mod intake;
mod intake_kill;
mod kill;
mod log;
mod network;
mod people;
mod person;
mod rights;
mod rules;
mod secrets;
mod settings;
