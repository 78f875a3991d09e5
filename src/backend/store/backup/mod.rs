//! Backups: one SQLite file with everything, from either engine, made while others write.
//!
//! A backup has Sundown's application id in its header and a table `backup_facts` that says when it
//! was made, from what, and how many rows each table has. It is written under another name, checked,
//! brought safely to the disk, and only then gets its own.
//!
//! Invariant: under its own name a backup is whole. It holds no key: what is sealed stays sealed.

mod check;
mod copy;
mod restore;
mod tables;

pub use check::Contents;
pub use restore::{Restored, Target, restore};

use super::{
    Store,
    error::{Result, StoreError},
    migrations,
};
use crate::domain::time::Instant;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    fs::{self, File, OpenOptions},
    path::{Path, PathBuf},
};

/// “Sund”: tells a backup from any other SQLite file.
const APPLICATION_ID: i32 = 0x5375_6e64;
/// How many automatic backups are kept.
const KEPT: usize = 5;

/// How far a backup or a restore is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'a> {
    /// So many rows of a table are through.
    Rows(&'a str, u64),
    /// All is there and is being checked.
    Checking,
}

/// Writes a backup to a file that doesn't exist yet.
///
/// # Errors
/// When the file exists, when it can't be written, when the backup doesn't pass its check.
pub async fn write(
    store: &Store,
    to: &Path,
    now: Instant,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Contents> {
    let applied = migrations::applied(store).await?;
    migrations::refuse_newer(&applied)?;
    if applied.is_empty() {
        return Err(StoreError::File(
            "There is nothing to back up: this database has never been opened by Sundown. Is SUNDOWN_DATABASE_URL the right one?".to_owned(),
        ));
    }
    refuse_existing(to)?;
    let guard = Guard::take(to)?;
    let draft = guard.draft();
    let contents = fill(store, &draft, &applied, now, watch).await?;
    refuse_existing(to)?;
    publish(&draft, to)?;
    Ok(contents)
}

fn refuse_existing(to: &Path) -> Result<()> {
    if to.exists() {
        return Err(StoreError::File(format!(
            "{} exists already, and a backup never overwrites anything. Give another name, or move it away.",
            to.display()
        )));
    }
    Ok(())
}

/// Writes the backup that precedes a change of the schema, and keeps the last few of them.
pub async fn before_migration(
    store: &Store,
    folder: Option<PathBuf>,
    applied: &[i64],
    now: Instant,
) -> Result<PathBuf> {
    let (folder, name) = place_of(store, folder);
    fs::create_dir_all(&folder).map_err(|why| {
        StoreError::File(format!(
            "The schema is to change, and the backup before that has no place: {} can't be made: {why}. Set SUNDOWN_BACKUP_DIR to a folder that can be written.",
            folder.display()
        ))
    })?;
    let prefix = format!("{name}.schema-");
    let schema = applied.last().copied().unwrap_or_default();
    let file = folder.join(format!(
        "{prefix}{schema:04}.{}.backup",
        now.format("%Y%m%dT%H%M%S%3fZ")
    ));
    let guard = Guard::take(&file)?;
    let draft = guard.draft();
    fill(store, &draft, applied, now, &mut |_| ()).await?;
    publish(&draft, &file)?;
    drop(guard);
    keep_last(&folder, &prefix)?;
    Ok(file)
}

/// Where automatic backups go, and what their names begin with.
fn place_of(store: &Store, folder: Option<PathBuf>) -> (PathBuf, String) {
    let file = store.file();
    let name = match (&file, store) {
        (Some(file), _) => file
            .file_name()
            .map(|it| it.to_string_lossy().into_owned())
            .unwrap_or_default(),
        (None, Store::Postgres(pool)) => pool
            .connect_options()
            .get_database()
            .unwrap_or("postgres")
            .to_owned(),
        (None, Store::Sqlite { .. }) => String::new(),
    };
    let beside = file
        .as_deref()
        .and_then(Path::parent)
        .filter(|it| !it.as_os_str().is_empty())
        .map(Path::to_owned);
    let folder = folder.or(beside).unwrap_or_else(|| match store {
        Store::Sqlite { .. } => PathBuf::from("."),
        Store::Postgres(_) => PathBuf::from("backups"),
    });
    (folder, name)
}

/// Removes all but the newest, and what a killed process has left; the caller has the turn, so no
/// other one is at work here.
fn keep_last(folder: &Path, prefix: &str) -> Result<()> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(folder).map_err(file_error(folder))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((_, when)) = name
            .strip_prefix(prefix)
            .and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        if when.ends_with(".backup") {
            kept.push((when.to_owned(), entry.path()));
        } else if when.contains(".backup.partial") {
            // Another start tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
    kept.sort();
    let surplus = kept.len().saturating_sub(KEPT);
    for (_, path) in kept.into_iter().take(surplus) {
        fs::remove_file(&path).map_err(file_error(&path))?;
    }
    Ok(())
}

/// Whether anything would be lost: a row in any table but those that a migration has filled.
pub async fn has_content(store: &Store) -> Result<bool> {
    Ok(!restore::what_is_there(store).await?.is_empty())
}

/// Keeps two processes from writing one file under the same name, and says where the draft is.
struct Guard {
    target: PathBuf,
    _lock: File,
}

impl Guard {
    fn take(target: &Path) -> Result<Self> {
        let path = ending(target, "partial.lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|why| {
                StoreError::File(format!("{} can't be written: {why}", target.display()))
            })?;
        lock.try_lock().map_err(|_| {
            StoreError::File(format!(
                "Another process is just writing {}. Wait for it, or give another name.",
                target.display()
            ))
        })?;
        let guard = Self {
            target: target.to_owned(),
            _lock: lock,
        };
        remove_all_of(&guard.draft())?;
        Ok(guard)
    }

    fn draft(&self) -> PathBuf {
        ending(&self.target, "partial")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // What can't be removed now is taken over by the next one.
        let _ = remove_all_of(&self.draft());
        let _ = fs::remove_file(ending(&self.target, "partial.lock"));
    }
}

