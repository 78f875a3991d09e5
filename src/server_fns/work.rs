//! What happens around a reply: the panel beside a case, its forms, all promises, what one is told.

use super::{AppError, TextJson};
use crate::domain::{
    account::Outcome, forms::Form, ids::CaseId, notice::NoticePage, promise_list::PromisePage,
    work::CaseWork,
};
use leptos::{prelude::*, server_fn::codec::Post};

/// Everything around a case that isn't a post.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_work(case: CaseId) -> Result<CaseWork, AppError> {
    use crate::backend::{services::work, web::guard};
    use crate::domain::right::Action::ReadCases;
    let (ctx, viewer) = guard::may(ReadCases)?;
    let mut found = guard::answer(work::load::load(&ctx, &viewer, case).await)?;
    found.told = guard::outcome();
    Ok(found)
}

/// Does what one of the panel's forms asks for, by the fields it would post to `/work`.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn act_on_case(form: Form) -> Result<Outcome, AppError> {
    use crate::backend::{services::work, web::guard};
    use crate::domain::right::Action::WorkCases;
    let (ctx, viewer) = guard::may(WorkCases)?;
    guard::answer(work::acts::act(&ctx, &viewer, &form).await)
}

/// All promises; `search` is the page's query.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_promises(search: String) -> Result<PromisePage, AppError> {
    use crate::backend::{services, web::guard};
    use crate::domain::right::Action::ReadCases;
    let (ctx, viewer) = guard::may(ReadCases)?;
    let query = services::promises::query(&search);
    let mut page = guard::answer(services::promises::page(&ctx, &viewer, query).await)?;
    page.outcome = guard::outcome();
    Ok(page)
}

/// What whoever is signed in was told.
#[server(input = server_fn::codec::Json, output = Post<TextJson>)]
pub async fn load_notices() -> Result<NoticePage, AppError> {
    use crate::backend::{services::notify, web::guard};
    use crate::domain::right::Action::OwnAccount;
    let (ctx, viewer) = guard::may(OwnAccount)?;
    let mut page = guard::answer(notify::page(&ctx, &viewer).await)?;
    page.outcome = guard::outcome();
    Ok(page)
}
