//! Taking turns between processes: who serves an SQLite file, who changes a schema, who restores.
//!
//! SQLite: a lock on a file beside the database, which the system takes back when its holder dies.
//! PostgreSQL: an advisory lock of a session of its own, for changes and restores only; any number
//! of servers may share one database.

use super::{
    Store,
    error::{Result, StoreError},
};
use sqlx::{Connection, PgConnection};
use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::time::{Instant, interval};

/// The advisory lock's number: “Sundown” in ASCII.
const NUMBER: i64 = 0x0053_756e_646f_776e;
/// How long somebody waits for a turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often they look.
const LOOK: Duration = Duration::from_millis(100);

/// A turn; given back by [`Turn::end`], by dropping it, or by dying.
#[derive(Debug)]
pub enum Turn {
    /// The locked file.
    File(File),
    /// The session that holds the lock.
    Session(PgConnection),
}

impl Turn {
    /// Takes a turn, or waits a few seconds for it.
    ///
    /// # Errors
    /// When somebody else keeps it.
    pub async fn take(store: &Store) -> Result<Self> {
        Self::wait(store, PATIENCE).await
    }

    /// Takes a turn if it is free.
    ///
    /// # Errors
    /// When somebody else has it.
    pub async fn take_now(store: &Store) -> Result<Self> {
        Self::wait(store, Duration::ZERO).await
    }

    /// Takes the turn of an SQLite file that need not exist.
    ///
    /// # Errors
    /// When somebody else has it.
    pub fn take_file(database: &Path) -> Result<Self> {
        try_file(database)?.ok_or_else(|| taken(&database.display().to_string()))
    }

    async fn wait(store: &Store, patience: Duration) -> Result<Self> {
        let until = Instant::now() + patience;
        let mut look = interval(LOOK);
        loop {
            look.tick().await;
            let found = match store {
                Store::Sqlite { .. } => match store.file() {
                    Some(file) => try_file(&file)?,
                    None => None,
                },
                Store::Postgres(pool) => try_session(pool).await?,
            };
            if let Some(turn) = found {
                return Ok(turn);
            }
            if Instant::now() >= until {
                let place = store
                    .file()
                    .map_or_else(|| "this database".to_owned(), |it| it.display().to_string());
                return Err(taken(&place));
            }
        }
    }

    /// Gives the turn back.
    pub async fn end(self) -> Result<()> {
        match self {
            Self::File(_) => {}
            Self::Session(session) => session.close().await?,
        }
        Ok(())
    }
}

fn taken(place: &str) -> StoreError {
    StoreError::Taken(format!(
        "Another Sundown serves {place}, or is just changing its schema or restoring into it. Stop it, or wait until it is done, then start this again."
    ))
}

fn try_file(database: &Path) -> Result<Option<Turn>> {
    let path = beside(database);
    let failed = |why: std::io::Error| {
        StoreError::File(format!("{} can't be locked: {why}", path.display()))
    };
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Turn::File(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(why)) => Err(failed(why)),
    }
}

/// The lock's file, the same one through whichever link the database is named.
fn beside(database: &Path) -> PathBuf {
    let folder = database.parent().filter(|it| !it.as_os_str().is_empty());
    let real = database.canonicalize().or_else(|_| {
        let folder = folder.unwrap_or(Path::new(".")).canonicalize()?;
        Ok::<_, std::io::Error>(folder.join(database.file_name().unwrap_or_default()))
    });
    let mut name = real
        .unwrap_or_else(|_| database.to_owned())
        .into_os_string();
    name.push(".lock");
    name.into()
}

async fn try_session(pool: &sqlx::PgPool) -> Result<Option<Turn>> {
    // Of its own: a connection that goes back to the pool would keep the lock.
    let mut session = pool.acquire().await?.detach();
    let (is_ours,): (bool,) = sqlx::query_as("select pg_try_advisory_lock($1)")
        .bind(NUMBER)
        .fetch_one(&mut session)
        .await?;
    if is_ours {
        return Ok(Some(Turn::Session(session)));
    }
    session.close().await?;
    Ok(None)
}
