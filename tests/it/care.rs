//! Care of the data: backups that come back, on either engine; secrets that open with one key only;
//! schemas that change by turns.

use crate::world::{Site, World};
use std::{fs, path::Path};
use sundown::{
    backend::{
        clock::Clock,
        ctx::{Ctx, Place},
        services::{
            self, demo,
            keys::{self, KeySource},
        },
        store::{
            backup::{Contents, Restored},
            secrets::{CANARY, SEALED},
        },
        vault::{Key, KeyFile, Secret},
    },
    domain::time::Instant,
};

async fn back_up(place: &Place, to: &Path) -> Result<Contents, String> {
    services::backup::back_up(place, &Clock::fixed(World::noon()), to, &mut |_| ())
        .await
        .map_err(|why| why.to_string())
}

async fn restore(place: &Place, from: &Path) -> Result<Restored, String> {
    services::backup::restore(place, &Clock::fixed(World::noon()), from, &mut |_| ())
        .await
        .map_err(|why| why.to_string())
}

fn assert_same(found: &[String], expected: &[String]) {
    let other = found.iter().zip(expected).find(|(a, b)| a != b);
    assert_eq!(other, None);
    assert_eq!(found.len(), expected.len());
}

/// The key that seals a world's secrets, for another one that gets them.
pub fn key_of(world: &World) -> KeySource {
    match &world.place.key {
        KeySource::Unsaid => KeySource::File(KeyFile(world.path("sundown.db.key"))),
        said => said.clone(),
    }
}

