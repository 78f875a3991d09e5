//! What every use case is handed first: the store, the clock, the maker of ids, the engine.

use super::{
    clock::Clock,
    connectors::Connectors,
    engine::Engine,
    error::Result,
    ids::Ids,
    services::{
        inbox::{Presence, index::Index},
        intake::Intake,
        keys::{self, KeySource},
        passwords::Passwords,
        triage::{self, Triage},
    },
    store::Store,
    vault::Vault,
};
use std::{path::PathBuf, sync::Arc};
use tokio::sync::Notify;

/// Where everything is kept.
#[derive(Clone, Debug)]
pub struct Place {
    /// `sqlite://…` or `postgres://…`; may hold a password, so it isn't shown.
    pub database_url: super::vault::Secret<String>,
    /// Where automatic backups go, unless beside the SQLite file.
    pub backups: Option<PathBuf>,
    /// The key of the secrets.
    pub key: KeySource,
}

impl Place {
    /// A database with all else as it is when nothing is said.
    pub fn of(database_url: &str) -> Self {
        Self {
            database_url: super::vault::Secret::new(database_url.to_owned()),
            backups: None,
            key: KeySource::Unsaid,
        }
    }
}

/// The server's context; cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    /// All data.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// New ids.
    pub ids: Ids,
    /// All figures.
    pub engine: Arc<Engine>,
    /// Hashing of passwords, a few at a time.
    pub passwords: Passwords,
    /// Seals and opens secrets.
    pub vault: Vault,
    /// The networks.
    pub connectors: Connectors,
    /// Wakes whoever sends replies.
    pub outbox: Arc<Notify>,
    /// The cases that wait.
    pub inbox: Arc<Index>,
    /// Who is in which case.
    pub presence: Arc<Presence>,
    /// What triage has learned so far.
    pub triage: Triage,
    /// Takes in what networks tell, from everybody at once.
    pub intake: Intake,
}

impl Ctx {
    /// Opens a context over a store; the engine fills itself on the first question.
    pub fn new(store: Store, clock: Clock, vault: Vault) -> Self {
        Self {
            engine: Arc::new(Engine::new()),
            store,
            clock,
            ids: Ids::random(),
            passwords: Passwords::default(),
            triage: Triage::default(),
            vault,
            connectors: Connectors::default(),
            outbox: Arc::default(),
            inbox: Arc::default(),
            presence: Arc::default(),
            intake: Intake::default(),
        }
    }

    /// Opens the store at a URL, brings it up to date and makes a context over it.
    pub async fn open(database_url: &str, clock: Clock) -> Result<Self> {
        Self::open_at(&Place::of(database_url), clock).await
    }

    /// Opens the store at a place, brings it up to date, checks the key of its secrets and makes a
    /// context over it.
    ///
    /// # Errors
    /// When the store can't be opened, or the key isn't the one that has sealed its secrets.
    pub async fn open_at(place: &Place, clock: Clock) -> Result<Self> {
        let now = clock.now();
        let store = Store::open(place.database_url.expose(), place.backups.clone(), now).await?;
        match keys::unlock(&store, &place.key, now).await {
            Ok(vault) => {
                let ctx = Self::new(store, clock, vault);
                triage::refresh(&ctx).await?;
                Ok(ctx)
            }
            Err(why) => {
                store.close().await;
                Err(why)
            }
        }
    }
}
