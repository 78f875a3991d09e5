//! Who is first: a number that explains itself, part by part.
//!
//! Every case has the same clock, whoever the customer is; reach only adds. Points are whole
//! numbers, so that an order is the same everywhere.

use super::{
    case::{Case, Tone},
    time::{Instant, seconds_between},
};
use serde::{Deserialize, Serialize};

macro_rules! parts {
    ($($(#[$doc:meta])* $field:ident = $usual:literal, $label:literal, $hint:literal;)*) => {
        /// The most points that each part can give, but for waiting: that many for each target
        /// that has passed.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Weights {
            $($(#[$doc])* pub $field: u32,)*
        }

        impl Default for Weights {
            fn default() -> Self {
                Self { $($field: $usual,)* }
            }
        }

        impl Weights {
            /// The parts: field, name, and what gives its points.
            pub const PARTS: &'static [(&'static str, &'static str, &'static str)] =
                &[$((stringify!($field), $label, $hint)),*];

            /// A part's points by its field's name.
            pub fn get(&self, field: &str) -> u32 {
                match field { $(stringify!($field) => self.$field,)* _ => 0 }
            }

            /// Sets a part's points by its field's name.
            pub fn set(&mut self, field: &str, points: u32) {
                match field { $(stringify!($field) => self.$field = points,)* _ => {} }
            }
        }
    };
}

parts! {
    /// For every target that has passed while they waited, three at most.
    waiting = 30, "Waiting", "for each target's time that has passed without an answer, three at most";
    /// When the next due moment is here.
    due = 25, "Due", "growing over the four hours before the next due moment";
    /// When a million people could see it.
    reach = 40, "Reach", "growing with the number of people who can see it, up to a million";
    /// When it sounds angry.
    tone = 10, "Tone", "when it sounds angry, half of it more when it didn't at first";
    /// When they asked again five times.
    chasers = 15, "Asked again", "growing to five times";
    /// When a promise is broken or overdue.
    promise = 20, "Promise", "for one that is broken or overdue; half for one due within the hour";
    /// When the chance to help is about to pass.
    perishable = 35, "Perishable", "growing over the four hours before the chance to help is gone";
    /// When ten others have spoken up.
    joiners = 10, "Joined in", "growing to ten others who spoke up";
}

/// A window before a moment in which points grow.
const WINDOW_S: i64 = 4 * 3600;

/// What is known about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Seconds that somebody has waited for an answer; `None` when nobody does.
    pub waited_s: Option<i64>,
    /// The target of that wait in seconds.
    pub target_s: i64,
    /// Seconds until the next due moment; negative when it is past.
    pub due_in_s: Option<i64>,
    /// How many people could see it.
    pub reach: i64,
    /// How it sounded first, and last.
    pub tone: (Tone, Tone),
    /// Posts while they waited.
    pub chasers: i32,
    /// Promises that were broken.
    pub broken_promises: u32,
    /// Seconds until the nearest open promise is due.
    pub promise_in_s: Option<i64>,
    /// Seconds until the chance to keep a promise is gone.
    pub perishes_in_s: Option<i64>,
    /// Others who spoke up.
    pub joiners: i32,
}

impl Situation {
    /// A case at an instant; what its promises say is handed in.
    pub fn of(
        case: &Case,
        broken_promises: u32,
        perishes_at: Option<Instant>,
        now: Instant,
    ) -> Self {
        let until = |at: Instant| seconds_between(now.timestamp_millis(), at.timestamp_millis());
        let target_s = if case.first_answer_at.is_none() {
            case.target_s
        } else {
            case.next_target_s.unwrap_or(case.target_s)
        };
        Self {
            waited_s: case.unanswered_since.map(|since| -until(since)),
            target_s,
            due_in_s: case.due_at.map(until),
            reach: case.reach,
            tone: (case.tone_first, case.tone_last),
            chasers: case.chasers,
            broken_promises,
            promise_in_s: case.promise_due_at.map(until),
            perishes_in_s: perishes_at.map(until),
            joiners: case.joiners,
        }
    }
}

/// How urgent something is, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// All points.
    pub points: u32,
    /// The parts that gave some, most first: name and points.
    pub parts: Vec<(String, u32)>,
}

/// The points of one part, by its field's name.
fn part(weights: &Weights, it: &Situation, field: &str) -> u32 {
    match field {
        "waiting" => {
            let target = it.target_s.max(1);
            let waited = it.waited_s.unwrap_or(0).clamp(0, target.saturating_mul(3));
            share(weights.waiting, waited, target)
        }
        "due" => nearing(weights.due, it.due_in_s),
        "reach" => share(weights.reach, i64::from(bits(it.reach)), 14),
        "tone" => match it.tone {
            (Tone::Negative, Tone::Negative) => weights.tone,
            (Tone::Neutral | Tone::Positive, Tone::Negative) => weights.tone + weights.tone / 2,
            (_, Tone::Neutral | Tone::Positive) => 0,
        },
        "chasers" => share(weights.chasers, i64::from(it.chasers.clamp(0, 5)), 5),
        "promise" => match it.promise_in_s {
            _ if it.broken_promises > 0 => weights.promise,
            Some(..0) => weights.promise,
            Some(0..=3600) => weights.promise / 2,
            Some(_) | None => 0,
        },
        "perishable" => nearing(weights.perishable, it.perishes_in_s),
        "joiners" => share(weights.joiners, i64::from(it.joiners.clamp(0, 10)), 10),
        _ => 0,
    }
}

