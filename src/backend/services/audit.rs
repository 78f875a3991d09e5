//! Writing down who changed what, and reading it again.
//!
//! A service that changes something calls [`record`] as the last thing in the transaction of the
//! change: what isn't committed isn't in the log, and nothing is committed without it.

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{
            Tx,
            audit::{self, Line},
        },
    },
    domain::audit::Who,
};
use serde::Serialize;
use std::fmt::Display;

pub use crate::backend::store::audit::Verdict;

/// Records a change: who, what (`person.invited`), to what, as it was and as it is now.
///
/// `before` and `after` are whatever tells the change, without secrets; `&()` for nothing.
pub async fn record(
    ctx: &Ctx,
    tx: &mut Tx,
    who: impl Into<Who>,
    action: &str,
    subject: impl Display,
    (before, after): (&impl Serialize, &impl Serialize),
) -> Result<()> {
    let line = Line {
        at: ctx.clock.now(),
        who: &who.into(),
        action,
        subject: &subject.to_string(),
        before: &json(before)?,
        after: &json(after)?,
    };
    audit::append(tx, line).await?;
    Ok(())
}

fn json(it: &impl Serialize) -> Result<String> {
    serde_json::to_string(it).map_err(|why| Error::Task(why.to_string()))
}

/// Reads the whole log again, seal by seal.
pub async fn verify(ctx: &Ctx) -> Result<Verdict> {
    let mut tx = ctx.store.read().await?;
    Ok(audit::verify(&mut tx).await?)
}
