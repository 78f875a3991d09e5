//! What networks tell becomes cases: the same ones in every order, and with the right clocks.

use chrono::TimeDelta;
use std::{sync::Arc, time::Duration};
use sundown::{
    backend::{
        connectors::scripted::{Scripted, mapping::Account},
        ctx::Ctx,
        egress::{Bounds, Egress},
        scripted_network::{Draft, Fault, Habits, Network, On, Rule, Running},
        services::{
            channels::{self, NewConnection},
            intake::{self, poll::poll_channels, receive},
        },
        store::{brands, connections},
    },
    domain::{
        brand::Brand,
        connection::{Connection, ConnectionKind, ConnectionState},
        ids::{BrandId, ChannelId},
        inbound::{Author, Delivery, InboundPost},
        network::{Channel, ChannelSource, Network as Kind},
        person::Viewer,
        post::Visibility,
        reply::Guard,
        time::Instant,
    },
};

use crate::{network, world::World};

/// Our accounts: two networks, and two on one of them.
pub const BLUESKY: i64 = 11;
const MASTODON: i64 = 12;
const SECOND: i64 = 13;

/// A brand with three live channels.
pub async fn house(ctx: &Ctx) {
    let now = ctx.clock.now() - TimeDelta::days(30);
    let mut tx = ctx.store.write().await.expect("a change");
    let brand = Brand {
        id: BrandId::from(1),
        key: "fairlark".to_owned(),
        name: "Fairlark".to_owned(),
        zone: "UTC".to_owned(),
    };
    brands::insert(&mut tx, &brand, now).await.expect("a brand");
    for (id, kind, handle) in [
        (BLUESKY, Kind::Bluesky, network::OURS),
        (MASTODON, Kind::Mastodon, "fairlark"),
        (SECOND, Kind::Bluesky, "help.fairlark.example"),
    ] {
        let channel = Channel {
            id: id.into(),
            brand: brand.id,
            network: kind,
            handle: handle.to_owned(),
            source: ChannelSource::Live,
        };
        brands::insert_channel(&mut tx, &channel, now)
            .await
            .expect("a channel");
    }
    tx.commit().await.expect("kept");
}

fn minutes(count: i64) -> Instant {
    World::noon() - TimeDelta::minutes(100) + TimeDelta::minutes(count)
}

pub fn post(id: &str, by: &str, parent: Option<&str>, minute: i64, text: &str) -> Delivery {
    Delivery::Post(InboundPost {
        external_id: id.to_owned(),
        parent_external_id: parent.map(str::to_owned),
        author: Author {
            handle: by.to_owned(),
            name: by.to_owned(),
            followers: 100,
        },
        visibility: Visibility::Public,
        body: text.to_owned(),
        language: None,
        mentions: Vec::new(),
        published_at: minutes(minute),
        version: 1,
        sent_with: None,
    })
}

fn edited(delivery: &Delivery, version: i64, text: &str) -> Delivery {
    let Delivery::Post(post) = delivery else {
        panic!("a post");
    };
    Delivery::Post(InboundPost {
        version,
        body: text.to_owned(),
        ..post.clone()
    })
}

fn deleted(id: &str, minute: i64) -> Delivery {
    Delivery::Deleted {
        external_id: id.to_owned(),
        at: minutes(minute),
    }
}

const LOST: &str = "My suitcase never arrived in Lisbon and nobody answers the phone";

