//! All SQL. One text for both engines; every function takes a transaction, so that a page is one
//! snapshot and its numbers agree with each other.
//!
//! Portable SQL: `$1` on both engines; sums are cast to bigint; upserts by `on conflict`; no
//! arrays, no calendar functions, no `now()`; instants are milliseconds since 1970.
//!
//! Invariant: nobody outside this folder speaks SQL, and nothing in it decides anything.

pub mod archive;
pub mod attempts;
pub mod audit;
pub mod backup;
pub mod brands;
pub mod cases;
pub mod connections;
pub mod customers;
pub mod drafts;
pub mod erasures;
pub mod events;
pub mod facts;
pub mod gateways;
pub mod histories;
pub mod holidays;
pub mod imports;
pub mod inbox;
pub mod intake;
pub mod links;
pub mod macros;
pub mod organisation;
pub mod people;
pub mod posts;
pub mod replies;
pub mod retention;
pub mod secrets;
pub mod sessions;
pub mod summaries;
pub mod teams;
pub mod tokens;
pub mod topics;
pub mod triage;
pub mod weights;
pub mod work;
pub mod workspace;

mod error;
mod migrations;
mod turn;
mod tx;

pub use error::{Result, StoreError};
pub use turn::Turn;
pub use tx::Tx;

use crate::domain::time::Instant;
use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

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
    /// brings the schema up to date. `backups` is where the backup before that goes, unless it is
    /// to lie beside the SQLite file.
    ///
    /// # Errors
    /// When the address makes no sense, the database can't be reached, or its schema is newer.
    pub async fn open(url: &str, backups: Option<PathBuf>, now: Instant) -> Result<Self> {
        let store = Self::connect(url, Missing::Make).await?;
        migrations::run(&store, backups, now).await?;
        Ok(store)
    }

    /// Opens a store that is there, whatever its schema, and changes nothing.
    ///
    /// # Errors
    /// When there is none.
    pub async fn look(url: &str) -> Result<Self> {
        Self::connect(url, Missing::Refuse).await
    }

    async fn connect(url: &str, missing: Missing) -> Result<Self> {
        let wrong = |why: String| StoreError::Url {
            url: without_password(url),
            why,
        };
        if url.starts_with("sqlite:") {
            let (options, file) = sqlite_options(url)?;
            if missing == Missing::Refuse && !file.exists() {
                return Err(wrong("there is no such file".to_owned()));
            }
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
            Self::Sqlite { write, .. } => Tx::Sqlite(
                write
                    .begin_with("pragma foreign_keys = on; begin immediate")
                    .await?,
            ),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a change of very many rows by a program that made all of their ids itself. SQLite
    /// does not look after each of them whether what it refers to is there, which takes a seventh
    /// of an import's time; PostgreSQL does, so that a test on both engines sees a wrong one.
    pub async fn write_many(&self) -> Result<Tx> {
        match self {
            Self::Sqlite { write, .. } => Ok(Tx::Sqlite(
                write
                    .begin_with("pragma foreign_keys = off; begin immediate")
                    .await?,
            )),
            Self::Postgres(_) => self.write().await,
        }
    }

    /// The SQLite file; none for PostgreSQL.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite { write, .. } => Some(write.connect_options().get_filename().to_owned()),
            Self::Postgres(_) => None,
        }
    }

    /// Has the database for itself as long as the turn lasts: one server for an SQLite file, any
    /// number of them for PostgreSQL.
    ///
    /// # Errors
    /// When another server has it.
    pub async fn serve_alone(&self) -> Result<Option<Turn>> {
        match self {
            Self::Sqlite { .. } => Turn::take_now(self).await.map(Some),
            Self::Postgres(_) => Ok(None),
        }
    }

    /// What people call the engine.
    pub const fn engine_name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// On SQLite, folds the log into the file and empties it, so that what was overwritten there is
    /// gone from both. Where others read just now, the log is emptied later.
    pub async fn forget_log(&self) -> Result<()> {
        if let Self::Sqlite { write, .. } = self {
            sqlx::query("pragma wal_checkpoint(truncate)")
                .execute(write)
                .await?;
        }
        Ok(())
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

/// What to do where there is no database yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Make,
    Refuse,
}

fn sqlite_options(url: &str) -> Result<(SqliteConnectOptions, PathBuf)> {
    let wrong = |why: String| StoreError::Url {
        url: without_password(url),
        why,
    };
    if url.contains(":memory:") {
        return Err(wrong(
            "a database in memory is gone with its connection".to_owned(),
        ));
    }
    let options = SqliteConnectOptions::from_str(url).map_err(|why| wrong(why.to_string()))?;
    let file = options.get_filename().to_owned();
    Ok((options, file))
}

/// The file that a `sqlite:` address names; none for other addresses.
///
/// # Errors
/// When the address makes no sense.
pub fn file_of(url: &str) -> Result<Option<PathBuf>> {
    if url.starts_with("sqlite:") {
        return Ok(Some(sqlite_options(url)?.1));
    }
    Ok(None)
}

/// A database's address as it may be shown: without user, password and settings. Where it isn't
/// clear what is what, nothing is shown.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return if url.contains(['@', ':', '?', '=']) {
            "(hidden: it may hold a password)".to_owned()
        } else {
            url.to_owned()
        };
    };
    match rest.rsplit_once('@') {
        Some((who, _)) if who.contains('?') => format!("{scheme}://…"),
        Some((_, place)) => format!("{scheme}://…@{}", before_settings(place)),
        None => format!("{scheme}://{}", before_settings(rest)),
    }
}

fn before_settings(place: &str) -> &str {
    place.split('?').next().unwrap_or_default()
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
        for (url, shown) in [
            ("postgres://ada:hush@db/care", "postgres://…@db/care"),
            ("postgres://ada:hu@sh@db/care", "postgres://…@db/care"),
            ("postgres://ada:hush?@db/care", "postgres://…"),
            ("postgres://db/care?password=hush", "postgres://db/care"),
            ("postgres://db/care?password=h@hush", "postgres://…"),
            ("mysql://ada:hush@db/care", "mysql://…@db/care"),
            ("postgres:ada:hush@db", "(hidden: it may hold a password)"),
            ("data/mine.db", "data/mine.db"),
        ] {
            assert_eq!(without_password(url), shown);
            assert!(!without_password(url).contains("hush"));
        }
    }
}
