//! The parts a case's story is made of beside posts and events, and the whole of one case's
//! history as it is handed to the store by those who bring many at once (the demo, an archive).

use super::{
    case::{Case, Outcome, Remedy},
    customer::{Customer, Handle},
    event::CaseEvent,
    ids::{BrandId, CaseId, EpisodeId, HandOffId, PromiseId, TurnId},
    post::Post,
    time::Instant,
    words::words,
};
use serde::{Deserialize, Serialize};

/// Opened → resolved; a reopening starts the next episode of the same case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    /// Its id.
    pub id: EpisodeId,
    /// Whose.
    pub brand: BrandId,
    /// Of which case.
    pub case: CaseId,
    /// Counted from 1.
    pub number: i32,
    /// Opened or reopened.
    pub opened_at: Instant,
    /// Said to be solved.
    pub resolved_at: Option<Instant>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// How it was solved.
    pub remedy: Option<Remedy>,
}

/// A run of customer posts and our answer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Its id.
    pub id: TurnId,
    /// Whose.
    pub brand: BrandId,
    /// Of which case.
    pub case: CaseId,
    /// The first post that waited for this answer.
    pub started_at: Instant,
    /// When a network accepted it.
    pub answered_at: Option<Instant>,
    /// Customer posts in it.
    pub posts: i32,
}

words! {
    /// Where a promise stands.
    PromiseState, "a state of a promise", {
        /// Still to be kept.
        Open = "open", "Open";
        /// In time, and it arrived.
        Kept = "kept", "Kept";
        /// It arrived too late.
        KeptLate = "kept_late", "Kept late";
        /// It never did.
        Broken = "broken", "Broken";
        /// Taken back, and said so.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

/// What was promised, to whom, by whom, by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Its id.
    pub id: PromiseId,
    /// Whose.
    pub brand: BrandId,
    /// In which case.
    pub case: CaseId,
    /// What, in words.
    pub what: String,
    /// Who said it.
    pub promised_by: String,
    /// Who has to do it.
    pub fulfiller: String,
    /// When it was said.
    pub promised_at: Instant,
    /// By when.
    pub due_at: Instant,
    /// After which it is worth nothing any more.
    pub perishes_at: Option<Instant>,
    /// What shows that it arrived.
    pub proof: Option<String>,
    /// Where it stands.
    pub state: PromiseState,
    /// When that was decided.
    pub settled_at: Option<Instant>,
    /// The promise it replaces: a chain.
    pub replaces: Option<PromiseId>,
}

/// One hop of a case from a team to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOff {
    /// Its id.
    pub id: HandOffId,
    /// Whose.
    pub brand: BrandId,
    /// Which case.
    pub case: CaseId,
    /// From which team.
    pub from_team: String,
    /// To which.
    pub to_team: String,
    /// Offered.
    pub offered_at: Instant,
    /// Taken.
    pub accepted_at: Option<Instant>,
    /// Given back.
    pub returned_at: Option<Instant>,
    /// When the packet with the whole story was opened.
    pub opened_at: Option<Instant>,
}

/// One case from beginning to end, with everything that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// Who complains.
    pub customer: Customer,
    /// Their accounts, and those of joiners (who are customers of their own).
    pub handles: Vec<Handle>,
    /// Joiners as people.
    pub joiners: Vec<Customer>,
    /// The case as it stands at the end.
    pub case: Case,
    /// The thread, oldest first.
    pub posts: Vec<Post>,
    /// What happened, oldest first.
    pub events: Vec<CaseEvent>,
    /// At least one.
    pub episodes: Vec<Episode>,
    /// At least one, unless nothing needed an answer.
    pub turns: Vec<Turn>,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// Where it went.
    pub hand_offs: Vec<HandOff>,
}

/// How much of a history is kept already; what stands behind it is new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Posts.
    pub posts: usize,
    /// Events.
    pub events: usize,
    /// Joiners.
    pub joiners: usize,
    /// Accounts.
    pub handles: usize,
}

impl History {
    /// All of it, as something that is kept.
    pub fn as_kept(&self) -> Kept {
        Kept {
            posts: self.posts.len(),
            events: self.events.len(),
            joiners: self.joiners.len(),
            handles: self.handles.len(),
        }
    }
}
