//! Brands and the rules they answer by.
//!
//! Rules are versioned: what was due stays computed by the version of its time. A [`Policies`]
//! value is the set in force for one brand at one moment.

use super::{
    calendar::Calendar, case::Priority, ids::BrandId, network::Network, sundown::SundownPolicy,
    time::Instant,
};
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

/// How soon somebody is to be answered and helped, in seconds of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// From the first post to the first answer.
    pub first_response_s: i64,
    /// From a later customer post to the next answer.
    pub next_response_s: i64,
    /// From the first post until it is solved.
    pub resolution_s: i64,
}

/// What differs from the usual target for a priority, a network, or one on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetOverride {
    /// For which priority; any when missing.
    pub priority: Option<Priority>,
    /// On which network; anywhere when missing.
    pub network: Option<Network>,
    /// The first answer, where it differs.
    pub first_response_s: Option<i64>,
    /// Later answers, where they differ.
    pub next_response_s: Option<i64>,
    /// The solution, where it differs.
    pub resolution_s: Option<i64>,
}

/// How soon is soon enough: the usual, and what differs from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// From the first post to the first answer.
    pub first_response_s: i64,
    /// From a later customer post to the next answer.
    pub next_response_s: i64,
    /// From the first post until it is solved.
    #[serde(default = "two_days")]
    pub resolution_s: i64,
    /// What differs, one a combination of priority and network.
    #[serde(default)]
    pub overrides: Vec<TargetOverride>,
}

const fn two_days() -> i64 {
    2 * 24 * 3600
}

impl Default for Targets {
    /// An hour for the first word, two for the next: 53 % of people expect an answer within the
    /// hour, 72 % when they complain (Lithium, 2013). Two days until it is solved.
    fn default() -> Self {
        Self {
            first_response_s: 3600,
            next_response_s: 7200,
            resolution_s: two_days(),
            overrides: Vec::new(),
        }
    }
}

impl Targets {
    /// The target of a case: what is said for its priority on its network counts before what is
    /// said for its priority, that before what is said for its network, that before the usual.
    /// Each of the three times is looked up for itself.
    pub fn of(&self, priority: Priority, network: Network) -> Target {
        let levels = [
            (Some(priority), Some(network)),
            (Some(priority), None),
            (None, Some(network)),
        ];
        let find = |time: fn(&TargetOverride) -> Option<i64>| {
            levels.iter().find_map(|level| {
                self.overrides
                    .iter()
                    .find(|it| (it.priority, it.network) == *level)
                    .and_then(time)
            })
        };
        Target {
            first_response_s: find(|it| it.first_response_s).unwrap_or(self.first_response_s),
            next_response_s: find(|it| it.next_response_s).unwrap_or(self.next_response_s),
            resolution_s: find(|it| it.resolution_s).unwrap_or(self.resolution_s),
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

/// A version of a brand's rules, in force from `since` until a later version begins.
///
/// A version that is made later wins from its own `since` on, even over one that was to begin
/// after that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Counted from 1.
    pub version: i32,
    /// In force from then on.
    pub since: Instant,
    /// The zone whose wall clock these rules are read by; the brand's own when missing.
    pub zone: Option<String>,
    /// The rules.
    pub policies: Policies,
}

/// The version in force at an instant, of all versions of one brand in ascending order; before the
/// first one began, that one.
pub fn in_force(versions: &[PolicyVersion], at: Instant) -> Option<&PolicyVersion> {
    versions
        .iter()
        .rev()
        .find(|it| it.since <= at)
        .or(versions.first())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    /// What is stored by Sundown 0.1.
    const STORED: &str = r#"{"sundown":{"cut_off_minute":1080,"last_call_minutes":60},
        "targets":{"first_response_s":900,"next_response_s":3600},
        "calendar":{"week":[[{"from_minute":360,"until_minute":1380}],[],[],[],[],[],[]],
        "exceptions":[{"date":"2026-12-25","intervals":[],"name":"Christmas Day"}]}}"#;

    #[test]
    fn rules_that_were_stored_before_there_were_more_are_still_read() {
        let rules: Policies = serde_json::from_str(STORED).expect("rules");
        assert_eq!(rules.targets.first_response_s, 900);
        assert_eq!(rules.targets.resolution_s, 172_800);
        assert_eq!(rules.sundown.sunset, None);
        assert!(rules.sundown.days_off.weekdays.is_empty());
        assert_eq!(rules.calendar.exceptions.len(), 1);
    }

    #[test]
    fn the_nearest_word_on_a_target_counts() {
        let other = |priority, network, first, next| TargetOverride {
            priority,
            network,
            first_response_s: first,
            next_response_s: next,
            resolution_s: None,
        };
        let targets = Targets {
            overrides: vec![
                other(None, Some(Network::Email), Some(40_000), Some(50_000)),
                other(Some(Priority::Urgent), None, Some(300), None),
                other(
                    Some(Priority::Urgent),
                    Some(Network::Email),
                    None,
                    Some(600),
                ),
            ],
            ..Targets::default()
        };
        let urgent_mail = targets.of(Priority::Urgent, Network::Email);
        assert_eq!(urgent_mail.first_response_s, 300);
        assert_eq!(urgent_mail.next_response_s, 600);
        assert_eq!(urgent_mail.resolution_s, 172_800);
        assert_eq!(
            targets.of(Priority::Low, Network::Email).first_response_s,
            40_000
        );
        assert_eq!(targets.of(Priority::Low, Network::X).first_response_s, 3600);
    }

    #[test]
    fn a_version_made_later_wins_over_one_that_was_to_begin_after_it() {
        let version = |version, since| PolicyVersion {
            version,
            since: from_ms(since),
            zone: None,
            policies: Policies::default(),
        };
        let versions = [version(1, 0), version(2, 900), version(3, 500)];
        let at = |ms| in_force(&versions, from_ms(ms)).map(|it| it.version);
        assert_eq!(at(-5), Some(1));
        assert_eq!(at(499), Some(1));
        assert_eq!(at(500), Some(3));
        assert_eq!(at(1000), Some(3));
        assert_eq!(in_force(&[], from_ms(0)), None);
    }
}
