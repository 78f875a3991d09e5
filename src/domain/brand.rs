//! Brands and the rules they answer by.
//!
//! Rules are versioned: what was due stays computed by the version of its time. A [`Policies`]
//! value is the set in force for one brand at one moment.

use super::{calendar::Calendar, ids::BrandId, time::Instant};
use serde::{Deserialize, Serialize};

/// Who is being talked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// Its id.
    pub id: BrandId,
    /// Its name in URLs, reports and CSV; an archive's brand is named by its account.
    pub key: String,
    /// What people read.
    pub name: String,
    /// The IANA zone of its desk, such as `Pacific/Auckland`.
    pub zone: String,
}

/// The moment of the day by which a complaint of that day is to be answered and closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SundownPolicy {
    /// Minutes after local midnight, such as 1080 for 18:00.
    pub cut_off_minute: u32,
    /// A post in the last so many minutes before the cut-off belongs to the next day.
    pub last_call_minutes: u32,
}

impl Default for SundownPolicy {
    /// 18:00 local, last call an hour before.
    fn default() -> Self {
        Self {
            cut_off_minute: 18 * 60,
            last_call_minutes: 60,
        }
    }
}

/// How soon somebody is to be answered, in seconds of calendar time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// From the first post to the first answer.
    pub first_response_s: i64,
    /// From a later customer post to the next answer.
    pub next_response_s: i64,
}

impl Default for Targets {
    /// An hour for the first word, two for the next: 53 % of people expect an answer within the
    /// hour, 72 % when they complain (Lithium, 2013).
    fn default() -> Self {
        Self {
            first_response_s: 3600,
            next_response_s: 7200,
        }
    }
}

/// All the rules of one brand, in one version.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Policies {
    /// When the day ends.
    pub sundown: SundownPolicy,
    /// How soon is soon enough.
    pub targets: Targets,
    /// When the desk is staffed.
    pub calendar: Calendar,
}

/// A version of a brand's rules, in force from `since` until the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Counted from 1.
    pub version: i32,
    /// In force from then on.
    pub since: Instant,
    /// The rules.
    pub policies: Policies,
}
