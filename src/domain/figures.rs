//! Answers: what the metric engine says about a set of cases.
//!
//! Durations are whole seconds. Quantiles are by rank: the value at rank ⌈p·n⌉, one that
//! happened. Shares carry their parts, so that a share of nothing is “–” and never zero.

use serde::{Deserialize, Serialize};

/// First responses of a set of cases, in whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Durations {
    /// How many durations there are: the answered cases whose beginning is known.
    pub n: u64,
    /// Half of the answered were answered by then.
    pub p50_s: Option<i64>,
    /// Nine in ten of them.
    pub p90_s: Option<i64>,
    /// Nineteen in twenty.
    pub p95_s: Option<i64>,
    /// Half of *all* were answered by then, those still waiting counted (Kaplan–Meier);
    /// `None` when that isn't reached.
    pub km_p50_s: Option<i64>,
    /// Nine in ten of all.
    pub km_p90_s: Option<i64>,
    /// The longest duration seen, answered or still waiting: “not reached, more than this”.
    pub longest_s: Option<i64>,
}

impl Durations {
    /// How much the answered-only median flatters, in seconds.
    pub fn flattery_gap_s(&self) -> Option<i64> {
        Some(self.km_p50_s? - self.p50_s?)
    }
}

/// Kept, missed, and not decided yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// In time.
    pub met: u64,
    /// Too late, those still open past due among them.
    pub missed: u64,
    /// Not yet due.
    pub pending: u64,
}

impl Share {
    /// What counts: everything decided.
    pub const fn decided(&self) -> u64 {
        self.met + self.missed
    }

    /// The share in tenths of a percent, rounded to nearest; `None` for a share of nothing.
    pub fn per_mille(&self) -> Option<u64> {
        per_mille(self.met, self.decided())
    }
}

/// A part of a whole in tenths of a percent, rounded to nearest; `None` when the whole is empty.
pub fn per_mille(part: u64, whole: u64) -> Option<u64> {
    (part * 2000 + whole).checked_div(whole * 2)
}

/// Everything the engine says about one set of cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Cases in it, without the excluded.
    pub cases: u64,
    /// With a first answer.
    pub answered: u64,
    /// Without one, and still open.
    pub waiting: u64,
    /// The longest wait of those, where the beginning is known.
    pub oldest_waiting_s: Option<i64>,
    /// How long first answers took.
    pub first_response: Durations,
    /// First answers within their target.
    pub target: Share,
    /// Closed by sundown.
    pub sundown: Share,
    /// First answered by sundown.
    pub answered_by_sundown: Share,
    /// Said to be solved, and not reopened since.
    pub resolved: u64,
    /// Customers who were asked.
    pub asked: u64,
    /// Who said yes.
    pub confirmed: u64,
    /// Who said no.
    pub disputed: u64,
    /// Who thanked us in public.
    pub thanked: u64,
    /// Left out of times, with a reason: praise, spam, merged, withdrawn.
    pub excluded: u64,
    /// Left out of durations: the first post is missing.
    pub unknown_beginning: u64,
}

/// One group of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The group's word in URLs and files.
    pub key: String,
    /// What people read.
    pub name: String,
    /// Its figures.
    pub figures: Figures,
}

/// A report: the whole and its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// All cases together.
    pub total: Figures,
    /// One row a group, sorted by key.
    pub groups: Vec<Group>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_is_no_number() {
        assert_eq!(
            Share {
                met: 0,
                missed: 0,
                pending: 7
            }
            .per_mille(),
            None
        );
        assert_eq!(
            Share {
                met: 1,
                missed: 2,
                pending: 0
            }
            .per_mille(),
            Some(333)
        );
        assert_eq!(
            Share {
                met: 2,
                missed: 1,
                pending: 0
            }
            .per_mille(),
            Some(667)
        );
    }
}
