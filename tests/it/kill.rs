//! Killed at any moment, whatever cares for the data leaves it whole, and another start works.
//!
//! Each test measures one run, then kills a dozen others at moments spread over that time; more with
//! `SUNDOWN_TEST_KILLS`.

use crate::world::{Site, World};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};
use sundown::backend::{
    clock::Clock,
    ctx::Ctx,
    services::{self, keys::KeySource},
    store::secrets::CANARY,
    vault::{Key, KeyFile},
};

/// Events in a database: enough that every step takes its time.
const EVENTS: i64 = 8_000;
/// Secrets that a rotation seals anew.
const SECRETS: i64 = 200;

/// How often to kill, where somebody said it.
pub fn asked() -> Option<u32> {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
    let said = std::env::var("SUNDOWN_TEST_KILLS");
    said.ok()?.parse().ok()
}

fn rounds() -> u32 {
    asked().unwrap_or(12)
}

/// The program over a site, with its settings.
pub fn command(site: &Site, args: &[&str]) -> Command {
    command_of(Path::new(env!("CARGO_BIN_EXE_sundown")), site, args)
}

/// The same of an executable that lies elsewhere.
pub fn command_of(program: &Path, site: &Site, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(args)
        .env("SUNDOWN_DATABASE_URL", site.url())
        .env_remove("SUNDOWN_BACKUP_DIR")
        .env_remove("SUNDOWN_SECRET_KEY")
        .env_remove("SUNDOWN_SECRET_KEY_FILE");
    if let Some(folder) = &site.place.backups {
        command.env("SUNDOWN_BACKUP_DIR", folder);
    }
    match &site.place.key {
        KeySource::Given(key) => command.env("SUNDOWN_SECRET_KEY", key.expose()),
        KeySource::File(file) => command.env("SUNDOWN_SECRET_KEY_FILE", &file.0),
        KeySource::Unsaid => &mut command,
    };
    command
}

fn run(site: &Site, args: &[&str]) -> Output {
    command(site, args).output().expect("the program")
}

