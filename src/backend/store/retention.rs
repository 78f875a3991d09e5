//! How long posts' texts are kept after their case was closed. Times, authors and all that figures
//! are made of stay.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{ids::BrandId, time::Instant};

const FIND: &str = "select days from retention where brand_id = $1";

/// A brand's days; `None` for ever.
pub async fn find(tx: &mut Tx, brand: BrandId) -> Result<Option<i64>> {
    let row: Option<(i64,)> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(brand.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(days,)| days))
}

const SAVE: &str = "
    insert into retention (brand_id, days) values ($1, $2)
    on conflict (brand_id) do update set days = excluded.days";

const FORGET: &str = "delete from retention where brand_id = $1";

/// Keeps a brand's days; `None` for ever.
pub async fn save(tx: &mut Tx, brand: BrandId, days: Option<i64>) -> Result<()> {
    match days {
        Some(days) => on!(tx, |db| sqlx::query(SAVE)
            .bind(brand.get())
            .bind(days)
            .execute(db)
            .await
            .map(drop))?,
        None => on!(tx, |db| sqlx::query(FORGET)
            .bind(brand.get())
            .execute(db)
            .await
            .map(drop))?,
    }
    Ok(())
}

/// Cases that were closed before an instant: solved, or left out and silent since.
macro_rules! closed {
    () => {
        "select c.id from cases c
         where  c.brand_id = $1
           and  ((c.status = 'resolved' and c.resolved_at < $2)
                 or (c.excluded_at is not null and c.excluded_at < $2
                     and c.last_customer_post_at < $2))"
    };
}

const COUNT: &str = concat!(
    "select count(*), count(distinct p.case_id)
     from   posts p
     where  p.brand_id = $1 and p.body <> '' and p.case_id in (",
    closed!(),
    ")"
);

/// How many texts, of how many cases, a brand has that were closed before an instant.
pub async fn count(tx: &mut Tx, brand: BrandId, before: Instant) -> Result<(i64, i64)> {
    Ok(on!(tx, |db| sqlx::query_as(COUNT)
        .bind(brand.get())
        .bind(before.timestamp_millis())
        .fetch_one(db)
        .await)?)
}

const PURGE: &str = concat!(
    "update posts set body = '', purged_at = $3
     where  id in (select p.id from posts p
                   where  p.brand_id = $1 and p.body <> '' and p.case_id in (",
    closed!(),
    ") limit $4)"
);

const PURGE_VERSIONS: &str = "
    update post_versions set body = ''
    where  body <> '' and brand_id = $1
      and  post_id in (select id from posts where brand_id = $1 and purged_at is not null)";

const PURGE_REPLIES: &str = "
    update replies set body = ''
    where  body <> '' and brand_id = $1 and state in ('sent', 'rejected', 'cancelled')
      and  case_id in (select case_id from posts where brand_id = $1 and purged_at is not null)";

/// Empties at most so many texts of cases closed before an instant, with their older versions;
/// returns how many.
pub async fn purge(
    tx: &mut Tx,
    brand: BrandId,
    before: Instant,
    now: Instant,
    most: i64,
) -> Result<u64> {
    let purged = on!(tx, |db| sqlx::query(PURGE)
        .bind(brand.get())
        .bind(before.timestamp_millis())
        .bind(now.timestamp_millis())
        .bind(most)
        .execute(db)
        .await
        .map(|it| it.rows_affected()))?;
    for sql in [PURGE_VERSIONS, PURGE_REPLIES] {
        on!(tx, |db| sqlx::query(sql)
            .bind(brand.get())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(purged)
}
