//! What the composer's form asks for.

use super::{
    drafts::{Writing, forget, keep_refused},
    queue::{Wish, queue},
};
use crate::{
    backend::{Error, Result, ctx::Ctx, services::work::notes},
    domain::{case::Remedy, draft::DraftKind, ids::CaseId, person::Viewer, post::Visibility},
};

/// The composer as it was sent.
#[derive(Clone, Debug)]
pub struct Form {
    /// In which case.
    pub case: CaseId,
    /// Where it is to go.
    pub kind: DraftKind,
    /// What it says.
    pub body: String,
    /// The composer's key.
    pub key: String,
    /// The last event that was seen.
    pub seen: i64,
    /// Whether somebody else's answer was read.
    pub anyway: bool,
    /// How the case is solved by it, where it is.
    pub resolve: Option<Remedy>,
    /// The address of this installation, without a slash at its end.
    pub origin: String,
}

/// Sends what was written. What is refused is kept as a draft with the reason, so that nothing is
/// lost, with or without JavaScript.
pub async fn send(ctx: &Ctx, viewer: &Viewer, form: Form) -> Result<()> {
    if form.kind == DraftKind::Note {
        notes::write(ctx, viewer, form.case, &form.body).await?;
        return forget(ctx, viewer, form.case).await;
    }
    let writing = Writing {
        case: form.case,
        kind: form.kind,
        key: form.key.clone(),
        body: form.body.clone(),
    };
    let done = queue(ctx, viewer, wish(form)).await;
    if let Err(Error::Rejected(why)) = &done {
        keep_refused(ctx, viewer, writing, Some(why)).await?;
    }
    done.map(drop)
}

fn wish(form: Form) -> Wish {
    Wish {
        case: form.case,
        visibility: match form.kind {
            DraftKind::Public => Visibility::Public,
            // A note goes another way; should it ever come here, it stays between two.
            DraftKind::Private | DraftKind::Note => Visibility::Private,
        },
        body: form.body,
        key: form.key,
        seen: form.seen,
        anyway: form.anyway,
        then_resolve: form.resolve,
        origin: form.origin,
    }
}
