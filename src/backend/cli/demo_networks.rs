//! The demo's networks: one a kind, on this machine, primed with what the demo has told so far.

use crate::backend::{
    Result,
    connectors::scripted::mapping::{Account, Shown},
    ctx::Ctx,
    scripted_network::{Habits, Network, Running},
    services::{
        channels::{self, NewConnection},
        secrets::Token,
    },
    store::{brands, histories, posts},
};
use crate::domain::{
    audit::Who,
    connection::ConnectionKind,
    network::{Channel, ChannelSource, Network as Kind},
    reply::Guard,
};
use chrono::Days;
use std::collections::BTreeMap;

/// Starts them and connects the demo's channels; they stop with what is returned.
pub async fn start(ctx: &Ctx) -> Result<Vec<Running>> {
    let mut tx = ctx.store.read().await?;
    let mut all: BTreeMap<Kind, Vec<Channel>> = BTreeMap::new();
    for channel in brands::channels(&mut tx).await? {
        if channel.source == ChannelSource::Demo {
            all.entry(channel.network).or_default().push(channel);
        }
    }
    let since = ctx.clock.now() - Days::new(2);
    let mut thread = Vec::new();
    for case in histories::going_on(&mut tx, since).await? {
        thread.extend(posts::of_case(&mut tx, case).await?);
    }
    drop(tx);
    let mut running = Vec::new();
    for (kind, channels) in all {
        let habits = Habits {
            // The demo's people write into the store alone, so the network sees answers to posts
            // that it never saw.
            takes_strange_parents: true,
            most: 10_000,
            ..Habits::default()
        };
        let network = Network::new(ctx.clock.clone(), habits);
        let served = network.start().await?;
        tracing::info!("The demo's {} is at {}", kind.label(), served.url());
        for channel in channels {
            let token = Token::new()?;
            let account = Account {
                handle: channel.handle.clone(),
                name: channel.handle.clone(),
                followers: 0,
            };
            network.account(account, Some(token.reveal()));
            for post in thread.iter().filter(|it| it.channel == channel.id) {
                network.remember(shown(post), &channel.handle);
            }
            let new = NewConnection {
                channel: channel.id,
                kind: ConnectionKind::Scripted,
                address: served.url(),
                secret: token.reveal().to_owned(),
                guard: Guard::Key,
            };
            channels::connect(ctx, nobody(), new).await?;
        }
        running.push(served);
    }
    Ok(running)
}

fn nobody() -> Who {
    Who {
        person: 0.into(),
        name: "The demo".to_owned(),
        address: String::new(),
    }
}

fn shown(post: &crate::domain::post::Post) -> Shown {
    Shown {
        id: post.external_id.clone(),
        in_reply_to: post.parent_external_id.clone(),
        author: Account {
            handle: post.author.clone(),
            name: post.author.clone(),
            followers: 0,
        },
        visibility: post.visibility,
        text: post.body.clone(),
        language: post.language.clone(),
        mentions: Vec::new(),
        published_at: post.published_at,
        version: i64::from(post.version),
        sent_with: None,
    }
}
