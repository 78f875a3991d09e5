//! The cases behind a figure, and one case with its whole story.

use super::{AppError, TextJson};
use crate::domain::{
    board::{CasePage, CaseStory},
    board_query::BoardQuery,
    ids::CaseId,
    question::Which,
};
use leptos::{prelude::*, server_fn::codec::Post};

/// A page of the cases behind a figure; pages count from 1.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_cases(query: BoardQuery, which: Which, page: u64) -> Result<CasePage, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(services::cases::page(&ctx, &viewer, &query, which, page).await)
}

/// One case with its whole story.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_case(id: CaseId) -> Result<CaseStory, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(services::cases::story(&ctx, &viewer, id).await)
}
