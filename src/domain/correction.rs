//! A person sees a case otherwise than it was judged: the move that puts it right.
//!
//! The customer's clock is theirs: a correction brings it back where it had been left out, starts it
//! at the opening, and never gives more time than there was.

use super::{
    brand::Policies,
    case::{Ball, Case, Exclusion, Kind, Origin, Priority, Status, Tone},
    event::{Actor, CaseEvent, EventKind},
    sundown::sundown_at,
    time::Instant,
};
use chrono::TimeZone;
use serde::{Deserialize, Serialize};

/// What a case is judged to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// What the customer wants.
    pub kind: Kind,
    /// How the first post sounds.
    pub tone: Tone,
    /// How pressing it is.
    pub priority: Priority,
    /// What it is about: a key of the brand's topics.
    pub topic: Option<String>,
}

impl Case {
    /// What it is judged to be now.
    pub fn judgement(&self) -> Judgement {
        Judgement {
            kind: self.kind,
            tone: self.tone_first,
            priority: self.priority,
            topic: self.topic.clone(),
        }
    }

    /// Judges it anew; nothing happens where it stands like that already.
    pub fn correct<Z: TimeZone>(
        &mut self,
        at: Instant,
        to: &Judgement,
        rules: &Policies,
        zone: &Z,
    ) -> Vec<CaseEvent> {
        let before = self.judgement();
        if before == *to {
            return Vec::new();
        }
        self.kind = to.kind;
        self.priority = to.priority;
        self.topic.clone_from(&to.topic);
        if before.tone != to.tone {
            self.tone_first = to.tone;
            if self.last_customer_post_at == self.opened_at {
                self.tone_last = to.tone;
            }
        }
        if before.priority != to.priority {
            let target = rules.targets.of(self.priority, self.network);
            self.target_s = self.target_s.min(target.first_response_s);
            let sooner = |it: i64, other: i64| it.min(other);
            self.next_target_s = self
                .next_target_s
                .map(|it| sooner(it, target.next_response_s));
            self.resolution_target_s = self
                .resolution_target_s
                .map(|it| sooner(it, target.resolution_s));
        }
        let mut told = vec![CaseEvent {
            case: self.id,
            brand: self.brand,
            at,
            by: Actor::Agent,
            kind: EventKind::Corrected {
                kind: (before.kind != to.kind).then_some(to.kind),
                tone: (before.tone != to.tone).then_some(to.tone),
                priority: (before.priority != to.priority).then_some(to.priority),
                topic: (before.topic != to.topic).then(|| to.topic.clone().unwrap_or_default()),
            },
        }];
        told.extend(self.follow_kind(at, rules, zone));
        self.settle_due(rules);
        told
    }

    /// Thanks and noise are left out of times; what turns out to need an answer comes back.
    fn follow_kind<Z: TimeZone>(
        &mut self,
        at: Instant,
        rules: &Policies,
        zone: &Z,
    ) -> Option<CaseEvent> {
        let wanted = match self.kind {
            Kind::Praise => Some(Exclusion::Praise),
            Kind::Noise => Some(Exclusion::Spam),
            Kind::Complaint | Kind::Question => None,
        };
        match (self.excluded, wanted) {
            (None, Some(why)) => Some(self.exclude(at, why)),
            (Some((since, Exclusion::Praise | Exclusion::Spam)), Some(why)) => {
                self.excluded = Some((since, why));
                None
            }
            (Some((_, Exclusion::Praise | Exclusion::Spam)), None) => {
                self.bring_back(rules, zone);
                None
            }
            _ => None,
        }
    }