engines! {
    async fn a_backup_comes_back_row_for_row_on_either_engine(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let file = world.path("backup.sundown");
        let contents = back_up(&world.place, &file).await.expect("a backup");
        assert_eq!(contents.made_at, World::noon());
        assert!(contents.events > 1000);
        assert_eq!(contents.events, world.number("select last from log_head").await);
        let expected = world.everything().await;
        for mut site in Site::on_each().await {
            let restored = restore(&site.place, &file).await.expect("restored");
            assert_eq!(restored.contents, contents);
            site.place.key = key_of(world);
            let other = site.open().await;
            assert_same(&other.everything().await, &expected);
            // There is something now, so that a second one is refused.
            let why = restore(&other.place, &file).await.expect_err("it isn't empty");
            assert!(why.contains("never overwrites"), "{why}");
            assert_same(&other.everything().await, &expected);
            other.end().await;
        }
    }

    async fn nobody_is_signed_in_by_a_backup(world: World) {
        crate::people::founded(&world.ctx).await;
        assert_eq!(world.number("select count(*) from sessions").await, 1);
        let file = world.path("backup.sundown");
        back_up(&world.place, &file).await.expect("a backup");
        for mut site in Site::on_each().await {
            restore(&site.place, &file).await.expect("restored");
            site.place.key = key_of(world);
            let other = site.open().await;
            assert_eq!(other.number("select count(*) from people").await, 1);
            for table in ["sessions", "links", "attempts"] {
                let left = other.number(&format!("select count(*) from {table}")).await;
                assert_eq!(left, 0, "{table}");
            }
            other.end().await;
        }
    }

    async fn a_backup_is_one_moment_while_others_write(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let before = world.number("select last from log_head").await;
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let ctx = world.ctx.clone();
        let writer = tokio::spawn(async move {
            let mut written = 0;
            while !*stopping.borrow() {
                let mut tx = ctx.store.write().await.expect("a change");
                let last = sundown::backend::store::events::last(&mut tx).await.expect("a number");
                let ids = sundown::backend::store::events::changed_after(&mut tx, last - 1, last).await.expect("a case");
                let mut case = sundown::backend::store::cases::find(&mut tx, ids[0]).await.expect("a read").expect("a case");
                let told = [case.thank(ctx.clock.now())];
                sundown::backend::store::cases::save(&mut tx, &case, &told, ctx.clock.now()).await.expect("saved");
                tx.commit().await.expect("committed");
                written += 1;
            }
            written
        });
        for number in 0..3 {
            // The check inside looks for gaps in the log.
            let contents = back_up(&world.place, &world.path(&format!("{number}.sundown"))).await.expect("a backup");
            assert!(contents.events >= before);
        }
        stop.send_replace(true);
        let written: i64 = writer.await.expect("the writer");
        assert!(written > 0, "nobody wrote meanwhile");
        assert_eq!(world.number("select last from log_head").await, before + written);
    }

    async fn a_backup_never_overwrites_and_leaves_nothing_else_behind(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let folder = world.path("kept");
        fs::create_dir(&folder).expect("a folder");
        let file = folder.join("backup.sundown");
        back_up(&world.place, &file).await.expect("a backup");
        let bytes = fs::read(&file).expect("the backup");
        let why = back_up(&world.place, &file).await.expect_err("it exists");
        assert!(why.contains("never overwrites"), "{why}");
        assert_eq!(fs::read(&file).expect("the backup"), bytes);
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1);
    }

    async fn what_is_not_a_whole_backup_is_refused(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let good = world.path("good.sundown");
        back_up(&world.place, &good).await.expect("a backup");
        let bytes = fs::read(&good).expect("the backup");
        let bad = world.path("bad.sundown");
        for (what, content) in [
            ("a text", b"tweet_id,author_id".to_vec()),
            ("nothing", Vec::new()),
            ("half of it", bytes[..bytes.len() / 2].to_vec()),
            ("a hole", {
                let mut bytes = bytes.clone();
                let middle = bytes.len() / 2 / 4096 * 4096;
                bytes[middle..middle + 4096].fill(0);
                bytes
            }),
            ("no label", {
                let mut bytes = bytes.clone();
                bytes[68..72].fill(0);
                bytes
            }),
        ] {
            fs::write(&bad, content).expect("a file");
            let mut site = world.site().await;
            let why = restore(&site.place, &bad).await.expect_err(what);
            assert!(why.contains("bad.sundown"), "{what}: {why}");
            if what != "a hole" {
                site.end().await;
                continue;
            }
            // Nothing stands in the way of the good one.
            restore(&site.place, &good).await.unwrap_or_else(|why| panic!("after {what}: {why}"));
            site.place.key = key_of(world);
            let other = site.open().await;
            assert_eq!(
                other.number("select last from log_head").await,
                world.number("select last from log_head").await
            );
            other.end().await;
        }
    }

    async fn an_older_backup_is_brought_forward_and_a_newer_one_refused(world: World) {
        let old = world.site().await;
        old.make_schema_of(7).await;
        old.fill_by_hand(50).await;
        let file = world.path("old.sundown");
        let contents = back_up(&old.place, &file).await.expect("a backup of an old schema");
        assert_eq!(contents.schema, 7);
        old.end().await;
        for site in Site::on_each().await {
            let restored = restore(&site.place, &file).await.expect("restored");
            assert!(restored.schema > 7);
            let other = site.open().await;
            assert_eq!(other.number("select count(*) from events").await, 50);
            other.end().await;
        }
        world.change("insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                       select 9999, description, success, checksum, 0 from _sqlx_migrations where version = 1").await;
        let why = back_up(&world.place, &world.path("new.sundown")).await.expect_err("it is newer");
        assert!(why.contains("9999"), "{why}");
        let Err(why) = Ctx::open_at(&world.place, Clock::fixed(World::noon())).await else { panic!("it is newer") };
        assert!(why.to_string().contains("newer Sundown"), "{why}");
        assert!(why.to_string().contains("9999"), "{why}");
    }

    async fn a_backup_precedes_a_change_of_the_schema_and_the_last_five_stay(world: World) {
        let folder = world.path("kept");
        let mut at: Instant = World::noon();
        let mut old = world.site().await;
        old.place.backups = Some(folder.clone());
        for round in 0..7 {
            old.make_schema_of(7).await;
            if round > 0 {
                old.fill_by_hand(10).await;
            }
            at += chrono::TimeDelta::hours(1);
            let new = old.open_at(Clock::fixed(at)).await;
            assert!(new.number("select max(version) from _sqlx_migrations").await > 7);
            let kept: Vec<_> = fs::read_dir(&folder).map(|it| it.flatten().map(|it| it.path()).collect()).unwrap_or_default();
            // An empty database has nothing to lose.
            assert_eq!(kept.len(), usize::min(round, 5), "{kept:?}");
            if round == 6 {
                let newest = kept.iter().max().expect("one");
                assert!(newest.to_string_lossy().contains(".schema-0007.2026070"), "{newest:?}");
                let back = world.site().await;
                restore(&back.place, newest).await.expect("it comes back");
                let back = back.open().await;
                assert_eq!(back.number("select count(*) from events").await, 10);
                back.end().await;
            }
            old = new.wipe().await;
        }
        old.end().await;
    }

    async fn a_wrong_key_is_refused_at_start(world: World) {
        let mut site = world.site().await;
        let (right, wrong) = (KeyFile(world.path("right")), KeyFile(world.path("wrong")));
        right.keep(&Key::random()).expect("kept");
        wrong.keep(&Key::random()).expect("kept");
        site.place.key = KeySource::File(right.clone());
        let mut other = site.open().await;
        other.reopen().await.expect("and opens again");
        for (source, word) in [
            (KeySource::File(wrong.clone()), "Give the right one"),
            (KeySource::File(KeyFile(world.path("missing"))), "isn't in"),
            (KeySource::Given(Secret::new("aHVzaA==".to_owned())), "32 random bytes"),
        ] {
            other.place.key = source;
            let why = other.reopen().await.expect_err("it is wrong");
            assert!(why.contains(word), "{why}");
        }
        other.place.key = KeySource::Given(right.read().expect("read").expect("a key").to_text());
        other.reopen().await.expect("the same key as a setting");
        other.end().await;
    }

    async fn a_rotation_seals_everything_anew_and_old_servers_keep_out(world: World) {
        let mut site = world.site().await;
        let file = KeyFile(world.path("key"));
        file.keep(&Key::random()).expect("kept");
        site.place.key = KeySource::File(file.clone());
        let mut other = site.open().await;
        let place = CANARY.at(2);
        let mut tx = other.ctx.store.write().await.expect("a change");
        let sealed = other.ctx.vault.seal(&mut tx, place, b"hush").await.expect("sealed");
        tx.commit().await.expect("committed");
        // Any registered column will do; the canary's table takes a second row.
        other.change(&format!("insert into sealing_key (id, key_id, canary_sealed, since) values (2, 'x', '{sealed}', 0)")).await;
        let before = other.ctx.vault.clone();
        let done = keys::rotate(&other.ctx, &other.place.key, None).await.expect("rotated");
        assert_ne!(done.from, done.to);
        let now = other.texts("select canary_sealed from sealing_key where id = 2").await.remove(0);
        assert!(before.open(place, &now).is_err(), "the old key still opens");
        let mut tx = other.ctx.store.write().await.expect("a change");
        let why = before.seal(&mut tx, place, b"more").await.expect_err("the old key seals no more");
        assert!(why.to_string().contains("rotated"), "{why}");
        drop(tx);
        assert!(keys::rotate(&other.ctx, &other.place.key, None).await.is_err());
        other.reopen().await.expect("the new key is in the file");
        assert_eq!(other.ctx.vault.open(place, &now).expect("opened").expose(), b"hush");
        assert_eq!(KeyFile(done.old.expect("the old one stays")).read().expect("read").expect("a key").id(), done.from);
        other.end().await;
    }

    async fn every_sealed_column_is_known_to_rotation(world: World) {
        let mut found: Vec<String> = world.tables().await.into_iter()
            .flat_map(|(table, columns)| columns.into_iter().map(move |it| format!("{table}.{it}")))
            .filter(|it| it.ends_with("_sealed"))
            .collect();
        let mut known: Vec<String> = SEALED.iter().map(|it| format!("{}.{}", it.table, it.column)).collect();
        found.sort();
        known.sort();
        assert_eq!(found, known, "a column that rotation doesn't know would be lost with the old key");
    }
}

