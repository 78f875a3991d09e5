//! What happens around a reply: whose work a case is, and everything colleagues add to it.

pub mod confirmations;
pub mod hand_offs;
pub mod joins;
pub mod marks;
pub mod notes;
pub mod notices;
pub mod offers;
pub mod promises;

use super::{
    error::Result,
    tx::{Tx, id_list, on},
};
use crate::domain::{
    ids::{BrandId, CaseId},
    time::{Instant, from_ms},
    work::{Assignment, Snooze},
};
use sqlx::{AssertSqlSafe, FromRow};

const HOLD: &str = "update cases set brand_id = brand_id where id = $1";

/// Holds a case until the transaction ends, so that two who change it at once take turns; false
/// when there is none.
pub async fn hold(tx: &mut Tx, case: CaseId) -> Result<bool> {
    let held = on!(tx, |db| sqlx::query(HOLD)
        .bind(case.get())
        .execute(db)
        .await?
        .rows_affected());
    Ok(held == 1)
}

const FIND: &str = "
    select owner_id, team_id, snoozed_until, snoozed_why, snoozed_at, cause
    from   case_work
    where  case_id = $1";

#[derive(FromRow)]
struct WorkRow {
    owner_id: Option<i64>,
    team_id: Option<i64>,
    snoozed_until: Option<i64>,
    snoozed_why: Option<String>,
    snoozed_at: Option<i64>,
    cause: Option<String>,
}

/// Whose work a case is; nobody's while nobody has touched it.
pub async fn find(tx: &mut Tx, case: CaseId) -> Result<Assignment> {
    let row: Option<WorkRow> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(case.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.map_or_else(Assignment::default, |row| Assignment {
        owner: row.owner_id.map(Into::into),
        team: row.team_id.map(Into::into),
        snooze: row.snoozed_until.map(|until| Snooze {
            until: from_ms(until),
            why: row.snoozed_why.unwrap_or_default(),
            since: from_ms(row.snoozed_at.unwrap_or(0)),
        }),
        cause: row.cause,
    }))
}

const SAVE: &str = "
    insert into case_work (case_id, brand_id, owner_id, team_id, snoozed_until, snoozed_why,
        snoozed_at, cause, changed_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (case_id) do update set
        owner_id = excluded.owner_id, team_id = excluded.team_id,
        snoozed_until = excluded.snoozed_until, snoozed_why = excluded.snoozed_why,
        snoozed_at = excluded.snoozed_at, cause = excluded.cause,
        changed_at = excluded.changed_at";

/// Keeps whose work a case is.
pub async fn save(
    tx: &mut Tx,
    (brand, case): (BrandId, CaseId),
    work: &Assignment,
    now: Instant,
) -> Result<()> {
    let snooze = work.snooze.as_ref();
    on!(tx, |db| sqlx::query(SAVE)
        .bind(case.get())
        .bind(brand.get())
        .bind(work.owner.map(|it| it.get()))
        .bind(work.team.map(|it| it.get()))
        .bind(snooze.map(|it| it.until.timestamp_millis()))
        .bind(snooze.map(|it| it.why.as_str()))
        .bind(snooze.map(|it| it.since.timestamp_millis()))
        .bind(&work.cause)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const TO_WAKE: &str = "
    select w.case_id
    from   case_work w
    join   cases c on c.id = w.case_id
    where  w.snoozed_until is not null
           and (w.snoozed_until <= $1 or c.last_customer_post_at > w.snoozed_at
                or (c.due_at <= $1 and c.due_at > w.snoozed_at))
    order  by w.case_id";

/// The cases that are put aside and must not be any longer: their time has come, the customer
/// wrote, or something is due.
pub async fn to_wake(tx: &mut Tx, now: Instant) -> Result<Vec<CaseId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(TO_WAKE)
        .bind(now.timestamp_millis())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

const MERGED_INTO: &str = "select merged_into from cases where id = $1";

/// The case that a case was merged into.
pub async fn merged_into(tx: &mut Tx, case: CaseId) -> Result<Option<CaseId>> {
    let row: Option<(Option<i64>,)> = on!(tx, |db| sqlx::query_as(MERGED_INTO)
        .bind(case.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.and_then(|(id,)| id).map(Into::into))
}

const SET_MERGED: &str = "update cases set merged_into = $2 where id = $1";

/// Says which case a case was merged into, or that it wasn't.
pub async fn set_merged_into(tx: &mut Tx, case: CaseId, into: Option<CaseId>) -> Result<()> {
    on!(tx, |db| sqlx::query(SET_MERGED)
        .bind(case.get())
        .bind(into.map(|it| it.get()))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const LAST_EVENT: &str = "select coalesce(max(number), 0) from events where case_id = $1";

/// The number of the last event of a case.
pub async fn last_event(tx: &mut Tx, case: CaseId) -> Result<i64> {
    let (last,): (i64,) = on!(tx, |db| sqlx::query_as(LAST_EVENT)
        .bind(case.get())
        .fetch_one(db)
        .await)?;
    Ok(last)
}

const OPEN_TURN: &str = "
    select id from turns where case_id = $1 and answered_at is null
    order  by started_at desc, id desc limit 1";

/// The turn of a case that still waits for its answer, or whose waiting was ended.
pub async fn open_turn(tx: &mut Tx, case: CaseId) -> Result<Option<i64>> {
    let row: Option<(i64,)> = on!(tx, |db| sqlx::query_as(OPEN_TURN)
        .bind(case.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(id,)| id))
}

/// What moves with a case: a table whose rows name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belonging {
    /// Posts.
    Posts,
    /// Promises.
    Promises,
    /// Notes.
    Notes,
    /// Attempts elsewhere.
    Attempts,
    /// Wishes and offers.
    Offers,
}

impl Belonging {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Posts,
        Self::Promises,
        Self::Notes,
        Self::Attempts,
        Self::Offers,
    ];

    const fn table(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Promises => "promises",
            Self::Notes => "notes",
            Self::Attempts => "prior_attempts",
            Self::Offers => "offers",
        }
    }
}

/// The rows of one kind that belong to a case.
pub async fn belongings(tx: &mut Tx, case: CaseId, what: Belonging) -> Result<Vec<i64>> {
    let table = what.table();
    let sql = format!("select id from {table} where case_id = $1 order by id");
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Gives rows of one kind to another case.
pub async fn give(tx: &mut Tx, what: Belonging, ids: &[i64], to: CaseId) -> Result<()> {
    for some in ids.chunks(super::tx::ROWS) {
        let (table, list) = (what.table(), id_list(some.iter().copied()));
        let sql = format!("update {table} set case_id = $1 where id in {list}");
        on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
            .persistent(false)
            .bind(to.get())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}

const SIBLINGS: &str = "
    select id from cases
    where  customer_id = (select customer_id from cases where id = $1)
           and id <> $1 and merged_into is null
    order  by opened_at desc, id
    limit  20";

/// Other cases of the same person, the newest first.
pub async fn siblings(tx: &mut Tx, case: CaseId) -> Result<Vec<CaseId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(SIBLINGS)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
