//! A network that plays a part: accounts, posts, threads, private messages, edits and deletions over
//! HTTP, that fails in every way one asks for and **counts what became public**.
//!
//! It runs in the demo's own process, in tests, and by itself (`sundown scripted-network`). All it
//! knows is in memory. Two doors: `/api/…` is what a connector sees, `/control/…` is for whoever
//! directs the play.

mod api;
mod control;
mod faults;
mod state;

pub use faults::{Ending, Fault, On, Rule};
pub use state::{Counts, Double, Draft, Habits, Kept};

use crate::{
    backend::{
        clock::Clock,
        connectors::scripted::mapping::{Account, Shown},
    },
    domain::time::Instant,
};
use axum::Router;
use state::State;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// The network; cheap to clone.
#[derive(Clone)]
pub struct Network {
    state: Arc<Mutex<State>>,
    clock: Clock,
}

impl Network {
    /// An empty one, by a clock.
    pub fn new(clock: Clock, habits: Habits) -> Self {
        Self {
            state: Arc::new(Mutex::new(State::new(habits))),
            clock,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes an account, or changes one; those with a token can be used by a connector.
    pub fn account(&self, account: Account, token: Option<&str>) {
        self.state().account(account, token.map(str::to_owned));
    }

    /// Somebody writes; accounts that aren't known are made. Tells the post's id.
    ///
    /// # Errors
    /// When the id is taken.
    pub fn write(&self, draft: Draft) -> Result<Shown, &'static str> {
        let now = self.clock.now();
        self.state().write(draft, now)
    }

    /// Somebody says it differently.
    pub fn edit(&self, id: &str, text: &str) -> Option<Shown> {
        self.state().edit(id, text)
    }

    /// Somebody takes it back; tells whether there was anything.
    pub fn delete(&self, id: &str, at: Option<Instant>) -> bool {
        let at = at.unwrap_or_else(|| self.clock.now());
        self.state().delete(id, at)
    }

    /// Puts a post there that was written before, without telling anybody; what follows from it is
    /// told to an account.
    pub fn remember(&self, post: Shown, to: &str) {
        self.state().remember(post, to);
    }

    /// Tells an account something in any shape.
    pub fn tell(&self, to: &str, item: serde_json::Value) {
        self.state().tell_raw(to, item);
    }

    /// Lets it fail from now on.
    pub fn fail(&self, rule: Rule) {
        self.state().faults.push(rule);
    }

    /// Lets it work again.
    pub fn work(&self) {
        self.state().faults.clear();
    }

    /// Changes what it is like.
    pub fn habits(&self, habits: Habits) {
        self.state().habits = habits;
    }

    /// What became public, counted.
    pub fn counts(&self) -> Counts {
        self.state().counts()
    }

    /// Every post there ever was, in order.
    pub fn posts(&self) -> Vec<Kept> {
        self.state().posts.clone()
    }

    /// Both doors.
    pub fn router(&self) -> Router {
        Router::new()
            .nest("/api", api::router())
            .nest("/control", control::router())
            .with_state(self.clone())
    }

    /// Serves until the listener breaks.
    ///
    /// # Errors
    /// When the system says no.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        axum::serve(listener, self.router()).await
    }

    /// Serves on any free port of this machine, as long as what is returned lives.
    ///
    /// # Errors
    /// When the system says no.
    pub async fn start(&self) -> io::Result<Running> {
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(self.clone().serve(listener));
        Ok(Running { address, task })
    }
}

/// A network that is served; it stops with this.
pub struct Running {
    address: SocketAddr,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    /// Where.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}
