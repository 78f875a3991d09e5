//! What the Board's address says: the period, the filters and the switches.
//!
//! The URL is the state: what is parsed here is what is shown, and [`BoardQuery::to_query`] gives
//! the same address back. Defaults are left out, so that addresses stay short.

use super::{
    case::Origin,
    person::Brands,
    question::{Attribution, Clock, Filter, Which},
    words::words,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

words! {
    /// Periods that have a button.
    Preset, "a period", {
        /// Since local midnight.
        Today = "today", "Today";
        /// Seven local days, today included.
        Week = "7d", "7 days";
        /// Thirty.
        Month = "30d", "30 days";
        /// Ninety.
        Quarter = "90d", "Quarter";
        /// Since the first case.
        All = "all", "All";
    }
}

/// The period that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Range {
    /// One of the buttons.
    Preset(Preset),
    /// From one local date to another, both included.
    Dates(NaiveDate, NaiveDate),
}

/// Everything in the Board's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardQuery {
    /// The period.
    pub range: Range,
    /// Whether the previous period stands beside it.
    pub compare: bool,
    /// Which cases.
    pub filter: Filter,
    /// What puts a case into the period.
    pub attribution: Attribution,
    /// Which clock durations are read from.
    pub clock: Clock,
}

impl Default for BoardQuery {
    fn default() -> Self {
        Self {
            range: Range::Preset(Preset::Month),
            compare: true,
            filter: Filter::default(),
            attribution: Attribution::Opened,
            clock: Clock::Calendar,
        }
    }
}

impl BoardQuery {
    /// Reads an address' parameters; `get` finds one by name.
    ///
    /// What makes no sense falls back to the default, because an address is typed by people and a
    /// Board that shows the last 30 days helps more than an error. Two dates in the wrong order
    /// are swapped.
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        let word = |name: &str| {
            get(name)
                .map(|it| it.trim().to_owned())
                .filter(|it| !it.is_empty())
        };
        let date = |name: &str| word(name).and_then(|it| it.parse::<NaiveDate>().ok());
        let range = match (
            word("range").and_then(|it| it.parse().ok()),
            date("from"),
            date("to"),
        ) {
            (Some(preset), _, _) => Range::Preset(preset),
            (None, Some(from), Some(to)) => Range::Dates(from.min(to), from.max(to)),
            (None, Some(day), None) | (None, None, Some(day)) => Range::Dates(day, day),
            (None, None, None) => Range::Preset(Preset::Month),
        };
        Self {
            range,
            compare: word("compare").as_deref() != Some("off"),
            filter: Filter {
                brand: word("brand"),
                channel: word("channel"),
                origin: word("origin").and_then(|it| it.parse::<Origin>().ok()),
                topic: word("topic"),
                text: word("text"),
                scope: None,
            },
            attribution: word("count")
                .and_then(|it| it.parse().ok())
                .unwrap_or(Attribution::Opened),
            clock: word("clock")
                .and_then(|it| it.parse().ok())
                .unwrap_or(Clock::Calendar),
        }
    }

    /// The same, within what somebody may see.
    pub fn within(&self, brands: &Brands) -> Self {
        Self {
            filter: self.filter.clone().within(brands),
            ..self.clone()
        }
    }

    /// The parameters that differ from the default, in a fixed order, not yet encoded.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        match self.range {
            Range::Preset(Preset::Month) => {}
            Range::Preset(preset) => pairs.push(("range", preset.to_string())),
            Range::Dates(from, to) => {
                pairs.push(("from", from.to_string()));
                pairs.push(("to", to.to_string()));
            }
        }
        let filter = &self.filter;
        for (name, value) in [
            ("brand", filter.brand.clone()),
            ("channel", filter.channel.clone()),
            ("origin", filter.origin.map(|it| it.to_string())),
            ("topic", filter.topic.clone()),
            ("text", filter.text.clone()),
            (
                "count",
                (self.attribution != Attribution::Opened).then(|| self.attribution.to_string()),
            ),
            (
                "clock",
                (self.clock != Clock::Calendar).then(|| self.clock.to_string()),
            ),
            ("compare", (!self.compare).then(|| "off".to_owned())),
        ] {
            if let Some(value) = value {
                pairs.push((name, value));
            }
        }
        pairs
    }

    /// The address' query with its `?`, or nothing at all when everything is the default.
    pub fn to_query(&self) -> String {
        encode(&self.pairs())
    }

    /// The address of the cases behind a figure of this Board.
    pub fn cases_href(&self, which: Which) -> String {
        let mut pairs = self.pairs();
        pairs.push(("show", which.to_string()));
        format!("/cases{}", encode(&pairs))
    }
}

/// Parameters as a query with its `?`; nothing for none.
pub fn encode(pairs: &[(&'static str, String)]) -> String {
    let mut query = String::new();
    for (name, value) in pairs {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(name);
        query.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                    query.push(char::from(byte))
                }
                _ => query.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn parse(pairs: &[(&'static str, String)]) -> BoardQuery {
        let map: HashMap<_, _> = pairs.iter().cloned().collect();
        BoardQuery::parse(|name| map.get(name).cloned())
    }

    #[test]
    fn an_address_says_what_it_was_made_from() {
        let query = BoardQuery {
            range: Range::Dates(
                NaiveDate::from_ymd_opt(2026, 3, 1).expect("a date"),
                NaiveDate::from_ymd_opt(2026, 3, 31).expect("a date"),
            ),
            compare: false,
            filter: Filter {
                brand: Some("halcyon".into()),
                channel: Some("x/halcyonair".into()),
                origin: Some(Origin::Customer),
                topic: Some("bags & boxes".into()),
                text: Some("où est ma valise ?".into()),
                scope: None,
            },
            attribution: Attribution::Happened,
            clock: Clock::Business,
        };
        assert_eq!(parse(&query.pairs()), query);
        assert!(query.to_query().contains("topic=bags%20%26%20boxes"));
    }

    #[test]
    fn nonsense_falls_back_to_the_last_thirty_days() {
        let given = [
            ("range", "next year".to_owned()),
            ("clock", "sundial".to_owned()),
        ];
        assert_eq!(parse(&given), BoardQuery::default());
        assert_eq!(BoardQuery::default().to_query(), "");
    }

    #[test]
    fn dates_in_the_wrong_order_are_swapped() {
        let given = [
            ("from", "2026-02-10".to_owned()),
            ("to", "2026-02-01".to_owned()),
        ];
        let Range::Dates(from, to) = parse(&given).range else {
            panic!("dates were given")
        };
        assert!(from < to);
    }
}
