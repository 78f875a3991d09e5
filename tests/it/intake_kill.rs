//! Killed at any moment, intake loses nothing that was acknowledged and doubles nothing.
//!
//! The test starts itself again as the one that is killed.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    thread,
    time::Duration,
};
use sundown::{
    backend::{
        clock::Clock,
        ctx::{Ctx, Place},
        services::{
            intake::{receive, work_off},
            keys::KeySource,
        },
        vault::Secret,
    },
    domain::ids::ChannelId,
};

use crate::{
    intake::{BLUESKY, house, post},
    world::{Site, World},
};

/// Posts that are brought.
const POSTS: usize = 300;
/// How often it is killed.
const ROUNDS: u64 = 6;

fn said(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "how the one that is killed is told"
    )]
    std::env::var(name).ok()
}

/// Brings everything, one after the other, and says so of each.
async fn bring_all(ctx: &Ctx) {
    for count in 0..POSTS {
        let text = format!("My bag number {count} is lost, still waiting");
        let it = post(&format!("p{count}"), &format!("h{count}"), None, 5, &text);
        receive(ctx, ChannelId::from(BLUESKY), &[it])
            .await
            .expect("taken");
        println!("taken p{count}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "it is the one that is killed"]
async fn the_one_that_is_killed() {
    let Some(url) = said("SUNDOWN_TEST_KILL_URL") else {
        return;
    };
    let mut place = Place::of(&url);
    if let Some(key) = said("SUNDOWN_TEST_KILL_KEY") {
        place.key = KeySource::Given(Secret::new(key));
    }
    let ctx = Ctx::open_at(&place, Clock::fixed(World::noon())).await;
    bring_all(&ctx.expect("a store")).await;
}

/// Starts it, kills it after a while; which posts it said were taken.
fn killed(site: &Site, after: Duration) -> Vec<String> {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args([
            "--exact",
            "intake_kill::the_one_that_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env("SUNDOWN_TEST_KILL_URL", site.url())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let KeySource::Given(key) = &site.place.key {
        command.env("SUNDOWN_TEST_KILL_KEY", key.expose());
    }
    let mut child = command.spawn().expect("this program");
    let output = child.stdout.take().expect("its words");
    let reader = thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        lines
            .filter_map(|it| Some(it.split_once("taken ")?.1.to_owned()))
            .collect::<Vec<String>>()
    });
    thread::sleep(after);
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    reader.join().expect("its words")
}

async fn survives(site: Site) {
    let mut site = site;
    let mut taken_at_all = 0;
    for round in 1..=ROUNDS {
        let world = site.open().await;
        if round == 1 {
            house(&world.ctx).await;
        }
        world.ctx.store.close().await;
        site = world.into_site();
        let taken = killed(&site, Duration::from_millis(250 * round));
        taken_at_all += taken.len();
        let world = site.open().await;
        work_off(&world.ctx)
            .await
            .expect("what was left is worked through");
        let there = world
            .texts(
                "select p.external_id from posts p join cases c on c.id = p.case_id order by p.id",
            )
            .await;
        for it in &taken {
            let count = there.iter().filter(|id| *id == it).count();
            assert_eq!(count, 1, "{it} after round {round}");
        }
        assert_eq!(world.number("select count(*) from deliveries").await, 0);
        site = world.into_site();
    }
    assert!(taken_at_all > 0, "it was always killed before it began");
    let world = site.open().await;
    bring_all(&world.ctx).await;
    let posts = i64::try_from(POSTS).expect("a few");
    assert_eq!(world.number("select count(*) from posts").await, posts);
    assert_eq!(world.number("select count(*) from cases").await, posts);
    assert_eq!(world.number("select last from log_head").await, posts);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn intake_survives_on_each_engine() {
    for site in Site::on_each().await {
        survives(site).await;
    }
}
