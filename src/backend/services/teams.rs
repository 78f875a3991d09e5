//! Teams: making, renaming and removing them. Who is in one is decided with the person.

use super::audit;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{people, teams},
    },
    domain::{
        ids::TeamId,
        people::TeamsPage,
        person::{self, Team, Viewer},
        rejection::Rejection,
    },
};

/// Every team with its people.
pub async fn page(ctx: &Ctx) -> Result<TeamsPage> {
    let mut tx = ctx.store.read().await?;
    let (all, members, people) = (
        teams::list(&mut tx).await?,
        teams::members(&mut tx).await?,
        people::list(&mut tx).await?,
    );
    let names_in = |team: TeamId| {
        let is_in = |id| members.contains(&(team, id));
        people
            .iter()
            .filter(|it| is_in(it.id))
            .map(|it| it.name.clone())
            .collect()
    };
    Ok(TeamsPage {
        teams: all
            .into_iter()
            .map(|team| {
                let names = names_in(team.id);
                (team, names)
            })
            .collect(),
        outcome: None,
    })
}

/// Makes a team.
pub async fn found(ctx: &Ctx, viewer: &Viewer, name: &str) -> Result<Team> {
    let now = ctx.clock.now();
    let team = Team {
        id: ctx.ids.next(now),
        name: person::name("a name", name)?,
    };
    let mut tx = ctx.store.write().await?;
    if !teams::insert(&mut tx, &team, now).await? {
        return Err(Rejection::TeamTaken(team.name).into());
    }
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "team.founded",
        team.id,
        (&(), &team.name),
    )
    .await?;
    tx.commit().await?;
    Ok(team)
}

/// Gives a team another name.
pub async fn rename(ctx: &Ctx, viewer: &Viewer, id: TeamId, name: &str) -> Result<()> {
    let team = Team {
        id,
        name: person::name("a name", name)?,
    };
    let mut tx = ctx.store.write().await?;
    let before = teams::list(&mut tx).await?;
    let before = before.iter().find(|it| it.id == id).ok_or(Error::Missing)?;
    if !teams::rename(&mut tx, &team).await? {
        return Err(Rejection::TeamTaken(team.name).into());
    }
    let what = (&before.name, &team.name);
    audit::record(ctx, &mut tx, viewer, "team.renamed", id, what).await?;
    Ok(tx.commit().await?)
}

/// Removes a team; its people stay.
pub async fn remove(ctx: &Ctx, viewer: &Viewer, id: TeamId) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    let before = teams::list(&mut tx).await?;
    let before = before.iter().find(|it| it.id == id).ok_or(Error::Missing)?;
    teams::remove(&mut tx, id).await?;
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "team.removed",
        id,
        (&before.name, &()),
    )
    .await?;
    Ok(tx.commit().await?)
}
