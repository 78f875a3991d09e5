//! Small facts about the workspace itself.

use super::{
    error::Result,
    tx::{Tx, on},
};

const FIND: &str = "select value from workspace where key = $1";

/// A fact by its name.
pub async fn find(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(key)
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(value,)| value))
}

const SET: &str = "
    insert into workspace (key, value) values ($1, $2)
    on conflict (key) do update set value = excluded.value";

/// Keeps a fact under its name.
pub async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(SET)
        .bind(key)
        .bind(value)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// The name under which a workspace remembers that a demo plays in it.
pub const DEMO: &str = "demo";
