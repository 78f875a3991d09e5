//! How often something was tried: kept here so that a restart forgives nobody.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::time::Instant;
use chrono::TimeDelta;

const COUNT: &str = "
    insert into attempts (subject, since, count) values ($1, $2, 1)
    on conflict (subject) do update set
        count = case when attempts.since <= $3 then 1 else attempts.count + 1 end,
        since = case when attempts.since <= $3 then excluded.since else attempts.since end
    returning count, since";

/// Counts one more attempt on a subject; returns how many there were within the window, and how
/// many seconds of it are left.
pub async fn count(
    tx: &mut Tx,
    subject: &str,
    now: Instant,
    window: TimeDelta,
) -> Result<(i64, i64)> {
    let (count, since): (i64, i64) = on!(tx, |db| sqlx::query_as(COUNT)
        .bind(subject)
        .bind(now.timestamp_millis())
        .bind((now - window).timestamp_millis())
        .fetch_one(db)
        .await)?;
    let until = since + window.num_milliseconds();
    Ok((count, (until - now.timestamp_millis() + 999) / 1000))
}

const FORGET: &str = "delete from attempts where subject = $1";

/// Forgets the attempts on a subject.
pub async fn forget(tx: &mut Tx, subject: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(FORGET)
        .bind(subject)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FORGET_BEFORE: &str = "delete from attempts where since <= $1";

/// Forgets what was tried before an instant.
pub async fn forget_before(tx: &mut Tx, at: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(FORGET_BEFORE)
        .bind(at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
