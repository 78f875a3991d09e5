//! What customers said when they were asked, and the key of the links by which they are.

use crate::{
    backend::store::{
        error::Result,
        tx::{Tx, on},
    },
    domain::{
        ids::{BrandId, CaseId},
        time::{Instant, from_ms},
        work::Answer,
    },
};
use sqlx::FromRow;

const KEY: &str = "select key_sealed from confirmation_key where id = 1";
const KEEP_KEY: &str = "
    insert into confirmation_key (id, key_sealed) values (1, $1) on conflict (id) do nothing";

/// The sealed key of the links, if there is one yet.
pub async fn sealed_key(tx: &mut Tx) -> Result<Option<String>> {
    Ok(on!(tx, |db| sqlx::query_scalar(KEY)
        .fetch_optional(db)
        .await)?)
}

/// Keeps the sealed key of the links, unless there is one.
pub async fn keep_sealed_key(tx: &mut Tx, sealed: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(KEEP_KEY)
        .bind(sealed)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// One asking: of which episode, until when, and what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Of which case.
    pub case: CaseId,
    /// Of which of its episodes.
    pub episode: i32,
    /// Until when the link works.
    pub expires_at: Instant,
    /// What was said.
    pub answer: Option<Answer>,
}

const FIND: &str = "
    select episode, expires_at, is_solved, said, answered_at
    from   confirmations
    where  case_id = $1
    order  by episode desc";

#[derive(FromRow)]
struct AskingRow {
    episode: i64,
    expires_at: i64,
    is_solved: Option<i64>,
    said: String,
    answered_at: Option<i64>,
}

/// How a customer was asked, the last time first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Asking>> {
    let rows: Vec<AskingRow> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|row| Asking {
            case,
            episode: i32::try_from(row.episode).unwrap_or(i32::MAX),
            expires_at: from_ms(row.expires_at),
            answer: match (row.is_solved, row.answered_at) {
                (Some(is_solved), Some(at)) => Some(Answer {
                    is_solved: is_solved == 1,
                    said: row.said,
                    at: from_ms(at),
                }),
                _ => None,
            },
        })
        .collect())
}

const INSERT: &str = "
    insert into confirmations (case_id, episode, brand_id, made_at, expires_at)
    values ($1, $2, $3, $4, $5)
    on conflict (case_id, episode) do nothing";

/// Keeps that a link was made; the first one of an episode stays.
pub async fn insert(tx: &mut Tx, brand: BrandId, it: &Asking, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(it.case.get())
        .bind(i64::from(it.episode))
        .bind(brand.get())
        .bind(now.timestamp_millis())
        .bind(it.expires_at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const ANSWER: &str = "
    update confirmations set is_solved = $3, said = $4, answered_at = $5
    where  case_id = $1 and episode = $2";

/// Keeps what was said.
pub async fn answer(tx: &mut Tx, (case, episode): (CaseId, i32), answer: &Answer) -> Result<()> {
    on!(tx, |db| sqlx::query(ANSWER)
        .bind(case.get())
        .bind(i64::from(episode))
        .bind(i64::from(answer.is_solved))
        .bind(&answer.said)
        .bind(answer.at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

// A case that was asked about by somebody else's hand (the demo, an archive) has no row here.
const SILENT: &str = "
    select c.id
    from   cases c
    where  c.outcome = 'claimed' and c.asked_at is not null and c.asked_at <= $1
           and exists (select 1 from confirmations f where f.case_id = c.id)
    order  by c.id";

/// The cases whose customers were asked before an instant and haven't said anything.
pub async fn silent(tx: &mut Tx, asked_before: Instant) -> Result<Vec<CaseId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(SILENT)
        .bind(asked_before.timestamp_millis())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
