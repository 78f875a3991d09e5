//! The log: what happened, in the order in which it was committed.

use super::{
    error::{Result, StoreError},
    tx::{Tx, Words, insert_rows, on},
};
use crate::domain::{
    event::CaseEvent,
    ids::CaseId,
    time::{Instant, from_ms},
};
use sqlx::FromRow;

const TAKE_NUMBERS: &str = "update log_head set last = last + $1 where id = 1 returning last";

/// Appends events; returns the number of the last one (0 when there was nothing to append and
/// nothing ever was).
pub async fn append(tx: &mut Tx, told: &[CaseEvent], now: Instant) -> Result<i64> {
    if told.is_empty() {
        return last(tx).await;
    }
    let count = i64::try_from(told.len()).unwrap_or(i64::MAX);
    let (last,): (i64,) = on!(tx, |db| sqlx::query_as(TAKE_NUMBERS)
        .bind(count)
        .fetch_one(db)
        .await)?;
    let mut rows = Vec::with_capacity(told.len());
    for (number, event) in (last - count + 1..).zip(told) {
        let body = serde_json::to_string(&event.kind).map_err(|why| StoreError::Inconsistent {
            table: "events",
            column: "body",
            row: number,
            why: why.to_string(),
        })?;
        rows.push((number, event, body));
    }
    let mut words = Words::default();
    insert_rows!(
        tx,
        "insert into events (number, brand_id, case_id, at, recorded_at, actor, kind, body) ",
        rows,
        |b, row| {
            let (number, event, body) = row;
            b.push_bind(*number)
                .push_bind(event.brand.get())
                .push_bind(event.case.get())
                .push_bind(event.at.timestamp_millis())
                .push_bind(now.timestamp_millis())
                .push_bind(words.get(event.by.as_str()))
                .push_bind(words.get(event.kind.name()))
                .push_bind(body.as_str());
        },
        ""
    );
    Ok(last)
}

const LAST: &str = "select last from log_head where id = 1";

/// The number of the last event; 0 when nothing ever happened.
pub async fn last(tx: &mut Tx) -> Result<i64> {
    let (last,): (i64,) = on!(tx, |db| sqlx::query_as(LAST).fetch_one(db).await)?;
    Ok(last)
}

const LAST_RECORDED: &str = "select recorded_at from events order by number desc limit 1";

/// When the last event was written down; `None` when nothing ever happened.
pub async fn last_recorded_at(tx: &mut Tx) -> Result<Option<Instant>> {
    let row: Option<(i64,)> = on!(tx, |db| sqlx::query_as(LAST_RECORDED)
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(at,)| from_ms(at)))
}

const CHANGED_AFTER: &str = "
    select distinct case_id
    from   events
    where  number > $1 and number <= $2";

/// The cases to which something happened after one event, up to another.
pub async fn changed_after(tx: &mut Tx, after: i64, up_to: i64) -> Result<Vec<CaseId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(CHANGED_AFTER)
        .bind(after)
        .bind(up_to)
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

const OF_CASE: &str = "
    select number, brand_id, case_id, at, actor, body
    from   events
    where  case_id = $1
    order  by at, number";

#[derive(FromRow)]
struct EventRow {
    number: i64,
    brand_id: i64,
    case_id: i64,
    at: i64,
    actor: String,
    body: String,
}

impl TryFrom<EventRow> for CaseEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self> {
        Ok(Self {
            case: row.case_id.into(),
            brand: row.brand_id.into(),
            at: from_ms(row.at),
            by: super::error::word("events", "actor", row.number, &row.actor)?,
            kind: serde_json::from_str(&row.body).map_err(|why| StoreError::Inconsistent {
                table: "events",
                column: "body",
                row: row.number,
                why: why.to_string(),
            })?,
        })
    }
}

/// What happened to a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<CaseEvent>> {
    let rows: Vec<EventRow> = on!(tx, |db| sqlx::query_as(OF_CASE)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(CaseEvent::try_from).collect()
}

const OF_CASE_AFTER: &str = "
    select number, brand_id, case_id, at, actor, body
    from   events
    where  case_id = $1 and number > $2
    order  by number";

/// What happened to a case after an event.
pub async fn of_case_after(tx: &mut Tx, case: CaseId, after: i64) -> Result<Vec<CaseEvent>> {
    let rows: Vec<EventRow> = on!(tx, |db| sqlx::query_as(OF_CASE_AFTER)
        .bind(case.get())
        .bind(after)
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(CaseEvent::try_from).collect()
}
