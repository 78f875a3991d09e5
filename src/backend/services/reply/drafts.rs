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
        inbox::Doing,
        person::Viewer,
        rejection::Rejection,
        right::{Action, allows, allows_brand},
    },
};

/// The longest draft in bytes.
const MOST: usize = 64 * 1024;

/// What somebody is writing.
#[derive(Clone, Debug)]
pub struct Writing {
    /// In which case.
    pub case: CaseId,
    /// Where it would go.
    pub kind: DraftKind,
    /// The key that the reply will have.
    pub key: String,
    /// What it says.
    pub body: String,
}

/// Keeps what somebody is writing; an empty text forgets it.
///
/// # Errors
/// When the case isn't theirs to work on, or the text is endless.
pub async fn keep(ctx: &Ctx, viewer: &Viewer, writing: Writing) -> Result<()> {
    keep_refused(ctx, viewer, writing, None).await
}

/// Keeps what couldn't be sent, and why.
pub async fn keep_refused(
    ctx: &Ctx,
    viewer: &Viewer,
    writing: Writing,
    why: Option<&Rejection>,
) -> Result<()> {
    let Writing {
        case,
        kind,
        key,
        body,
    } = writing;
    if body.len() > MOST || key.len() > 64 {
        return Err(Error::Unusable(
            "This text is too long to be kept. Send it in parts.".to_owned(),
        ));
    }
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    let found = cases::find(&mut tx, case)
        .await?
        .filter(|it| allows(viewer, Action::WorkCases) && allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    drafts::remove(&mut tx, viewer.person, case).await?;
    if !body.trim().is_empty() {
        let draft = Draft {
            case,
            kind,
            key,
            body,
            saved_at: now,
            why: why.map(ToString::to_string),
            is_asked: matches!(why, Some(Rejection::SomebodyAnswered(_))),
        };
        drafts::save(&mut tx, viewer.person, found.brand, &draft).await?;
    }
    tx.commit().await?;
    let me = (viewer.person, viewer.name.as_str());
    ctx.presence.sign(case, me, Doing::Writing, now);
    Ok(())
}

/// Forgets what somebody was writing in a case.
pub async fn forget(ctx: &Ctx, viewer: &Viewer, case: CaseId) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    drafts::remove(&mut tx, viewer.person, case).await?;
    Ok(tx.commit().await?)
}
