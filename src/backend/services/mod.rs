//! Use cases, one file each: open, load, decide, save with facts, commit, announce.

pub mod account;
pub mod archive;
pub mod audit;
pub mod backup;
pub mod board;
pub mod cases;
mod codes;
pub mod demo;
pub mod desk;
pub mod export;
pub mod keys;
pub mod links;
pub mod mail;
pub mod notify;
pub mod passwords;
pub mod people;
pub mod period;
pub mod person;
pub mod promises;
pub mod report;
pub mod secrets;
pub mod sessions;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod teams;
pub mod work;
