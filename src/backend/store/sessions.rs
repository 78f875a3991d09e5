//! Sign-ins: who is in, in which browser, since when. Only the SHA-256 of their tokens is kept.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{
    ids::{PersonId, SessionId},
    time::{Instant, from_ms},
};
use sqlx::FromRow;

/// One sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// Whether a code is still to be given.
    pub is_half: bool,
    /// Since when.
    pub created_at: Instant,
    /// When it was last used, to about a minute.
    pub last_seen_at: Instant,
    /// When the password was last given.
    pub confirmed_at: Instant,
    /// From where.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

#[derive(FromRow)]
struct SessionRow {
    id: i64,
    person_id: i64,
    is_half: i64,
    created_at: i64,
    last_seen_at: i64,
    confirmed_at: i64,
    address: String,
    browser: String,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id.into(),
            person: row.person_id.into(),
            is_half: row.is_half == 1,
            created_at: from_ms(row.created_at),
            last_seen_at: from_ms(row.last_seen_at),
            confirmed_at: from_ms(row.confirmed_at),
            address: row.address,
            browser: row.browser,
        }
    }
}

const INSERT: &str = "
    insert into sessions (id, token, person_id, is_half, created_at, last_seen_at, confirmed_at, address, browser)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Keeps a sign-in by the hash of its token.
pub async fn insert(tx: &mut Tx, it: &Session, token: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(it.id.get())
        .bind(token)
        .bind(it.person.get())
        .bind(i64::from(it.is_half))
        .bind(it.created_at.timestamp_millis())
        .bind(it.last_seen_at.timestamp_millis())
        .bind(it.confirmed_at.timestamp_millis())
        .bind(&it.address)
        .bind(&it.browser)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// A question for whole rows.
macro_rules! rows_where {
    ($rest:literal) => {
        concat!(
            "select id, person_id, is_half, created_at, last_seen_at, confirmed_at, address, browser ",
            "from sessions where ",
            $rest
        )
    };
}

const FIND: &str = rows_where!("token = $1");

/// The sign-in of a token's hash.
pub async fn find(tx: &mut Tx, token: &str) -> Result<Option<Session>> {
    let row: Option<SessionRow> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(token)
        .fetch_optional(db)
        .await)?;
    Ok(row.map(Session::from))
}

const OF: &str = rows_where!("person_id = $1 and is_half = 0 order by last_seen_at desc, id desc");

/// Somebody's sign-ins, the last used first.
pub async fn of(tx: &mut Tx, person: PersonId) -> Result<Vec<Session>> {
    let rows: Vec<SessionRow> = on!(tx, |db| sqlx::query_as(OF)
        .bind(person.get())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(Session::from).collect())
}

const SEEN: &str = "update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $2";

/// Marks a sign-in as used now.
pub async fn seen(tx: &mut Tx, id: SessionId, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(SEEN)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const CONFIRM: &str = "update sessions set confirmed_at = $2 where id = $1";

/// Marks the password as just given.
pub async fn confirm(tx: &mut Tx, id: SessionId, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(CONFIRM)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE: &str = "delete from sessions where id = $1 and person_id = $2";

/// Ends one of somebody's sign-ins; false when they have no such one.
pub async fn remove(tx: &mut Tx, id: SessionId, person: PersonId) -> Result<bool> {
    let removed = on!(tx, |db| sqlx::query(REMOVE)
        .bind(id.get())
        .bind(person.get())
        .execute(db)
        .await?
        .rows_affected());
    Ok(removed == 1)
}

const REMOVE_OF: &str = "delete from sessions where person_id = $1";

/// Ends all of somebody's sign-ins.
pub async fn remove_of(tx: &mut Tx, person: PersonId) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE_OF)
        .bind(person.get())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE_OLD: &str = "delete from sessions where last_seen_at <= $1 or created_at <= $2";

/// Forgets sign-ins last used, or begun, too long ago.
pub async fn remove_old(tx: &mut Tx, seen: Instant, begun: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE_OLD)
        .bind(seen.timestamp_millis())
        .bind(begun.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
