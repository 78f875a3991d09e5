//! Brings a backup back, into an empty place only.
//!
//! The backup is copied, checked and brought forward under another name; then the copy becomes the
//! SQLite database by being renamed, or its rows go to PostgreSQL in one transaction. Killed at any
//! moment, the place is empty or whole, and another start works.

use super::{
    super::{
        Store,
        error::{Result, StoreError},
        migrations,
        turn::Turn,
    },
    Contents, Guard, Missing, Progress, check, copy, count, ending, open, publish, remove_all_of,
    tables,
};
use crate::domain::{reply::HELD_BY_BACKUP, time::Instant};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where a backup goes.
#[derive(Clone)]
pub enum Target {
    /// An SQLite file that isn't there yet.
    File(PathBuf),
    /// A PostgreSQL database without content, and a folder for what is needed on the way.
    Server(Store, PathBuf),
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What the backup held.
    pub contents: Contents,
    /// The schema's last step now.
    pub schema: i64,
}

/// Restores a backup.
///
/// # Errors
/// When the place isn't empty, when the file isn't a backup, isn't whole or is newer than this
/// program.
pub async fn restore(
    from: &Path,
    place: &Target,
    now: Instant,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Restored> {
    check::refuse_strangers(from)?;
    match place {
        Target::File(target) => {
            if let Some(folder) = target.parent().filter(|it| !it.as_os_str().is_empty()) {
                fs::create_dir_all(folder).map_err(super::file_error(folder))?;
            }
            let turn = Turn::take_file(target)?;
            refuse_full_file(target)?;
            let draft = ending(target, "restoring");
            remove_all_of(&draft)?;
            let restored = match prepare(from, &draft, watch).await {
                Ok(restored) => restored,
                Err(why) => {
                    remove_all_of(&draft)?;
                    return Err(why);
                }
            };
            publish(&draft, target)?;
            turn.end().await?;
            Ok(restored)
        }
        Target::Server(store, folder) => {
            refuse_full_server(store).await?;
            migrations::run(store, Some(folder.clone()), now).await?;
            let turn = Turn::take(store).await?;
            let restored = into_server(from, store, folder, watch).await;
            turn.end().await?;
            restored
        }
    }
}

async fn into_server(
    from: &Path,
    store: &Store,
    folder: &Path,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Restored> {
    fs::create_dir_all(folder).map_err(super::file_error(folder))?;
    let name = from.file_name().unwrap_or(from.as_os_str());
    let guard = Guard::take(&folder.join(name))?;
    let draft = guard.draft();
    let restored = prepare(from, &draft, watch).await?;
    fill_server(store, &draft, watch).await?;
    Ok(restored)
}

fn refuse_full_file(target: &Path) -> Result<()> {
    for tail in ["", "-wal"] {
        let mut name = target.as_os_str().to_owned();
        name.push(tail);
        let path = PathBuf::from(name);
        if fs::metadata(&path).is_ok_and(|it| it.len() > 0) {
            return Err(StoreError::File(format!(
                "{} is there already, and a restore never overwrites anything. Move it away together with its -wal, or give another place by SUNDOWN_DATABASE_URL.",
                path.display()
            )));
        }
    }
    Ok(())
}

async fn refuse_full_server(store: &Store) -> Result<()> {
    let found = what_is_there(store).await?;
    if found.is_empty() {
        return Ok(());
    }
    Err(StoreError::File(format!(
        "This database isn't empty: it holds {}. A restore never overwrites anything. Make a new database, or give another one by SUNDOWN_DATABASE_URL.",
        found.join(", ")
    )))
}

/// Copies a backup, checks the copy and brings it forward.
async fn prepare(
    from: &Path,
    draft: &Path,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Restored> {
    let (source, to) = (from.to_owned(), draft.to_owned());
    tokio::task::spawn_blocking(move || fs::copy(source, to))
        .await
        .map_err(|why| StoreError::File(why.to_string()))?
        .map_err(|why| {
            StoreError::File(format!(
                "{} can't be copied to {}: {why}",
                from.display(),
                draft.display()
            ))
        })?;
    watch(Progress::Checking);
    let mut file = open(draft, Missing::Refuse)
        .await
        .map_err(|why| check::broken(from, &why.to_string()))?;
    let contents = check::inspect(&mut file, from).await?;
    check::unlabel(&mut file).await?;
    migrations::bring_forward(&mut file).await?;
    // Whoever was signed in then may have been sent away since, links may have been used and tokens
    // revoked.
    for table in [
        "sessions",
        "links",
        "attempts",
        "api_token_brands",
        "api_tokens",
    ] {
        sqlx::query(AssertSqlSafe(format!("delete from {table}")))
            .execute(&mut file)
            .await?;
    }
    hold_replies(&mut file).await?;
    file.close().await?;
    Ok(Restored {
        contents,
        schema: migrations::all().last().copied().unwrap_or_default(),
    })
}

/// Holds back whatever waits to go out, as [`Reply::hold`](crate::domain::reply::Reply::hold) does:
/// a restored database must not say again in public what was said since the backup.
async fn hold_replies(file: &mut SqliteConnection) -> Result<()> {
    sqlx::query(
        "update replies
         set    state = 'held', run = null, look_at = null, why = $1
         where  state in ('queued', 'in_flight', 'unknown', 'rejected')",
    )
    .bind(HELD_BY_BACKUP)
    .execute(&mut *file)
    .await?;
    sqlx::query("delete from runs").execute(&mut *file).await?;
    Ok(())
}

async fn fill_server(
    store: &Store,
    draft: &Path,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<()> {
    let Store::Postgres(pool) = store else {
        return Ok(());
    };
    let mut file = open(draft, Missing::Refuse).await?;
    let mut tx = pool.begin().await?;
    // Nobody imports meanwhile: every writer of the log waits for this row.
    sqlx::query("lock table log_head in exclusive mode")
        .execute(&mut *tx)
        .await?;
    refuse_full_server(store).await?;
    copy::into_postgres(&mut file, &mut tx, watch).await?;
    tx.commit().await?;
    file.close().await?;
    Ok(())
}

/// What a database holds beside what migrations and the first start put there: rows of each table.
pub async fn what_is_there(store: &Store) -> Result<Vec<String>> {
    let applied = migrations::applied(store).await?;
    let mut fresh = SqliteConnection::connect("sqlite::memory:").await?;
    migrations::make_sqlite(&mut fresh, &applied).await?;
    let mut found = Vec::new();
    for table in tables::names(&mut fresh).await? {
        // The first start puts a key in force.
        if table == "sealing_key" {
            continue;
        }
        let expected = count(&mut fresh, &table).await?;
        let limit = expected + 1;
        let sql = format!("select count(*) from (select 1 from \"{table}\" limit {limit}) as few");
        let (rows,): (i64,) = match store {
            Store::Sqlite { read, .. } => sqlx::query_as(AssertSqlSafe(sql)).fetch_one(read).await,
            Store::Postgres(pool) => sqlx::query_as(AssertSqlSafe(sql)).fetch_one(pool).await,
        }?;
        if rows > expected {
            found.push(table);
        }
    }
    fresh.close().await?;
    Ok(found)
}
