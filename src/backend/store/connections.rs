//! How channels reach their networks.

use super::{
    error::{Result, word},
    secrets::CONNECTION,
    tx::{Tx, on},
};
use crate::domain::{
    connection::Connection,
    ids::{BrandId, ChannelId},
    time::{Instant, from_ms},
};
use sqlx::FromRow;

const COLUMNS: &str = "
    select id, kind, address, guard, state, cursor, last_ok_at, last_delivery_at, last_trouble,
           failing_since, failures, retry_at
    from   connections";

#[derive(FromRow)]
struct ConnectionRow {
    id: i64,
    kind: String,
    address: String,
    guard: String,
    state: String,
    cursor: Option<String>,
    last_ok_at: Option<i64>,
    last_delivery_at: Option<i64>,
    last_trouble: Option<String>,
    failing_since: Option<i64>,
    failures: i64,
    retry_at: Option<i64>,
}

impl ConnectionRow {
    fn into_connection(self) -> Result<Connection> {
        Ok(Connection {
            channel: self.id.into(),
            kind: word("connections", "kind", self.id, &self.kind)?,
            guard: word("connections", "guard", self.id, &self.guard)?,
            state: word("connections", "state", self.id, &self.state)?,
            address: self.address,
            cursor: self.cursor,
            last_ok_at: self.last_ok_at.map(from_ms),
            last_delivery_at: self.last_delivery_at.map(from_ms),
            last_trouble: self.last_trouble,
            failing_since: self.failing_since.map(from_ms),
            failures: self.failures,
            retry_at: self.retry_at.map(from_ms),
        })
    }
}

/// Every connection.
pub async fn list(tx: &mut Tx) -> Result<Vec<Connection>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} order by id"));
    let rows: Vec<ConnectionRow> = on!(tx, |db| sqlx::query_as(sql).fetch_all(db).await)?;
    rows.into_iter()
        .map(ConnectionRow::into_connection)
        .collect()
}

/// A channel's.
pub async fn find(tx: &mut Tx, channel: ChannelId) -> Result<Option<Connection>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} where id = $1"));
    let row: Option<ConnectionRow> = on!(tx, |db| sqlx::query_as(sql)
        .bind(channel.get())
        .fetch_optional(db)
        .await)?;
    row.map(ConnectionRow::into_connection).transpose()
}

const SAVE: &str = "
    insert into connections (id, brand_id, kind, address, guard, state, cursor, last_ok_at,
        last_delivery_at, last_trouble, failing_since, failures, retry_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (id) do update set
        kind = excluded.kind, address = excluded.address, guard = excluded.guard,
        state = excluded.state, cursor = excluded.cursor, last_ok_at = excluded.last_ok_at,
        last_delivery_at = excluded.last_delivery_at, last_trouble = excluded.last_trouble,
        failing_since = excluded.failing_since, failures = excluded.failures,
        retry_at = excluded.retry_at";

/// Keeps a connection, new or changed; its secret stays as it is.
pub async fn save(tx: &mut Tx, brand: BrandId, it: &Connection) -> Result<()> {
    let ms = |at: Option<Instant>| at.map(|it| it.timestamp_millis());
    on!(tx, |db| sqlx::query(SAVE)
        .bind(it.channel.get())
        .bind(brand.get())
        .bind(it.kind.as_str())
        .bind(&it.address)
        .bind(it.guard.as_str())
        .bind(it.state.as_str())
        .bind(&it.cursor)
        .bind(ms(it.last_ok_at))
        .bind(ms(it.last_delivery_at))
        .bind(&it.last_trouble)
        .bind(ms(it.failing_since))
        .bind(it.failures)
        .bind(ms(it.retry_at))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const PROGRESS: &str = "
    update connections
    set    cursor = $3, last_ok_at = $4, last_delivery_at = $5, last_trouble = $6,
           failing_since = $7, failures = $8, retry_at = $9,
           state = case when state = 'on' then $10 else state end
    where  id = $1 and address = $2";

/// Keeps how it goes, unless the channel was connected elsewhere meanwhile; whoever paused it has
/// the last word.
pub async fn progress(tx: &mut Tx, it: &Connection) -> Result<()> {
    let ms = |at: Option<Instant>| at.map(|it| it.timestamp_millis());
    on!(tx, |db| sqlx::query(PROGRESS)
        .bind(it.channel.get())
        .bind(&it.address)
        .bind(&it.cursor)
        .bind(ms(it.last_ok_at))
        .bind(ms(it.last_delivery_at))
        .bind(&it.last_trouble)
        .bind(ms(it.failing_since))
        .bind(it.failures)
        .bind(ms(it.retry_at))
        .bind(it.state.as_str())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FIND_SECRET: &str = "select secret_sealed from connections where id = $1";

/// What a channel signs in with, sealed.
pub async fn sealed_secret(tx: &mut Tx, channel: ChannelId) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> = on!(tx, |db| sqlx::query_as(FIND_SECRET)
        .bind(channel.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.and_then(|it| it.0))
}

/// Keeps it.
pub async fn keep_secret(tx: &mut Tx, channel: ChannelId, sealed: &str) -> Result<()> {
    super::secrets::save(tx, CONNECTION, channel.get(), sealed).await
}