    fn bring_back<Z: TimeZone>(&mut self, rules: &Policies, zone: &Z) {
        self.excluded = None;
        if self.sundown_at.is_none() && self.origin != Origin::Dangling {
            self.sundown_at = Some(sundown_at(&rules.sundown, zone, self.opened_at));
        }
        if self.status == Status::Open {
            if self.first_answer_at.is_none() {
                self.unanswered_since = Some(self.opened_at);
                self.ball = Ball::Us;
            } else {
                self.ball = Ball::Customer;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        brand::{TargetOverride, Targets},
        case::Opening,
        network::Network,
        time::from_ms,
    };
    use chrono::Utc;
    use proptest::prelude::*;

    const OPENED: i64 = 1_782_907_200_000;

    fn opened(kind: Kind) -> Case {
        let opening = Opening {
            id: 1.into(),
            brand: 1.into(),
            channel: 1.into(),
            network: Network::X,
            customer: 1.into(),
            origin: Origin::Customer,
            kind,
            priority: Priority::Normal,
            topic: None,
            tone: Tone::Neutral,
            published_at: from_ms(OPENED),
            seen_at: from_ms(OPENED),
            reach: 0,
        };
        Case::open(opening, &rules(), &Utc).0
    }

    fn rules() -> Policies {
        let urgent = TargetOverride {
            priority: Some(Priority::Urgent),
            network: None,
            first_response_s: Some(300),
            next_response_s: Some(300),
            resolution_s: None,
        };
        Policies {
            targets: Targets {
                overrides: vec![urgent],
                ..Targets::default()
            },
            ..Policies::default()
        }
    }

    fn corrected(case: &mut Case, change: impl Fn(&mut Judgement)) -> Vec<CaseEvent> {
        let mut to = case.judgement();
        change(&mut to);
        case.correct(from_ms(OPENED + 60_000), &to, &rules(), &Utc)
    }

    #[test]
    fn a_complaint_that_was_praise_is_left_out_of_times() {
        let mut case = opened(Kind::Complaint);
        let told = corrected(&mut case, |it| it.kind = Kind::Praise);
        assert_eq!(told.len(), 2);
        assert_eq!(case.excluded.map(|it| it.1), Some(Exclusion::Praise));
        assert_eq!((case.due_at, case.unanswered_since), (None, None));
    }

    #[test]
    fn noise_that_was_a_complaint_waits_from_its_opening() {
        let mut case = opened(Kind::Noise);
        corrected(&mut case, |it| it.kind = Kind::Complaint);
        let mut same = opened(Kind::Complaint);
        same.tone_first = case.tone_first;
        assert_eq!(case, same);
    }

    #[test]
    fn there_and_back_again_is_as_if_nothing_had_been() {
        let mut case = opened(Kind::Complaint);
        corrected(&mut case, |it| it.kind = Kind::Noise);
        corrected(&mut case, |it| it.kind = Kind::Complaint);
        assert_eq!(case, opened(Kind::Complaint));
    }

    #[test]
    fn who_abuses_the_channel_stays_left_out() {
        let mut case = opened(Kind::Noise);
        case.excluded = Some((from_ms(OPENED), Exclusion::BadActor));
        corrected(&mut case, |it| it.kind = Kind::Complaint);
        assert!(case.excluded.is_some());
        assert_eq!(case.due_at, None);
    }

    #[test]
    fn what_is_urgent_is_due_sooner_and_taking_it_back_gives_no_time_back() {
        let mut case = opened(Kind::Complaint);
        corrected(&mut case, |it| it.priority = Priority::Urgent);
        assert_eq!(case.due_at, Some(from_ms(OPENED + 300_000)));
        corrected(&mut case, |it| it.priority = Priority::Normal);
        assert_eq!(case.target_s, 300);
    }

    #[test]
    fn a_correction_tells_only_what_changed() {
        let mut case = opened(Kind::Complaint);
        assert_eq!(corrected(&mut case, |_| {}), Vec::new());
        let told = corrected(&mut case, |it| it.topic = Some("bags".to_owned()));
        let only = EventKind::Corrected {
            kind: None,
            tone: None,
            priority: None,
            topic: Some("bags".to_owned()),
        };
        assert_eq!(told[0].kind, only);
    }

    proptest! {
        #[test]
        fn no_correction_gives_more_time(
            steps in prop::collection::vec(
                (prop::sample::select(Kind::ALL.to_vec()), prop::sample::select(Priority::ALL.to_vec())),
                1..6,
            )
        ) {
            let mut case = opened(Kind::Complaint);
            for (kind, priority) in steps {
                let before = case.target_s;
                corrected(&mut case, |it| {
                    it.kind = kind;
                    it.priority = priority;
                });
                prop_assert!(case.target_s <= before);
                let needs_answer = matches!(kind, Kind::Complaint | Kind::Question);
                prop_assert_eq!(case.due_at.is_some(), needs_answer);
                prop_assert_eq!(case.excluded.is_none(), needs_answer);
            }
        }
    }
}
