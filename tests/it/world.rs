//! A server's inside with an empty store, for one test.

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};
use sundown::{
    backend::{
        clock::Clock,
        ctx::{Ctx, Place},
        services::keys::KeySource,
        store::Store,
        vault::Key,
    },
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
    /// Where it is kept.
    pub place: Place,
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
        Site::on_sqlite().open().await
    }

    /// A world in a PostgreSQL database of its own, where there is a server for tests.
    pub async fn on_postgres() -> Option<Self> {
        Some(Site::on_postgres().await?.open().await)
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

    /// Changes the store behind the program's back.
    pub async fn change(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.ctx.store {
            Store::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(drop),
            Store::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(drop),
        }
        .unwrap_or_else(|why| panic!("a statement of a test: {why}"));
    }

    /// A place of the same engine in which there is nothing yet.
    pub async fn site(&self) -> Site {
        match &self.database {
            None => Site::on_sqlite(),
            Some(_) => Site::on_postgres().await.expect("a server for tests"),
        }
    }

    /// All tables of the trade with their columns.
    pub async fn tables(&self) -> Vec<(String, Vec<String>)> {
        let columns = match &self.ctx.store {
            Store::Sqlite { .. } => {
                "select t.name || '.' || c.name from sqlite_master t join pragma_table_info(t.name) c
                 where t.type = 'table' and t.name not like 'sqlite%' and t.name <> '_sqlx_migrations'
                 order by t.name, c.cid"
            }
            Store::Postgres(_) => {
                "select table_name || '.' || column_name from information_schema.columns
                 where table_schema = 'public' and table_name <> '_sqlx_migrations'
                 order by table_name, ordinal_position"
            }
        };
        let mut tables: Vec<(String, Vec<String>)> = Vec::new();
        for name in self.texts(columns).await {
            let (table, column) = name.split_once('.').expect("two names");
            match tables.last_mut() {
                Some((last, columns)) if last == table => columns.push(column.to_owned()),
                _ => tables.push((table.to_owned(), vec![column.to_owned()])),
            }
        }
        tables
    }

    /// Every row of every table, as text. Which key seals is each place's own affair.
    pub async fn everything(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (table, columns) in self.tables().await {
            if table == "sealing_key" {
                continue;
            }
            let row: Vec<String> = columns
                .iter()
                .map(|it| format!("coalesce(cast({it} as text), 'null')"))
                .collect();
            let row = row.join(" || '|' || ");
            let sql = format!("select '{table}|' || {row} from {table}");
            all.extend(self.texts(&sql).await);
        }
        all.sort();
        all
    }

    /// Closes and opens it again, perhaps with other settings.
    pub async fn reopen(&mut self) -> Result<(), String> {
        self.ctx.store.close().await;
        let clock = self.ctx.clock.clone();
        self.ctx = Ctx::open_at(&self.place, clock)
            .await
            .map_err(|why| why.to_string())?;
        Ok(())
    }

    /// The place alone; the store should be closed.
    pub fn into_site(self) -> Site {
        Site {
            place: self.place,
            folder: self.folder,
            database: self.database,
        }
    }

    /// Takes everything out of the database; its folder stays.
    pub async fn wipe(self) -> Site {
        self.ctx.store.close().await;
        let site = self.into_site();
        if site.database.is_some() {
            site.run_sql("drop schema public cascade; create schema public")
                .await;
        } else {
            std::fs::remove_file(site.path("sundown.db")).expect("the database");
        }
        site
    }

    /// Leaves nothing behind. A test that fails leaves its PostgreSQL database to look at.
    pub async fn end(self) {
        self.ctx.store.close().await;
        if let Some((server, name)) = &self.database {
            run_on(server, &format!("drop database {name} with (force)")).await;
        }
    }
}

/// A place for a store, before there is one.
pub struct Site {
    /// Where it is kept.
    pub place: Place,
    folder: TempDir,
    database: Option<(String, String)>,
}

impl Site {
    /// An SQLite file that isn't there yet.
    pub fn on_sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let file = folder.path().join("sundown.db");
        Self {
            place: Place::of(&format!("sqlite://{}", file.display())),
            folder,
            database: None,
        }
    }

    /// An empty PostgreSQL database, where there is a server for tests.
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
        let folder = TempDir::new().expect("a temporary folder");
        let mut place = Place::of(&format!("{place}/{name}{settings}"));
        place.backups = Some(folder.path().join("backups"));
        place.key = KeySource::Given(Key::random().to_text());
        Some(Self {
            place,
            folder,
            database: Some((server, name)),
        })
    }

    /// One on every engine that there is.
    pub async fn on_each() -> Vec<Self> {
        let mut sites = vec![Self::on_sqlite()];
        sites.extend(Self::on_postgres().await);
        sites
    }

    /// A name for a file of this test.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the program calls it.
    pub fn url(&self) -> &str {
        self.place.database_url.expose()
    }

    /// Runs statements, on a connection of their own; makes an SQLite file where there is none.
    pub async fn run_sql(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        if self.database.is_some() {
            let mut to = PgConnection::connect(self.url())
                .await
                .expect("the database");
            sqlx::raw_sql(sql).execute(&mut to).await.map(drop)
        } else {
            let url = format!("{}?mode=rwc", self.url());
            let mut to = sqlx::SqliteConnection::connect(&url)
                .await
                .expect("the file");
            let done = sqlx::raw_sql(sql).execute(&mut to).await.map(drop);
            to.close().await.expect("closed");
            done
        }
        .unwrap_or_else(|why| panic!("statements of a test: {why}"));
    }

    /// Makes the schema as it was after a migration.
    pub async fn make_schema_of(&self, version: i64) {
        let engine = if self.database.is_some() {
            "postgres"
        } else {
            "sqlite"
        };
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(engine);
        let known = sqlx::migrate::Migrator::new(folder)
            .await
            .expect("the migrations");
        let until = known
            .iter()
            .filter(|it| it.version <= version)
            .cloned()
            .collect();
        let migrator = sqlx::migrate::Migrator::with_migrations(until);
        if self.database.is_some() {
            let mut to = PgConnection::connect(self.url())
                .await
                .expect("the database");
            migrator.run_direct(None, &mut to, false).await
        } else {
            let url = format!("{}?mode=rwc", self.url());
            let mut to = sqlx::SqliteConnection::connect(&url)
                .await
                .expect("the file");
            let done = migrator.run_direct(None, &mut to, false).await;
            to.close().await.expect("closed");
            done
        }
        .expect("the schema");
    }

    /// Puts so many events into the log, of one brand.
    pub async fn fill_by_hand(&self, events: i64) {
        self.run_sql(&format!(
            "insert into brands (id, key, name, zone, created_at) values (1, 'acme', 'Acme', 'UTC', 0);
             insert into events (number, brand_id, case_id, at, recorded_at, actor, kind, body)
             with recursive n (i) as (select 1 union all select i + 1 from n where i < {events})
             select i, 1, 7, 0, 0, 'customer', 'posted', '{{\"event\":\"posted\"}}' from n;
             update log_head set last = {events}"
        ))
        .await;
    }

    /// Opens it as it is, or makes it.
    pub async fn open(self) -> World {
        self.open_at(Clock::fixed(World::noon())).await
    }

    /// Opens it at another time.
    pub async fn open_at(self, clock: Clock) -> World {
        let ctx = Ctx::open_at(&self.place, clock).await.expect("a store");
        World {
            ctx,
            place: self.place,
            folder: self.folder,
            database: self.database,
        }
    }

    /// Leaves nothing behind.
    pub async fn end(self) {
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
