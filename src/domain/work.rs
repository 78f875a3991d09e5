//! What happens around a reply, as the Inbox shows it: who has a case, what was promised, handed
//! on, offered and noted.

use super::{
    account::Outcome as Told,
    case::{Outcome, Remedy, Status},
    history::HandOff,
    ids::{
        AttemptId, CaseId, CustomerId, JoinId, MarkId, NoteId, OfferId, PersonId, PostId, TeamId,
    },
    network::Network,
    person::{Role, Team},
    promise::OwnedPromise,
    rejection::Rejection,
    time::{Instant, Zone},
    words::words,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most letters a note or a reason may have.
pub const WORDS_MOST: usize = 5000;

/// Words as they are kept: neither empty nor endless. `what` is asked for when they aren't.
pub fn some_words(what: &'static str, text: &str) -> Result<String, Rejection> {
    let text = text.trim();
    if (1..=WORDS_MOST).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err(Rejection::WordsLength(what, WORDS_MOST))
    }
}

/// A case that was put aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Until then, at the latest.
    pub until: Instant,
    /// Why.
    pub why: String,
    /// Since when.
    pub since: Instant,
}

/// Whose work a case is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The person who has it.
    pub owner: Option<PersonId>,
    /// The team it is with.
    pub team: Option<TeamId>,
    /// Put aside, by whatever reason.
    pub snooze: Option<Snooze>,
    /// What was the matter, in words, where no topic says it.
    pub cause: Option<String>,
}

/// One hop to another team, with what was asked of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamHop {
    /// From where to where, and when.
    pub hop: HandOff,
    /// What the other team is to do.
    pub ask: String,
    /// The team that had it.
    pub from: Option<TeamId>,
    /// The team that is to have it.
    pub to: Option<TeamId>,
    /// Who offered it.
    pub offered_by: Option<PersonId>,
    /// Who took it.
    pub accepted_by: Option<PersonId>,
    /// Why it was given back.
    pub returned_why: Option<String>,
}

impl TeamHop {
    /// Whether nobody has taken it, nor given it back.
    pub const fn is_offered(&self) -> bool {
        self.hop.accepted_at.is_none() && self.hop.returned_at.is_none()
    }

    /// Whether that team has it.
    pub const fn is_taken(&self) -> bool {
        self.hop.accepted_at.is_some() && self.hop.returned_at.is_none()
    }
}

/// A note for colleagues; it never leaves the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Who wrote it.
    pub by: PersonId,
    /// What they are called.
    pub author: String,
    /// What it says.
    pub body: String,
    /// When it was written.
    pub written_at: Instant,
    /// Counted from 1; an edit adds one.
    pub version: i64,
    /// What it said before, oldest first.
    pub earlier: Vec<String>,
}

words! {
    /// What came of an attempt elsewhere.
    AttemptOutcome, "an outcome of an attempt", {
        /// Nobody answered.
        NoAnswer = "no_answer", "Nobody answered";
        /// Somebody said no.
        Refused = "refused", "Refused";
        /// Somebody tried, in vain.
        Unsolved = "unsolved", "Not solved";
        /// Something was promised and didn't come.
        EmptyPromise = "empty_promise", "Promised, not kept";
    }
}

/// What the customer had tried before, elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorAttempt {
    /// Its id.
    pub id: AttemptId,
    /// Where: the phone, a shop, another company.
    pub channel: String,
    /// When, if they say so.
    pub at: Option<Instant>,
    /// How long it took them, in seconds.
    pub lasted_s: Option<i64>,
    /// What came of it.
    pub outcome: AttemptOutcome,
    /// When it was noted.
    pub noted_at: Instant,
}

/// A sum in the smallest unit of a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Such as cents.
    pub minor: i64,
    /// Three letters, such as EUR.
    pub currency: String,
}

impl Money {
    /// Reads a sum as people write it: `50`, `49.90`, `49,9`.
    pub fn parse(sum: &str, currency: &str) -> Result<Self, Rejection> {
        let currency = currency.trim().to_uppercase();
        let is_code = currency.len() == 3 && currency.chars().all(|it| it.is_ascii_uppercase());
        let sum = sum.trim().replace(',', ".");
        let (whole, part) = sum.split_once('.').unwrap_or((&sum, ""));
        let digits = |text: &str| text.chars().all(|it| it.is_ascii_digit());
        let fits = is_code
            && !whole.is_empty()
            && whole.len() <= 9
            && part.len() <= 2
            && digits(whole)
            && digits(part);
        let number = |text: &str| text.parse::<i64>().unwrap_or(0);
        if !fits {
            return Err(Rejection::NotMoney);
        }
        let part = match part.len() {
            1 => number(part) * 10,
            _ => number(part),
        };
        Ok(Self {
            minor: number(whole) * 100 + part,
            currency,
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.minor / 100, self.minor % 100);
        write!(f, "{whole}.{part:02} {}", self.currency)
    }
}

/// How much somebody may give without asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Whose role.
    pub role: Role,
    /// Up to here; `None` is without limit.
    pub most: Option<Money>,
}

