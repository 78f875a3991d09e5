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
use std::collections::BTreeMap;

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

/// Draws open rows, and `ancient` ones that are overdue by more than the picture shows; beyond
/// [`Horizon::SINGLES`] near ones become one dot with a count.
///
/// `label` names a case's dot.
pub fn draw(rows: &[Row], ancient: u64, as_of: i64, label: impl Fn(&Row) -> String) -> Horizon {
    let mut counts = [0; 3];
    let due: Vec<&Row> = rows.iter().filter(|row| row.due != NEVER).collect();
    for row in &due {
        counts[Urgency::of(seconds_between(as_of, row.due)) as usize] += 1;
    }
    counts[Urgency::Late as usize] += ancient;
    let mut dots: Vec<Dot> = if is_told_apart(due.len(), ancient) {
        due.iter()
            .map(|row| Dot {
                label: label(row),
                ..place(row, as_of)
            })
            .collect()
    } else {
        cells(&due, ancient, as_of)
    };
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
        counts,
        dots,
        heights,
        ages: axis(&AGES),
    }
}

/// Whether every case gets a dot of its own.
pub fn is_told_apart(recent: usize, ancient: u64) -> bool {
    ancient == 0 && recent <= Horizon::SINGLES
}

/// Rows near each other.
#[derive(Default)]
struct Heap {
    x: u64,
    y: u64,
    count: u32,
    reach: i64,
    last: Option<CaseId>,
}

/// Rows gathered in a grid of cells, each drawn as one dot with a count.
fn cells(rows: &[&Row], ancient: u64, as_of: i64) -> Vec<Dot> {
    const ACROSS: u16 = 25;
    const DOWN: u16 = 60;
    let mut grid: BTreeMap<(u16, u16, Urgency), Heap> = BTreeMap::new();
    for row in rows {
        let dot = place(row, as_of);
        let heap = grid
            .entry((dot.x / ACROSS, dot.y / DOWN, dot.urgency))
            .or_default();
        heap.x += u64::from(dot.x);
        heap.y += u64::from(dot.y);
        heap.count += 1;
        heap.reach = heap.reach.max(row.reach);
        heap.last = dot.case;
    }
    if ancient > 0 {
        let corner = (across(DEEPEST_MS / 1000), height(-DEEPEST_MS / 1000));
        let key = (corner.0 / ACROSS, corner.1 / DOWN, Urgency::Late);
        let heap = grid.entry(key).or_default();
        heap.x += u64::from(corner.0) * ancient;
        heap.y += u64::from(corner.1) * ancient;
        heap.count += u32::try_from(ancient).unwrap_or(u32::MAX);
        heap.last = None;
    }
    grid.into_iter()
        .map(|((_, _, urgency), heap)| {
            let several = (60.0 + 18.0 * f64::from(heap.count).log2()).min(220.0) as u16;
            Dot {
                case: heap.last.filter(|_| heap.count == 1),
                count: heap.count,
                x: (heap.x / u64::from(heap.count)) as u16,
                y: (heap.y / u64::from(heap.count)) as u16,
                r: if heap.count == 1 {
                    radius(heap.reach)
                } else {
                    several
                },
                urgency,
                ring: heap.reach >= INFLUENCER,
                label: match heap.count {
                    1 => format!("1 case, {}", urgency.label()),
                    count => format!("{count} cases, {}", urgency.label()),
                },
            }
        })
        .collect()
}

/// Radius in tenths of a pixel: 4 px for nobody, about 11 px for a million.
fn radius(reach: i64) -> u16 {
    let people = reach.clamp(0, 100_000_000) as f64;
    (40.0 + 12.0 * (1.0 + people).log10()) as u16
}

fn height(left: i64) -> u16 {
    if left >= 0 {
        // From the line upwards.
        let mut marks = vec![(0, Horizon::LINE)];
        marks.extend(SKY.iter().rev().map(|&(s, y, _)| (s, y)));
        between(&marks, left)
    } else {
        let mut marks = vec![(0, Horizon::LINE + 15)];
        marks.extend(DEEP.iter().map(|&(s, y, _)| (s, y)));
        between(&marks, -left)
    }
}

fn across(age: i64) -> u16 {
    let marks: Vec<(i64, u16)> = AGES.iter().map(|&(s, x, _)| (s, x)).collect();
    between(&marks, age.max(0))
}

/// Places a length between marks: straight inside the first stretch, by its logarithm in the
/// others; beyond the last mark it stays there.
fn between(marks: &[(i64, u16)], length: i64) -> u16 {
    for (nth, pair) in marks.windows(2).enumerate() {
        let [(from, at), (until, to)] = pair else {
            continue;
        };
        if length <= *until {
            let share = if nth == 0 {
                (length - from) as f64 / (until - from) as f64
            } else {
                (length as f64 / *from as f64).ln() / (*until as f64 / *from as f64).ln()
            };
            return (f64::from(*at) + share * (f64::from(*to) - f64::from(*at))).round() as u16;
        }
    }
    marks.last().map_or(0, |it| it.1)
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
