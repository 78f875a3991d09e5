//! Killed at any moment, a reply is posted at most once, and none is lost.
//!
//! The network plays in this process and counts; the server is the program, killed again and again
//! while replies wait, are claimed, are on their way, and are looked for. More rounds:
//! `SUNDOWN_TEST_KILLS=1000 cargo nextest run -E 'test(reply_kill)'`.
//!
//! Looking waits 5, 30 and 120 seconds by the clock of another process, which can't be held. So the
//! moments that the store keeps are moved into the past between two runs, and so are the signs of
//! life of runs that this test knows to be dead.

use crate::{
    kill,
    network::{OURS, TOKEN, network, says},
    people::founded,
    world::{Site, World},
};
use chrono::TimeDelta;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, OpenOptions},
    path::PathBuf,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};
use sundown::{
    backend::{
        clock::Clock,
        scripted_network::{Draft, Ending, Fault, Habits, Network, On, Rule, Running},
        services::{
            channels::{self, NewConnection},
            intake::poll::poll_channels,
            reply::queue::{Wish, queue},
        },
        store,
    },
    domain::{
        connection::ConnectionKind,
        ids::{CaseId, ChannelId, ReplyId},
        network::{Channel, ChannelSource, Network as Kind},
        person::Viewer,
        post::Visibility,
        reply::{Guard, Reply, State},
    },
};

/// How often the server is killed on each engine.
const ROUNDS: u32 = 50;
/// Customers that write through each channel in each round.
const POSTS: u32 = 4;
/// A server that is busy with nothing but these few replies is done with them by then.
const PATIENCE: Duration = Duration::from_secs(60);

/// A network and our channel on it.
struct Place {
    network: Network,
    /// It stops with this.
    _running: Running,
    channel: ChannelId,
}

/// What was promised to a customer.
struct Promise {
    case: CaseId,
    place: usize,
}

/// The program with a site beside it, as `serve` looks for one: tests run before one is built.
fn program(site: &Site) -> PathBuf {
    let program = site.path("bin").join("sundown");
    if !program.exists() {
        fs::create_dir_all(site.path("bin")).expect("a folder");
        fs::create_dir_all(site.path("site")).expect("a folder");
        fs::write(
            site.path("site").join("site.json"),
            r#"{"pkg": "pkg/0", "chunks": {}}"#,
        )
        .expect("a site");
        let built = env!("CARGO_BIN_EXE_sundown");
        // Another disk can't be linked to.
        if fs::hard_link(built, &program).is_err() {
            fs::copy(built, &program).expect("a copy of the program");
        }
    }
    program
}

/// The server as it runs; it doesn't outlive the test.
struct Server(Child);

