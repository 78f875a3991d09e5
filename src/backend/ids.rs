//! Makes ids: time-ordered, unique in this process, and with a random node number that keeps
//! processes apart that share one database.

use crate::domain::{
    ids::{PER_MILLISECOND, compose},
    time::Instant,
};
use std::sync::{Arc, Mutex, PoisonError};

/// Makes ids.
#[derive(Clone, Debug)]
pub struct Ids {
    node: u16,
    /// The last millisecond used, and how many ids it gave.
    last: Arc<Mutex<(i64, u16)>>,
}

impl Ids {
    /// A maker with a node number of its own.
    pub fn of_node(node: u16) -> Self {
        Self {
            node,
            last: Arc::new(Mutex::new((0, 0))),
        }
    }

    /// A maker with a random node number.
    pub fn random() -> Self {
        Self::of_node(rand::random())
    }

    /// The next id. Where a millisecond is used up, the next one is begun early, so that ids stay
    /// in order and unique at any speed.
    pub fn next<Id: From<i64>>(&self, now: Instant) -> Id {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.timestamp_millis();
        let (ms, count) = if now > last.0 {
            (now, 0)
        } else if last.1 + 1 < PER_MILLISECOND {
            (last.0, last.1 + 1)
        } else {
            (last.0 + 1, 0)
        };
        *last = (ms, count);
        Id::from(compose(ms, self.node, count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::CaseId, time::from_ms};

    #[test]
    fn a_hundred_thousand_ids_of_one_instant_are_all_different_and_in_order() {
        let ids = Ids::of_node(7);
        let now = from_ms(1_700_000_000_000);
        let made: Vec<CaseId> = (0..100_000).map(|_| ids.next(now)).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
