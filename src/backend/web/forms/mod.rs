//! What forms post to: each reads its fields, calls one service, and goes on or says no on the page
//! it came from.

pub mod account;
pub mod channels;
pub mod confirm;
pub mod demo;
pub mod link;
pub mod people;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod teams;
pub mod tokens;
pub mod work;
