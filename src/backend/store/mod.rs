//! All SQL. One text for both engines; every function takes a transaction, so that a page is one
//! snapshot and its numbers agree with each other.
//!
//! Portable SQL: `$1` on both engines; sums are cast to bigint; upserts by `on conflict`; no
//! arrays, no calendar functions, no `now()`; instants are milliseconds since 1970.
//!
//! Invariant: nobody outside this folder speaks SQL, and nothing in it decides anything.

pub mod archive;
pub mod brands;
pub mod cases;
pub mod customers;
pub mod events;
pub mod facts;
pub mod histories;
pub mod holidays;
pub mod imports;
pub mod macros;
pub mod posts;
pub mod retention;
pub mod summaries;
pub mod topics;
pub mod weights;
pub mod workspace;

mod error;
mod migrations;
mod tx;

pub use error::{Result, StoreError};
pub use tx::Tx;

use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, str::FromStr, time::Duration};

/// Where everything is kept; cheap to clone.
#[derive(Clone)]
pub enum Store {
    /// A file, or memory.
    Sqlite {
        /// The only connection that writes.
        write: SqlitePool,
        /// Connections that only read.
        read: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// How long a connection waits for another's lock before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the store at `sqlite://…` or `postgres://…`, makes the file if there is none, and
    /// brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self> {
        let store = Self::connect(url).await?;
        migrations::run(&store).await?;
        Ok(store)
    }

    async fn connect(url: &str) -> Result<Self> {
        let wrong = |why: String| StoreError::Url {
            url: without_password(url),
            why,
        };
        if url.starts_with("sqlite:") {
            let options =
                SqliteConnectOptions::from_str(url).map_err(|why| wrong(why.to_string()))?;
            if url.contains(":memory:") {
                return Err(wrong(
                    "a database in memory is gone with its connection".to_owned(),
                ));
            }
            let file = options.get_filename().to_owned();
            if let Some(folder) = file.parent().filter(|it| !it.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder).map_err(|why| {
                    wrong(format!(
                        "its folder {} can't be made: {why}",
                        folder.display()
                    ))
                })?;
            }
            Self::connect_sqlite(options, &file).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url).map_err(|why| wrong(why.to_string()))?;
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(PATIENCE)
                .connect_with(options)
                .await?;
            Ok(Self::Postgres(pool))
        } else {
            Err(wrong(
                "it begins with neither sqlite: nor postgres:".to_owned(),
            ))
        }
    }

    async fn connect_sqlite(options: SqliteConnectOptions, file: &Path) -> Result<Self> {
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("cache_size", "-8000")
            .pragma("temp_store", "memory");
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE * 3)
            .connect_with(options.clone())
            .await?;
        let found: String = sqlx::query_scalar("select sqlite_version()")
            .fetch_one(&write)
            .await?;
        if !is_at_least(&found, [3, 51, 3]) {
            return Err(StoreError::OldSqlite { found });
        }
        tracing::debug!(file = %file.display(), sqlite = found, "Opened the store");
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Self::Sqlite { write, read })
    }

    /// Begins a snapshot: everything read through it is of one moment.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(
                pool.begin_with("begin isolation level repeatable read read only")
                    .await?,
            ),
        })
    }

    /// Begins a change. On SQLite it is the only one at that moment.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// What people call the engine.
    pub const fn engine_name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Closes all connections; SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Whether a dotted version is at least another.
fn is_at_least(found: &str, needed: [u32; 3]) -> bool {
    let mut parts = found
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let found: [u32; 3] = std::array::from_fn(|_| parts.next().unwrap_or(0));
    found >= needed
}

/// A database's address as it may be shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.split_once('@') {
        Some((who, place)) => {
            let user = who.split_once(':').map_or(who, |(user, _)| user);
            format!("{scheme}://{user}@{place}")
        }
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_sqlite_is_recognised() {
        assert!(is_at_least("3.51.3", [3, 51, 3]));
        assert!(is_at_least("3.100.0", [3, 51, 3]));
        assert!(!is_at_least("3.51.2", [3, 51, 3]));
    }

    #[test]
    fn an_error_never_shows_a_password() {
        assert_eq!(
            without_password("postgres://ada:secret@db/care"),
            "postgres://ada@db/care"
        );
    }
}
