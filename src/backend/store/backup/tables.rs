//! What a backup consists of, read from the schema itself, so that no table can be forgotten.

use super::super::error::{Result, StoreError};
use sqlx::{AssertSqlSafe, SqliteConnection};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of up to 63 bits.
    Number,
    /// Text.
    Text,
}

/// A table and its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns with what they hold, in order.
    pub columns: Vec<(String, Kind)>,
    /// The columns that tell its rows apart.
    pub key: Vec<String>,
}

impl Table {
    /// Its columns, for a statement.
    pub fn column_list(&self) -> String {
        list(self.columns.iter().map(|(name, _)| name))
    }

    /// Its key, for a statement.
    pub fn key_list(&self) -> String {
        list(self.key.iter())
    }
}

fn list<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}

/// The names of all tables of the trade in an SQLite file.
pub async fn names(file: &mut SqliteConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar(
        "select name from sqlite_master
         where  type = 'table' and name not like 'sqlite\\_%' escape '\\'
         and    name not in ('_sqlx_migrations', 'backup_facts')
         order  by name",
    )
    .fetch_all(file)
    .await?)
}

/// All tables of the trade, each after those it refers to.
///
/// # Errors
/// When a column's type is neither a number nor text: such a thing would have to be taught to the
/// copy first.
pub async fn read(file: &mut SqliteConnection) -> Result<Vec<Table>> {
    let mut waiting = Vec::new();
    for name in names(file).await? {
        let columns: Vec<(String, String, i64)> =
            sqlx::query_as("select name, lower(type), pk from pragma_table_info($1) order by cid")
                .bind(&name)
                .fetch_all(&mut *file)
                .await?;
        let mut key: Vec<_> = columns.iter().filter(|it| it.2 > 0).collect();
        key.sort_by_key(|it| it.2);
        let key = key.into_iter().map(|it| it.0.clone()).collect();
        let columns = columns
            .into_iter()
            .map(|(column, kind, _)| match kind.as_str() {
                "integer" | "bigint" => Ok((column, Kind::Number)),
                "text" => Ok((column, Kind::Text)),
                other => Err(StoreError::Migration(format!(
                    "a backup can't carry {name}.{column}: it is of type {other}, neither bigint nor text"
                ))),
            })
            .collect::<Result<_>>()?;
        let above: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
            "select distinct \"table\" from pragma_foreign_key_list('{name}')"
        )))
        .fetch_all(&mut *file)
        .await?;
        waiting.push((Table { name, columns, key }, above));
    }
    Ok(in_order(waiting))
}

/// Puts each table after those it refers to; one that refers to itself doesn't wait for itself.
fn in_order(mut waiting: Vec<(Table, Vec<String>)>) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_ready = |(table, above): &(Table, Vec<String>)| {
            above
                .iter()
                .all(|it| *it == table.name || ordered.iter().any(|done| done.name == *it))
        };
        // In a circle nobody is ready: then the first goes first.
        let place = waiting.iter().position(is_ready).unwrap_or(0);
        ordered.push(waiting.remove(place).0);
    }
    ordered
}
