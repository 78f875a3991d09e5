//! The one clock of a case that matters now, or what became of the case.
//!
//! Always a word beside the color.

use crate::domain::{
    board::{CaseSummary, Urgency},
    case::{Outcome, Status},
    time::Instant,
};
use crate::ui::format;
use leptos::prelude::*;

/// What a pill says: its tone for the style, its text, and the long form of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Such as `late`; a color is never alone in saying it.
    pub tone: &'static str,
    /// A few words.
    pub text: String,
    /// A sentence.
    pub long: String,
}

impl Clock {
    /// What matters about a case at an instant.
    pub fn of(case: &CaseSummary, as_of: Instant) -> Self {
        match (case.status, case.due_at) {
            (Status::Resolved, _) => Self::of_outcome(case.outcome),
            (Status::Open, Some(due_at)) => {
                let kind = case.due_kind.map_or("Due", |it| it.label());
                Self::of_left((due_at - as_of).num_seconds(), kind)
            }
            (Status::Open, None) => Self::quiet("open", "Open, with nothing due".to_owned()),
        }
    }

    fn of_left(left_s: i64, kind: &str) -> Self {
        let urgency = Urgency::of(left_s);
        let length = format::duration(left_s.abs());
        let text = match urgency {
            Urgency::Late => format!("{length} late"),
            Urgency::Due => format!("due in {length}"),
            Urgency::Calm => format!("{length} left"),
        };
        let long = match urgency {
            Urgency::Late => format!("{kind} was due {length} ago"),
            Urgency::Due | Urgency::Calm => format!("{kind} is due in {length}"),
        };
        Self {
            tone: urgency.label(),
            text,
            long,
        }
    }

    fn of_outcome(outcome: Option<Outcome>) -> Self {
        let Some(outcome) = outcome else {
            return Self::quiet("resolved", "Resolved".to_owned());
        };
        let long = format!("Resolved: {}", outcome.label());
        let tone = match outcome {
            Outcome::Confirmed => "good",
            Outcome::Disputed | Outcome::TooLate => "late",
            Outcome::Claimed | Outcome::Lapsed | Outcome::Withdrawn | Outcome::NotActionable => {
                "quiet"
            }
        };
        Self {
            tone,
            text: outcome.label().to_ascii_lowercase(),
            long,
        }
    }

    fn quiet(text: &str, long: String) -> Self {
        Self {
            tone: "quiet",
            text: text.to_owned(),
            long,
        }
    }
}

/// The clock as a pill.
#[component]
pub fn ClockPill(
    /// What it says.
    clock: Clock,
) -> impl IntoView {
    view! { <span class="pill" data-tone=clock.tone title=clock.long>{clock.text}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(left_s: i64) -> (&'static str, String) {
        let clock = Clock::of_left(left_s, "First response");
        (clock.tone, clock.text.replace('\u{a0}', " "))
    }

    #[test]
    fn a_clock_has_a_word_beside_its_color() {
        assert_eq!(words(7440), ("calm", "2 h 04 left".to_owned()));
        assert_eq!(words(360), ("due", "due in 6 min".to_owned()));
        assert_eq!(words(-2760), ("late", "46 min late".to_owned()));
    }

    #[test]
    fn only_a_confirmed_case_is_good() {
        assert_eq!(Clock::of_outcome(Some(Outcome::Confirmed)).tone, "good");
        assert_eq!(Clock::of_outcome(Some(Outcome::Claimed)).tone, "quiet");
        assert_eq!(Clock::of_outcome(Some(Outcome::Disputed)).tone, "late");
    }
}
