//! The metric engine: answers a [`Question`](crate::domain::question::Question) exactly, from columns in memory.
//!
//! Facts in SQL are the truth; the engine is derived from them, follows the event log and is
//! filled anew when a process starts. Pure but for reading the store: the same snapshot and
//! question give the same answer. It stands behind its question type, so that another engine can
//! take its place.
//!
//! Invariant: no figure is computed anywhere else.

pub mod answers;
pub mod atlas;
mod base;
mod bits;
pub mod horizon;
mod hours;
pub mod kaplan_meier;
pub mod open_set;
mod order;
mod part;
pub mod rows;
pub mod snapshot;
mod tally;
#[cfg(test)]
mod tests;
mod wavelet;

pub use snapshot::{Snapshot, Texts};

use crate::{
    backend::{
        Error, Result,
        store::{self, Tx},
    },
    domain::{ids::CaseId, time::Instant},
};
use atlas::Atlas;
use base::{Base, Reopenings};
use rows::Row;
use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
};
use tokio::sync::Mutex;

/// So many changed rows are carried beside the base before it is built anew…
const DELTA: usize = 1000;
/// …or one in so many rows, where that is more: building costs about a microsecond a row.
const DELTA_SHARE: usize = 100;

/// Answers questions; one in a process.
#[derive(Debug, Default)]
pub struct Engine {
    current: RwLock<Option<Arc<Snapshot>>>,
    refreshing: Mutex<()>,
}

impl Engine {
    /// An engine that fills itself on the first question.
    pub fn new() -> Self {
        Self::default()
    }

    fn current(&self) -> Option<Arc<Snapshot>> {
        self.current
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The facts as a transaction sees them, or a little newer.
    pub async fn snapshot(&self, tx: &mut Tx, now: Instant) -> Result<Arc<Snapshot>> {
        let last = store::events::last(tx).await?;
        let rules = store::brands::last_rules(tx).await?;
        let is_new = |it: &Arc<Snapshot>| it.number >= last && it.rules >= rules;
        if let Some(current) = self.current().filter(is_new) {
            return Ok(current);
        }
        let _one_at_a_time = self.refreshing.lock().await;
        let current = match self.current() {
            Some(current) if is_new(&current) => return Ok(current),
            Some(current) if current.rules < rules => Self::read_rules(tx, &current, rules, now)
                .await?
                .map(Arc::new),
            current => current,
        };
        let snapshot = match current {
            Some(current) if current.number >= last => Snapshot::clone(&current),
            Some(current) => match Self::advance(tx, &current, last).await? {
                Some(next) => next,
                None => Self::fill(tx, last, rules, now).await?,
            },
            None => Self::fill(tx, last, rules, now).await?,
        };
        let snapshot = Arc::new(snapshot);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// The same rows under the rules as they stand now; `None` when there are other brands.
    async fn read_rules(
        tx: &mut Tx,
        old: &Snapshot,
        rules: i64,
        now: Instant,
    ) -> Result<Option<Snapshot>> {
        let atlas = old.atlas.read_rules(tx, now).await?;
        Ok(atlas.map(|atlas| Snapshot {
            rules,
            atlas: Arc::new(atlas),
            ..old.clone()
        }))
    }

    /// Reads everything.
    async fn fill(tx: &mut Tx, number: i64, rules: i64, now: Instant) -> Result<Snapshot> {
        let first = store::facts::first_opening(tx).await?;
        let mut atlas = Atlas::read(tx, atlas::earliest(first, now), now).await?;
        let mut rows = Vec::new();
        store::facts::each(tx, |facts| rows.extend(Row::pack(&facts, &mut atlas))).await?;
        let reopenings = Self::reopenings(tx).await?;
        let base = tokio::task::spawn_blocking(move || Base::build(rows))
            .await
            .map_err(|why| Error::Task(why.to_string()))?;
        tracing::debug!(cases = base.rows.len(), number, "Filled the metric engine");
        Ok(Snapshot {
            number,
            rules,
            atlas: Arc::new(atlas),
            latest: base.latest,
            base: Arc::new(base),
            reopenings: Arc::new(reopenings),
            delta: Vec::new(),
            dead: HashSet::new(),
        })
    }

    async fn reopenings(tx: &mut Tx) -> Result<Reopenings> {
        let mut reopenings = Reopenings::new();
        for (case, resolved, reopened) in store::facts::reopenings(tx).await? {
            reopenings
                .entry(case)
                .or_default()
                .push((resolved, reopened));
        }
        Ok(reopenings)
    }

    /// Applies what happened since a snapshot; `None` when so much did that reading everything is
    /// cheaper, or a row doesn't fit what the snapshot knows.
    async fn advance(tx: &mut Tx, old: &Snapshot, last: i64) -> Result<Option<Snapshot>> {
        let most = DELTA.max(old.base.rows.len() / DELTA_SHARE);
        if usize::try_from(last - old.number).unwrap_or(usize::MAX) > most * 8 {
            return Ok(None);
        }
        let changed: HashSet<CaseId> = store::events::changed_after(tx, old.number, last)
            .await?
            .into_iter()
            .collect();
        let ids: Vec<CaseId> = changed.iter().copied().collect();
        let facts = store::facts::of(tx, &ids).await?;
        let mut atlas = Arc::clone(&old.atlas);
        if facts
            .iter()
            .any(|it| atlas.channel_place(it.channel).is_none())
        {
            // Places of channels may have moved, so nothing packed before can stay.
            return Ok(None);
        }
        let mut delta: Vec<Row> = old
            .delta
            .iter()
            .filter(|row| !changed.contains(&CaseId::from(row.id)))
            .copied()
            .collect();
        let mut dead = old.dead.clone();
        dead.extend(changed.iter().filter_map(|id| old.base.place_of(id.get())));
        let mut has_reopened = false;
        for facts in &facts {
            has_reopened |= facts.episode > 1;
            let atlas = Arc::make_mut(&mut atlas);
            let Some(row) = Row::pack(facts, atlas) else {
                return Ok(None);
            };
            if !old.base.holds(&row) {
                return Ok(None);
            }
            delta.push(row);
        }
        if delta.len() + dead.len() > most {
            return Ok(None);
        }
        delta.sort_unstable_by_key(|row| (row.opened, row.id));
        let reopenings = if has_reopened {
            Arc::new(Self::reopenings(tx).await?)
        } else {
            Arc::clone(&old.reopenings)
        };
        let latest = delta
            .iter()
            .map(Row::latest)
            .max()
            .unwrap_or(i64::MIN)
            .max(old.base.latest);
        Ok(Some(Snapshot {
            rules: old.rules,
            number: last,
            atlas,
            base: Arc::clone(&old.base),
            reopenings,
            delta,
            dead,
            latest,
        }))
    }
}