/// Everything that can come: threads, joiners, chasers, cross-posts, our own answers, edits,
/// deletions, answers to what never came, one post for two of our accounts.
fn everything() -> Vec<(i64, Delivery)> {
    let first = post(
        "a",
        "ida",
        None,
        0,
        "Three rebookings and nobody at the desk, still waiting",
    );
    let reply = post("a2", "wes", Some("a"), 6, "Stuck here too");
    let own = post(
        "a4",
        network::OURS,
        Some("a"),
        70,
        "Sorry, we look into it.",
    );
    vec![
        (BLUESKY, reply),
        (
            BLUESKY,
            post("a3", "ida", Some("a2"), 60, "Still waiting for some help"),
        ),
        (BLUESKY, own),
        (
            BLUESKY,
            post(
                "a5",
                "ida",
                Some("a4"),
                75,
                "I don't want miles, I want to get on that flight",
            ),
        ),
        (SECOND, first.clone()),
        (
            BLUESKY,
            edited(
                &first,
                2,
                "Four rebookings and nobody at the desk, still waiting",
            ),
        ),
        (
            BLUESKY,
            edited(
                &first,
                3,
                "Five rebookings and nobody at the desk, still waiting",
            ),
        ),
        (BLUESKY, first),
        (BLUESKY, post("b", "ruth", None, 10, LOST)),
        (MASTODON, post("m", "ruth@social.example", None, 20, LOST)),
        (
            MASTODON,
            post(
                "m2",
                "ruth@social.example",
                Some("m"),
                30,
                "No answer at all, terrible",
            ),
        ),
        (
            BLUESKY,
            post(
                "c",
                "tom",
                None,
                15,
                "My seat was sold twice, refund please, still no answer",
            ),
        ),
        (BLUESKY, deleted("c", 25)),
        (
            BLUESKY,
            post(
                "d",
                "eve",
                Some("gone"),
                40,
                "They lost my bag as well, terrible",
            ),
        ),
        (
            BLUESKY,
            post(
                "d2",
                "eve",
                Some("d"),
                50,
                "And nobody answers, still waiting",
            ),
        ),
        (BLUESKY, deleted("d2", 55)),
        (
            BLUESKY,
            post("o", network::OURS, None, 1, "Have you seen our new paint?"),
        ),
        (
            BLUESKY,
            post(
                "o2",
                "kim",
                Some("o"),
                5,
                "Lovely. Where is my refund, still waiting",
            ),
        ),
        (
            BLUESKY,
            post("o3", "lou", Some("o"), 8, "Delayed again, unacceptable"),
        ),
        (BLUESKY, deleted("never", 3)),
    ]
}

/// What there is, without ids of ours and without what the order of hearing decides.
async fn state(world: &World) -> Vec<String> {
    let mut all = world
        .texts(
            "select 'post ' || p.external_id || ' ch ' || p.channel_id || ' v' || p.version || ' ' || p.actor
                    || ' [' || p.body || '] deleted ' || coalesce(cast(p.deleted_at as text), '-')
                    || ' in ' || coalesce((select min(q.external_id) from posts q
                        where q.case_id = p.case_id), '-')
             from posts p order by p.external_id",
        )
        .await;
    all.extend(
        world
            .texts(
                "select 'version ' || p.external_id || ' ' || v.version || ' [' || v.body || ']'
                 from post_versions v join posts p on p.id = v.post_id order by p.external_id, v.version",
            )
            .await,
    );
    all.extend(
        world
            .texts(
                "select 'case ' || (select min(q.external_id) from posts q where q.case_id = c.id)
                    || ' ' || c.channel_id || ' ' || c.origin || ' ' || c.kind || ' ' || c.status
                    || ' ' || c.ball || ' ' || c.tone_first || ' ' || c.tone_last
                    || ' opened ' || c.opened_at || ' heard ' || c.last_customer_post_at
                    || ' answered ' || coalesce(cast(c.first_answer_at as text), '-')
                    || ' waits ' || coalesce(cast(c.unanswered_since as text), '-')
                    || ' due ' || coalesce(cast(c.due_at as text), '-')
                    || ' ' || coalesce(c.outcome, '-') || ' ' || coalesce(c.exclusion, '-')
                    || ' reach ' || c.reach || ' joiners ' || c.joiners || ' posts ' || c.posts
                    || ' chasers ' || c.chasers
                    || ' turns ' || (select count(*) from turns t where t.case_id = c.id)
                    || ' said ' || (select h.handle from handles h where h.customer_id = c.customer_id)
                 from cases c where c.merged_into is null order by 1",
            )
            .await,
    );
    all
}