impl Limit {
    /// What holds until somebody says otherwise: agents 50, leads 500, administrators anything.
    pub fn usual(role: Role) -> Self {
        let most = |minor: i64| {
            Some(Money {
                minor,
                currency: "EUR".to_owned(),
            })
        };
        Self {
            role,
            most: match role {
                Role::Viewer => most(0),
                Role::Agent => most(5_000),
                Role::Lead => most(50_000),
                Role::Administrator => None,
            },
        }
    }

    /// Whether a sum is within it. Another currency isn't, because nothing here knows its worth.
    pub fn allows(&self, sum: Option<&Money>) -> bool {
        match (sum, &self.most) {
            (None, _) | (Some(_), None) => true,
            (Some(sum), Some(most)) => sum.currency == most.currency && sum.minor <= most.minor,
        }
    }
}

words! {
    /// Whether an offer may be made.
    Approval, "an approval", {
        /// Within the limit of whoever made it.
        Free = "free", "Within the limit";
        /// Somebody else has to decide.
        Asked = "asked", "Waiting for approval";
        /// Somebody else said yes.
        Approved = "approved", "Approved";
        /// Somebody else said no.
        Declined = "declined", "Declined";
    }
}

/// What the customer wants, or what they were offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// Whether it is ours; else it is what the customer wants.
    pub is_offer: bool,
    /// Which kind.
    pub remedy: Remedy,
    /// The same in words.
    pub words: String,
    /// How much.
    pub sum: Option<Money>,
    /// Whether it may be made.
    pub approval: Approval,
    /// Who noted or offered it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// Why, in words.
    pub decided_why: Option<String>,
}

/// Whether what was offered last is something else than what is wanted.
pub fn is_mismatch(offers: &[Offer]) -> bool {
    let last = |is_offer: bool| {
        let made = |it: &&Offer| it.is_offer == is_offer && it.approval != Approval::Declined;
        offers.iter().rfind(made).map(|it| it.remedy)
    };
    matches!((last(false), last(true)), (Some(wanted), Some(offered)) if wanted != offered)
}

words! {
    /// What was joined or parted.
    JoinKind, "a kind of joining", {
        /// Two cases became one.
        Merge = "merge", "Merged cases";
        /// One became two.
        Split = "split", "Split off posts";
        /// Two accounts became one person.
        Person = "person", "Merged two people";
    }
}

/// A merge or a split that may still be undone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// Its id.
    pub id: JoinId,
    /// Which kind.
    pub kind: JoinKind,
    /// Who did it.
    pub by: PersonId,
    /// Until when it can be undone.
    pub until: Instant,
}

/// A customer who is said to abuse the channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadActorMark {
    /// Its id.
    pub id: MarkId,
    /// Who.
    pub customer: CustomerId,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: PersonId,
    /// Who agreed; nothing follows before somebody has.
    pub agreed_by: Option<PersonId>,
    /// Until when it holds.
    pub until: Instant,
}

/// Somebody who may be the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamePerson {
    /// As the brand knows them.
    pub customer: CustomerId,
    /// Their name.
    pub name: String,
    /// Their account.
    pub handle: String,
    /// Where.
    pub network: Network,
    /// What speaks for it, in words.
    pub why: String,
}

/// What the customer said when they were asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it is solved.
    pub is_solved: bool,
    /// What else they said.
    pub said: String,
    /// When.
    pub at: Instant,
}

/// Somebody who can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Their teams.
    pub teams: Vec<TeamId>,
}

/// A post that can be chosen: to be split off, or as the customer's thanks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostChoice {
    /// Which.
    pub id: PostId,
    /// How it begins.
    pub excerpt: String,
    /// When.
    pub at: Instant,
    /// Whether it may be the customer's thanks: theirs, public, after their yes.
    pub may_thank: bool,
}

