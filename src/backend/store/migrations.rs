//! Brings the schema up to date: forward only, each migration in a transaction of its own.
//!
//! The texts are compiled in, so that the executable needs no file beside it.

use super::{
    Store,
    error::{Result, StoreError},
};
use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
};

macro_rules! migrations {
    ($engine:literal) => {
        migrations!($engine, [
            "0001_brands", "0002_customers", "0003_cases", "0004_posts", "0005_events",
            "0006_promises", "0007_imports", "0012_rules",
        ])
    };
    ($engine:literal, [$($name:literal),* $(,)?]) => {
        &[$(($name, include_str!(concat!("../../../migrations/", $engine, "/", $name, ".sql")))),*]
    };
}

const SQLITE: &[(&str, &str)] = migrations!("sqlite");
const POSTGRES: &[(&str, &str)] = migrations!("postgres");

/// Runs what hasn't run yet. A schema newer than this program is refused.
pub async fn run(store: &Store) -> Result<()> {
    let outcome = match store {
        Store::Sqlite { write, .. } => migrator(SQLITE).run(write).await,
        Store::Postgres(pool) => migrator(POSTGRES).run(pool).await,
    };
    outcome.map_err(|why| StoreError::Migration(match why {
        sqlx::migrate::MigrateError::VersionMissing(version) => format!(
            "this database was written by a newer Sundown (its schema has step {version}, which this one doesn't know). Start the newer version, or restore a backup made before the upgrade."
        ),
        other => format!("the database's schema couldn't be brought up to date: {other}"),
    }))
}

fn migrator(files: &'static [(&'static str, &'static str)]) -> Migrator {
    Migrator::with_migrations(
        files
            .iter()
            .map(|&(name, text)| {
                let (number, words) = name.split_once('_').unwrap_or((name, ""));
                Migration::new(
                    number.parse().unwrap_or_default(),
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
}
