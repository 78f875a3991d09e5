//! The network that plays a part, through the connector that everybody uses: what each fault means.

use chrono::TimeDelta;
use std::time::Duration;
use sundown::{
    backend::{
        clock::Clock,
        connectors::{
            Connector, Trouble,
            scripted::{Scripted, mapping::Account},
        },
        egress::{Bounds, Egress},
        scripted_network::{Draft, Ending, Fault, Habits, Network, On, Rule, Running},
    },
    domain::{
        inbound::Delivery,
        outgoing::{Outgoing, Sending},
        post::Visibility,
        reply::Guard,
    },
};

use crate::world::World;

/// Our account there.
pub const OURS: &str = "fairlark.example";
/// What it signs in with.
pub const TOKEN: &str = "a-token-of-tests";

/// A network with our account on it, by a clock.
pub async fn network(clock: Clock, habits: Habits) -> (Network, Running) {
    let network = Network::new(clock, habits);
    let ours = Account {
        handle: OURS.to_owned(),
        name: "Fairlark".to_owned(),
        followers: 12_000,
    };
    network.account(ours, Some(TOKEN));
    let running = network.start().await.expect("a port");
    (network, running)
}

/// A post that somebody writes.
pub fn says(by: &str, text: &str) -> Draft {
    Draft {
        by: by.to_owned(),
        text: text.to_owned(),
        ..Draft::default()
    }
}

struct Stage {
    network: Network,
    running: Running,
    connector: Scripted,
    first: String,
}

fn connect(url: &str, token: &str, guard: Guard) -> Scripted {
    let egress = Egress::new(Bounds {
        deadline: Duration::from_millis(1500),
        most: 2 * 1024 * 1024,
        loopback: true,
    });
    let base = url.parse().expect("an address");
    Scripted::new(egress.expect("a client"), base, token, guard).expect("a token")
}

async fn stage(habits: Habits, guard: Guard) -> Stage {
    let (network, running) = network(Clock::fixed(World::noon()), habits).await;
    let first = network
        .write(says("ida", "@fairlark.example help"))
        .expect("a post");
    Stage {
        connector: connect(&running.url(), TOKEN, guard),
        first: first.id,
        network,
        running,
    }
}

impl Stage {
    fn reply(&self) -> Outgoing {
        Outgoing {
            key: "reply-1".to_owned(),
            chosen_id: self.connector.choose_id("reply-1"),
            in_reply_to: self.first.clone(),
            to: "ida".to_owned(),
            visibility: Visibility::Public,
            body: "We're on it.".to_owned(),
            since: World::noon(),
        }
    }

    fn public(&self) -> usize {
        let counts = self.network.counts();
        counts.public_by_key.get("reply-1").copied().unwrap_or(0)
    }
}

#[tokio::test]
async fn a_reply_is_sent_once_and_found_again() {
    for (guard, habits) in [
        (Guard::Key, Habits::default()),
        (
            Guard::ChosenId,
            Habits {
                takes_ids: true,
                remembers_keys: false,
                ..Habits::default()
            },
        ),
        (
            Guard::Nothing,
            Habits {
                remembers_keys: false,
                ..Habits::default()
            },
        ),
        (
            Guard::Key,
            Habits {
                gives_back_keys: true,
                ..Habits::default()
            },
        ),
    ] {
        let stage = stage(habits, guard).await;
        let reply = stage.reply();
        assert_eq!(stage.connector.look_up(&reply).await, Ok(None));
        let Sending::Sent(accepted) = stage.connector.post(&reply).await else {
            panic!("it was taken");
        };
        assert_eq!(
            stage.connector.look_up(&reply).await,
            Ok(Some(accepted.clone()))
        );
        assert_eq!(stage.public(), 1);
        let again = stage.connector.post(&reply).await;
        match guard {
            Guard::Key => assert_eq!(again, Sending::Sent(accepted)),
            Guard::ChosenId => assert!(matches!(again, Sending::Unknown(_)), "{again:?}"),
            Guard::Nothing => assert_eq!(stage.network.counts().doubles.len(), 1),
        }
        assert_eq!(stage.public(), if guard == Guard::Nothing { 2 } else { 1 });
    }
}

#[tokio::test]
async fn what_is_refused_was_certainly_not_posted() {
    let stage = stage(Habits::default(), Guard::Key).await;
    for (status, duplicate) in [
        (401, false),
        (403, false),
        (403, true),
        (404, false),
        (413, false),
        (422, false),
        (500, false),
    ] {
        stage
            .network
            .fail(Rule::once(On::Post, Fault::Refuse { status, duplicate }));
        let became = stage.connector.post(&stage.reply()).await;
        let is_told = match (status, duplicate) {
            (401, _) => matches!(became, Sending::Reconnect(_)),
            (403, true) | (500, _) => matches!(became, Sending::Unknown(_)),
            _ => matches!(became, Sending::Rejected(_)),
        };
        assert!(is_told, "{status}: {became:?}");
        assert_eq!(stage.public(), 0);
    }
    let mut long = stage.reply();
    long.body = "a".repeat(301);
    assert!(matches!(
        stage.connector.post(&long).await,
        Sending::Rejected(_)
    ));
    let mut orphan = stage.reply();
    orphan.in_reply_to = "nothing".to_owned();
    assert!(matches!(
        stage.connector.post(&orphan).await,
        Sending::Rejected(_)
    ));
}

