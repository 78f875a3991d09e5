//! Customers who are said to abuse the channel.

use crate::{
    backend::store::{
        error::Result,
        tx::{Tx, on},
    },
    domain::{
        ids::{BrandId, CaseId, CustomerId, MarkId, PersonId},
        time::{Instant, from_ms},
        work::BadActorMark,
    },
};
use sqlx::FromRow;

const OF: &str = "
    select id, customer_id, reason, person_id, agreed_by, until_at
    from   bad_actors
    where  customer_id = $1 and until_at > $2 and lifted_at is null
    order  by id desc
    limit  1";

#[derive(FromRow)]
struct MarkRow {
    id: i64,
    customer_id: i64,
    reason: String,
    person_id: i64,
    agreed_by: Option<i64>,
    until_at: i64,
}

/// What is said of a customer at an instant.
pub async fn of(tx: &mut Tx, customer: CustomerId, now: Instant) -> Result<Option<BadActorMark>> {
    let row: Option<MarkRow> = on!(tx, |db| sqlx::query_as(OF)
        .bind(customer.get())
        .bind(now.timestamp_millis())
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|row| BadActorMark {
        id: row.id.into(),
        customer: row.customer_id.into(),
        reason: row.reason,
        by: row.person_id.into(),
        agreed_by: row.agreed_by.map(Into::into),
        until: from_ms(row.until_at),
    }))
}

const INSERT: &str = "
    insert into bad_actors (id, brand_id, customer_id, case_id, reason, person_id, until_at)
    values ($1, $2, $3, $4, $5, $6, $7)";

/// Keeps what is said of a customer.
pub async fn insert(
    tx: &mut Tx,
    (brand, case): (BrandId, CaseId),
    mark: &BadActorMark,
) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(mark.id.get())
        .bind(brand.get())
        .bind(mark.customer.get())
        .bind(case.get())
        .bind(&mark.reason)
        .bind(mark.by.get())
        .bind(mark.until.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const AGREE: &str = "update bad_actors set agreed_by = $2 where id = $1 and agreed_by is null";

/// A second person agrees; false when somebody did before.
pub async fn agree(tx: &mut Tx, id: MarkId, by: PersonId) -> Result<bool> {
    let agreed = on!(tx, |db| sqlx::query(AGREE)
        .bind(id.get())
        .bind(by.get())
        .execute(db)
        .await?
        .rows_affected());
    Ok(agreed == 1)
}

const LIFT: &str = "update bad_actors set lifted_at = $2 where id = $1";

/// It isn't said any more.
pub async fn lift(tx: &mut Tx, id: MarkId, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(LIFT)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
