//! Writing: each is the target of an ordinary form, and leads back to the case it is about.

use super::AppError;
use crate::domain::{
    case::Remedy,
    draft::DraftKind,
    ids::{CaseId, ReplyId},
};
use leptos::prelude::*;

/// Sends what was written. `seen` is the last event that the page showed; `anyway` is given once
/// somebody else's answer since then was read; `resolve` says how the case is solved by it.
#[server]
pub async fn send_reply(
    case: CaseId,
    kind: DraftKind,
    body: String,
    key: String,
    seen: i64,
    anyway: Option<String>,
    resolve: Option<Remedy>,
) -> Result<(), AppError> {
    use crate::backend::{
        services::reply::form::{Form, send},
        web::guard,
    };
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::WorkCases)?;
    let form = Form {
        case,
        kind,
        body,
        key,
        seen,
        anyway: anyway.is_some(),
        resolve,
        origin: guard::origin(),
    };
    guard::settled(send(&ctx, &viewer, form).await)
}

/// Takes a reply back, says that it is there, or sends it again: `take-back`, `is-there`,
/// `send-again`.
#[server]
pub async fn decide_reply(reply: ReplyId, decision: String) -> Result<(), AppError> {
    use crate::backend::{
        services::reply::decide::{Decision, decide},
        web::guard,
    };
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::WorkCases)?;
    let decision = Decision::of(&decision).ok_or(AppError::NotFound)?;
    guard::settled(decide(&ctx, &viewer, reply, decision).await.map(drop))
}

/// Keeps what somebody is writing.
#[server]
pub async fn keep_draft(
    case: CaseId,
    kind: DraftKind,
    key: String,
    body: String,
) -> Result<(), AppError> {
    use crate::backend::{
        services::reply::drafts::{Writing, keep},
        web::guard,
    };
    use crate::domain::right::Action;
    let (ctx, viewer) = guard::may(Action::WorkCases)?;
    let writing = Writing {
        case,
        kind,
        key,
        body,
    };
    guard::answer(keep(&ctx, &viewer, writing).await)
}
