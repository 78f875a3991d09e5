//! All promises, as the Promises page lists them.

use super::{
    account::Outcome,
    history::PromiseState,
    ids::{CaseId, PersonId, PromiseId, TeamId},
    person::Team,
    promise::Alarm,
    time::{Instant, Zone},
    words::words,
    work::Colleague,
};
use serde::{Deserialize, Serialize};

words! {
    /// Which promises.
    PromiseShelf, "a shelf of promises", {
        /// Due, and not kept.
        Overdue = "overdue", "Overdue";
        /// Most of the time is over.
        Soon = "soon", "Due soon";
        /// Still to be kept.
        Open = "open", "Open";
        /// Kept, but late.
        Late = "late", "Kept late";
        /// Never kept.
        Broken = "broken", "Broken";
        /// Kept in time.
        Kept = "kept", "Kept";
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseLine {
    /// The promise.
    pub id: PromiseId,
    /// In which case.
    pub case: CaseId,
    /// To whom.
    pub customer: String,
    /// Whose customer.
    pub brand: String,
    /// What.
    pub what: String,
    /// Who said it.
    pub promised_by: String,
    /// Who does it.
    pub fulfiller: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    pub due_at: Instant,
    /// After which it is worth nothing.
    pub perishes_at: Option<Instant>,
    /// What shows that it arrived.
    pub proof: Option<String>,
    /// Where it stands.
    pub state: PromiseState,
    /// When that was decided.
    pub settled_at: Option<Instant>,
    /// How pressing it is.
    pub alarm: Alarm,
}

impl PromiseLine {
    /// Where it is listed; a promise that was taken back is listed nowhere.
    pub const fn shelf(&self) -> Option<PromiseShelf> {
        Some(match (self.state, self.alarm) {
            (PromiseState::Open, Alarm::Overdue) => PromiseShelf::Overdue,
            (PromiseState::Open, Alarm::Most) => PromiseShelf::Soon,
            (PromiseState::Open, _) => PromiseShelf::Open,
            (PromiseState::KeptLate, _) => PromiseShelf::Late,
            (PromiseState::Broken, _) => PromiseShelf::Broken,
            (PromiseState::Kept, _) => PromiseShelf::Kept,
            (PromiseState::Withdrawn, _) => return None,
        })
    }
}

/// Whose promises are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseQuery {
    /// One shelf, or all.
    pub shelf: Option<PromiseShelf>,
    /// Somebody's.
    pub owner: Option<PersonId>,
    /// A team's.
    pub team: Option<TeamId>,
}

impl PromiseQuery {
    /// Reads an address's parameters; what makes no sense is left out.
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        let number = |name: &str| get(name).and_then(|it| it.parse::<i64>().ok());
        Self {
            shelf: get("show").and_then(|it| it.parse().ok()),
            owner: number("owner").map(Into::into),
            team: number("team").map(Into::into),
        }
    }

    /// The parameters that say the same, with their question mark.
    pub fn address(&self) -> String {
        let mut parts = Vec::new();
        if let Some(shelf) = self.shelf {
            parts.push(format!("show={shelf}"));
        }
        if let Some(owner) = self.owner {
            parts.push(format!("owner={owner}"));
        }
        if let Some(team) = self.team {
            parts.push(format!("team={team}"));
        }
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        }
    }
}

/// The list, with how well promises were kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromisePage {
    /// What was asked.
    pub query: PromiseQuery,
    /// What time it is.
    pub as_of: Instant,
    /// The reader's wall clock.
    pub zone: Zone,
    /// The most pressing first; at most [`PromisePage::ROWS`].
    pub lines: Vec<PromiseLine>,
    /// How many there are on each shelf.
    pub counts: Vec<(PromiseShelf, u64)>,
    /// Kept on time, of all that were due by now and not taken back.
    pub on_time: (u64, u64),
    /// Who can be asked for.
    pub people: Vec<Colleague>,
    /// Which teams.
    pub teams: Vec<Team>,
    /// Whether the reader may settle promises.
    pub may_work: bool,
    /// What the form that was just sent led to.
    pub outcome: Option<Outcome>,
}

impl PromisePage {
    /// So many lines at most.
    pub const ROWS: usize = 200;
}