async fn take(ctx: &Ctx, deliveries: &[(i64, Delivery)], piece: usize) {
    for some in deliveries.chunks(piece.max(1)) {
        for (channel, delivery) in some {
            let one = std::slice::from_ref(delivery);
            receive(ctx, ChannelId::from(*channel), one)
                .await
                .expect("it is taken");
        }
    }
}

/// A small generator of our own: the same orders every time.
fn shuffle<T>(all: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for at in (1..all.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        all.swap(at, usize::try_from(state % (at as u64 + 1)).expect("small"));
    }
}

engines! {
    async fn in_every_order_and_however_often_the_same_cases_come_of_it(world: World) {
        house(&world.ctx).await;
        take(&world.ctx, &everything(), 1).await;
        let expected = state(world).await;
        assert_eq!(expected.iter().filter(|it| it.starts_with("case")).count(), 6, "{expected:#?}");
        for seed in 1..=8 {
            let other = world.site().await.open().await;
            house(&other.ctx).await;
            let mut all = everything();
            let again: Vec<_> = all.iter().step_by(2).cloned().collect();
            all.extend(again);
            shuffle(&mut all, seed);
            take(&other.ctx, &all, 3).await;
            let found = state(&other).await;
            for (one, another) in expected.iter().zip(&found) {
                assert_eq!(one, another, "order {seed}");
            }
            assert_eq!(expected.len(), found.len(), "order {seed}");
            assert_eq!(other.number("select count(*) from deliveries").await, 0);
            other.end().await;
        }
    }

    async fn clocks_start_when_it_was_published_unless_that_lies_in_our_future(world: World) {
        house(&world.ctx).await;
        let channel = ChannelId::from(BLUESKY);
        let right = post("a", "ida", None, 40, LOST);
        let wrong = post("b", "wes", None, 200, "My seat was sold twice, still no refund");
        receive(&world.ctx, channel, &[right, wrong]).await.expect("taken");
        let opened = world.texts("select cast(opened_at - seen_at as text) from cases order by opened_at desc").await;
        assert_eq!(opened, ["0", "-3600000"]);
        let flagged = world.texts("select external_id from posts where counts_from is not null").await;
        assert_eq!(flagged, ["b"]);
    }

    async fn what_makes_no_sense_is_a_dead_letter_after_five_tries_and_holds_nobody_up(world: World) {
        house(&world.ctx).await;
        let (played, running) = network(world, &[BLUESKY]).await;
        played.tell(network::OURS, serde_json::json!({"kind": "poll"}));
        played.write(network::says("ida", "@fairlark.example my bag is lost")).expect("a post");
        poll_channels(&world.ctx).await.expect("asked");
        assert_eq!(world.number("select count(*) from cases").await, 1);
        for step in 1..=4 {
            assert_eq!(world.number("select count(*) from deliveries where dead_at is not null").await, 0);
            world.ctx.clock.set(World::noon() + TimeDelta::minutes(step));
            intake::work_off(&world.ctx).await.expect("worked off");
        }
        let why = world.texts("select why from deliveries where dead_at is not null").await;
        assert_eq!(why, ["The network told something in a shape that isn't known."]);
        let id = world.number("select id from deliveries").await;
        intake::replay(&world.ctx, &Viewer::operator(), id).await.expect("tried again");
        assert_eq!(world.number("select tries from deliveries where dead_at is null").await, 1);
        drop(running);
    }

    async fn a_network_in_trouble_delays_itself_alone_and_says_since_when(world: World) {
        house(&world.ctx).await;
        let (played, running) = network(world, &[BLUESKY, SECOND]).await;
        let broken = Rule {
            account: Some(network::OURS.to_owned()),
            ..Rule::always(On::Feed, Fault::Html)
        };
        played.fail(broken);
        played.write(network::says("ida", "@help.fairlark.example my bag is lost")).expect("a post");
        for step in 0..6 {
            world.ctx.clock.set(World::noon() + TimeDelta::hours(step));
            poll_channels(&world.ctx).await.expect("asked");
        }
        let bad = connection(world, BLUESKY).await;
        assert!(bad.is_delayed() && bad.failing_since == Some(World::noon()), "{bad:?}");
        assert_eq!(bad.last_ok_at, None, "a page is never “nothing new”");
        assert_eq!(connection(world, SECOND).await.failures, 0);
        assert_eq!(world.number("select count(*) from cases").await, 1);
        played.work();
        played.write(network::says("wes", "@fairlark.example stuck, nobody here")).expect("a post");
        world.ctx.clock.set(World::noon() + TimeDelta::hours(7));
        poll_channels(&world.ctx).await.expect("asked");
        assert_eq!(connection(world, BLUESKY).await.failing_since, None);
        assert_eq!(world.number("select count(*) from cases").await, 2);
        drop(running);
    }

    async fn an_absurd_pause_is_obeyed_within_the_hour_and_a_lost_sign_in_is_told(world: World) {
        house(&world.ctx).await;
        let (played, running) = network(world, &[BLUESKY]).await;
        played.fail(Rule::once(On::Feed, Fault::Wait { retry_after: Some("315360000".to_owned()) }));
        poll_channels(&world.ctx).await.expect("asked");
        let it = connection(world, BLUESKY).await;
        assert_eq!(it.retry_at, Some(World::noon() + TimeDelta::hours(1)));
        played.write(network::says("ida", "@fairlark.example my bag is lost")).expect("a post");
        world.ctx.clock.set(World::noon() + TimeDelta::minutes(59));
        poll_channels(&world.ctx).await.expect("asked");
        assert_eq!(world.number("select count(*) from cases").await, 0);
        world.ctx.clock.set(World::noon() + TimeDelta::minutes(61));
        poll_channels(&world.ctx).await.expect("asked");
        assert_eq!(world.number("select count(*) from cases").await, 1);
        played.fail(Rule::once(On::Feed, Fault::Refuse { status: 401, duplicate: false }));
        poll_channels(&world.ctx).await.expect("asked");
        let it = connection(world, BLUESKY).await;
        assert_eq!(it.state, ConnectionState::Reconnect);
        assert!(!it.is_due(World::noon() + TimeDelta::days(1)));
        drop(running);
    }

    async fn what_is_told_twice_or_backwards_is_taken_once(world: World) {
        house(&world.ctx).await;
        let (played, _running) = network(world, &[BLUESKY]).await;
        let first = played.write(network::says("ida", "@fairlark.example my bag is lost")).expect("a post");
        let below = Draft { in_reply_to: Some(first.id), ..network::says("ida", "Still waiting") };
        played.write(below).expect("a post");
        played.fail(Rule::once(On::Feed, Fault::Twice));
        poll_channels(&world.ctx).await.expect("asked");
        world.change("update connections set cursor = null").await;
        played.fail(Rule::once(On::Feed, Fault::Backwards));
        poll_channels(&world.ctx).await.expect("asked");
        assert_eq!(world.number("select count(*) from posts").await, 2);
        assert_eq!(world.number("select chasers from cases").await, 1);
    }

    async fn an_influencer_who_asks_again_is_one_case_that_waits_since_the_first_word(world: World) {
        house(&world.ctx).await;
        let (played, running) = network(world, &[BLUESKY]).await;
        let first = played.write(Draft {
            followers: Some(398_000),
            at: Some(World::noon() - TimeDelta::minutes(61)),
            ..network::says("ida", "@fairlark.example three rebookings, nobody at the desk. Can somebody help?")
        }).expect("a post");
        poll_channels(&world.ctx).await.expect("asked");
        played.write(Draft {
            in_reply_to: Some(first.id),
            at: Some(World::noon() - TimeDelta::minutes(1)),
            ..network::says("ida", "Still waiting for some assistance. It's been an hour.")
        }).expect("a post");
        poll_channels(&world.ctx).await.expect("asked");
        let told = world.texts(
            "select priority || ' ' || reach || ' ' || chasers || ' ' || ((seen_at - unanswered_since) / 60000)
                || ' ' || ((due_at - opened_at) / 60000) || ' ' || due_kind from cases",
        ).await;
        assert_eq!(told, ["normal 398000 1 61 60 first_response"]);
        drop(running);
    }

    async fn a_complaint_that_is_deleted_before_an_answer_is_withdrawn_and_leaves_its_times(world: World) {
        house(&world.ctx).await;
        let (played, running) = network(world, &[BLUESKY]).await;
        let first = played.write(network::says("ruth", "@fairlark.example seat 14A was sold twice, still no answer")).expect("a post");
        poll_channels(&world.ctx).await.expect("asked");
        played.delete(&first.id, None);
        poll_channels(&world.ctx).await.expect("asked");
        let told = world.texts(
            "select c.outcome || ' ' || c.exclusion || ' [' || p.body || '] ' || (p.deleted_at - p.published_at)
             from cases c join posts p on p.case_id = c.id",
        ).await;
        assert_eq!(told, ["withdrawn withdrawn [] 0"]);
        let events = world.texts("select kind from events order by number").await;
        assert_eq!(events, ["opened", "withdrawn"]);
        drop(running);
    }

    async fn many_who_bring_something_at_once_share_what_it_costs(world: World) {
        house(&world.ctx).await;
        let mut all = tokio::task::JoinSet::new();
        for writer in 0..32 {
            let ctx = world.ctx.clone();
            all.spawn(async move {
                for count in 0..4 {
                    let text = format!("My bag number {writer} {count} is lost");
                    let it = post(&format!("p{writer}-{count}"), &format!("h{writer}-{count}"), None, 5, &text);
                    receive(&ctx, BLUESKY.into(), &[it.clone(), it]).await.expect("taken");
                }
            });
        }
        while let Some(done) = all.join_next().await {
            done.expect("a writer");
        }
        assert_eq!(world.number("select count(*) from cases").await, 128);
        assert_eq!(world.number("select last from log_head").await, 128);
    }
}

