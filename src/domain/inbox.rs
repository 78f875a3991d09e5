//! The Inbox: which cases, in which order, and everything that somebody needs who works on one.

use super::{
    board::{CaseStory, CaseSummary},
    draft::Draft,
    ids::{CaseId, PersonId},
    limits::Limits,
    reply::Reply,
    time::{Instant, Zone},
    urgency::Score,
    words::words,
};
use serde::{Deserialize, Serialize};

words! {
    /// Which cases somebody looks at.
    View, "a view", {
        /// All that wait for somebody.
        Open = "open", "All open";
        /// Those one has.
        Mine = "mine", "Mine";
        /// Those nobody has.
        Unassigned = "unassigned", "Unassigned";
        /// Those whose day ends today.
        BeforeSundown = "before-sundown", "Before sundown";
        /// Those with an open promise.
        Promises = "promises", "Promises due";
        /// Those that were handed to one's team.
        HandedToUs = "handed-to-us", "Handed to us";
        /// Those who asked again.
        Chasers = "chasers", "Asked again";
        /// Those who have waited for a day and more.
        Silent = "silent", "Silent too long";
        /// Those who were asked whether it is solved.
        Awaiting = "awaiting", "Awaiting confirmation";
        /// Thanks that nobody has answered.
        Praise = "praise", "Praise to answer";
        /// Those put aside.
        Snoozed = "snoozed", "Snoozed";
    }
}

impl View {
    /// What an empty one says.
    pub const fn when_empty(self) -> &'static str {
        match self {
            Self::Open => "Nobody waits. New complaints appear here by themselves.",
            Self::Mine => "You have no open case. Take one from Unassigned.",
            Self::Unassigned => "Everything has somebody who looks after it.",
            Self::BeforeSundown => "Nothing is left to be closed before sundown today.",
            Self::Promises => {
                "No promise is open. What is promised in a case is listed here until it arrived."
            }
            Self::HandedToUs => "No other team has handed you a case that you haven't taken.",
            Self::Chasers => "Nobody had to ask twice.",
            Self::Silent => "Nobody has waited for a day.",
            Self::Awaiting => "No customer is being asked whether it is solved.",
            Self::Praise => "All thanks are answered.",
            Self::Snoozed => "Nothing is put aside.",
        }
    }
}

words! {
    /// What comes first.
    Order, "an order", {
        /// The most urgent.
        Urgent = "urgent", "Urgent first";
        /// Who has waited longest.
        Oldest = "oldest", "Oldest";
    }
}

/// One of the panes beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pane {
    /// The cases.
    List,
    /// One of them.
    Case,
    /// What one writes in.
    Composer,
    /// What is known about it and what one can do.
    Side,
}

/// What the Inbox' address says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxQuery {
    /// Which cases.
    pub view: View,
    /// What comes first.
    pub order: Order,
    /// Words that are looked for; empty for all.
    pub text: String,
    /// How many rows, at most [`InboxQuery::MOST`].
    pub rows: usize,
}

impl Default for InboxQuery {
    fn default() -> Self {
        Self {
            view: View::Open,
            order: Order::Urgent,
            text: String::new(),
            rows: Self::ROWS,
        }
    }
}

impl InboxQuery {
    /// Rows on the first look.
    pub const ROWS: usize = 50;
    /// Rows that one page shows at most.
    pub const MOST: usize = 1000;

    /// Reads it off an address; what makes no sense is as if it weren't there.
    pub fn parse(value: impl Fn(&str) -> Option<String>) -> Self {
        let usual = Self::default();
        let text = value("q").unwrap_or_default();
        Self {
            view: value("view")
                .and_then(|it| it.parse().ok())
                .unwrap_or(usual.view),
            order: value("order")
                .and_then(|it| it.parse().ok())
                .unwrap_or(usual.order),
            text: text.trim().chars().take(200).collect(),
            rows: value("rows")
                .and_then(|it| it.parse().ok())
                .unwrap_or(usual.rows)
                .clamp(1, Self::MOST),
        }
    }