fn ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Removes an SQLite file with its logs, if there is one.
fn remove_all_of(path: &Path) -> Result<()> {
    for tail in ["", "-journal", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(tail);
        let file = PathBuf::from(name);
        match fs::remove_file(&file) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
                return Err(file_error(&file)(why));
            }
            _ => {}
        }
    }
    Ok(())
}

async fn fill(
    store: &Store,
    draft: &Path,
    applied: &[i64],
    now: Instant,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Contents> {
    match store {
        Store::Sqlite { read, .. } => {
            let options = read.connect_options();
            let mut source = (*options)
                .clone()
                .pragma("query_only", "off")
                .connect()
                .await?;
            let name = draft.to_str().ok_or_else(|| {
                StoreError::File(format!("{} isn't a name in plain letters", draft.display()))
            })?;
            sqlx::query("vacuum into $1")
                .bind(name)
                .execute(&mut source)
                .await?;
            source.close().await?;
        }
        Store::Postgres(_) => {
            let mut file = open(draft, Missing::Make).await?;
            migrations::make_sqlite(&mut file, applied).await?;
            let mut tx = store.read().await?;
            copy::out_of_postgres(&mut tx, &mut file, watch).await?;
            drop(tx);
            file.close().await?;
        }
    }
    watch(Progress::Checking);
    let mut file = open(draft, Missing::Refuse).await?;
    check::label(&mut file, store.engine_name(), now).await?;
    let contents = check::inspect(&mut file, draft).await?;
    file.close().await?;
    Ok(contents)
}

/// What to do where there is no file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Make,
    Refuse,
}

/// Opens an SQLite file that nobody else uses: without a log beside it, and without waiting for the
/// disk, which is asked once at the end.
async fn open(path: &Path, missing: Missing) -> Result<SqliteConnection> {
    Ok(SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(missing == Missing::Make)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(false)
        .pragma("temp_store", "memory")
        .connect()
        .await?)
}

/// Brings a file safely to the disk, then gives it its name.
fn publish(draft: &Path, to: &Path) -> Result<()> {
    let sync = |path: &Path| File::open(path).and_then(|it| it.sync_all());
    sync(draft).map_err(file_error(draft))?;
    fs::rename(draft, to).map_err(file_error(to))?;
    // Windows knows no folders that could be brought to the disk.
    if cfg!(unix) {
        let folder = to.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        sync(folder).map_err(file_error(folder))?;
    }
    Ok(())
}

fn file_error(path: &Path) -> impl Fn(std::io::Error) -> StoreError + use<> {
    let path = path.display().to_string();
    move |why| StoreError::File(format!("{path}: {why}"))
}

/// How many rows a table of an SQLite file has.
async fn count(file: &mut SqliteConnection, table: &str) -> Result<i64> {
    let sql = format!("select count(*) from \"{table}\"");
    let (count,): (i64,) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(file).await?;
    Ok(count)
}