async fn connection(world: &World, channel: i64) -> Connection {
    let mut tx = world.ctx.store.read().await.expect("a snapshot");
    let found = connections::find(&mut tx, channel.into()).await;
    found.expect("a row").expect("a connection")
}

/// A network to which some channels are connected, quick to give up.
async fn network(world: &World, connected: &[i64]) -> (Network, Running) {
    let clock = world.ctx.clock.clone();
    let (played, running) = network::network(clock, Habits::default()).await;
    let second = Account {
        handle: "help.fairlark.example".to_owned(),
        name: "Fairlark helps".to_owned(),
        followers: 10,
    };
    played.account(second, Some("second"));
    world.ctx.connectors.rehearse();
    for &channel in connected {
        let token = if channel == SECOND {
            "second"
        } else {
            network::TOKEN
        };
        let new = NewConnection {
            channel: channel.into(),
            kind: ConnectionKind::Scripted,
            address: running.url(),
            secret: token.to_owned(),
            guard: Guard::Key,
        };
        channels::connect(&world.ctx, &Viewer::operator(), new)
            .await
            .expect("connected");
        let egress = Egress::new(Bounds {
            deadline: Duration::from_secs(2),
            most: 2 * 1024 * 1024,
            loopback: true,
        });
        let base = running.url().parse().expect("an address");
        let quick = Scripted::new(egress.expect("a client"), base, token, Guard::Key);
        world
            .ctx
            .connectors
            .connect(channel.into(), Arc::new(quick.expect("a token")));
    }
    (played, running)
}
