//! The horizon: open cases as points that sink towards their next due moment.
//!
//! Height is the time left on a log-like scale (8 h, 2 h, 30 m, 10 m, due), below the line it is
//! late. Left is older, on a scale that gives the last hour as much room as the twelve before it.
//! Everything is in per mille of the picture, so that it can be drawn at any size.

use super::rows::{NEVER, Row};
use crate::domain::{
    board::{Dot, Horizon, Urgency},
    ids::CaseId,
    time::seconds_between,
};

/// Seconds left → height, from the top of the picture to the line.
const SKY: [(i64, u16, &str); 5] = [
    (86_400, 50, "1 d"),
    (28_800, 180, "8 h"),
    (7200, 320, "2 h"),
    (1800, 450, "30 m"),
    (600, 560, "10 m"),
];
/// Seconds late → height, below the line.
const DEEP: [(i64, u16, &str); 3] = [
    (3600, 810, "1 h late"),
    (86_400, 890, "1 d late"),
    (30 * 86_400, 950, "30 d late"),
];
/// Age in seconds → place.
const AGES: [(i64, u16, &str); 6] = [
    (0, Horizon::NOW, "now"),
    (3600, 790, "−1 h"),
    (4 * 3600, 590, "−4 h"),
    (12 * 3600, 390, "−12 h"),
    (86_400, 230, "−24 h"),
    (30 * 86_400, 60, "−30 d"),
];
/// Beyond this far past due everything stands in the same corner of the picture.
pub const DEEPEST_MS: i64 = 30 * 86_400_000;
/// How many people make an influencer.
const INFLUENCER: i64 = 100_000;

/// Where a row would be drawn, before its name is known.
pub fn place(row: &Row, as_of: i64) -> Dot {
    let left = seconds_between(as_of, row.due);
    Dot {
        case: Some(CaseId::from(row.id)),
        count: 1,
        x: across(seconds_between(row.opened, as_of)),
        y: height(left),
        r: radius(row.reach),
        urgency: Urgency::of(left),
        ring: row.reach >= INFLUENCER,
        label: String::new(),
    }
}

/// Cells of the grid, from left to right and from top to bottom: so many per mille each.
const ACROSS: u16 = 25;
const DOWN: u16 = 60;
/// How many cells stand below each other.
const ROWS: usize = 1000 / DOWN as usize + 1;
/// How many cells there are, three for the three urgencies at each place.
const CELLS: usize = (1000 / ACROSS as usize + 1) * ROWS * 3;

/// Open cases on their way into the picture: one by one as long as they are few, else gathered in
/// the cells of a grid.
#[derive(Clone, Debug)]
pub struct Sky {
    as_of: i64,
    counts: [u64; 3],
    singles: Vec<Row>,
    /// Empty as long as every case is told apart.
    grid: Vec<Heap>,
}

/// Rows near each other.
#[derive(Clone, Debug, Default)]
struct Heap {
    x: u64,
    y: u64,
    count: u64,
    reach: i64,
    last: Option<CaseId>,
}

impl Sky {
    /// An empty one, at an instant in milliseconds.
    pub const fn new(as_of: i64) -> Self {
        Self {
            as_of,
            counts: [0; 3],
            singles: Vec::new(),
            grid: Vec::new(),
        }
    }

    /// Adds an open row; one in which nothing is due isn't drawn.
    pub fn add(&mut self, row: &Row) {
        if row.due == NEVER {
            return;
        }
        self.counts[Urgency::of(seconds_between(self.as_of, row.due)) as usize] += 1;
        if self.grid.is_empty() && self.singles.len() < Horizon::SINGLES {
            self.singles.push(*row);
            return;
        }
        self.gather();
        self.heap(row);
    }

    /// Adds cases that are overdue by more than the picture shows.
    pub fn add_ancient(&mut self, count: u64) {
        if count == 0 {
            return;
        }
        self.gather();
        self.counts[Urgency::Late as usize] += count;
        let (x, y) = (across(DEEPEST_MS / 1000), height(-DEEPEST_MS / 1000));
        let heap = &mut self.grid[cell(x, y, Urgency::Late)];
        heap.x += u64::from(x) * count;
        heap.y += u64::from(y) * count;
        heap.count += count;
        heap.last = None;
    }

    /// The rows that get a dot of their own: all or none.
    pub fn singles(&self) -> &[Row] {
        &self.singles
    }

    fn gather(&mut self) {
        if self.grid.is_empty() {
            self.grid.resize(CELLS, Heap::default());
            for row in std::mem::take(&mut self.singles) {
                self.heap(&row);
            }
        }
    }

    fn heap(&mut self, row: &Row) {
        let dot = place(row, self.as_of);
        let heap = &mut self.grid[cell(dot.x, dot.y, dot.urgency)];
        heap.x += u64::from(dot.x);
        heap.y += u64::from(dot.y);
        heap.count += 1;
        heap.reach = heap.reach.max(row.reach);
        heap.last = dot.case;
    }