impl Server {
    fn start(site: &Site) -> Self {
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(site.path("server.log"))
            .expect("a log");
        let args = ["serve", "--rehearse", "--listen", "127.0.0.1:0"];
        let child = kill::command_of(&program(site), site, &args)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program");
        Self(child)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; what it did then shows in the store.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Everything that plays.
struct Play {
    places: Vec<Place>,
    ada: Viewer,
    promises: BTreeMap<ReplyId, Promise>,
    /// From the start of a server to the first post.
    length: Duration,
    /// How often something was on its way when the server was killed.
    cut: u32,
}

/// Servers go by the machine's clock; what is queued a minute earlier can't be taken back any more.
fn a_minute_ago() -> Clock {
    Clock::fixed(Clock::System.now() - TimeDelta::minutes(1))
}

async fn open(site: Site) -> World {
    let world = site.open_at(a_minute_ago()).await;
    world.ctx.connectors.rehearse();
    channels::connect_all(&world.ctx).await.expect("connected");
    world
}

async fn close(world: World) -> Site {
    world.ctx.store.close().await;
    world.into_site()
}

async fn begin(world: &World) -> Play {
    let ctx = &world.ctx;
    let ada = founded(ctx).await;
    let now = ctx.clock.now();
    let mut places = Vec::new();
    for (kind, guard) in [
        (Kind::Mastodon, Guard::Key),
        (Kind::Bluesky, Guard::Nothing),
    ] {
        let habits = Habits {
            remembers_keys: guard == Guard::Key,
            ..Habits::default()
        };
        let (network, running) = network(Clock::System, habits).await;
        let mut tx = ctx.store.write().await.expect("a change");
        let brands = store::brands::list(&mut tx).await.expect("brands");
        let channel = Channel {
            id: ctx.ids.next(now),
            brand: brands[0].id,
            network: kind,
            handle: OURS.to_owned(),
            source: ChannelSource::Live,
        };
        let kept = store::brands::insert_channel(&mut tx, &channel, now).await;
        kept.expect("a channel");
        tx.commit().await.expect("kept");
        let connection = NewConnection {
            channel: channel.id,
            kind: ConnectionKind::Scripted,
            address: running.url(),
            secret: TOKEN.to_owned(),
            guard,
        };
        let connected = channels::connect(ctx, &ada, connection).await;
        connected.expect("connected");
        places.push(Place {
            network,
            _running: running,
            channel: channel.id,
        });
    }
    Play {
        places,
        ada,
        promises: BTreeMap::new(),
        length: Duration::ZERO,
        cut: 0,
    }
}

/// Lets what waits for a moment not wait for it.
async fn hurry(world: &World) {
    for sql in [
        "update replies set look_at = 0 where look_at is not null",
        "update replies set send_at = 0 where state = 'queued'",
        "delete from gateways",
    ] {
        world.change(sql).await;
    }
}

impl Play {
    fn on_networks(&self) -> usize {
        self.places.iter().map(|it| it.network.posts().len()).sum()
    }

    /// Customers write, and each of them is to be answered.
    async fn write(&mut self, world: &World, round: u32) {
        let ctx = &world.ctx;
        for (number, place) in self.places.iter().enumerate() {
            place.network.work();
            for count in 0..POSTS {
                let draft = Draft {
                    at: Some(ctx.clock.now() - TimeDelta::minutes(1)),
                    ..says(
                        &format!("c{round}-{number}-{count}"),
                        &format!("@{OURS} bag {round}-{number}-{count} is lost"),
                    )
                };
                place.network.write(draft).expect("a post");
            }
        }
        poll_channels(ctx).await.expect("what they wrote");
        let waiting = world
            .texts(
                "select cast(id as text) from cases c
                 where  not exists (select 1 from replies r where r.case_id = c.id) order by id",
            )
            .await;
        assert_eq!(waiting.len(), self.places.len() * POSTS as usize);
        for case in waiting {
            let case: CaseId = case.parse().expect("an id");
            let wish = Wish {
                case,
                visibility: Visibility::Public,
                body: format!("We look for it, {case}."),
                key: format!("key-{case}"),
                seen: 0,
                anyway: true,
                then_resolve: None,
                origin: "https://care.example".to_owned(),
            };
            let reply = queue(ctx, &self.ada, wish).await.expect("queued");
            let place = self
                .places
                .iter()
                .position(|it| it.channel == reply.channel);
            let place = place.expect("one of ours");
            self.promises.insert(reply.id, Promise { case, place });
        }
    }

    /// Some of what networks do, other things each round.
    fn trouble(&self, round: u32) {
        let ends = [
            Ending::Silence,
            Ending::Reset,
            Ending::Error,
            Ending::Garbage,
        ]
        .map(|ending| Fault::AcceptThen { ending });
        let refuse = |status, duplicate| Fault::Refuse { status, duplicate };
        let others = [
            Fault::Drip,
            refuse(500, false),
            refuse(403, true),
            refuse(422, false),
            Fault::Wait {
                retry_after: Some("1".to_owned()),
            },
        ];
        let faults: Vec<Fault> = ends.into_iter().chain(others).collect();
        for (number, place) in self.places.iter().enumerate() {
            let from = round as usize * 2 + number;
            for fault in faults.iter().cycle().skip(from).take(2) {
                place.network.fail(Rule::once(On::Post, fault.clone()));
            }
            match round % 3 {
                0 => place
                    .network
                    .fail(Rule::once(On::LookUp, refuse(500, false))),
                1 => place.network.fail(Rule::always(On::Feed, Fault::Twice)),
                _ => {}
            }
        }
    }

    /// Runs the server until so many posts more are there, or for so long, and kills it.
    fn run(&self, site: &Site, posts: usize, at_most: Duration, then: Duration) -> Duration {
        let there = self.on_networks();
        let begin = Instant::now();
        let server = Server::start(site);
        while begin.elapsed() < at_most && self.on_networks() - there < posts {
            thread::sleep(Duration::from_millis(2));
        }
        let took = begin.elapsed();
        thread::sleep(then);
        drop(server);
        took
    }

    /// One life of a server, cut at a moment that is another one each round.
    async fn round(&mut self, site: Site, round: u32) -> Site {
        let world = open(site).await;
        self.write(&world, round).await;
        let site = close(world).await;
        self.trouble(round);
        let ms = |step: u32, most: u32| Duration::from_millis(u64::from(round * step % most));
        let at_most = self.length * 4 + Duration::from_secs(1);
        let spread = self.length * (round % 13) / 10;
        match round % 4 {
            // Before anything is claimed, or just when it is.
            0 => self.run(&site, usize::MAX, spread, Duration::ZERO),
            // With the first bytes on their way.
            1 => self.run(&site, 1, at_most, ms(1, 9)),
            // While some have their answers and others don't.
            2 => self.run(&site, 1 + round as usize % 8, at_most, ms(7, 60)),
            // While it is looked for, and the network tells us what we said.
            _ => self.run(&site, 1, at_most, ms(170, 1500)),
        };
        let world = site.open_at(a_minute_ago()).await;
        let in_hand = world.number("select count(*) from replies where state = 'in_flight'");
        self.cut += u32::from(in_hand.await > 0);
        hurry(&world).await;
        world.change("update runs set last_seen_at = 0").await;
        close(world).await
    }

    /// Lets a server bring everything to its end.
    async fn settle(&self, site: Site) -> World {
        self.places.iter().for_each(|it| it.network.work());
        let server = Server::start(&site);
        let world = site.open_at(a_minute_ago()).await;
        let begin = Instant::now();
        let open = "select count(*) from replies where state in ('queued', 'in_flight')
                    or (state = 'unknown' and look_at is not null)";
        while world.number(open).await > 0 {
            assert!(begin.elapsed() < PATIENCE, "{}", log(&world));
            hurry(&world).await;
            thread::sleep(Duration::from_millis(200));
        }
        // Feeds are read every two seconds: by then the network has told us what we said.
        thread::sleep(Duration::from_secs(3));
        drop(server);
        world
    }
}

fn log(world: &World) -> String {
    std::fs::read_to_string(world.path("server.log")).unwrap_or_default()
}

async fn all_replies(world: &World) -> Vec<Reply> {
    let mut tx = world.ctx.store.read().await.expect("a snapshot");
    let mut all = Vec::new();
    for case in world.texts("select cast(id as text) from cases").await {
        let case = case.parse().expect("an id");
        all.extend(
            store::replies::of_case(&mut tx, case)
                .await
                .expect("replies"),
        );
    }
    all
}

/// Whatever happened: once or not at all, and everybody knows which.
async fn judge(play: &Play, world: &World) {
    let replies = all_replies(world).await;
    let kept: BTreeSet<ReplyId> = replies.iter().map(|it| it.id).collect();
    assert!(
        kept.iter().eq(play.promises.keys()),
        "some vanished, or came from nowhere"
    );
    let counts: Vec<_> = play.places.iter().map(|it| it.network.counts()).collect();
    for count in &counts {
        assert!(count.doubles.is_empty(), "{:?}", count.doubles);
    }
    let mut tx = world.ctx.store.read().await.expect("a snapshot");
    let undecided = store::replies::undecided(&mut tx).await.expect("cards");
    let undecided: BTreeSet<ReplyId> = undecided.iter().map(|it| it.id).collect();
    drop(tx);
    for reply in &replies {
        let promise = &play.promises[&reply.id];
        let public = &counts[promise.place].public_by_key;
        let times = public.get(&reply.id.to_string()).copied().unwrap_or(0);
        match reply.state {
            State::Sent => assert_eq!(times, 1, "{reply:?}"),
            State::Rejected => assert_eq!(times, 0, "{reply:?}"),
            State::Unknown => {
                assert_eq!(times, 0, "it is there and wasn't found: {reply:?}");
                assert!(undecided.contains(&reply.id), "nobody is asked: {reply:?}");
            }
            _ => panic!("it goes nowhere: {reply:?}"),
        }
        judge_case(world, promise.case, reply).await;
    }
}

/// The case of a reply says the same as the network.
async fn judge_case(world: &World, case: CaseId, reply: &Reply) {
    let found = world
        .texts(&format!(
            "select cast(c.posts as text) || ' posts, '
                 || (select count(*) from posts p where p.case_id = c.id) || ' there, '
                 || (select count(*) from posts p where p.case_id = c.id and p.actor = 'agent')
                 || ' ours, '
                 || (select count(*) from events e where e.case_id = c.id and e.kind = 'answered')
                 || ' told, '
                 || case when c.first_answer_at is null then 'waits' else 'answered' end
             from cases c where c.id = {case}"
        ))
        .await;
    let right = if reply.state == State::Sent {
        "2 posts, 2 there, 1 ours, 1 told, answered"
    } else {
        "1 posts, 1 there, 0 ours, 0 told, waits"
    };
    assert_eq!(found, [right], "{reply:?}");
}

async fn survives(site: Site) {
    let rounds = kill::asked().unwrap_or(ROUNDS);
    let world = open(site).await;
    let mut play = begin(&world).await;
    play.write(&world, 0).await;
    let mut site = close(world).await;
    play.length = play.run(&site, 1, PATIENCE, Duration::ZERO);
    assert!(play.length < PATIENCE, "the server sends nothing");
    for round in 1..=rounds {
        site = play.round(site, round).await;
    }
    let world = play.settle(site).await;
    let log = log(&world);
    assert!(!log.contains("panicked"), "{log}");
    judge(&play, &world).await;
    let sent = world.number("select count(*) from replies where state = 'sent'");
    let sent = usize::try_from(sent.await).expect("a few");
    assert!(sent > play.promises.len() / 2, "only {sent} were sent");
    assert!(play.cut > rounds / 4, "only {} were cut", play.cut);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    survives(Site::on_sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    if let Some(site) = Site::on_postgres().await {
        survives(site).await;
    }
}
