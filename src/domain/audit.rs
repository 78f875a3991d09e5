//! Who changed what: the lines of the audit log.

use super::{
    ids::PersonId,
    person::Viewer,
    time::{Instant, Zone},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Who did something, as the audit names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The person; 0 for nobody in particular.
    pub person: PersonId,
    /// What they are called; for somebody who isn't known, what they said they were.
    pub name: String,
    /// Where they were; empty at the machine itself.
    pub address: String,
}

impl From<&Viewer> for Who {
    fn from(viewer: &Viewer) -> Self {
        Self {
            person: viewer.person,
            name: viewer.name.clone(),
            address: viewer.address.clone(),
        }
    }
}

/// One line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Counted from 1, without gaps.
    pub number: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub who: Who,
    /// What, such as `person.invited`.
    pub action: String,
    /// To what, such as a person's id or a brand's key.
    pub subject: String,
    /// As it was: JSON, `null` for nothing.
    pub before: String,
    /// As it is: JSON, `null` for nothing.
    pub after: String,
}

/// What is searched for in the log; the page's address says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditQuery {
    /// By whom; 0 is nobody in particular, such as the command line.
    pub person: Option<PersonId>,
    /// What, exactly.
    pub action: Option<String>,
    /// To what, exactly.
    pub subject: Option<String>,
    /// From this local day on.
    pub from: Option<NaiveDate>,
    /// Until this local day, itself included.
    pub until: Option<NaiveDate>,
    /// A piece of any of its texts, whatever the case.
    pub text: Option<String>,
    /// Only lines before this one: how older pages are asked for.
    pub before: Option<i64>,
}

impl AuditQuery {
    /// Reads an address' parameters; what makes no sense is as if it weren't there.
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        let word = |name: &str| {
            let it = get(name).map(|it| it.trim().chars().take(200).collect::<String>());
            it.filter(|it| !it.is_empty())
        };
        Self {
            person: word("person").and_then(|it| it.parse().ok()),
            action: word("action"),
            subject: word("subject"),
            from: word("from").and_then(|it| it.parse().ok()),
            until: word("until").and_then(|it| it.parse().ok()),
            text: word("text"),
            before: word("before").and_then(|it| it.parse().ok()),
        }
    }

    /// The same as the parameters of an address, with its `?`.
    pub fn to_query(&self) -> String {
        let pairs = [
            ("person", self.person.map(|it| it.to_string())),
            ("action", self.action.clone()),
            ("subject", self.subject.clone()),
            ("from", self.from.map(|it| it.to_string())),
            ("until", self.until.map(|it| it.to_string())),
            ("text", self.text.clone()),
            ("before", self.before.map(|it| it.to_string())),
        ];
        let pairs: Vec<_> = pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
        super::board_query::encode(&pairs)
    }
}

/// A line as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// The line.
    pub entry: AuditEntry,
    /// What the subject is called, where it is a person.
    pub subject_name: Option<String>,
    /// What changed: field, as it was, as it is.
    pub changes: Vec<(String, String, String)>,
}

/// Whether the log is as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chain {
    /// Every line is; so many.
    Whole(i64),
    /// The first line that is missing or changed.
    Broken(i64),
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// What was searched for.
    pub query: AuditQuery,
    /// Newest first; at most [`AuditPage::LINES`].
    pub lines: Vec<AuditLine>,
    /// Before which line the next page begins; `None` on the last.
    pub older: Option<i64>,
    /// Who can be chosen: ids and names.
    pub people: Vec<(PersonId, String)>,
    /// What can be chosen.
    pub actions: Vec<String>,
    /// The wall clock of the page.
    pub zone: Zone,
    /// What time it is.
    pub now: Instant,
    /// What reading the whole log again found, when it was asked for.
    pub chain: Option<Chain>,
}

impl AuditPage {
    /// Lines on one page.
    pub const LINES: usize = 50;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn an_address_says_what_it_was_made_from() {
        let query = AuditQuery {
            person: Some(PersonId::from(7)),
            action: Some("person.changed".to_owned()),
            subject: Some("topics of acme".to_owned()),
            from: NaiveDate::from_ymd_opt(2026, 7, 1),
            until: NaiveDate::from_ymd_opt(2026, 7, 2),
            text: Some("100 %".to_owned()),
            before: Some(51),
        };
        let address = query.to_query();
        let pairs: HashMap<String, String> = address
            .trim_start_matches('?')
            .split('&')
            .filter_map(|it| it.split_once('='))
            .map(|(name, value)| {
                let value = value.replace("%20", " ").replace("%25", "%");
                (name.to_owned(), value)
            })
            .collect();
        assert_eq!(AuditQuery::parse(|it| pairs.get(it).cloned()), query);
        assert_eq!(AuditQuery::default().to_query(), "");
    }
}
