//! Who is in which case just now, and what they do: kept in memory, gone after half a minute.

use crate::domain::{
    ids::{CaseId, PersonId},
    inbox::Doing,
    time::Instant,
};
use chrono::TimeDelta;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Whoever says nothing for so long isn't here any more.
const GONE: TimeDelta = TimeDelta::seconds(30);

/// Who is where.
#[derive(Debug, Default)]
pub struct Presence(Mutex<HashMap<(CaseId, PersonId), Sign>>);

#[derive(Clone, Debug)]
struct Sign {
    name: String,
    doing: Doing,
    at: Instant,
}

impl Presence {
    /// Somebody is here.
    pub fn sign(&self, case: CaseId, (person, name): (PersonId, &str), doing: Doing, at: Instant) {
        let mut signs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        signs.retain(|_, it| at - it.at < GONE);
        let sign = Sign {
            name: name.to_owned(),
            doing,
            at,
        };
        signs.insert((case, person), sign);
    }

    /// Who else is here.
    pub fn others(&self, case: CaseId, me: PersonId, at: Instant) -> Vec<(String, Doing)> {
        let signs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut others: Vec<(String, Doing)> = signs
            .iter()
            .filter(|((it, person), sign)| *it == case && *person != me && at - sign.at < GONE)
            .map(|(_, sign)| (sign.name.clone(), sign.doing))
            .collect();
        others.sort();
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    #[test]
    fn whoever_says_nothing_for_half_a_minute_is_gone() {
        let presence = Presence::default();
        let case = CaseId::from(1);
        let (ada, femi) = (PersonId::from(1), PersonId::from(2));
        presence.sign(case, (ada, "Ada"), Doing::Writing, from_ms(0));
        let seen = |by, ms| presence.others(case, by, from_ms(ms));
        assert_eq!(seen(femi, 29_000), [("Ada".to_owned(), Doing::Writing)]);
        assert!(seen(ada, 1000).is_empty());
        assert!(seen(femi, 30_000).is_empty());
    }
}