/// All points of a situation, without the words.
pub fn points(weights: &Weights, it: &Situation) -> u32 {
    let fields = Weights::PARTS.iter();
    fields.map(|(field, ..)| part(weights, it, field)).sum()
}

/// Weighs a situation.
pub fn weigh(weights: &Weights, it: &Situation) -> Score {
    let mut parts: Vec<(String, u32)> = Weights::PARTS
        .iter()
        .map(|(field, label, _)| ((*label).to_owned(), part(weights, it, field)))
        .filter(|(_, points)| *points > 0)
        .collect();
    parts.sort_by_key(|(_, points)| std::cmp::Reverse(*points));
    Score {
        points: parts.iter().map(|(_, points)| points).sum(),
        parts,
    }
}

fn share(weight: u32, part: i64, whole: i64) -> u32 {
    let points = i64::from(weight).saturating_mul(part) / whole.max(1);
    u32::try_from(points).unwrap_or(0)
}

fn nearing(weight: u32, left_s: Option<i64>) -> u32 {
    left_s.map_or(0, |left| {
        share(weight, WINDOW_S - left.clamp(0, WINDOW_S), WINDOW_S)
    })
}

/// How often a hundred people have to double to be as many: 14 for a million and more.
fn bits(reach: i64) -> u32 {
    let hundreds = reach.max(0) / 100;
    (64 - hundreds.leading_zeros()).min(14)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calm() -> Situation {
        Situation {
            waited_s: Some(0),
            target_s: 3600,
            due_in_s: None,
            reach: 0,
            tone: (Tone::Neutral, Tone::Neutral),
            chasers: 0,
            broken_promises: 0,
            promise_in_s: None,
            perishes_in_s: None,
            joiners: 0,
        }
    }

    #[test]
    fn a_score_explains_itself() {
        let gate = Situation {
            waited_s: Some(61 * 60),
            reach: 398_000,
            chasers: 1,
            tone: (Tone::Neutral, Tone::Negative),
            ..calm()
        };
        let score = weigh(&Weights::default(), &gate);
        let told: Vec<(&str, u32)> = score
            .parts
            .iter()
            .map(|(name, it)| (name.as_str(), *it))
            .collect();
        assert_eq!(
            told,
            [
                ("Reach", 34),
                ("Waiting", 30),
                ("Tone", 15),
                ("Asked again", 3)
            ]
        );
        assert_eq!(score.points, 82);
        assert_eq!(weigh(&Weights::default(), &calm()), Score::default());
    }

    fn any_weights() -> impl Strategy<Value = Weights> {
        prop::collection::vec(0_u32..=100, Weights::PARTS.len()).prop_map(|points| {
            let mut weights = Weights::default();
            for ((field, ..), points) in Weights::PARTS.iter().zip(points) {
                weights.set(field, points);
            }
            weights
        })
    }

    fn any_tone() -> impl Strategy<Value = Tone> {
        prop::sample::select(Tone::ALL.to_vec())
    }

    prop_compose! {
        fn any_situation()(
            waited in prop::option::of(-100_i64..1_000_000),
            target in 1_i64..500_000,
            due in prop::option::of(-100_000_i64..100_000),
            reach in 0_i64..10_000_000,
            tone in (any_tone(), any_tone()),
            chasers in 0_i32..20,
            broken in 0_u32..3,
            promise in prop::option::of(-100_000_i64..100_000),
            perishes in prop::option::of(-100_000_i64..100_000),
            joiners in 0_i32..50,
        ) -> Situation {
            Situation {
                waited_s: waited,
                target_s: target,
                due_in_s: due,
                reach,
                tone,
                chasers,
                broken_promises: broken,
                promise_in_s: promise,
                perishes_in_s: perishes,
                joiners,
            }
        }
    }

    proptest! {
        #[test]
        fn more_waiting_never_lowers_it(weights in any_weights(), it in any_situation(), more in 0_i64..100_000) {
            let later = Situation {
                waited_s: it.waited_s.map(|it| it + more),
                due_in_s: it.due_in_s.map(|it| it - more),
                promise_in_s: it.promise_in_s.map(|it| it - more),
                perishes_in_s: it.perishes_in_s.map(|it| it - more),
                ..it.clone()
            };
            prop_assert!(weigh(&weights, &later).points >= weigh(&weights, &it).points);
        }

        #[test]
        fn reach_only_adds(weights in any_weights(), it in any_situation(), more in 0_i64..10_000_000) {
            let seen = Situation { reach: it.reach + more, ..it.clone() };
            prop_assert!(weigh(&weights, &seen).points >= weigh(&weights, &it).points);
            let unseen = Situation { reach: 0, ..it.clone() };
            let without = Weights { reach: 0, ..weights.clone() };
            prop_assert_eq!(weigh(&weights, &unseen), weigh(&without, &it));
        }

        #[test]
        fn the_parts_add_up(weights in any_weights(), it in any_situation()) {
            let score = weigh(&weights, &it);
            prop_assert_eq!(score.points, score.parts.iter().map(|it| it.1).sum::<u32>());
        }
    }
}