#[tokio::test]
async fn an_interrupted_rotation_is_finished_by_the_next_start() {
    let mut world = World::on_sqlite().await;
    let file = world.path("sundown.db.key");
    let before = fs::read(&file).expect("a key was made beside the database");
    keys::rotate(&world.ctx, &KeySource::Unsaid, None)
        .await
        .expect("rotated");
    // As if it had been killed before the new key took the old one's place.
    fs::rename(&file, world.path("sundown.db.key.next")).expect("renamed");
    fs::write(&file, before).expect("written");
    world.reopen().await.expect("the next key opens it");
    world.reopen().await.expect("and is the key now");
    assert!(!world.path("sundown.db.key.next").exists());
    world.end().await;
}

#[tokio::test]
async fn a_key_that_is_gone_is_not_replaced_by_a_new_one() {
    let mut world = World::on_sqlite().await;
    let file = world.path("sundown.db.key");
    fs::rename(&file, world.path("elsewhere")).expect("renamed");
    let why = world.reopen().await.expect_err("the key is gone");
    assert!(why.contains("sundown.db.key"), "{why}");
    assert!(!file.exists());
    fs::rename(world.path("elsewhere"), &file).expect("renamed");
    world.reopen().await.expect("it is back");
    world.end().await;
}

#[tokio::test]
async fn a_second_server_on_one_file_is_refused_and_others_are_not() {
    let world = World::on_sqlite().await;
    let turn = world.ctx.store.serve_alone().await.expect("the first");
    let other = Ctx::open_at(&world.place, Clock::fixed(World::noon()))
        .await
        .expect("a report beside it");
    let why = other.store.serve_alone().await.expect_err("the second");
    assert!(why.to_string().contains("Another Sundown"), "{why}");
    back_up(&world.place, &world.path("b.sundown"))
        .await
        .expect("a backup beside it");
    drop(turn);
    assert!(other.store.serve_alone().await.is_ok());
    other.store.close().await;
    world.end().await;
}
