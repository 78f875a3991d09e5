//! Holidays read from a file, while somebody chooses among them.

use super::{
    error::{Result, StoreError},
    tx::{Tx, on},
};
use crate::domain::{ids::BrandId, settings::policies::HolidayFile, time::Instant};

fn inconsistent(row: i64, why: &serde_json::Error) -> StoreError {
    StoreError::Inconsistent {
        table: "holiday_files",
        column: "body",
        row,
        why: why.to_string(),
    }
}

const INSERT: &str = "
    insert into holiday_files (id, brand_id, name, created_at, body)
    values ($1, $2, $3, $4, $5)";

/// Keeps a file's days.
pub async fn insert(tx: &mut Tx, brand: BrandId, file: &HolidayFile, now: Instant) -> Result<()> {
    let body = serde_json::to_string(file).map_err(|why| inconsistent(file.id, &why))?;
    on!(tx, |db| sqlx::query(INSERT)
        .bind(file.id)
        .bind(brand.get())
        .bind(&file.name)
        .bind(now.timestamp_millis())
        .bind(&body)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FIND: &str = "select body from holiday_files where id = $1 and brand_id = $2";

/// A brand's file by its number.
pub async fn find(tx: &mut Tx, brand: BrandId, id: i64) -> Result<Option<HolidayFile>> {
    let row: Option<(String,)> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(id)
        .bind(brand.get())
        .fetch_optional(db)
        .await)?;
    row.map(|(body,)| serde_json::from_str(&body).map_err(|why| inconsistent(id, &why)))
        .transpose()
}

const COUNT: &str = "select count(*) from holiday_files";

/// How many there are.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as(COUNT).fetch_one(db).await)?;
    Ok(count)
}

const REMOVE: &str = "delete from holiday_files where id = $1";

/// Forgets one.
pub async fn remove(tx: &mut Tx, id: i64) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE)
        .bind(id)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FORGET_BEFORE: &str = "delete from holiday_files where created_at < $1";

/// Forgets those that were read before an instant.
pub async fn forget_before(tx: &mut Tx, at: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(FORGET_BEFORE)
        .bind(at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
