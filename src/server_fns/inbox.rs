//! The Inbox: its list, and one case with everything to work on it.

use super::{AppError, TextJson};
use crate::domain::{
    ids::CaseId,
    inbox::{CaseDesk, Composer, InboxPage, InboxQuery},
};
use leptos::{prelude::*, server_fn::codec::Post};

/// The first rows of a view.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_inbox(query: InboxQuery) -> Result<InboxPage, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(services::inbox::page(&ctx, &viewer, &query).await)
}

/// One case as whoever works on it sees it.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_desk(case: CaseId) -> Result<CaseDesk, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(services::inbox::desk(&ctx, &viewer, case).await)
}

/// What somebody writes in.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_composer(case: CaseId) -> Result<Composer, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(services::inbox::composer(&ctx, &viewer, case).await)
}

/// What stands beside a case, as HTML; `back` is the address of the page it stands on.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_side(case: CaseId, back: String) -> Result<String, AppError> {
    use crate::backend::web::{guard, panels};
    use crate::domain::{right::Action, route};
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(panels::beside(&ctx, &viewer, case, route::next(&back)).await)
}
