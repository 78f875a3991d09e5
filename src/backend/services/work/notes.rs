//! Notes for colleagues: they never leave the house, and an edit keeps what was said before.

use super::{colleagues, hold};
use crate::{
    backend::{Error, Result, ctx::Ctx, services::notify, store},
    domain::{
        case::Case,
        ids::{CaseId, NoteId, PersonId},
        notice::NoticeKind,
        person::Viewer,
        work::{Note, mentioned, some_words},
    },
};

/// Writes a note; whoever it calls by name is told.
pub async fn write(ctx: &Ctx, viewer: &Viewer, id: CaseId, body: &str) -> Result<Case> {
    let body = some_words("a note", body)?;
    let mut held = hold(ctx, viewer, id).await?;
    let note = Note {
        id: ctx.ids.next(held.now),
        by: viewer.person,
        author: viewer.name.clone(),
        body,
        written_at: held.now,
        version: 1,
        earlier: Vec::new(),
    };
    store::work::notes::insert(&mut held.tx, (held.case.brand, id), &note).await?;
    let people = colleagues(&mut held.tx, held.case.brand).await?;
    let called = mentioned(&note.body, &people);
    tell(ctx, &mut held, viewer, &called).await?;
    let told = held.case.note(held.now);
    held.done(ctx, viewer, "case.noted", &[told], (&(), &note.id))
        .await
}

/// Changes one's own note; what it said stays readable.
pub async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    note: NoteId,
    body: &str,
) -> Result<Case> {
    let body = some_words("a note", body)?;
    let mut held = hold(ctx, viewer, id).await?;
    let all = store::work::notes::of_case(&mut held.tx, id).await?;
    let before = all
        .into_iter()
        .find(|it| it.id == note && it.by == viewer.person)
        .ok_or(Error::Missing)?;
    if before.body == body {
        return Ok(held.case);
    }
    store::work::notes::change(&mut held.tx, note, &body).await?;
    let people = colleagues(&mut held.tx, held.case.brand).await?;
    let known = mentioned(&before.body, &people);
    let mut called = mentioned(&body, &people);
    called.retain(|it| !known.contains(it));
    tell(ctx, &mut held, viewer, &called).await?;
    let told = held.case.note(held.now);
    held.done(ctx, viewer, "case.note_changed", &[told], (&(), &note))
        .await
}

async fn tell(
    ctx: &Ctx,
    held: &mut super::Held,
    viewer: &Viewer,
    called: &[PersonId],
) -> Result<()> {
    let words = format!("{} mentions you in a note.", viewer.name);
    let what = (NoticeKind::Mentioned, &held.case, words.as_str());
    notify::tell(ctx, &mut held.tx, Some(viewer.person), called, what).await
}
