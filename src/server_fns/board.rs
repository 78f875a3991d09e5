//! The Board's one question.

use super::{AppError, TextJson};
use crate::domain::{board::BoardReport, board_query::BoardQuery};
use leptos::{prelude::*, server_fn::codec::Post};

/// The Board's whole report: every figure of the page from one snapshot.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_board(query: BoardQuery) -> Result<BoardReport, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadBoard)?;
    guard::answer(services::board::report(&ctx, &viewer, &query).await)
}
