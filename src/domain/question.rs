//! The one question that tile, list, CSV, report and API all ask.
//!
//! A [`Question`] says which cases, over which time, as known at which instant, by which clock.
//! The metric engine answers it; nothing else computes a figure.

use super::{
    case::Origin,
    ids::BrandId,
    person::Brands,
    time::{Bounds, Instant},
    words::words,
};
use serde::{Deserialize, Serialize};

words! {
    /// Which moment of a case puts it into a period.
    Attribution, "an attribution", {
        /// The cohort that opened in the period, whatever became of it later. The default.
        Opened = "opened", "Opened in the period";
        /// What happened in the period: the first answers given, the cases closed.
        Happened = "happened", "Happened in the period";
    }
}

words! {
    /// Which clock durations are read from.
    Clock, "a clock", {
        /// What the customer feels. The headline.
        Calendar = "calendar", "Calendar";
        /// Only while the desk was staffed.
        Business = "business", "Business hours";
    }
}

words! {
    /// What a report can be grouped by.
    Dimension, "something to group by", {
        /// Who is talked to.
        Brand = "brand", "Brand";
        /// One account of a brand on one network.
        Channel = "channel", "Channel";
        /// How the case began.
        Origin = "origin", "Origin";
        /// What it is about.
        Topic = "topic", "Topic";
        /// Calendar month, in the report's zone.
        Month = "month", "Month";
        /// ISO week, in the report's zone.
        Week = "week", "Week";
        /// Calendar day, in the report's zone.
        Day = "day", "Day";
    }
}

words! {
    /// The cases behind a figure.
    Which, "a set of cases", {
        /// Every case of the cohort.
        All = "all", "All cases";
        /// With a first answer.
        Answered = "answered", "Answered";
        /// Without one.
        Waiting = "waiting", "Waiting for a first answer";
        /// First answered within its target.
        TargetMet = "target_met", "Answered within target";
        /// First answered too late, or still waiting past its target.
        TargetMissed = "target_missed", "Target missed";
        /// Closed before its day ended.
        SundownKept = "sundown_kept", "Closed by sundown";
        /// Not closed when its day ended.
        SundownMissed = "sundown_missed", "Not closed by sundown";
        /// We say it is solved.
        Resolved = "resolved", "Resolved";
        /// The customer says so too.
        Confirmed = "confirmed", "Confirmed by the customer";
        /// The customer was asked.
        Asked = "asked", "Asked to confirm";
        /// The customer says it isn't.
        Disputed = "disputed", "Disputed";
        /// The customer said so in public.
        Thanked = "thanked", "Thanked us in public";
        /// Still open at the as-of, whenever opened.
        OpenNow = "open_now", "Open now";
        /// Open and past what was due.
        BelowHorizon = "below_horizon", "Below the horizon";
        /// Left out of times, with a reason.
        Excluded = "excluded", "Left out of times";
        /// Left out of durations: the first post is missing.
        UnknownBeginning = "unknown_beginning", "Beginning unknown";
    }
}

/// Which cases are asked about; everything that is `None` doesn't narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// A brand's key.
    pub brand: Option<String>,
    /// A channel's key, `network/handle`.
    pub channel: Option<String>,
    /// How it began.
    pub origin: Option<Origin>,
    /// A topic's word.
    pub topic: Option<String>,
    /// Words that a post of the case contains, in any case of letters.
    pub text: Option<String>,
    /// The brands that whoever asks may see; `None` is all. It never travels: the server sets it.
    #[serde(skip)]
    pub scope: Option<Vec<BrandId>>,
}

impl Filter {
    /// The same, within what somebody may see.
    pub fn within(self, brands: &Brands) -> Self {
        Self {
            scope: match brands {
                Brands::All => None,
                Brands::Only(some) => Some(some.clone()),
            },
            ..self
        }
    }

    /// Everything that somebody may see, whatever they ask for.
    pub fn scope_only(&self) -> Self {
        Self {
            scope: self.scope.clone(),
            ..Self::default()
        }
    }

    /// Whether whoever asks may see a brand, and asks for it.
    pub fn admits_brand(&self, id: BrandId, key: &str) -> bool {
        self.brand.as_ref().is_none_or(|it| it == key)
            && self.scope.as_ref().is_none_or(|it| it.contains(&id))
    }

    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

/// Which cases, over which time, as known when, by which clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The period.
    pub bounds: Bounds,
    /// Only what was known then exists; the same instant gives the same answer for ever.
    pub as_of: Instant,
    /// Which cases.
    pub filter: Filter,
    /// What puts a case into the period.
    pub attribution: Attribution,
    /// Which clock durations are read from.
    pub clock: Clock,
}

impl Question {
    /// Everything known at an instant: opened any time, by calendar time.
    pub fn everything(as_of: Instant) -> Self {
        Self {
            bounds: Bounds::ALWAYS,
            as_of,
            filter: Filter::default(),
            attribution: Attribution::Opened,
            clock: Clock::Calendar,
        }
    }
}
