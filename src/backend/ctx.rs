//! What every use case is handed first: the store, the clock, the maker of ids, the engine.

use super::{
    clock::Clock, engine::Engine, error::Result, ids::Ids, services::passwords::Passwords,
    store::Store,
};
use std::sync::Arc;

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
}

impl Ctx {
    /// Opens a context over a store; the engine fills itself on the first question.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            engine: Arc::new(Engine::new()),
            store,
            clock,
            ids: Ids::random(),
            passwords: Passwords::default(),
        }
    }

    /// Opens the store at a URL, brings it up to date and makes a context over it.
    pub async fn open(database_url: &str, clock: Clock) -> Result<Self> {
        Ok(Self::new(Store::open(database_url).await?, clock))
    }
}
