//! Rows sorted so that every cohort is a few ranges: by cell (what a filter can choose), inside a
//! cell by the moment of opening. On each order stand a wavelet matrix of first responses and a
//! few rows of bits, so that figures of a range cost the same however long it is.
//!
//! Invariant: an order knows the facts as they stand; for an as-of in the past rows are looked at
//! one by one (see [`super::tally`]).

use super::{
    bits::Bits,
    rows::{NEVER, Row},
    wavelet::{Range, Wavelet},
};
use crate::domain::{case::Origin, question::Clock, time::seconds_between};
use std::sync::OnceLock;

/// Which rows stand together. What an order doesn't tell apart is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// Left out of times.
    pub excluded: bool,
    /// How the cases began.
    pub origin: Origin,
    /// The channel's place in the atlas.
    pub channel: u16,
    /// The topic's place in the atlas.
    pub topic: u16,
}

/// How finely an order tells rows apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fineness {
    /// By origin alone: for questions about everything.
    Coarse,
    /// By channel too.
    Channels,
    /// By channel and topic.
    Topics,
}

impl Fineness {
    /// The cell of a row.
    pub fn cell(self, row: &Row) -> CellKey {
        CellKey {
            excluded: row.is_excluded(),
            origin: row.origin,
            channel: if self == Self::Coarse { 0 } else { row.channel },
            topic: if self == Self::Topics { row.topic } else { 0 },
        }
    }
}

/// One cell: its rows stand together, by their opening.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// What its rows have in common.
    pub key: CellKey,
    /// Where they stand.
    pub range: Range,
    /// Where their resolutions stand in `resolutions`.
    resolved: Range,
    /// Where its open rows stand in `open`, and in `open_by_due`.
    pub open: (usize, usize),
}

/// What is counted by bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// First answered.
    Answered,
    /// Said to be solved.
    Resolved,
    /// Asked.
    Asked,
    /// Confirmed.
    Confirmed,
    /// Disputed.
    Disputed,
    /// Thanked for.
    Thanked,
    /// First answered within target.
    Met,
    /// Closed by sundown.
    Kept,
    /// First answered by sundown.
    AnsweredByDay,
}

/// A claim that holds for a row or doesn't.
type Claim = fn(&Row) -> bool;

const FLAGS: [(Flag, Claim); 9] = [
    (Flag::Answered, |row| row.is_answered()),
    (Flag::Resolved, |row| row.resolved != NEVER),
    (Flag::Asked, |row| row.asked != NEVER),
    (Flag::Confirmed, |row| row.confirmed != NEVER),
    (Flag::Disputed, |row| row.disputed != NEVER),
    (Flag::Thanked, |row| row.thanked != NEVER),
    (Flag::Met, |row| row.met_target()),
    (Flag::Kept, |row| row.kept_sundown()),
    (Flag::AnsweredByDay, |row| row.answered_by_sundown()),
];

/// Rows in one order, with what answers quickly.
#[derive(Debug)]
pub struct Order {
    /// How finely it tells rows apart.
    pub fineness: Fineness,
    /// The cells, by key.
    pub cells: Vec<Cell>,
    /// The row at each place.
    pub row_at: Vec<u32>,
    /// Its opening.
    opened: Vec<i64>,
    calendar: Wavelet,
    business: OnceLock<Wavelet>,
    flags: [Bits; 9],
    /// Places of open rows, of those the ones without an answer, and of closed ones without.
    pub open: Vec<u32>,
    /// Open and without a first answer.
    pub waiting: Vec<u32>,
    /// Closed without a first answer: their waiting ended when they were closed.
    pub stopped: Vec<u32>,
    /// How long each of those had waited, by the calendar.
    pub stopped_s: Vec<i64>,
    /// The open places of each cell by what is due next.
    pub open_by_due: Vec<u32>,
    /// Reach of the open rows before each place of `open`.
    reach_before: Vec<i64>,
    /// Resolutions by cell, ascending inside one.
    resolutions: Vec<i64>,
}

impl Order {
    /// Puts rows (which stand by their opening) into cells.
    pub fn build(rows: &[Row], fineness: Fineness, code: Code) -> Self {
        let mut row_at: Vec<u32> = (0..rows.len() as u32).collect();
        // Stable, so rows stay by their opening inside a cell.
        row_at.sort_by_key(|place| fineness.cell(&rows[*place as usize]));
        let ordered = || row_at.iter().map(|place| &rows[*place as usize]);
        let places = |is: Claim| -> Vec<u32> {
            ordered()
                .enumerate()
                .filter(|(_, row)| is(row))
                .map(|(place, _)| place as u32)
                .collect()
        };
        let open = places(Row::is_open);
        let mut reach = 0;
        let mut reach_before = vec![0];
        for place in &open {
            reach += rows[row_at[*place as usize] as usize].reach;
            reach_before.push(reach);
        }
        let stopped =
            places(|row| !row.is_answered() && row.resolved != NEVER && !row.is_excluded());
        let stopped_s = stopped
            .iter()
            .map(|place| &rows[row_at[*place as usize] as usize])
            .map(|row| seconds_between(row.opened, row.resolved))
            .collect();
        let (mut cells, mut resolutions) = (Vec::<Cell>::new(), Vec::new());
        for (place, row) in ordered().enumerate() {
            let key = fineness.cell(row);
            let place = place as u32;
            if cells.last().is_none_or(|it| it.key != key) {
                let begin = resolutions.len() as u32;
                cells.push(Cell {
                    key,
                    range: (place, place),
                    resolved: (begin, begin),
                    open: (0, 0),
                });
            }
            if let Some(cell) = cells.last_mut() {
                cell.range.1 = place + 1;
                if row.resolved != NEVER {
                    resolutions.push(row.resolved);
                    cell.resolved.1 = resolutions.len() as u32;
                }
            }
        }
        let mut open_by_due = open.clone();
        for cell in &mut cells {
            resolutions[cell.resolved.0 as usize..cell.resolved.1 as usize].sort_unstable();
            cell.open = bounds_in(&open, cell.range);
            open_by_due[cell.open.0..cell.open.1]
                .sort_unstable_by_key(|place| by_due(&rows[row_at[*place as usize] as usize]));
        }
        Self {
            fineness,
            opened: ordered().map(|row| row.opened).collect(),
            calendar: column(ordered(), Clock::Calendar, code),
            business: OnceLock::new(),
            flags: FLAGS.map(|(_, is)| Bits::pack(ordered().map(is))),
            waiting: places(Row::is_waiting),
            stopped,
            stopped_s,
            open,
            open_by_due,
            reach_before,
            resolutions,
            cells,
            row_at,
        }
    }

