//! Carries all rows from PostgreSQL into an SQLite file and back. Only numbers and texts travel.

use super::{
    super::{
        error::{Result, StoreError},
        tx::Tx,
    },
    Progress,
    tables::{self, Kind, Table},
};
use futures_util::TryStreamExt;
use sqlx::{
    AssertSqlSafe, ColumnIndex, Connection, Database, Decode, PgConnection, QueryBuilder, Row,
    SqliteConnection, Type,
};

/// How many values one statement carries: below SQLite's 32,766 parameters.
const VALUES: usize = 16_000;

/// One value of a row.
enum Cell {
    Number(Option<i64>),
    Text(Option<String>),
}

fn cells<R>(table: &Table, row: &R) -> Result<Vec<Cell>>
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'a> Option<i64>: Decode<'a, R::Database> + Type<R::Database>,
    for<'a> Option<String>: Decode<'a, R::Database> + Type<R::Database>,
{
    table
        .columns
        .iter()
        .enumerate()
        .map(|(place, (_, kind))| {
            Ok(match kind {
                Kind::Number => Cell::Number(row.try_get(place)?),
                Kind::Text => Cell::Text(row.try_get(place)?),
            })
        })
        .collect()
}

fn insertion<DB>(table: &Table, rows: Vec<Vec<Cell>>) -> QueryBuilder<DB>
where
    DB: Database,
    for<'a> Option<i64>: sqlx::Encode<'a, DB> + Type<DB>,
    for<'a> Option<String>: sqlx::Encode<'a, DB> + Type<DB>,
{
    let mut builder = QueryBuilder::new(format!(
        "insert into \"{}\" ({}) ",
        table.name,
        table.column_list()
    ));
    builder.push_values(rows, |mut b, row| {
        for cell in row {
            match cell {
                Cell::Number(number) => b.push_bind(number),
                Cell::Text(text) => b.push_bind(text),
            };
        }
    });
    builder
}

fn rows_a_statement(table: &Table) -> usize {
    (VALUES / table.columns.len().max(1)).clamp(1, 1000)
}

fn selection(table: &Table) -> String {
    let order = match table.key_list() {
        key if key.is_empty() => String::new(),
        key => format!(" order by {key}"),
    };
    format!(
        "select {} from \"{}\"{order}",
        table.column_list(),
        table.name
    )
}

/// Empties the tables on one side, then carries all rows over from the other, table after table.
macro_rules! carry {
    ($tables:expr, $from:expr, $to:expr, $watch:expr) => {{
        for table in $tables.iter().rev() {
            sqlx::query(AssertSqlSafe(format!("delete from \"{}\"", table.name)))
                .execute(&mut $to)
                .await?;
        }
        for table in &$tables {
            let most = rows_a_statement(table);
            let (mut carried, mut rows) = (0, Vec::with_capacity(most));
            let mut found = sqlx::query(AssertSqlSafe(selection(table))).fetch(&mut $from);
            while let Some(row) = found.try_next().await? {
                rows.push(cells(table, &row)?);
                if rows.len() == most {
                    carried += most as u64;
                    let full = std::mem::replace(&mut rows, Vec::with_capacity(most));
                    insertion(table, full).build().execute(&mut $to).await?;
                    $watch(Progress::Rows(&table.name, carried));
                }
            }
            drop(found);
            if !rows.is_empty() {
                insertion(table, rows).build().execute(&mut $to).await?;
            }
        }
    }};
}

/// Carries everything that one snapshot of PostgreSQL shows into an SQLite file with the same
/// schema.
pub async fn out_of_postgres(
    tx: &mut Tx,
    file: &mut SqliteConnection,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<()> {
    let Tx::Postgres(from) = tx else {
        return Err(StoreError::File("this isn't PostgreSQL".to_owned()));
    };
    let mut to = file.begin().await?;
    let tables = tables::read(&mut to).await?;
    carry!(tables, **from, *to, watch);
    to.commit().await?;
    Ok(())
}

/// Carries everything in an SQLite file into PostgreSQL with the same schema, in its transaction;
/// what migrations have put there makes room.
pub async fn into_postgres(
    file: &mut SqliteConnection,
    to: &mut PgConnection,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<()> {
    let tables = tables::read(file).await?;
    carry!(tables, *file, *to, watch);
    Ok(())
}
