//! One's own account, and how good a password is while it is typed.

use super::{AppError, TextJson};
use crate::domain::account::{Account, Strength};
use leptos::{prelude::*, server_fn::codec::Post};

/// One's own account.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_account() -> Result<Account, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::OwnAccount)?;
    let mut account = guard::answer(services::account::load(&ctx, &viewer).await)?;
    account.outcome = guard::outcome();
    Ok(account)
}

/// How soon a password would be guessed; `own` are words that others guess first.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn rate_password(password: String, own: String) -> Result<Strength, AppError> {
    use crate::backend::services::passwords;
    let own: String = own.chars().take(200).collect();
    Ok(passwords::rate(&password, &[&own]))
}
