//! Links that work once: setup, invitation, reset. Only the SHA-256 of their tokens is kept.

use super::{
    error::{Result, word},
    tx::{Tx, on},
};
use crate::domain::{
    ids::{LinkId, PersonId},
    time::Instant,
    words::words,
};

words! {
    /// What a link is for.
    Purpose, "a purpose of a link", {
        /// Making the first administrator.
        Setup = "setup", "Setup";
        /// Giving a first password.
        Invitation = "invitation", "Invitation";
        /// Giving a new password.
        Reset = "reset", "Password reset";
    }
}

const INSERT: &str = "
    insert into links (id, token, purpose, person_id, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6)";

/// Keeps a link by the hash of its token.
pub async fn insert(
    tx: &mut Tx,
    id: LinkId,
    token: &str,
    purpose: Purpose,
    person: Option<PersonId>,
    (now, until): (Instant, Instant),
) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(id.get())
        .bind(token)
        .bind(purpose.as_str())
        .bind(person.map(PersonId::get))
        .bind(now.timestamp_millis())
        .bind(until.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FIND: &str = "
    select id, purpose, person_id from links
    where  token = $1 and used_at is null and expires_at > $2";

/// What a link that still works is for, and for whom.
pub async fn find(
    tx: &mut Tx,
    token: &str,
    now: Instant,
) -> Result<Option<(Purpose, Option<PersonId>)>> {
    let row: Option<(i64, String, Option<i64>)> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(token)
        .bind(now.timestamp_millis())
        .fetch_optional(db)
        .await)?;
    row.map(|(id, purpose, person)| {
        let purpose = word("links", "purpose", id, &purpose)?;
        Ok((purpose, person.map(PersonId::from)))
    })
    .transpose()
}

const USE: &str = "
    update links set used_at = $2
    where  token = $1 and used_at is null and expires_at > $2";

/// Uses a link up; false when it was used already or is too old. Of two at once one succeeds.
pub async fn use_up(tx: &mut Tx, token: &str, now: Instant) -> Result<bool> {
    let used = on!(tx, |db| sqlx::query(USE)
        .bind(token)
        .bind(now.timestamp_millis())
        .execute(db)
        .await?
        .rows_affected());
    Ok(used == 1)
}

const REMOVE_SETUP: &str = "delete from links where purpose = 'setup'";

/// Ends every setup link.
pub async fn remove_setup(tx: &mut Tx) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE_SETUP)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE_OF: &str = "delete from links where person_id = $1";

/// Ends every link of a person.
pub async fn remove_of(tx: &mut Tx, person: PersonId) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE_OF)
        .bind(person.get())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
