//! Whose work a case is.

use super::{can_work, hold};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::notify,
        store::{people, teams, work as kept},
    },
    domain::{
        case::Case,
        ids::{CaseId, PersonId, TeamId},
        notice::NoticeKind,
        person::Viewer,
        rejection::Rejection,
    },
};

/// Whose it is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// Somebody's.
    Person(PersonId),
    /// A team's, and nobody's in it yet.
    Team(TeamId),
    /// Nobody's; its team keeps it.
    Nobody,
}

/// Gives a case to somebody, to a team, or back.
///
/// # Errors
/// When there is no such case, person or team, or the person can't work on it.
pub async fn assign(ctx: &Ctx, viewer: &Viewer, id: CaseId, to: To) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let before = kept::find(&mut held.tx, id).await?;
    let mut after = before.clone();
    match to {
        To::Person(person) => {
            let able = people::find(&mut held.tx, person).await?;
            if !able.is_some_and(|it| can_work(&it, held.case.brand)) {
                return Err(Rejection::NotAWorker.into());
            }
            after.owner = Some(person);
        }
        To::Team(team) => {
            let all = teams::list(&mut held.tx).await?;
            if !all.iter().any(|it| it.id == team) {
                return Err(Rejection::NotATeam.into());
            }
            (after.owner, after.team) = (None, Some(team));
        }
        To::Nobody => after.owner = None,
    }
    if after == before {
        return Ok(held.case);
    }
    let told = held.case.assign(held.now, after.owner, after.team);
    kept::save(&mut held.tx, (held.case.brand, id), &after, held.now).await?;
    if let To::Person(person) = to {
        let words = format!("{} gave you a case.", viewer.name);
        let what = (NoticeKind::Assigned, &held.case, words.as_str());
        notify::tell(ctx, &mut held.tx, Some(viewer.person), &[person], what).await?;
    }
    let what = ((before.owner, before.team), (after.owner, after.team));
    held.done(ctx, viewer, "case.assigned", &[told], (&what.0, &what.1))
        .await
}

/// Takes a case oneself; whoever asks has to be somebody.
pub async fn take(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Case> {
    if viewer.person == PersonId::default() {
        return Err(Error::Missing);
    }
    assign(ctx, viewer, id, To::Person(viewer.person)).await
}
