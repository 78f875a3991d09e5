//! The Inbox: its panes, drawn by the server.
//!
//! They travel as HTML, so that the browser's half needs no program for each of them.

use super::{AppError, TextJson};
use crate::domain::{ids::CaseId, inbox::Pane};
use leptos::{prelude::*, server_fn::codec::Post};

/// One pane of the Inbox as HTML; `search` is the page's query, `case` the one that is open.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_pane(
    pane: Pane,
    search: String,
    case: Option<CaseId>,
) -> Result<String, AppError> {
    use crate::backend::web::{guard, panels};
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::ReadCases)?;
    guard::answer(panels::draw(&ctx, &viewer, pane, &search, case).await)
}
