//! Brings the schema up to date: forward only, each migration in a transaction of its own, after a
//! backup where there is something to lose.
//!
//! The texts are compiled in, so that the executable needs no file beside it.

use super::{
    Store, backup,
    error::{Result, StoreError},
    turn::Turn,
};
use crate::domain::time::Instant;
use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::SqliteConnection,
};
use std::path::PathBuf;

macro_rules! migrations {
    ($engine:literal) => {
        migrations!($engine, [
            "0001_brands", "0002_customers", "0003_cases", "0004_posts", "0005_events",
            "0006_promises", "0007_imports", "0008_people", "0009_audit", "0010_secrets",
            "0011_erasures", "0012_rules", "0013_tokens", "0014_triage", "0015_work",
            "0016_replies", "0017_intake", "0019_casework",
        ])
    };
    ($engine:literal, [$($name:literal),* $(,)?]) => {
        &[$(($name, include_str!(concat!("../../../migrations/", $engine, "/", $name, ".sql")))),*]
    };
}

const SQLITE: &[(&str, &str)] = migrations!("sqlite");
const POSTGRES: &[(&str, &str)] = migrations!("postgres");

/// Runs what hasn't run yet; returns the backup that was made before.
///
/// # Errors
/// When the schema is newer than this program, when the backup fails, when another process serves
/// the SQLite file that is to be changed.
pub async fn run(store: &Store, backups: Option<PathBuf>, now: Instant) -> Result<Option<PathBuf>> {
    let applied = applied(store).await?;
    refuse_newer(&applied)?;
    if pending(&applied) == 0 {
        // Nothing runs; what has run is compared with what it should have been.
        migrate(store).await?;
        return Ok(None);
    }
    let turn = Turn::take(store).await?;
    let outcome = run_in_turn(store, backups, now).await;
    turn.end().await?;
    outcome
}

async fn run_in_turn(
    store: &Store,
    backups: Option<PathBuf>,
    now: Instant,
) -> Result<Option<PathBuf>> {
    // Somebody else may have had the turn before.
    let applied = applied(store).await?;
    refuse_newer(&applied)?;
    if pending(&applied) == 0 {
        return Ok(None);
    }
    let mut backup = None;
    if !applied.is_empty() && backup::has_content(store).await? {
        let file = backup::before_migration(store, backups, &applied, now).await?;
        tracing::info!(
            file = %file.display(),
            "Backed the database up to {} before its schema changes",
            file.display()
        );
        backup = Some(file);
    }
    migrate(store).await?;
    Ok(backup)
}

/// How many migrations there are that haven't run.
fn pending(applied: &[i64]) -> usize {
    SQLITE
        .iter()
        .filter(|(name, _)| !applied.contains(&number(name)))
        .count()
}

async fn migrate(store: &Store) -> Result<()> {
    match store {
        Store::Sqlite { write, .. } => migrator(SQLITE, |_| true).run(write).await,
        Store::Postgres(pool) => migrator(POSTGRES, |_| true).run(pool).await,
    }
    .map_err(failed)
}

/// Makes the schema in an SQLite file: only those migrations that are named.
pub async fn make_sqlite(file: &mut SqliteConnection, versions: &[i64]) -> Result<()> {
    migrator(SQLITE, |it| versions.contains(&it))
        .run_direct(None, file, false)
        .await
        .map_err(failed)
}

/// Brings an SQLite file up to date.
pub async fn bring_forward(file: &mut SqliteConnection) -> Result<()> {
    migrator(SQLITE, |_| true)
        .run_direct(None, file, false)
        .await
        .map_err(failed)
}

/// Every migration this program knows.
pub fn all() -> Vec<i64> {
    SQLITE.iter().map(|(name, _)| number(name)).collect()
}

/// Refuses what a newer program has written.
pub fn refuse_newer(applied: &[i64]) -> Result<()> {
    let known = all();
    match applied.iter().find(|it| !known.contains(it)) {
        Some(version) => Err(newer(*version)),
        None => Ok(()),
    }
}

fn newer(version: i64) -> StoreError {
    StoreError::Migration(format!(
        "this database was written by a newer Sundown: its schema has step {version}, and this one, {}, knows steps up to {}. Start the newer version, or restore a backup that was made before the upgrade.",
        env!("CARGO_PKG_VERSION"),
        all().last().copied().unwrap_or_default()
    ))
}

fn failed(why: sqlx::migrate::MigrateError) -> StoreError {
    match why {
        sqlx::migrate::MigrateError::VersionMissing(version) => newer(version),
        other => StoreError::Migration(format!(
            "the database's schema couldn't be brought up to date: {other}"
        )),
    }
}

/// What has run so far, in order.
pub async fn applied(store: &Store) -> Result<Vec<i64>> {
    const APPLIED: &str = "select version from _sqlx_migrations where success order by version";
    match store {
        Store::Sqlite { read, .. } => {
            let (count,): (i64,) = sqlx::query_as(
                "select count(*) from sqlite_master where name = '_sqlx_migrations'",
            )
            .fetch_one(read)
            .await?;
            if count == 0 {
                return Ok(Vec::new());
            }
            Ok(sqlx::query_scalar(APPLIED).fetch_all(read).await?)
        }
        Store::Postgres(pool) => {
            let (is_there,): (bool,) =
                sqlx::query_as("select to_regclass('_sqlx_migrations') is not null")
                    .fetch_one(pool)
                    .await?;
            if !is_there {
                return Ok(Vec::new());
            }
            Ok(sqlx::query_scalar(APPLIED).fetch_all(pool).await?)
        }
    }
}

fn number(name: &str) -> i64 {
    name.split_once('_')
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or_default()
}

fn migrator(
    files: &'static [(&'static str, &'static str)],
    wanted: impl Fn(i64) -> bool,
) -> Migrator {
    Migrator::with_migrations(
        files
            .iter()
            .filter(|(name, _)| wanted(number(name)))
            .map(|&(name, text)| {
                let words = name.split_once('_').map_or("", |(_, words)| words);
                Migration::new(
                    number(name),
                    words.into(),
                    MigrationType::Simple,
                    SqlStr::from_static(text),
                    false,
                )
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_have_the_same_migrations() {
        for ((name, sqlite), (other, postgres)) in SQLITE.iter().zip(POSTGRES) {
            assert_eq!(name, other);
            assert_eq!(
                sqlite.replace("integer primary key", "bigint primary key"),
                **postgres,
                "{name} differs by more than its key"
            );
        }
    }

    #[test]
    fn every_migration_in_the_folder_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite");
        let files = std::fs::read_dir(folder).expect("the migrations' folder");
        assert_eq!(files.count(), SQLITE.len());
    }

    #[test]
    fn a_newer_schema_is_refused_by_its_number() {
        let why = refuse_newer(&[1, 2, 9999]).expect_err("it is newer");
        assert!(why.to_string().contains("9999"), "{why}");
        assert!(refuse_newer(&all()).is_ok());
    }
}
