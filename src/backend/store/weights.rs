//! What makes a case urgent, in versions; the newest holds for everybody.

use super::{
    error::{Result, StoreError},
    tx::{Tx, on},
};
use crate::domain::{time::Instant, urgency::Weights};

fn inconsistent(row: i64, why: &serde_json::Error) -> StoreError {
    StoreError::Inconsistent {
        table: "weights",
        column: "body",
        row,
        why: why.to_string(),
    }
}

const NEWEST: &str = "select version, body from weights order by version desc limit 1";

/// The newest version with its number; the usual weights as version 0 where nobody changed them.
pub async fn newest(tx: &mut Tx) -> Result<(i64, Weights)> {
    let row: Option<(i64, String)> = on!(tx, |db| sqlx::query_as(NEWEST).fetch_optional(db).await)?;
    match row {
        Some((version, body)) => serde_json::from_str(&body)
            .map(|weights| (version, weights))
            .map_err(|why| inconsistent(version, &why)),
        None => Ok((0, Weights::default())),
    }
}

const INSERT: &str = "insert into weights (version, since, body) values ($1, $2, $3)";

/// Keeps a new version.
pub async fn insert(tx: &mut Tx, version: i64, weights: &Weights, now: Instant) -> Result<()> {
    let body = serde_json::to_string(weights).map_err(|why| inconsistent(version, &why))?;
    on!(tx, |db| sqlx::query(INSERT)
        .bind(version)
        .bind(now.timestamp_millis())
        .bind(&body)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const PROMISES: &str = "
    select p.case_id,
           cast(sum(case when p.state = 'broken' then 1 else 0 end) as bigint),
           min(case when p.settled_at is null then p.perishes_at end)
    from   promises p
    join   cases c on c.id = p.case_id
    where  c.status = 'open'
    group  by p.case_id";

/// What promises say about the urgency of open cases: case, how many were broken, and when the
/// chance to keep one is gone.
pub async fn promises(tx: &mut Tx) -> Result<Vec<(i64, i64, Option<i64>)>> {
    Ok(on!(tx, |db| sqlx::query_as(PROMISES).fetch_all(db).await)?)
}