    /// Draws everything; `label` names a single case's dot.
    pub fn draw(&self, label: impl Fn(&Row) -> String) -> Horizon {
        let singles = self.singles.iter().map(|row| Dot {
            label: label(row),
            ..place(row, self.as_of)
        });
        let mut dots: Vec<Dot> = singles.chain(self.heaps()).collect();
        dots.sort_by_key(|dot| (std::cmp::Reverse(dot.r), dot.x, dot.y, dot.case));
        let axis = |marks: &[(i64, u16, &str)]| -> Vec<(u16, String)> {
            marks
                .iter()
                .map(|&(_, at, text)| (at, text.to_owned()))
                .collect()
        };
        let mut heights = axis(&SKY);
        heights.push((Horizon::LINE, "due".to_owned()));
        heights.extend(axis(&DEEP));
        Horizon {
            counts: self.counts,
            dots,
            heights,
            ages: axis(&AGES),
        }
    }

    fn heaps(&self) -> impl Iterator<Item = Dot> {
        let urgencies = [Urgency::Calm, Urgency::Due, Urgency::Late]
            .into_iter()
            .cycle();
        let heaps = self.grid.iter().zip(urgencies);
        heaps
            .filter(|(heap, _)| heap.count > 0)
            .map(|(heap, urgency)| heap.dot(urgency))
    }
}

impl Heap {
    fn dot(&self, urgency: Urgency) -> Dot {
        let several = (60.0 + 18.0 * (self.count as f64).log2()).min(220.0) as u16;
        Dot {
            case: self.last.filter(|_| self.count == 1),
            count: u32::try_from(self.count).unwrap_or(u32::MAX),
            x: (self.x / self.count) as u16,
            y: (self.y / self.count) as u16,
            r: match self.count {
                1 => radius(self.reach),
                _ => several,
            },
            urgency,
            ring: self.reach >= INFLUENCER,
            label: match self.count {
                1 => format!("1 case, {}", urgency.label()),
                count => format!("{count} cases, {}", urgency.label()),
            },
        }
    }
}

/// Radius in tenths of a pixel: 4 px for nobody, about 11 px for a million.
fn radius(reach: i64) -> u16 {
    let people = reach.clamp(0, 100_000_000) as f64;
    (40.0 + 12.0 * (1.0 + people).log10()) as u16
}

fn height(left: i64) -> u16 {
    if left >= 0 {
        // From the line upwards.
        let marks = SKY.iter().rev().map(|&(s, y, _)| (s, y));
        between((0, Horizon::LINE), marks, left)
    } else {
        let marks = DEEP.iter().map(|&(s, y, _)| (s, y));
        between((0, Horizon::LINE + 15), marks, -left)
    }
}

fn across(age: i64) -> u16 {
    let marks = AGES.iter().skip(1).map(|&(s, x, _)| (s, x));
    between((AGES[0].0, AGES[0].1), marks, age.max(0))
}

/// Places a length between marks, beginning with `first`: straight inside the first stretch, by
/// its logarithm in the others; beyond the last mark it stays there.
fn between(first: (i64, u16), marks: impl Iterator<Item = (i64, u16)>, length: i64) -> u16 {
    let (mut from, mut at) = first;
    for (until, to) in marks {
        if length <= until {
            let share = if from == first.0 {
                (length - from) as f64 / (until - from) as f64
            } else {
                (length as f64 / from as f64).ln() / (until as f64 / from as f64).ln()
            };
            return (f64::from(at) + share * (f64::from(to) - f64::from(at))).round() as u16;
        }
        (from, at) = (until, to);
    }
    at
}

fn cell(x: u16, y: u16, urgency: Urgency) -> usize {
    ((x / ACROSS) as usize * ROWS + (y / DOWN) as usize) * 3 + urgency as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_time_is_left_the_higher_a_dot_stands() {
        let heights: Vec<u16> = [
            200_000,
            86_400,
            20_000,
            7200,
            1800,
            600,
            60,
            0,
            -1,
            -3600,
            -86_400,
            -10_000_000,
        ]
        .map(height)
        .to_vec();
        assert!(
            heights.windows(2).all(|pair| pair[0] <= pair[1]),
            "{heights:?}"
        );
        assert_eq!(height(0), Horizon::LINE);
        assert!(height(-1) > Horizon::LINE);
    }

    #[test]
    fn the_older_a_case_the_further_left_it_stands() {
        let places: Vec<u16> = [0, 60, 3600, 7200, 86_400, 10_000_000, 400_000_000]
            .map(across)
            .to_vec();
        assert!(
            places.windows(2).all(|pair| pair[0] >= pair[1]),
            "{places:?}"
        );
        assert_eq!(across(0), Horizon::NOW);
    }
}