    /// The address, with a case opened or none.
    pub fn href(&self, case: Option<CaseId>) -> String {
        let usual = Self::default();
        let path = match case {
            Some(case) => format!("/inbox/{case}"),
            None => "/inbox".to_owned(),
        };
        let rows = self.rows.to_string();
        let pairs = [
            ("view", self.view.as_str(), self.view != usual.view),
            ("order", self.order.as_str(), self.order != usual.order),
            ("q", self.text.as_str(), !self.text.is_empty()),
            ("rows", rows.as_str(), self.rows != usual.rows),
        ];
        let pairs = pairs.into_iter().filter(|it| it.2);
        let pairs: Vec<(&str, String)> = pairs.map(|it| (it.0, it.1.to_owned())).collect();
        path + &super::board_query::encode(&pairs)
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRow {
    /// The case.
    pub summary: CaseSummary,
    /// How urgent it is.
    pub points: u32,
    /// Since when somebody waits for an answer.
    pub waiting_since: Option<Instant>,
    /// When its day ends.
    pub sundown_at: Option<Instant>,
    /// When a promise is due, and whether one was broken.
    pub promise: Option<(Instant, bool)>,
    /// Who has it.
    pub owner: Option<String>,
    /// Until when it is put aside.
    pub snoozed_until: Option<Instant>,
}

/// The list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxPage {
    /// When this was read.
    pub as_of: Instant,
    /// The wall clock of whoever looks.
    pub zone: Zone,
    /// Every view with how many cases there are in it.
    pub views: Vec<(View, usize)>,
    /// How many there are in this one.
    pub count: usize,
    /// The first of them.
    pub rows: Vec<InboxRow>,
}

/// Everything about one case for whoever works on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseDesk {
    /// Its story.
    pub story: CaseStory,
    /// Replies that the story doesn't tell yet: on their way, refused, of unknown end.
    pub replies: Vec<(Reply, String)>,
    /// Why it is where it is in the list.
    pub urgency: Score,
    /// The last event that this shows: what a reply is compared with.
    pub seen: i64,
    /// Who looks.
    pub me: PersonId,
    /// Whether they may work on it.
    pub may_work: bool,
    /// Who else is here, and what they do.
    pub others: Vec<(String, Doing)>,
}

words! {
    /// What somebody does in a case just now.
    Doing, "a doing", {
        /// Reads it.
        Reading = "reading", "is reading";
        /// Writes an answer.
        Writing = "writing", "is writing";
    }
}

/// What one writes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composer {
    /// The case.
    pub case: CaseId,
    /// The account that answers, and where: `@brand on Mastodon`.
    pub from: String,
    /// Why nothing can be sent, where that is so.
    pub closed: Option<String>,
    /// How long a public and a private text may be, and how that is counted.
    pub limits: [Limits; 2],
    /// What was written before.
    pub draft: Option<Draft>,
    /// The last event that the page shows.
    pub seen: i64,
    /// A new key, for what is written next.
    pub key: String,
    /// Macros, filled for this case: name and text.
    pub macros: Vec<(String, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_differs_and_is_read_back() {
        assert_eq!(InboxQuery::default().href(None), "/inbox");
        let query = InboxQuery {
            view: View::Mine,
            order: Order::Oldest,
            text: "lost & found".to_owned(),
            rows: 100,
        };
        let href = query.href(Some(7.into()));
        assert_eq!(
            href,
            "/inbox/7?view=mine&order=oldest&q=lost%20%26%20found&rows=100"
        );
        let back = InboxQuery::parse(|name| match name {
            "view" => Some("mine".to_owned()),
            "order" => Some("oldest".to_owned()),
            "q" => Some(" lost & found ".to_owned()),
            "rows" => Some("100".to_owned()),
            _ => None,
        });
        assert_eq!(back, query);
        assert_eq!(InboxQuery::parse(|_| Some("x".to_owned())).view, View::Open);
    }
}
