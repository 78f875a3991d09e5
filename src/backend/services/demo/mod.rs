//! The demo: an invented workspace that fills an empty database and then plays on.
//!
//! [`fill`] writes a month and a half of history, the seven stories and the open cases of this
//! moment; [`play`] lets new complaints arrive and be answered while the server runs, and takes
//! up where it was left after a pause.
//!
//! Invariant: everything in it is invented, and it never touches a database that holds anything
//! else.

mod cast;
mod chance;
mod generator;
mod live;
mod names;
pub mod people;
#[cfg(test)]
mod replay;
mod script;
pub mod stories;
mod tale;
mod texts;

pub use live::play;

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{cases, histories, workspace},
    },
    domain::{case::Status, history::History, time::Instant},
};
use cast::World;
use chrono::Days;
use names::Taken;
use std::fmt;

/// The seed of the invented month.
const SEED: u64 = 1_800;

/// What became of filling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// The demo is in the database now.
    New {
        /// Cases, the excluded too.
        cases: usize,
        /// Of these, still open.
        open: usize,
        /// Posts.
        posts: usize,
        /// Events.
        events: usize,
    },
    /// It was there before; nothing was changed.
    Already,
}

impl fmt::Display for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New {
                cases,
                open,
                posts,
                events,
            } => write!(
                f,
                "The demo is ready: {cases} cases of two invented brands, {open} of them open, {posts} posts, {events} events."
            ),
            Self::Already => {
                f.write_str("The demo is in this database already; nothing was changed.")
            }
        }
    }
}

/// Fills an empty database with the demo, in one transaction; one that has it is left as it is.
pub async fn fill(ctx: &Ctx) -> Result<Filled> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let is_there = workspace::find(&mut tx, workspace::DEMO).await?.is_some();
    let others = cases::count(&mut tx).await?;
    drop(tx);
    if is_there {
        return Ok(Filled::Already);
    }
    if others > 0 {
        return Err(Error::Unusable(format!(
            "This database already holds {others} cases; the demo only plays in an empty one. Give it a database of its own: SUNDOWN_DATABASE_URL=sqlite://data/demo.db"
        )));
    }
    let (world, histories) = everything(SEED, now);
    let mut tx = ctx.store.write().await?;
    world.keep(&mut tx, SEED).await?;
    histories::insert_all(&mut tx, &histories, now).await?;
    workspace::set(&mut tx, workspace::DEMO, &now.to_rfc3339()).await?;
    tx.commit().await?;
    Ok(Filled::New {
        cases: histories.len(),
        open: histories
            .iter()
            .filter(|it| it.case.status == Status::Open)
            .count(),
        posts: histories.iter().map(|it| it.posts.len()).sum(),
        events: histories.iter().map(|it| it.events.len()).sum(),
    })
}

/// The whole demo as it stands at an instant: the stories, the past, the present.
fn everything(seed: u64, now: Instant) -> (World, Vec<History>) {
    let world = World::fresh(seed, now);
    let mut taken = Taken::new();
    let mut histories = stories::tell(&world, now, &mut taken);
    let began = now - Days::new(generator::DAYS);
    histories.extend(generator::past(&world, seed, began, now, now, &mut taken));
    histories.extend(generator::present(&world, seed, now, &mut taken));
    histories.sort_by_key(|it| it.case.opened_at);
    (world, histories)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::{clock::Clock, store::events};

    async fn ctx(folder: &tempfile::TempDir) -> Ctx {
        let url = format!("sqlite://{}/demo.db", folder.path().display());
        let now = "2026-11-20T13:30:00Z".parse().expect("an instant");
        Ctx::open(&url, Clock::fixed(now)).await.expect("a store")
    }

    #[tokio::test]
    async fn an_empty_database_is_filled_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = ctx(&folder).await;
        let filled = fill(&ctx).await.expect("the demo");
        let Filled::New {
            cases: made,
            events: told,
            ..
        } = filled
        else {
            panic!("{filled}");
        };
        assert!(made > 700, "{filled}");
        let mut tx = ctx.store.read().await.expect("a snapshot");
        assert_eq!(cases::count(&mut tx).await.expect("a count"), made as i64);
        assert_eq!(events::last(&mut tx).await.expect("a number"), told as i64);
        drop(tx);
        assert_eq!(fill(&ctx).await.expect("again"), Filled::Already);
    }

    #[tokio::test]
    async fn a_database_with_other_cases_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = ctx(&folder).await;
        let (world, histories) = everything(1, ctx.clock.now());
        let mut tx = ctx.store.write().await.expect("a change");
        world.keep(&mut tx, 1).await.expect("brands");
        histories::insert_all(&mut tx, &histories[..2], ctx.clock.now())
            .await
            .expect("two cases");
        tx.commit().await.expect("kept");
        let no = fill(&ctx).await.expect_err("a refusal").to_string();
        assert!(
            no.starts_with("This database already holds 2 cases"),
            "{no}"
        );
    }
}
