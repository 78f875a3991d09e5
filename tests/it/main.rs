//! Sentences about the trade, told to the whole server on both engines.
//!
//! SQLite is always there. PostgreSQL is where `SUNDOWN_TEST_POSTGRES` holds the URL of a database
//! whose user may create others; each test gets one of its own.

#[macro_use]
mod world;

mod architecture;
mod audit;
mod care;
mod cli;
mod fences;
mod figures;
mod import;
mod intake;
mod intake_kill;
mod kill;
mod labelled;
mod log;
mod network;
mod people;
mod person;
mod replies;
mod reply_kill;
mod reply_model;
mod rights;
mod rules;
mod secrets;
mod settings;
mod staff;
mod tokens;
mod triage;
mod work;
