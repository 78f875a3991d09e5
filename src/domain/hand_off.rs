//! A case goes from one team to another: offered, then taken. The dwell is the time in between.
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
        CaseEvent {
            case: self.id,
            brand: self.brand,
            at,
            by: Actor::Agent,
            kind: EventKind::HandOffOffered {
                to: team.to_owned(),
            },
        }
    }

    /// That team has taken it.
    pub fn taken_by(&mut self, at: Instant, team: &str) -> CaseEvent {
        CaseEvent {
            case: self.id,
            brand: self.brand,
            at,
            by: Actor::Department,
            kind: EventKind::HandOffAccepted {
                by: team.to_owned(),
            },
        }
    }
}
