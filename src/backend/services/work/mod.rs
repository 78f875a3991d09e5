//! What happens around a reply, and the end: one file a move. Each takes the case in a transaction,
//! moves it, saves it with what happened, writes the audit and commits.

pub mod acts;
pub mod assign;
pub mod confirm;
pub mod ending;
pub mod hand_off;
pub mod join;
pub mod load;
pub mod marks;
pub mod notes;
pub mod offers;
pub mod promises;
pub mod same_person;
pub mod snooze;

use super::{audit, desk::Desk};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{Tx, cases, histories, people},
    },
    domain::{
        audit::Who,
        case::Case,
        event::CaseEvent,
        history::{Episode, Turn},
        ids::{BrandId, CaseId},
        person::{Person, Standing, Viewer},
        right::{Action, allows_brand},
        time::Instant,
        work::Colleague,
    },
};
use serde::Serialize;

/// Looks at everything around cases whose time has come: promises, what was put aside, customers
/// who were asked and said nothing.
pub async fn tick(ctx: &Ctx) -> Result<()> {
    promises::tick(ctx).await?;
    snooze::tick(ctx).await?;
    confirm::tick(ctx).await.map(drop)
}

/// A case in the transaction that changes it: nobody else does in the meantime.
pub struct Held {
    /// The transaction.
    pub tx: Tx,
    /// The case, to be moved.
    pub case: Case,
    /// As it was.
    before: Case,
    /// The rules of its brand.
    pub desk: Desk,
    /// What time it is.
    pub now: Instant,
}

/// Takes a case to change it. Of a brand that somebody may not see there is no case.
pub async fn hold(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Held> {
    let held = hold_any(ctx, id).await?;
    if allows_brand(viewer, held.case.brand) {
        Ok(held)
    } else {
        Err(Error::Missing)
    }
}

/// The same, for Sundown itself and for customers.
async fn hold_any(ctx: &Ctx, id: CaseId) -> Result<Held> {
    let mut tx = ctx.store.write().await?;
    let case = cases::take(&mut tx, id).await?.ok_or(Error::Missing)?;
    Ok(Held {
        desk: Desk::of(&mut tx, case.brand).await?,
        before: case.clone(),
        now: ctx.clock.now(),
        tx,
        case,
    })
}

impl Held {
    /// Saves the case with what happened, with its turns and episodes.
    pub async fn save(&mut self, ctx: &Ctx, told: &[CaseEvent]) -> Result<()> {
        cases::save(&mut self.tx, &self.case, told, self.now).await?;
        follow(ctx, &mut self.tx, &self.before, &self.case, self.now).await
    }

    /// Saves the case, puts the change on record and makes it lasting.
    pub async fn done(
        mut self,
        ctx: &Ctx,
        who: impl Into<Who>,
        action: &str,
        told: &[CaseEvent],
        (before, after): (&impl Serialize, &impl Serialize),
    ) -> Result<Case> {
        self.save(ctx, told).await?;
        let id = self.case.id;
        audit::record(ctx, &mut self.tx, who, action, id, (before, after)).await?;
        self.tx.commit().await?;
        Ok(self.case)
    }
}

/// Brings turns and episodes in line with a case that was moved without an answer.
async fn follow(ctx: &Ctx, tx: &mut Tx, before: &Case, after: &Case, at: Instant) -> Result<()> {
    if let (None, Some(started_at)) = (before.unanswered_since, after.unanswered_since) {
        let turn = Turn {
            id: ctx.ids.next(at),
            brand: after.brand,
            case: after.id,
            started_at,
            answered_at: None,
            posts: 1,
        };
        histories::insert_turns(tx, &[turn]).await?;
    }
    let end = |it: &Case| (it.episode, it.resolved_at, it.outcome, it.remedy);
    if end(before) == end(after) {
        return Ok(());
    }
    let episode = Episode {
        id: ctx.ids.next(at),
        brand: after.brand,
        case: after.id,
        number: after.episode,
        opened_at: if after.episode == 1 {
            after.opened_at
        } else {
            at
        },
        resolved_at: after.resolved_at,
        outcome: after.outcome,
        remedy: after.remedy,
    };
    Ok(histories::insert_episodes(tx, &[episode]).await?)
}

/// Whether somebody can work on cases of a brand.
fn can_work(person: &Person, brand: BrandId) -> bool {
    person.standing == Standing::On
        && person.brands.contains(brand)
        && Action::WorkCases.roles().contains(&person.role)
}

/// Everybody who can work on cases of a brand, by name.
async fn colleagues(tx: &mut Tx, brand: BrandId) -> Result<Vec<Colleague>> {
    let all = people::list(tx).await?;
    let able = all.into_iter().filter(|it| can_work(it, brand));
    Ok(able
        .map(|it| Colleague {
            id: it.id,
            name: it.name,
            teams: it.teams,
        })
        .collect())
}
