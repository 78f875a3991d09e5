//! How good a password is, while it is typed.

use super::{AppError, TextJson};
use crate::domain::account::Strength;
use leptos::{prelude::*, server_fn::codec::Post};

/// How soon a password would be guessed; `own` are words that others guess first.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn rate_password(password: String, own: String) -> Result<Strength, AppError> {
    use crate::backend::services::passwords;
    let own: String = own.chars().take(200).collect();
    Ok(passwords::rate(&password, &[&own]))
}
