//! From values to places, and the ticks in between. Pure.

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

/// Lengths that make good ticks.
const ROUND: [i64; 22] = [
    10,
    30,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    4 * HOUR,
    8 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    4 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    90 * DAY,
    180 * DAY,
    365 * DAY,
];

/// Beyond this ratio of the largest to the typical value a straight scale hides the typical one.
const TOO_STEEP: i64 = 8;

/// How lengths of time become heights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Twice as long is twice as high.
    Straight,
    /// Four times as long is twice as high.
    Root,
}

/// An axis of lengths of time, from zero up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DurationScale {
    top_s: i64,
    shape: Shape,
}

impl DurationScale {
    /// A scale on which both the typical and the largest value can be read.
    pub fn for_values(typical_s: i64, largest_s: i64) -> Self {
        let shape = if largest_s > typical_s.max(1) * TOO_STEEP {
            Shape::Root
        } else {
            Shape::Straight
        };
        Self {
            top_s: (largest_s + largest_s / 12).max(MINUTE),
            shape,
        }
    }

    /// How lengths become heights.
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// The place of a length in percent from the top, kept inside the picture.
    pub fn y(&self, seconds: i64) -> f64 {
        let share = ratio(seconds.clamp(0, self.top_s), self.top_s);
        let height = match self.shape {
            Shape::Straight => share,
            Shape::Root => share.sqrt(),
        };
        100.0 * (1.0 - height)
    }

    /// A few round lengths that stand apart, without zero.
    pub fn ticks(&self) -> Vec<i64> {
        match self.shape {
            Shape::Straight => {
                let step = ROUND.iter().copied().find(|it| self.top_s / it <= 4);
                let step = step.unwrap_or(self.top_s.max(1));
                (1..=self.top_s / step).map(|it| it * step).collect()
            }
            Shape::Root => {
                let mut ticks: Vec<i64> = Vec::new();
                for &it in ROUND.iter().rev().filter(|&&it| it <= self.top_s) {
                    let below = ticks.last().map_or(0.0, |&last| self.y(last));
                    let is_apart = self.y(it) - below >= 17.0 && self.y(it) <= 88.0;
                    if is_apart || (ticks.is_empty() && self.y(it) <= 88.0) {
                        ticks.push(it);
                    }
                }
                ticks.reverse();
                ticks
            }
        }
    }
}

/// The middle of a step of a series in percent from the left.
pub fn middle(step: usize, steps: usize) -> f64 {
    100.0 * (real(step) + 0.5) / real(steps.max(1))
}

/// Steps whose labels fit: about six, the last one among them.
pub fn labelled(steps: usize) -> Vec<usize> {
    let every = steps.div_ceil(6).max(1);
    let mut labelled: Vec<usize> = (0..steps).rev().step_by(every).collect();
    labelled.reverse();
    labelled
}

/// A place with two decimals, as SVG reads it.
pub fn place(percent: f64) -> String {
    hundredths(percent)
}

/// A place in percent of the picture.
pub fn percent(percent: f64) -> String {
    format!("{}%", hundredths(percent))
}

/// Written by whole numbers: what the language brings to write fractions is heavier than all the
/// charts together.
fn hundredths(number: f64) -> String {
    let hundredths = (number * 100.0).round() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let hundredths = hundredths.abs();
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

fn ratio(part: i64, whole: i64) -> f64 {
    // Lengths of time are far below 2⁵² seconds, so nothing is lost.
    part as f64 / whole.max(1) as f64
}

fn real(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let scale = DurationScale::for_values(900, 3600);
        assert_eq!(scale.shape(), Shape::Straight);
        assert_eq!(scale.ticks(), [900, 1800, 2700, 3600]);
        let week = DurationScale::for_values(2 * DAY, 7 * DAY);
        assert_eq!(week.ticks(), [2 * DAY, 4 * DAY, 6 * DAY]);
    }

    #[test]
    fn one_long_wait_does_not_flatten_the_usual_ones() {
        let scale = DurationScale::for_values(600, 2 * DAY);
        assert_eq!(scale.shape(), Shape::Root);
        let ticks = scale.ticks();
        assert!(ticks.len() >= 3, "{ticks:?}");
        assert!(
            ticks
                .windows(2)
                .all(|it| scale.y(it[0]) - scale.y(it[1]) >= 17.0)
        );
    }

    #[test]
    fn nothing_leaves_the_picture() {
        let scale = DurationScale::for_values(600, 3600);
        assert!(scale.y(-5) <= 100.0 && scale.y(i64::MAX / 2) >= 0.0);
    }

    #[test]
    fn the_last_step_has_a_label() {
        assert_eq!(labelled(30), [4, 9, 14, 19, 24, 29]);
        assert_eq!(labelled(3), [0, 1, 2]);
        assert!(labelled(0).is_empty());
    }
}
