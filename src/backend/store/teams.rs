//! Teams and who is in them.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{
    ids::{PersonId, TeamId},
    person::Team,
    time::Instant,
};

const LIST: &str = "select id, name from teams order by name, id";

/// Every team, by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Team>> {
    let rows: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(LIST).fetch_all(db).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| Team {
            id: id.into(),
            name,
        })
        .collect())
}

const INSERT: &str = "
    insert into teams (id, name, created_at) values ($1, $2, $3)
    on conflict (name) do nothing";

/// Keeps a team; false when the name is taken.
pub async fn insert(tx: &mut Tx, team: &Team, now: Instant) -> Result<bool> {
    let made = on!(tx, |db| sqlx::query(INSERT)
        .bind(team.id.get())
        .bind(&team.name)
        .bind(now.timestamp_millis())
        .execute(db)
        .await?
        .rows_affected());
    Ok(made == 1)
}

const RENAME: &str = "
    update teams set name = $2
    where  id = $1 and not exists (select 1 from teams other where other.name = $2 and other.id <> $1)";

/// Renames a team; false when the name is taken.
pub async fn rename(tx: &mut Tx, team: &Team) -> Result<bool> {
    let renamed = on!(tx, |db| sqlx::query(RENAME)
        .bind(team.id.get())
        .bind(&team.name)
        .execute(db)
        .await?
        .rows_affected());
    Ok(renamed == 1)
}

const EMPTY: &str = "delete from team_members where team_id = $1";
const REMOVE: &str = "delete from teams where id = $1";

/// Removes a team; its people stay.
pub async fn remove(tx: &mut Tx, id: TeamId) -> Result<()> {
    for text in [EMPTY, REMOVE] {
        on!(tx, |db| sqlx::query(text)
            .bind(id.get())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}

const OF: &str = "select team_id from team_members where person_id = $1 order by team_id";

/// A person's teams, in ascending order.
pub async fn of(tx: &mut Tx, person: PersonId) -> Result<Vec<TeamId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(OF)
        .bind(person.get())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

const LEAVE_ALL: &str = "delete from team_members where person_id = $1";
const JOIN: &str = "
    insert into team_members (team_id, person_id)
    select id, $2 from teams where id = $1";

/// Puts a person into these teams and out of all others; teams that aren't there are left out.
pub async fn put(tx: &mut Tx, person: PersonId, teams: &[TeamId]) -> Result<()> {
    on!(tx, |db| sqlx::query(LEAVE_ALL)
        .bind(person.get())
        .execute(db)
        .await
        .map(drop))?;
    for team in teams {
        on!(tx, |db| sqlx::query(JOIN)
            .bind(team.get())
            .bind(person.get())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}

const MEMBERS: &str = "select team_id, person_id from team_members order by team_id, person_id";

/// Everybody in every team.
pub async fn members(tx: &mut Tx) -> Result<Vec<(TeamId, PersonId)>> {
    let rows: Vec<(i64, i64)> = on!(tx, |db| sqlx::query_as(MEMBERS).fetch_all(db).await)?;
    Ok(rows
        .into_iter()
        .map(|(team, person)| (team.into(), person.into()))
        .collect())
}
