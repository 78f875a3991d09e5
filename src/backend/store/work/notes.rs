//! Notes for colleagues, and what customers had tried before.

use crate::{
    backend::store::{
        error::{Result, word},
        tx::{Tx, on},
    },
    domain::{
        ids::{AttemptId, BrandId, CaseId, NoteId},
        time::from_ms,
        work::{Note, PriorAttempt},
    },
};
use sqlx::FromRow;

const OF_CASE: &str = "
    select n.id, n.person_id, p.name as author, n.body, n.written_at, n.version
    from   notes n
    join   people p on p.id = n.person_id
    where  n.case_id = $1
    order  by n.written_at, n.id";
const EARLIER: &str = "
    select v.note_id, v.body
    from   note_versions v
    join   notes n on n.id = v.note_id
    where  n.case_id = $1
    order  by v.note_id, v.version";

#[derive(FromRow)]
struct NoteRow {
    id: i64,
    person_id: i64,
    author: String,
    body: String,
    written_at: i64,
    version: i64,
}

/// The notes of a case with what they said before, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Note>> {
    let rows: Vec<NoteRow> = on!(tx, |db| sqlx::query_as(OF_CASE)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    let earlier: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(EARLIER)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|row| Note {
            id: row.id.into(),
            by: row.person_id.into(),
            author: row.author,
            body: row.body,
            written_at: from_ms(row.written_at),
            version: row.version,
            earlier: earlier
                .iter()
                .filter(|it| it.0 == row.id)
                .map(|it| it.1.clone())
                .collect(),
        })
        .collect())
}

const INSERT: &str = "
    insert into notes (id, brand_id, case_id, person_id, body, written_at)
    values ($1, $2, $3, $4, $5, $6)";

/// Keeps a new note.
pub async fn insert(tx: &mut Tx, (brand, case): (BrandId, CaseId), note: &Note) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(note.id.get())
        .bind(brand.get())
        .bind(case.get())
        .bind(note.by.get())
        .bind(&note.body)
        .bind(note.written_at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const KEEP: &str = "
    insert into note_versions (note_id, version, body)
    select id, version, body from notes where id = $1";
const CHANGE: &str = "update notes set body = $2, version = version + 1 where id = $1";

/// Lets a note say something else; what it said stays.
pub async fn change(tx: &mut Tx, id: NoteId, body: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(KEEP)
        .bind(id.get())
        .execute(db)
        .await
        .map(drop))?;
    on!(tx, |db| sqlx::query(CHANGE)
        .bind(id.get())
        .bind(body)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const ATTEMPTS: &str = "
    select id, channel, at, lasted_s, outcome, noted_at
    from   prior_attempts
    where  case_id = $1
    order  by id";

#[derive(FromRow)]
struct AttemptRow {
    id: i64,
    channel: String,
    at: Option<i64>,
    lasted_s: Option<i64>,
    outcome: String,
    noted_at: i64,
}

/// What the customer of a case had tried before.
pub async fn attempts(tx: &mut Tx, case: CaseId) -> Result<Vec<PriorAttempt>> {
    let rows: Vec<AttemptRow> = on!(tx, |db| sqlx::query_as(ATTEMPTS)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter()
        .map(|row| {
            Ok(PriorAttempt {
                id: row.id.into(),
                channel: row.channel,
                at: row.at.map(from_ms),
                lasted_s: row.lasted_s,
                outcome: word("prior_attempts", "outcome", row.id, &row.outcome)?,
                noted_at: from_ms(row.noted_at),
            })
        })
        .collect()
}

const INSERT_ATTEMPT: &str = "
    insert into prior_attempts (id, brand_id, case_id, channel, at, lasted_s, outcome, noted_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Keeps what the customer had tried.
pub async fn insert_attempt(
    tx: &mut Tx,
    (brand, case): (BrandId, CaseId),
    it: &PriorAttempt,
) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT_ATTEMPT)
        .bind(it.id.get())
        .bind(brand.get())
        .bind(case.get())
        .bind(&it.channel)
        .bind(it.at.map(|it| it.timestamp_millis()))
        .bind(it.lasted_s)
        .bind(it.outcome.as_str())
        .bind(it.noted_at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE_ATTEMPT: &str = "delete from prior_attempts where id = $1 and case_id = $2";

/// Forgets an attempt that was noted by mistake; false when there is none.
pub async fn remove_attempt(tx: &mut Tx, case: CaseId, id: AttemptId) -> Result<bool> {
    let gone = on!(tx, |db| sqlx::query(REMOVE_ATTEMPT)
        .bind(id.get())
        .bind(case.get())
        .execute(db)
        .await?
        .rows_affected());
    Ok(gone == 1)
}
