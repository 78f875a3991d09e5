//! What is open at a question's as-of, whenever it was opened.

use super::{
    horizon::{DEEPEST_MS, Sky},
    order::{Order, by_due, within},
    rows::Row,
    snapshot::{Chosen, Snapshot, Texts},
};
use crate::domain::{case::Origin, question::Question};

/// The open cases of a question: the first ones row by row, all of them added up and gathered for
/// the horizon's picture.
#[derive(Clone, Debug)]
pub struct OpenSet {
    /// How many.
    pub count: u64,
    /// How many of them have no first answer.
    pub waiting: u64,
    /// How many people could see them.
    pub reach: i64,
    /// When the oldest whose beginning is known opened.
    pub oldest: Option<i64>,
    /// When the oldest of those without a first answer opened.
    pub waiting_since: Option<i64>,
    /// The earliest opening of all, even where the beginning is missing.
    pub earliest: Option<i64>,
    /// The first of all by what is due.
    pub first: Vec<Row>,
    /// Where they stand in the picture.
    pub sky: Sky,
}

impl OpenSet {
    fn new(as_of: i64) -> Self {
        Self {
            count: 0,
            waiting: 0,
            reach: 0,
            oldest: None,
            waiting_since: None,
            earliest: None,
            first: Vec::new(),
            sky: Sky::new(as_of),
        }
    }

    fn add(&mut self, row: &Row) {
        self.count += 1;
        self.waiting += u64::from(row.is_waiting());
        self.reach += row.reach;
        keep_earlier(&mut self.earliest, Some(row.opened));
        if row.has_durations() {
            keep_earlier(&mut self.oldest, Some(row.opened));
            if row.is_waiting() {
                keep_earlier(&mut self.waiting_since, Some(row.opened));
            }
        }
        self.sky.add(row);
    }

    fn settle(&mut self, first: usize) {
        self.first.sort_unstable_by_key(by_due);
        self.first.truncate(first);
    }
}

fn keep_earlier(kept: &mut Option<i64>, other: Option<i64>) {
    *kept = kept.iter().copied().chain(other).min();
}

impl Snapshot {
    /// The cases that are open at a question's as-of, of them the `first` by what is due. Those
    /// overdue by more than the picture shows are counted and not looked at one by one.
    pub fn open_set(&self, question: &Question, texts: Option<&Texts>, first: usize) -> OpenSet {
        let as_of = question.as_of.timestamp_millis();
        let mut set = OpenSet::new(as_of);
        if texts.is_some() || as_of < self.latest {
            set.first = self.known(question, texts).filter(Row::is_open).collect();
            for place in 0..set.first.len() {
                let row = set.first[place];
                set.add(&row);
            }
            set.settle(first);
            return set;
        }
        let chosen = Chosen::look_up(&question.filter, &self.atlas);
        let order = self.base.order(chosen.fineness());
        // Whatever opened before this is overdue by more than the picture shows.
        let ancient_before = as_of
            .saturating_sub(DEEPEST_MS)
            .saturating_sub(self.base.longest_due);
        let mut ancient = 0;
        let live = |place: &u32| {
            let at = order.row_at[*place as usize];
            (!self.is_dead(at)).then(|| &self.base.rows[at as usize])
        };
        let cells = order.cells.iter();
        for cell in cells.filter(|it| chosen.admits(it.key) && !it.key.excluded) {
            let (from, until) = cell.open;
            let open = &order.open[from..until];
            // Nothing is due in a case without a beginning; it is never drawn, so it is looked at.
            let beyond = match cell.key.origin {
                Origin::Dangling => 0,
                Origin::Customer | Origin::Brand => {
                    open.partition_point(|it| order.opened_at(*it) < ancient_before)
                }
            };
            if beyond > 0 {
                ancient += beyond as u64;
                self.add_beyond(&mut set, order, cell.range.0, (from, from + beyond));
            }
            open[beyond..]
                .iter()
                .filter_map(live)
                .for_each(|row| set.add(row));
            let by_due = order.open_by_due[from..until].iter();
            set.first
                .extend(by_due.filter_map(live).take(first).copied());
        }
        for place in &self.dead {
            let row = &self.base.rows[*place as usize];
            let is_counted = row.is_open() && row.has_durations() && row.opened < ancient_before;
            if is_counted && chosen.admits_row(row) {
                ancient -= 1;
                set.count -= 1;
                set.reach -= row.reach;
                set.waiting -= u64::from(row.is_waiting());
            }
        }
        let changed = self.delta.iter();
        for row in changed.filter(|row| row.is_open() && chosen.admits_row(row)) {
            set.add(row);
            set.first.push(*row);
        }
        set.sky.add_ancient(ancient);
        set.settle(first);
        set
    }

    /// Adds the open rows of a cell that begins at `begin`, from one place in the list of open
    /// ones to another, without looking at each.
    fn add_beyond(
        &self,
        set: &mut OpenSet,
        order: &Order,
        begin: u32,
        (from, until): (usize, usize),
    ) {
        let open = &order.open[from..until];
        let Some(last) = open.last() else { return };
        let waiting = within(&order.waiting, (begin, last + 1));
        let oldest = |places: &[u32]| {
            let live = places
                .iter()
                .find(|it| !self.is_dead(order.row_at[**it as usize]));
            live.map(|it| order.opened_at(*it))
        };
        set.count += open.len() as u64;
        set.reach += order.open_reach(from, until);
        set.waiting += waiting.len() as u64;
        keep_earlier(&mut set.oldest, oldest(open));
        keep_earlier(&mut set.earliest, oldest(open));
        keep_earlier(&mut set.waiting_since, oldest(waiting));
    }
}