    /// First responses by a clock; the one by business time is built when it is first asked for.
    pub fn column(&self, clock: Clock, rows: &[Row], code: Code) -> &Wavelet {
        match clock {
            Clock::Calendar => &self.calendar,
            Clock::Business => self.business.get_or_init(|| {
                column(
                    self.row_at.iter().map(|place| &rows[*place as usize]),
                    clock,
                    code,
                )
            }),
        }
    }

    /// The part of a range that opened in a half-open period.
    pub fn slice(&self, (from, until): Range, begin: i64, end: i64) -> Range {
        let opened = &self.opened[from as usize..until as usize];
        let low = opened.partition_point(|it| *it < begin) as u32;
        let high = opened.partition_point(|it| *it < end) as u32;
        (from + low, from + high.max(low))
    }

    /// How many rows of some ranges have a flag.
    pub fn count(&self, flag: Flag, ranges: &[Range]) -> u64 {
        let bits = &self.flags[flag as usize];
        ranges
            .iter()
            .map(|range| u64::from(bits.count(*range)))
            .sum()
    }

    /// The opening of the row at a place.
    pub fn opened_at(&self, place: u32) -> i64 {
        self.opened[place as usize]
    }

    /// How many rows of a cell were resolved by an instant (and still are).
    pub fn resolved_by(&self, cell: &Cell, at: i64) -> u64 {
        let resolutions = &self.resolutions[cell.resolved.0 as usize..cell.resolved.1 as usize];
        resolutions.partition_point(|it| *it <= at) as u64
    }

    /// How many people could see the open rows between two places of `open`.
    pub fn open_reach(&self, from: usize, until: usize) -> i64 {
        self.reach_before[until] - self.reach_before[from]
    }
}

/// The places of a sorted list that fall into a range.
pub fn within(places: &[u32], range: Range) -> &[u32] {
    let (from, until) = bounds_in(places, range);
    &places[from..until]
}

/// Where in a sorted list the places of a range stand.
pub fn bounds_in(places: &[u32], (from, until): Range) -> (usize, usize) {
    (
        places.partition_point(|it| *it < from),
        places.partition_point(|it| *it < until),
    )
}

/// What comes first: whatever is due soonest, then what more people see.
pub fn by_due(row: &Row) -> (i64, std::cmp::Reverse<i64>, i64) {
    (row.due, std::cmp::Reverse(row.reach), row.id)
}

/// How durations become small numbers that a [`Wavelet`] can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The least of all durations and zero: taken from every duration, so that none is negative.
    bias: i64,
    /// “No answer”: above every duration, with room for longer ones to come.
    none: u32,
}

impl Code {
    /// Room for durations of two years before a code has to be made anew.
    const ROOM: u32 = (1 << 26) - 1;

    /// The code for some durations, of which only the least and the largest matter.
    pub fn covering(least: i64, largest: i64) -> Self {
        let bias = least.min(0);
        let most = u32::try_from(largest - bias).unwrap_or(u32::MAX - 1);
        Self {
            bias,
            none: Self::ROOM.max(most + 1),
        }
    }

    /// A row's first response; `None` when it has none, or one outside of what the code covers.
    pub fn encode(self, row: &Row, clock: Clock) -> Option<u32> {
        if !row.is_answered() || !row.has_durations() {
            return None;
        }
        self.number(row.response_by(clock))
    }

    /// A duration; `None` outside of what the code covers.
    pub fn number(self, duration: i64) -> Option<u32> {
        u32::try_from(duration - self.bias)
            .ok()
            .filter(|it| *it < self.none)
    }

    /// The duration that a number stands for.
    pub fn duration(self, number: u32) -> i64 {
        i64::from(number) + self.bias
    }

    /// The number below which all durations up to this one lie.
    pub fn limit(self, duration: i64) -> u32 {
        u32::try_from((duration - self.bias + 1).max(0)).map_or(self.none, |it| it.min(self.none))
    }
}

fn column<'a>(rows: impl Iterator<Item = &'a Row>, clock: Clock, code: Code) -> Wavelet {
    let numbers = rows
        .map(|row| code.encode(row, clock).unwrap_or(code.none))
        .collect();
    Wavelet::build(numbers, 32 - code.none.leading_zeros())
}
