//! What happened to a case: the facts that the log keeps and everything else is derived from.
//!
//! Invariant: an event is never changed or removed, and carries no text that a customer wrote. One
//! exception is asked for by law: where a person's data is erased, what was promised to them goes.

use super::{
    case::{Exclusion, Kind, Origin, Outcome, Priority, Remedy, Tone},
    ids::{BrandId, CaseId, CustomerId, PersonId, ReplyId, TeamId},
    post::Visibility,
    reply::State,
    time::Instant,
    words::words,
};
use serde::{Deserialize, Serialize};

words! {
    /// Who did it: recorded on every event.
    Actor, "an actor", {
        /// The person whose problem it is.
        Customer = "customer", "Customer";
        /// Somebody else in the thread.
        Joiner = "joiner", "Joiner";
        /// A human of ours.
        Agent = "agent", "Agent";
        /// An automatic acknowledgement; never an answer.
        Bot = "bot", "Bot";
        /// Sundown itself.
        System = "system", "Sundown";
        /// Another team or company.
        Department = "department", "Other department";
    }
}

/// One fact about one case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseEvent {
    /// Which case.
    pub case: CaseId,
    /// Whose.
    pub brand: BrandId,
    /// When it happened, by the clock that counts for it (the network's for posts).
    pub at: Instant,
    /// Who did it.
    pub by: Actor,
    /// What it was.
    pub kind: EventKind,
}

/// The kinds of facts, with what they say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventKind {
    /// A first post became a case.
    Opened { origin: Origin, kind: Kind },
    /// An archive brought this case, or more of it.
    Imported {
        origin: Origin,
        posts: i32,
        answered_at: Option<Instant>,
    },
    /// The customer wrote, while nothing was waiting.
    Posted,
    /// The customer wrote again while waiting.
    Chased,
    /// Somebody else spoke up.
    Joined,
    /// A network accepted an answer, so many seconds after the opening.
    Answered {
        visibility: Visibility,
        is_first: bool,
        after_s: i64,
    },
    /// Something was promised.
    Promised { what: String, due_at: Instant },
    /// It was kept.
    PromiseKept,
    /// It was not.
    PromiseBroken,
    /// The case was offered to another team.
    HandOffOffered { to: String },
    /// That team took it.
    HandOffAccepted { by: String },
    /// We say it is solved.
    Resolved { remedy: Remedy, outcome: Outcome },
    /// The customer was asked.
    Asked,
    /// The customer said yes.
    Confirmed,
    /// The customer said no.
    Disputed,
    /// The customer said nothing.
    Lapsed,
    /// Open again.
    Reopened { episode: i32 },
    /// The customer thanked us where others can read it.
    Thanked,
    /// Left out of times.
    Excluded { why: Exclusion },
    /// Merged into another case.
    Merged { into: CaseId },
    /// Taken back by the customer.
    Withdrawn,
    /// A post in it was edited or deleted by its author.
    Edited,
    /// A person's data was erased in it.
    Erased,
    /// A reply went a step.
    Replying { reply: ReplyId, state: State },
    /// A person of ours saw it otherwise than it stood: what they changed it to. An empty topic is
    /// none.
    Corrected {
        kind: Option<Kind>,
        tone: Option<Tone>,
        priority: Option<Priority>,
        topic: Option<String>,
    },
    /// Somebody has it now, or nobody, and a team or none.
    Assigned {
        person: Option<PersonId>,
        team: Option<TeamId>,
    },
    /// The packet of a hand-off was opened by somebody of that team.
    HandOffOpened { by: String },
    /// That team gave it back.
    HandOffReturned { by: String },
    /// What was promised was taken back, and said so.
    PromiseWithdrawn,
    /// Put aside; the customer's clock goes on.
    Snoozed { until: Instant },
    /// Back among the others.
    Woken,
    /// What the customer wrote last needs no answer.
    NoAnswerNeeded,
    /// A note for colleagues was written or changed.
    Noted,
    /// The customer had tried another way before.
    TriedElsewhere,
    /// What the customer wants, or what they were offered.
    RemedyNamed { remedy: Remedy, is_offer: bool },
    /// An offer beyond somebody's limit was allowed, or not.
    OfferDecided { is_approved: bool },
    /// Posts of it became a case of their own.
    Split { into: CaseId },
    /// A case that was merged into this one stands by itself again.
    Unmerged { from: CaseId },
    /// Back among those that count.
    Included,
    /// Two accounts were found to be one person, or two after all.
    PersonChanged { customer: CustomerId },
}

impl EventKind {
    /// The word the log keeps in its own column, so that readers can choose without parsing.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Imported { .. } => "imported",
            Self::Posted => "posted",
            Self::Chased => "chased",
            Self::Joined => "joined",
            Self::Answered { .. } => "answered",
            Self::Promised { .. } => "promised",
            Self::PromiseKept => "promise_kept",
            Self::PromiseBroken => "promise_broken",
            Self::HandOffOffered { .. } => "hand_off_offered",
            Self::HandOffAccepted { .. } => "hand_off_accepted",
            Self::Resolved { .. } => "resolved",
            Self::Asked => "asked",
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::Lapsed => "lapsed",
            Self::Reopened { .. } => "reopened",
            Self::Thanked => "thanked",
            Self::Excluded { .. } => "excluded",
            Self::Merged { .. } => "merged",
            Self::Withdrawn => "withdrawn",
            Self::Edited => "edited",
            Self::Erased => "erased",
            Self::Replying { .. } => "replying",
            Self::Corrected { .. } => "corrected",
            Self::Assigned { .. } => "assigned",
            Self::HandOffOpened { .. } => "hand_off_opened",
            Self::HandOffReturned { .. } => "hand_off_returned",
            Self::PromiseWithdrawn => "promise_withdrawn",
            Self::Snoozed { .. } => "snoozed",
            Self::Woken => "woken",
            Self::NoAnswerNeeded => "no_answer_needed",
            Self::Noted => "noted",
            Self::TriedElsewhere => "tried_elsewhere",
            Self::RemedyNamed { .. } => "remedy_named",
            Self::OfferDecided { .. } => "offer_decided",
            Self::Split { .. } => "split",
            Self::Unmerged { .. } => "unmerged",
            Self::Included => "included",
            Self::PersonChanged { .. } => "person_changed",
        }
    }
}