/// Everything around a case that isn't a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseWork {
    /// Which case.
    pub case: CaseId,
    /// When this was.
    pub as_of: Instant,
    /// The reader's wall clock.
    pub zone: Zone,
    /// Where the case stands.
    pub status: Status,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Whether something waits for an answer.
    pub is_waiting: bool,
    /// The case it was merged into.
    pub merged_into: Option<CaseId>,
    /// Whose it is.
    pub assignment: Assignment,
    /// What was promised, oldest first.
    pub promises: Vec<OwnedPromise>,
    /// What the newest answer seems to promise, not logged yet: what, due.
    pub noticed: Option<(String, Instant)>,
    /// Where it went, oldest first.
    pub hops: Vec<TeamHop>,
    /// Whether the packet is still to be opened before anything is said to the customer.
    pub must_read: bool,
    /// Notes, oldest first.
    pub notes: Vec<Note>,
    /// What the customer had tried before.
    pub attempts: Vec<PriorAttempt>,
    /// What is wanted and what was offered, oldest first.
    pub offers: Vec<Offer>,
    /// Whether these are different things.
    pub mismatch: bool,
    /// How much the reader may give.
    pub limit: Limit,
    /// What can still be undone.
    pub joins: Vec<Join>,
    /// Other cases of the same person that could be merged with it: which, in words.
    pub siblings: Vec<(CaseId, String)>,
    /// Who may be the same person.
    pub same: Vec<SamePerson>,
    /// Whether the customer is said to abuse the channel.
    pub mark: Option<BadActorMark>,
    /// The page on which the customer says whether it is solved, while they may.
    pub link: Option<String>,
    /// What they said.
    pub answer: Option<Answer>,
    /// Its posts, oldest first.
    pub posts: Vec<PostChoice>,
    /// Who can be chosen.
    pub people: Vec<Colleague>,
    /// Which teams.
    pub teams: Vec<Team>,
    /// The topics of the brand: key, name.
    pub topics: Vec<(String, String)>,
    /// Who is looking.
    pub me: PersonId,
    /// Their teams.
    pub my_teams: Vec<TeamId>,
    /// Whether they may work on it.
    pub may_work: bool,
    /// Whether they may allow what is beyond somebody's limit.
    pub may_approve: bool,
    /// How much they haven't looked at of what they were told.
    pub unread: i64,
    /// What the form that was just sent led to.
    pub told: Option<Told>,
}

impl CaseWork {
    /// What somebody is called; nothing for somebody unknown.
    pub fn name_of(&self, person: PersonId) -> &str {
        let found = self.people.iter().find(|it| it.id == person);
        found.map_or("", |it| it.name.as_str())
    }

    /// What a team is called; nothing for one unknown.
    pub fn team_name(&self, team: TeamId) -> &str {
        let found = self.teams.iter().find(|it| it.id == team);
        found.map_or("", |it| it.name.as_str())
    }
}

/// The names that a note mentions, of those there are: `@Ada Lovelace`, or `@Ada` where there is
/// only one Ada.
pub fn mentioned(body: &str, people: &[Colleague]) -> Vec<PersonId> {
    let body = body.to_lowercase();
    let first = |it: &Colleague| {
        let name = it.name.to_lowercase();
        name.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let calls = |name: &str| {
        let wanted = format!("@{name}");
        !name.is_empty()
            && body.match_indices(&wanted).any(|(at, _)| {
                let after = body[at + wanted.len()..].chars().next();
                after.is_none_or(|it| !it.is_alphanumeric())
            })
    };
    people
        .iter()
        .filter(|it| {
            let own = first(it);
            let is_only = people.iter().filter(|other| first(other) == own).count() == 1;
            calls(&it.name.to_lowercase()) || (is_only && calls(&own))
        })
        .map(|it| it.id)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colleague(id: i64, name: &str) -> Colleague {
        Colleague {
            id: id.into(),
            name: name.to_owned(),
            teams: Vec::new(),
        }
    }

    #[test]
    fn a_note_calls_people_by_their_names() {
        let people = [
            colleague(1, "Ada Lovelace"),
            colleague(2, "Ada Byron"),
            colleague(3, "Femi Adeyemi"),
        ];
        assert_eq!(mentioned("@femi can you look?", &people), [3.into()]);
        assert_eq!(mentioned("@Ada Byron, please", &people), [2.into()]);
        assert_eq!(mentioned("@Ada which one?", &people), []);
        assert_eq!(mentioned("mail femi@example.com", &people), []);
        assert_eq!(mentioned("@femiquist", &people), []);
    }

    #[test]
    fn a_sum_is_read_as_it_is_written() {
        let minor = |text: &str| Money::parse(text, "eur").map(|it| it.minor);
        assert_eq!(minor("50"), Ok(5_000));
        assert_eq!(minor("49.9"), Ok(4_990));
        assert_eq!(minor(" 49,90 "), Ok(4_990));
        for wrong in ["", "-5", "1.234", "1e9", "12345678901", "five"] {
            assert_eq!(minor(wrong), Err(Rejection::NotMoney), "{wrong}");
        }
        assert!(Money::parse("5", "euro").is_err());
    }

    #[test]
    fn a_sum_of_another_currency_is_beyond_any_limit() {
        let limit = Limit::usual(Role::Agent);
        let sum = |minor, currency: &str| Money {
            minor,
            currency: currency.to_owned(),
        };
        assert!(limit.allows(None));
        assert!(limit.allows(Some(&sum(5_000, "EUR"))));
        assert!(!limit.allows(Some(&sum(5_001, "EUR"))));
        assert!(!limit.allows(Some(&sum(1, "USD"))));
        assert!(Limit::usual(Role::Administrator).allows(Some(&sum(i64::MAX, "USD"))));
    }
}