#[tokio::test]
async fn what_breaks_after_it_was_taken_is_unknown_and_found_by_looking() {
    for fault in [
        Fault::AcceptThen {
            ending: Ending::Silence,
        },
        Fault::AcceptThen {
            ending: Ending::Reset,
        },
        Fault::AcceptThen {
            ending: Ending::Error,
        },
        Fault::AcceptThen {
            ending: Ending::Garbage,
        },
        Fault::Huge,
        Fault::Drip,
    ] {
        let stage = stage(Habits::default(), Guard::Key).await;
        stage.network.fail(Rule::once(On::Post, fault.clone()));
        let became = stage.connector.post(&stage.reply()).await;
        assert!(
            matches!(became, Sending::Unknown(_)),
            "{fault:?}: {became:?}"
        );
        assert_eq!(stage.public(), 1, "{fault:?}");
        let found = stage.connector.look_up(&stage.reply()).await;
        assert!(matches!(found, Ok(Some(_))), "{fault:?}: {found:?}");
    }
}

#[tokio::test]
async fn a_page_for_people_proves_nothing() {
    let stage = stage(Habits::default(), Guard::Key).await;
    stage.network.fail(Rule::always(On::Anything, Fault::Html));
    let became = stage.connector.post(&stage.reply()).await;
    assert!(matches!(became, Sending::Unknown(_)), "{became:?}");
    assert_eq!(stage.public(), 0);
    let fetched = stage.connector.fetch(None).await;
    assert!(matches!(fetched, Err(Trouble::Garbled(_))), "{fetched:?}");
    let looked = stage.connector.look_up(&stage.reply()).await;
    assert!(matches!(looked, Err(Trouble::Garbled(_))), "{looked:?}");
}

#[tokio::test]
async fn absurd_pauses_are_read_as_they_were_asked() {
    let stage = stage(Habits::default(), Guard::Key).await;
    for (said, read) in [
        (None, None),
        (Some("0"), Some(0)),
        (Some("-1"), Some(-1)),
        (Some("315360000"), Some(315_360_000)),
        (Some("when it suits"), None),
    ] {
        let fault = Fault::Wait {
            retry_after: said.map(str::to_owned),
        };
        stage.network.fail(Rule::once(On::Post, fault.clone()));
        let became = stage.connector.post(&stage.reply()).await;
        assert!(
            matches!(became, Sending::Later { after_s, .. } if after_s == read),
            "{said:?}: {became:?}"
        );
        stage.network.fail(Rule::once(On::Feed, fault));
        assert_eq!(stage.connector.fetch(None).await, Err(Trouble::Wait(read)));
    }
    let date = Fault::Wait {
        retry_after: Some("Fri, 01 Jan 2100 00:00:00 GMT".to_owned()),
    };
    stage.network.fail(Rule::once(On::Post, date));
    let became = stage.connector.post(&stage.reply()).await;
    assert!(
        matches!(
            became,
            Sending::Later {
                after_s: Some(3600..),
                ..
            }
        ),
        "{became:?}"
    );
    assert_eq!(stage.public(), 0);
}

#[tokio::test]
async fn no_connection_is_proof_that_nothing_was_sent() {
    let stage = stage(Habits::default(), Guard::Key).await;
    let url = stage.running.url();
    let Stage {
        running,
        connector,
        first,
        network,
    } = stage;
    drop(running);
    tokio::time::timeout(Duration::from_secs(5), async {
        let reply = Outgoing {
            key: "reply-1".to_owned(),
            chosen_id: None,
            in_reply_to: first,
            to: "ida".to_owned(),
            visibility: Visibility::Public,
            body: "We're on it.".to_owned(),
            since: World::noon(),
        };
        // The listener may live for a moment after its task was ended.
        loop {
            match connector.post(&reply).await {
                Sending::Later { after_s: None, .. } => break,
                Sending::Sent(_) | Sending::Unknown(_) => tokio::task::yield_now().await,
                other => panic!("{other:?}"),
            }
        }
        let stranger = connect(&url, TOKEN, Guard::Key);
        assert!(matches!(stranger.health().await, Err(Trouble::Away(_))));
        assert!(network.counts().public_by_key.len() <= 1);
    })
    .await
    .expect("it ends");
}

#[tokio::test]
async fn the_feed_tells_posts_edits_and_deletions_from_where_one_was() {
    let stage = stage(Habits::default(), Guard::Key).await;
    let batch = stage.connector.fetch(None).await.expect("a piece");
    assert_eq!(batch.deliveries.len(), 1);
    stage
        .network
        .edit(&stage.first, "@fairlark.example help, please");
    let later = World::noon() + TimeDelta::minutes(3);
    assert!(stage.network.delete(&stage.first, Some(later)));
    let cursor = batch.cursor.expect("a cursor");
    let batch = stage.connector.fetch(Some(&cursor)).await.expect("a piece");
    let [Delivery::Post(edit), Delivery::Deleted { external_id, at }] = &batch.deliveries[..]
    else {
        panic!("{batch:?}");
    };
    assert_eq!(
        (edit.version, edit.body.as_str()),
        (2, "@fairlark.example help, please")
    );
    assert_eq!((external_id, *at), (&stage.first, later));
    let nothing = stage
        .connector
        .fetch(batch.cursor.as_deref())
        .await
        .expect("a piece");
    assert!(nothing.deliveries.is_empty() && !nothing.has_more);
    let stranger = connect(&stage.running.url(), "wrong", Guard::Key);
    assert_eq!(stranger.fetch(None).await, Err(Trouble::Reconnect));
    assert_eq!(stranger.health().await, Err(Trouble::Reconnect));
    assert_eq!(stage.connector.health().await, Ok(()));
}
