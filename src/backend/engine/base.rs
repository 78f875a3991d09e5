//! All rows as they stood at one event, with their orders; never changed once built.

use super::{
    order::{Code, Fineness, Order},
    rows::{NEVER, Row},
};
use crate::domain::question::Clock;
use std::collections::HashMap;

/// Resolutions that didn't hold, by case: resolved, reopened.
pub type Reopenings = HashMap<i64, Vec<(i64, i64)>>;

/// All rows with their orders.
#[derive(Debug)]
pub struct Base {
    /// By opening, then id.
    pub rows: Vec<Row>,
    /// Places in `rows` by the case's id.
    by_id: Vec<u32>,
    /// Everything, by channel, and by topic where there are topics.
    orders: Vec<Order>,
    /// How durations are kept in the orders.
    pub code: Code,
    /// The latest instant that any row knows of.
    pub latest: i64,
    /// The longest target of all rows, in milliseconds.
    pub longest_target: i64,
    /// The longest time from an opening to its sundown.
    pub longest_day: i64,
    /// The longest time from an opening to what is due next; endless where nothing is.
    pub longest_due: i64,
    /// The latest instant each row knows of; endless for one that was ever reopened, because
    /// what was known of it needs its whole story.
    latest_of: Vec<i64>,
}

impl Base {
    /// Sorts rows and builds their orders.
    pub fn build(mut rows: Vec<Row>) -> Self {
        rows.sort_unstable_by_key(|row| (row.opened, row.id));
        let mut by_id: Vec<u32> = (0..rows.len() as u32).collect();
        by_id.sort_unstable_by_key(|place| rows[*place as usize].id);
        let durations = || {
            let answered = rows
                .iter()
                .filter(|it| it.is_answered() && it.has_durations());
            answered.flat_map(|it| [it.response_s(), i64::from(it.business_s)])
        };
        let code = Code::covering(
            durations().min().unwrap_or(0),
            durations().max().unwrap_or(0),
        );
        let mut orders = vec![
            Order::build(&rows, Fineness::Coarse, code),
            Order::build(&rows, Fineness::Channels, code),
        ];
        if rows.iter().any(|row| row.topic != 0) {
            orders.push(Order::build(&rows, Fineness::Topics, code));
        }
        Self {
            by_id,
            orders,
            code,
            latest: rows.iter().map(Row::latest).max().unwrap_or(i64::MIN),
            longest_target: rows
                .iter()
                .map(|it| i64::from(it.target_s) * 1000)
                .max()
                .unwrap_or(0),
            longest_day: rows
                .iter()
                .filter(|it| it.sundown != NEVER)
                .map(|it| it.sundown - it.opened)
                .max()
                .unwrap_or(0),
            longest_due: rows
                .iter()
                .filter(|it| it.is_open() && it.has_durations())
                .map(|it| {
                    if it.due == NEVER {
                        NEVER
                    } else {
                        it.due - it.opened
                    }
                })
                .max()
                .unwrap_or(0),
            latest_of: rows
                .iter()
                .map(|it| if it.reopened { NEVER } else { it.latest() })
                .collect(),
            rows,
        }
    }

    /// Places of the rows that opened in a half-open period.
    pub fn between(&self, begin: i64, end: i64) -> std::ops::Range<usize> {
        let from = self.rows.partition_point(|row| row.opened < begin);
        let until = self.rows.partition_point(|row| row.opened < end);
        from..until.max(from)
    }

    /// Places of those of them about which more is known now than at an instant.
    pub fn changed_since(&self, at: i64, begin: i64, end: i64) -> impl Iterator<Item = u32> {
        let range = self.between(begin, end);
        let first = range.start;
        let latest = self.latest_of.get(range).unwrap_or_default();
        latest
            .iter()
            .enumerate()
            .filter(move |(_, latest)| **latest > at)
            .map(move |(nth, _)| (first + nth) as u32)
    }

    /// The place of a case's row.
    pub fn place_of(&self, id: i64) -> Option<u32> {
        let found = self
            .by_id
            .binary_search_by_key(&id, |place| self.rows[*place as usize].id)
            .ok()?;
        self.by_id.get(found).copied()
    }

    /// Whether a row's durations and topic fit the orders as they were built.
    pub fn holds(&self, row: &Row) -> bool {
        let fits = |clock| {
            !row.is_answered() || !row.has_durations() || self.code.encode(row, clock).is_some()
        };
        fits(Clock::Calendar) && fits(Clock::Business) && (row.topic == 0 || self.orders.len() > 2)
    }

    /// The coarsest order that is at least so fine.
    pub fn order(&self, fineness: Fineness) -> &Order {
        let wanted = match fineness {
            Fineness::Coarse => 0,
            Fineness::Channels => 1,
            Fineness::Topics => 2,
        };
        // Without topics every row has topic 0, and the order by channels tells as much.
        &self.orders[wanted.min(self.orders.len() - 1)]
    }
}
