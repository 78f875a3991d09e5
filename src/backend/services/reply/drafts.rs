//! Drafts: kept within a second of the last key, and gone only when they were sent or emptied.

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{cases, drafts},
    },
    domain::{
        draft::{Draft, DraftKind},
        ids::CaseId,
        person::Viewer,
        right::{Action, allows, allows_brand},
    },
};

/// The longest draft in bytes.
const MOST: usize = 64 * 1024;

/// Keeps what somebody is writing; an empty text forgets it.
///
/// # Errors
/// When the case isn't theirs to work on, or the text is endless.
pub async fn keep(
    ctx: &Ctx,
    viewer: &Viewer,
    (case, kind): (CaseId, DraftKind),
    key: String,
    body: String,
) -> Result<()> {
    if body.len() > MOST || key.len() > 64 {
        return Err(Error::Unusable(
            "This text is too long to be kept. Send it in parts.".to_owned(),
        ));
    }
    let mut tx = ctx.store.write().await?;
    let found = cases::find(&mut tx, case)
        .await?
        .filter(|it| allows(viewer, Action::WorkCases) && allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    if body.trim().is_empty() {
        drafts::remove(&mut tx, viewer.person, case, kind).await?;
    } else {
        let draft = Draft {
            case,
            kind,
            key,
            body,
            saved_at: ctx.clock.now(),
        };
        drafts::save(&mut tx, viewer.person, found.brand, &draft).await?;
    }
    Ok(tx.commit().await?)
}
