//! What can go wrong in the store. A row that makes no sense names its table, column and id.

/// What went wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or couldn't be reached.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema couldn't be brought up to date.
    #[error("{0}")]
    Migration(String),
    /// Another process has the database for itself.
    #[error("{0}")]
    Taken(String),
    /// A file can't be used; the text says which, why, and what to do.
    #[error("{0}")]
    File(String),
    /// The database's address makes no sense.
    #[error(
        "SUNDOWN_DATABASE_URL is “{url}”, which is not the address of a database: {why}. Give sqlite://path/to/file.db or postgres://user@host/name."
    )]
    Url {
        /// What was given, without a password.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// SQLite is too old to be trusted with a write-ahead log and several connections.
    #[error(
        "this build carries SQLite {found}, but 3.51.3 or newer is needed: older ones can lose committed data in WAL mode"
    )]
    OldSqlite {
        /// The version found.
        found: String,
    },
    /// A row doesn't say what it should.
    #[error("the database holds something inconsistent in {table}.{column}, row {row}: {why}")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
        /// Which row.
        row: i64,
        /// What is wrong.
        why: String,
    },
}

/// A store's result.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Reads a word of a vocabulary from a column.
pub fn word<W>(table: &'static str, column: &'static str, row: i64, text: &str) -> Result<W>
where
    W: std::str::FromStr,
    W::Err: std::fmt::Display,
{
    text.parse()
        .map_err(|why: W::Err| StoreError::Inconsistent {
            table,
            column,
            row,
            why: why.to_string(),
        })
}
