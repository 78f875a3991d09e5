//! A case goes from one team to another: offered, read, taken, perhaps given back. The dwell is the
//! time between offering and taking.
//!
//! The hops themselves are [`super::history::HandOff`]s; these moves only tell the log. The
//! customer's clock never stops for a hand-off.

use super::{
    case::Case,
    event::{Actor, CaseEvent, EventKind},
    time::Instant,
};

impl Case {
    /// The case is offered to another team.
    pub fn offer_to(&mut self, at: Instant, team: &str) -> CaseEvent {
        let to = team.to_owned();
        self.tell(at, Actor::Agent, EventKind::HandOffOffered { to })
    }

    /// That team has taken it.
    pub fn taken_by(&mut self, at: Instant, team: &str) -> CaseEvent {
        let by = team.to_owned();
        self.tell(at, Actor::Department, EventKind::HandOffAccepted { by })
    }

    /// Somebody of that team has opened the packet with the whole story.
    pub fn read_by(&mut self, at: Instant, team: &str) -> CaseEvent {
        let by = team.to_owned();
        self.tell(at, Actor::Department, EventKind::HandOffOpened { by })
    }

    /// That team gives it back.
    pub fn returned_by(&mut self, at: Instant, team: &str) -> CaseEvent {
        let by = team.to_owned();
        self.tell(at, Actor::Department, EventKind::HandOffReturned { by })
    }
}