fn succeed(site: &Site, args: &[&str]) -> Duration {
    let begin = Instant::now();
    let output = run(site, args);
    assert!(output.status.success(), "{args:?}: {}", said(&output));
    begin.elapsed()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Kills a run after a while; tells whether it was still running.
fn kill(site: &Site, args: &[&str], after: Duration) -> bool {
    let mut child = command(site, args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    thread::sleep(after);
    let was_running = child.try_wait().expect("a child").is_none();
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    was_running
}

/// The moments at which to kill something that takes so long.
fn moments(length: Duration) -> impl Iterator<Item = Duration> {
    let rounds = rounds();
    (0..rounds).map(move |it| length * (2 * it + 1) / (2 * rounds))
}

/// On a busy machine the measured run may have been slow; but when nothing was ever cut, nothing was
/// tried.
fn assert_cut(cut: u32) {
    assert!(cut > rounds() / 4, "only {cut} were cut");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("plain letters")
}

/// Nothing is missing, and the log has no gaps.
async fn assert_whole(world: &World) {
    assert_eq!(world.number("select count(*) from events").await, EVENTS);
    assert_eq!(world.number("select last from log_head").await, EVENTS);
    assert_eq!(world.number("select count(*) from brands").await, 1);
}

/// A backup that has its name is whole.
async fn assert_comes_back(file: &Path) {
    let site = Site::on_sqlite();
    let restored = services::backup::restore(&site.place, &Clock::System, file, &mut |_| ())
        .await
        .unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    assert_eq!(restored.contents.events, EVENTS);
}

fn backups(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|it| it.path())
        .filter(|it| it.extension().is_some_and(|it| it == "backup"))
        .collect()
}

async fn old(mut site: Site) -> Site {
    site.place.backups = Some(site.path("kept"));
    site.make_schema_of(7).await;
    site.fill_by_hand(EVENTS).await;
    site
}

async fn filled(site: Site) -> Site {
    let site = old(site).await;
    succeed(&site, &["migrate"]);
    site
}

async fn migrations_survive(site: Site) {
    let mut site = old(site).await;
    let length = succeed(&site, &["migrate"]);
    let mut cut = 0;
    for moment in moments(length) {
        site = old(site.open().await.wipe().await).await;
        let folder = site.path("kept");
        fs::remove_dir_all(&folder).expect("the backups of the round before");
        cut += u32::from(kill(&site, &["migrate"], moment));
        for file in backups(&folder) {
            assert_comes_back(&file).await;
        }
        succeed(&site, &["migrate"]);
        assert!(!backups(&folder).is_empty(), "no backup was made before");
        let world = site.open().await;
        assert_whole(&world).await;
        site = world.into_site();
    }
    assert_cut(cut);
    site.end().await;
}

async fn backups_survive(site: Site) {
    let site = filled(site).await;
    let folder = site.path("files");
    fs::create_dir(&folder).expect("a folder");
    let file = folder.join("whole.sundown");
    let length = succeed(&site, &["backup", text(&file)]);
    let mut cut = 0;
    for moment in moments(length) {
        fs::remove_file(&file).expect("the backup of the round before");
        cut += u32::from(kill(&site, &["backup", text(&file)], moment));
        if file.exists() {
            assert_comes_back(&file).await;
            continue;
        }
        succeed(&site, &["backup", text(&file)]);
        assert_comes_back(&file).await;
        let left: Vec<_> = fs::read_dir(&folder)
            .expect("the folder")
            .flatten()
            .collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
    assert_cut(cut);
    let world = site.open().await;
    assert_whole(&world).await;
    world.end().await;
}

async fn restores_survive(site: Site) {
    let source = filled(Site::on_sqlite()).await;
    let file = source.path("whole.sundown");
    succeed(&source, &["backup", text(&file)]);
    let mut site = site;
    site.place.key = KeySource::File(KeyFile(source.path("sundown.db.key")));
    let length = succeed(&site, &["restore", text(&file)]);
    let mut cut = 0;
    site = site.open().await.wipe().await;
    for moment in moments(length) {
        cut += u32::from(kill(&site, &["restore", text(&file)], moment));
        let again = run(&site, &["restore", text(&file)]);
        assert!(
            again.status.success() || said(&again).contains("never overwrites"),
            "{}",
            said(&again)
        );
        let world = site.open().await;
        assert_whole(&world).await;
        site = world.wipe().await;
    }
    assert_cut(cut);
    site.end().await;
}

async fn rotations_survive(mut site: Site) {
    let file = KeyFile(site.path("key"));
    file.keep(&Key::random()).expect("kept");
    site.place.key = KeySource::File(file);
    let world = site.open().await;
    let mut tx = world.ctx.store.write().await.expect("a change");
    let mut sealed = Vec::new();
    for row in 2..SECRETS + 2 {
        let secret = format!("secret {row}");
        let text = world
            .ctx
            .vault
            .seal(&mut tx, CANARY.at(row), secret.as_bytes())
            .await;
        sealed.push(format!("({row}, 'x', '{}', 0)", text.expect("sealed")));
    }
    tx.commit().await.expect("committed");
    world
        .change(&format!(
            "insert into sealing_key (id, key_id, canary_sealed, since) values {}",
            sealed.join(", ")
        ))
        .await;
    world.ctx.store.close().await;
    let site = world.into_site();
    succeed(&site, &["key", "rotate"]);
    let length = succeed(&site, &["key", "rotate"]);
    let mut cut = 0;
    for moment in moments(length) {
        cut += u32::from(kill(&site, &["key", "rotate"], moment));
        let ctx = Ctx::open_at(&site.place, Clock::System)
            .await
            .unwrap_or_else(|why| panic!("neither the old key nor the new one: {why}"));
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let found = sundown::backend::store::secrets::list(&mut tx, CANARY).await;
        for (row, text) in found.expect("secrets").into_iter().skip(1) {
            let plain = ctx.vault.open(CANARY.at(row), &text).expect("it opens");
            assert_eq!(plain.expose(), format!("secret {row}").as_bytes());
        }
        drop(tx);
        ctx.store.close().await;
    }
    assert_cut(cut);
    succeed(&site, &["key", "rotate"]);
    site.end().await;
}

macro_rules! survives {
    ($($name:ident),*) => {$(
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name(Site::on_sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(site) = Site::on_postgres().await {
                    super::$name(site).await;
                }
            }
        }
    )*};
}

survives!(
    migrations_survive,
    backups_survive,
    restores_survive,
    rotations_survive
);
