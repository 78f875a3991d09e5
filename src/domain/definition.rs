//! What each figure means, in words: shown beside the figure wherever it stands.
//!
//! The exact law is docs/METRICS.md; these are its sentences for a reader in a hurry.

use super::question::Which;

/// A figure's definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The figure's name.
    pub name: &'static str,
    /// From what to what, and how it is counted.
    pub meaning: &'static str,
    /// What is left out.
    pub exclusions: &'static str,
    /// The cases behind it.
    pub cases: Which,
}

/// First response: the headline.
pub const FIRST_RESPONSE: Definition = Definition {
    name: "First response",
    meaning: "From the customer's first post, by the network's clock, until a network accepted our first answer, public or private. The median is the Kaplan–Meier estimate over all cases of the cohort: those still waiting count as waiting this long at least. Quantiles are by rank, so each is a time that really happened.",
    exclusions: "Praise, spam, merged and withdrawn cases are left out and counted. Cases whose first post is missing have no durations. Automatic acknowledgements are not answers.",
    cases: Which::All,
};

/// Sundown kept.
pub const SUNDOWN_KEPT: Definition = Definition {
    name: "Sundown kept",
    meaning: "Cases closed before their own sundown, out of all cases whose sundown has passed and those closed early. A case that is still open past its sundown counts as missed.",
    exclusions: "Cases whose sundown is still to come and that aren't closed yet stand apart as not yet due.",
    cases: Which::SundownKept,
};

/// Open now.
pub const OPEN_NOW: Definition = Definition {
    name: "Open now",
    meaning: "Cases that need something done at this moment, whenever they were opened. Reach adds up how many people could see them: followers of the author and of those who joined in. It is an estimate; people who follow several are counted more than once.",
    exclusions: "Praise and spam, and cases merged into others. The period doesn't narrow this figure, the other filters do.",
    cases: Which::OpenNow,
};

/// Confirmed by the customer.
pub const CONFIRMED: Definition = Definition {
    name: "Confirmed by customer",
    meaning: "Customers who said that it is solved, out of those who were asked. Each is asked once per episode.",
    exclusions: "Cases in which nobody was asked. Disputed and unanswered questions count against it.",
    cases: Which::Confirmed,
};

/// First response over time.
pub const OVER_TIME: Definition = Definition {
    name: "First response over time",
    meaning: "Each step is the cohort that opened in it: the line is its median, the band reaches to its 90th percentile, both with those still waiting counted. A step with fewer than 20 cases shows its single cases instead of a band; a step without cases is a gap.",
    exclusions: "As for first response.",
    cases: Which::All,
};

/// From complaint to thanks.
pub const FUNNEL: Definition = Definition {
    name: "From complaint to thanks",
    meaning: "Of the cases opened in the period: how many were answered, closed by their sundown, confirmed by the customer, and thanked for in public. Every step counts from the same whole.",
    exclusions: "Praise, spam, merged and withdrawn cases.",
    cases: Which::All,
};

/// Coverage.
pub const COVERAGE: Definition = Definition {
    name: "Coverage, 24 × 7",
    meaning: "The median first response of the cases that opened in each hour of the week, by the clock of the brand they were sent to; those still waiting count.",
    exclusions: "As for first response. An hour without cases stays empty.",
    cases: Which::All,
};

/// The horizon.
pub const HORIZON: Definition = Definition {
    name: "Horizon",
    meaning: "Every open case sinks towards its next due moment: the first response, the next response, a promise or sundown, whichever comes first. Below the line it is late. Left is older, right is newer; size is reach, a ring marks 100,000 people or more.",
    exclusions: "As for open now. Cases in which nothing is due are not drawn.",
    cases: Which::OpenNow,
};

/// Channels and brands.
pub const BREAKDOWN: Definition = Definition {
    name: "Channels and brands",
    meaning: "The same figures for each part. Counts add up to the whole; medians of parts don't, and are computed from each part's own cases.",
    exclusions: "As for first response.",
    cases: Which::All,
};
