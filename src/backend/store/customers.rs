//! People and their accounts.

use super::{
    error::{Result, StoreError, word},
    tx::{Tx, Words, id_list, insert_rows, on},
};
use crate::domain::{
    customer::{Customer, Handle},
    ids::{BrandId, CaseId, CustomerId},
    network::Network,
    time::Instant,
};
use sqlx::{AssertSqlSafe, FromRow};

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
    let mut words = Words::default();
    insert_rows!(
        tx,
        "insert into handles (id, brand_id, customer_id, network, handle, followers) ",
        handles,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.customer.get())
                .push_bind(words.get(row.network.as_str()))
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
    row.map(Handle::try_from).transpose()
}

impl TryFrom<HandleRow> for Handle {
    type Error = StoreError;

    fn try_from(row: HandleRow) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            brand: row.brand_id.into(),
            customer: row.customer_id.into(),
            network: word("handles", "network", row.id, &row.network)?,
            handle: row.handle,
            followers: row.followers,
        })
    }
}

const HANDLES_OF_CASE: &str = "
    select id, brand_id, customer_id, network, handle, followers
    from   handles
    where  customer_id = (select customer_id from cases where id = $1)
           or id in (select handle_id from posts where case_id = $1)
    order  by id";

/// The accounts of a case's customer and of all who wrote in it.
pub async fn handles_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Handle>> {
    let rows: Vec<HandleRow> = on!(tx, |db| sqlx::query_as(HANDLES_OF_CASE)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(Handle::try_from).collect()
}

const OF_CASE: &str = "
    select id, brand_id, name, language
    from   customers
    where  id = (select customer_id from cases where id = $1)
           or id in (select h.customer_id
                     from   handles h
                     join   posts p on p.handle_id = h.id
                     where  p.case_id = $1)
    order  by id";

/// A case's customer and all others who wrote in it.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Customer>> {
    let rows: Vec<(i64, i64, String, Option<String>)> = on!(tx, |db| sqlx::query_as(OF_CASE)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(customer).collect())
}

fn customer((id, brand, name, language): (i64, i64, String, Option<String>)) -> Customer {
    Customer {
        id: id.into(),
        brand: brand.into(),
        name,
        language,
    }
}

/// Some people.
pub async fn find_all(tx: &mut Tx, ids: &[CustomerId]) -> Result<Vec<Customer>> {
    let list = id_list(ids.iter().map(|it| it.get()));
    let sql = format!(
        "select id, brand_id, name, language from customers where id in {list} order by id"
    );
    let rows: Vec<(i64, i64, String, Option<String>)> =
        on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
    Ok(rows.into_iter().map(customer).collect())
}

/// The accounts of some people.
pub async fn handles_of(tx: &mut Tx, customers: &[CustomerId]) -> Result<Vec<Handle>> {
    let list = id_list(customers.iter().map(|it| it.get()));
    let sql = format!(
        "select id, brand_id, customer_id, network, handle, followers
         from   handles
         where  customer_id in {list}
         order  by id"
    );
    let rows: Vec<HandleRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(Handle::try_from).collect()
}

const ACCOUNTS: &str = "select id, brand_id, network, handle from handles";

/// Every account that is known.
pub async fn accounts(tx: &mut Tx) -> Result<Vec<(BrandId, Network, String)>> {
    let rows: Vec<(i64, i64, String, String)> =
        on!(tx, |db| sqlx::query_as(ACCOUNTS).fetch_all(db).await)?;
    rows.into_iter()
        .map(|(id, brand, network, handle)| {
            Ok((
                brand.into(),
                word("handles", "network", id, &network)?,
                handle,
            ))
        })
        .collect()
}
