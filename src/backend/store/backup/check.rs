//! Says what a backup holds, and refuses one that isn't whole.

use super::{
    super::{
        error::{Result, StoreError},
        migrations,
    },
    APPLICATION_ID, count, tables,
};
use crate::domain::time::{Instant, from_ms};
use sqlx::{AssertSqlSafe, SqliteConnection};
use std::{collections::BTreeMap, io::Read, path::Path};

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// When it was made.
    pub made_at: Instant,
    /// By which version of Sundown.
    pub version: String,
    /// From which engine.
    pub engine: String,
    /// Its schema's last step.
    pub schema: i64,
    /// Events in its log.
    pub events: i64,
    /// The name of the key that has sealed its secrets.
    pub key: Option<String>,
    /// Rows of each table.
    pub rows: BTreeMap<String, i64>,
}

/// Writes into a fresh backup what it is.
pub async fn label(file: &mut SqliteConnection, engine: &str, now: Instant) -> Result<()> {
    let mut facts = vec![
        ("made_at".to_owned(), now.timestamp_millis().to_string()),
        ("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
        ("engine".to_owned(), engine.to_owned()),
    ];
    for table in tables::names(file).await? {
        let rows = count(file, &table).await?;
        facts.push((format!("rows {table}"), rows.to_string()));
    }
    sqlx::query("create table backup_facts (key text not null primary key, value text not null)")
        .execute(&mut *file)
        .await?;
    for (key, value) in facts {
        sqlx::query("insert into backup_facts (key, value) values ($1, $2)")
            .bind(key)
            .bind(value)
            .execute(&mut *file)
            .await?;
    }
    set_application_id(file, APPLICATION_ID).await
}

/// Makes an ordinary database of a backup.
pub async fn unlabel(file: &mut SqliteConnection) -> Result<()> {
    sqlx::query("drop table backup_facts")
        .execute(&mut *file)
        .await?;
    set_application_id(file, 0).await
}

async fn set_application_id(file: &mut SqliteConnection, id: i32) -> Result<()> {
    sqlx::query(AssertSqlSafe(format!("pragma application_id = {id}")))
        .execute(file)
        .await?;
    Ok(())
}

/// Looks at a file's first bytes, before anything opens it.
pub fn refuse_strangers(path: &Path) -> Result<()> {
    let unreadable =
        |why: std::io::Error| StoreError::File(format!("{} can't be read: {why}", path.display()));
    let mut head = Vec::with_capacity(100);
    std::fs::File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut head))
        .map_err(unreadable)?;
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::File(format!(
            "{} isn't a backup: it isn't an SQLite file at all. Give the file that `sundown backup` wrote.",
            path.display()
        )));
    }
    if head.get(68..72) != Some(&APPLICATION_ID.to_be_bytes()) {
        return Err(StoreError::File(format!(
            "{0} is an SQLite file, but not a backup of Sundown. If it is a database of Sundown, start on it with SUNDOWN_DATABASE_URL=sqlite://{0}, or make a backup of it first.",
            path.display()
        )));
    }
    Ok(())
}

/// Says that a backup can't be used.
pub fn broken(path: &Path, why: &str) -> StoreError {
    StoreError::File(format!(
        "{} isn't whole: {why}. Take another backup.",
        path.display()
    ))
}

/// Checks a backup from end to end: the pages, the schema, the rows and the log.
pub async fn inspect(file: &mut SqliteConnection, path: &Path) -> Result<Contents> {
    let broken = |why: &str| broken(path, why);
    let unreadable = |why: sqlx::Error| broken(&why.to_string());
    let verdict: Vec<String> = sqlx::query_scalar("pragma integrity_check")
        .fetch_all(&mut *file)
        .await
        .map_err(unreadable)?;
    if verdict != ["ok"] {
        return Err(broken(verdict.first().map_or("no verdict", |it| it)));
    }
    let applied: Vec<i64> =
        sqlx::query_scalar("select version from _sqlx_migrations where success order by version")
            .fetch_all(&mut *file)
            .await
            .map_err(unreadable)?;
    migrations::refuse_newer(&applied)?;
    let facts: BTreeMap<String, String> = sqlx::query_as("select key, value from backup_facts")
        .fetch_all(&mut *file)
        .await
        .map_err(unreadable)?
        .into_iter()
        .collect();
    let fact = |key: &str| {
        facts
            .get(key)
            .ok_or_else(|| broken(&format!("it doesn't say its {key}")))
    };
    let number = |key: &str| {
        fact(key)?
            .parse::<i64>()
            .map_err(|why| broken(&why.to_string()))
    };
    let mut rows = BTreeMap::new();
    for table in tables::names(file).await? {
        let (found, said) = (
            count(file, &table).await?,
            number(&format!("rows {table}"))?,
        );
        if found != said {
            return Err(broken(&format!(
                "{table} has {found} rows instead of {said}"
            )));
        }
        rows.insert(table, found);
    }
    let strays: Option<(String,)> =
        sqlx::query_as("select \"table\" from pragma_foreign_key_check")
            .fetch_optional(&mut *file)
            .await?;
    if let Some((table,)) = strays {
        return Err(broken(&format!("a row of {table} refers to nothing")));
    }
    let events = check_log(file).await?.map_err(|why| broken(&why))?;
    let key = if rows.contains_key("sealing_key") {
        sqlx::query_scalar("select key_id from sealing_key where id = 1")
            .fetch_optional(&mut *file)
            .await?
    } else {
        None
    };
    Ok(Contents {
        made_at: from_ms(number("made_at")?),
        version: fact("version")?.clone(),
        engine: fact("engine")?.clone(),
        schema: applied.last().copied().unwrap_or_default(),
        events,
        key,
        rows,
    })
}

/// The log must have every number up to its head.
async fn check_log(file: &mut SqliteConnection) -> Result<std::result::Result<i64, String>> {
    let (count, last): (i64, i64) =
        sqlx::query_as("select count(*), coalesce(max(number), 0) from events")
            .fetch_one(&mut *file)
            .await?;
    let (head,): (i64,) = sqlx::query_as("select last from log_head where id = 1")
        .fetch_one(&mut *file)
        .await?;
    Ok(if count == last && last == head {
        Ok(count)
    } else {
        Err(format!(
            "its log has {count} events up to number {last}, and its head says {head}"
        ))
    })
}
