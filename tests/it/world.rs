//! A server's inside with an empty store, for one test.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};
use sundown::{
    backend::{clock::Clock, ctx::Ctx, store::Store},
    domain::time::{Instant, from_ms},
};
use tempfile::TempDir;

/// Runs each sentence on every engine that there is: `engines! { async fn name(world: World) {} }`.
macro_rules! engines {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn tell($world: &$crate::world::World) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let world = $crate::world::World::on_sqlite().await;
                tell(&world).await;
                world.end().await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(world) = $crate::world::World::on_postgres().await {
                    tell(&world).await;
                    world.end().await;
                }
            }
        }
    )*};
}

/// A server's inside with an empty store and a clock that stands still.
pub struct World {
    /// What use cases are handed.
    pub ctx: Ctx,
    /// A folder for the test's files; gone with the world.
    folder: TempDir,
    /// The server to drop the database on, and its name.
    database: Option<(String, String)>,
}

impl World {
    /// When it is, unless a test moves the clock: Wednesday the 1st of July 2026, noon.
    pub fn noon() -> Instant {
        from_ms(1_782_907_200_000)
    }

    /// A world in an SQLite file of its own.
    pub async fn on_sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let file = folder.path().join("sundown.db");
        let url = format!("sqlite://{}", file.display());
        Self::over(&url, folder, None).await
    }

    /// A world in a PostgreSQL database of its own, where there is a server for tests.
    pub async fn on_postgres() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        #[expect(
            clippy::disallowed_methods,
            reason = "tests have no configuration but this"
        )]
        let server = std::env::var("SUNDOWN_TEST_POSTGRES").ok()?;
        let name = format!(
            "sundown_test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        run_on(
            &server,
            &format!("drop database if exists {name} with (force)"),
        )
        .await;
        run_on(&server, &format!("create database {name}")).await;
        let (address, settings) = match server.split_once('?') {
            Some((address, settings)) => (address, format!("?{settings}")),
            None => (server.as_str(), String::new()),
        };
        let (place, _) = address.rsplit_once('/').expect("a database in the URL");
        let url = format!("{place}/{name}{settings}");
        let folder = TempDir::new().expect("a temporary folder");
        Some(Self::over(&url, folder, Some((server, name))).await)
    }

    async fn over(url: &str, folder: TempDir, database: Option<(String, String)>) -> Self {
        let ctx = Ctx::open(url, Clock::fixed(Self::noon()))
            .await
            .expect("an empty store");
        Self {
            ctx,
            folder,
            database,
        }
    }

    /// A name for a file of this test.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Asks the store something whose every row is one text, such as a concatenation.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.ctx.store {
            Store::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_all(read).await,
            Store::Postgres(pool) => sqlx::query_scalar(sql).fetch_all(pool).await,
        }
        .unwrap_or_else(|why| panic!("a query of one text column: {why}"))
    }

    /// Asks the store for one number.
    pub async fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.ctx.store {
            Store::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await,
            Store::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await,
        }
        .unwrap_or_else(|why| panic!("a query of one number: {why}"))
    }

    /// Leaves nothing behind. A test that fails leaves its PostgreSQL database to look at.
    pub async fn end(self) {
        self.ctx.store.close().await;
        if let Some((server, name)) = &self.database {
            run_on(server, &format!("drop database {name} with (force)")).await;
        }
    }
}

async fn run_on(server: &str, sql: &str) {
    let mut connection = PgConnection::connect(server)
        .await
        .expect("the server that SUNDOWN_TEST_POSTGRES names");
    sqlx::query(AssertSqlSafe(sql.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap_or_else(|why| panic!("{sql}: {why}"));
    // Whatever it says, the connection ends here.
    let _ = connection.close().await;
}
