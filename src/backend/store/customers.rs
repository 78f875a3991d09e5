//! People and their accounts.

use super::{
    error::{Result, word},
    tx::{Tx, insert_rows, on},
};
use crate::domain::{
    customer::{Customer, Handle},
    ids::BrandId,
    network::Network,
    time::Instant,
};
use sqlx::FromRow;

/// Keeps people.
pub async fn insert_all(tx: &mut Tx, customers: &[Customer], now: Instant) -> Result<()> {
    insert_rows!(
        tx,
        "insert into customers (id, brand_id, name, language, created_at) ",
        customers,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(&row.name)
                .push_bind(&row.language)
                .push_bind(now.timestamp_millis());
        },
        ""
    );
    Ok(())
}

/// Keeps accounts; where the brand knows one already, the number of followers is brought up to
/// date.
pub async fn insert_handles(tx: &mut Tx, handles: &[Handle]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into handles (id, brand_id, customer_id, network, handle, followers) ",
        handles,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.customer.get())
                .push_bind(row.network.as_str())
                .push_bind(&row.handle)
                .push_bind(row.followers);
        },
        " on conflict (brand_id, network, handle) do update set followers = excluded.followers"
    );
    Ok(())
}

const FIND_HANDLE: &str = "
    select id, brand_id, customer_id, network, handle, followers
    from   handles
    where  brand_id = $1 and network = $2 and handle = $3";

#[derive(FromRow)]
struct HandleRow {
    id: i64,
    brand_id: i64,
    customer_id: i64,
    network: String,
    handle: String,
    followers: i64,
}

/// A brand's customer account by its name.
pub async fn find_handle(
    tx: &mut Tx,
    brand: BrandId,
    network: Network,
    handle: &str,
) -> Result<Option<Handle>> {
    let row: Option<HandleRow> = on!(tx, |db| sqlx::query_as(FIND_HANDLE)
        .bind(brand.get())
        .bind(network.as_str())
        .bind(handle)
        .fetch_optional(db)
        .await)?;
    row.map(|row| {
        Ok(Handle {
            id: row.id.into(),
            brand: row.brand_id.into(),
            customer: row.customer_id.into(),
            network: word("handles", "network", row.id, &row.network)?,
            handle: row.handle,
            followers: row.followers,
        })
    })
    .transpose()
}
