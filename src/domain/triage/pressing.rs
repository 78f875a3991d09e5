//! How pressing a text is, from what it says: danger, hurry, people who can't wait, courts and the
//! press. A rule and not a guess, so that the same words always give the same priority.

use super::{
    concept::Concept,
    evidence::Evidence,
    verdict::{Reason, Suggested},
};
use crate::domain::case::{Kind, Priority};

/// Reasons that are told.
const TOLD: usize = 4;

/// The priority that a text asks for.
pub fn judge(text: &str, evidence: &Evidence, kind: Kind) -> Suggested<Priority> {
    if matches!(kind, Kind::Praise | Kind::Noise) && !evidence.has(Concept::Danger) {
        return Suggested {
            value: Priority::Low,
            confidence: 80,
            reasons: vec![Reason {
                words: None,
                stands_for: format!("{} can wait", kind.label()),
                weight: 100,
            }],
        };
    }
    let count = |it: Concept| u32::from(evidence.counts[it as usize]);
    let suffers = [
        Concept::Failure,
        Concept::Waiting,
        Concept::Unheard,
        Concept::Anger,
    ]
    .iter()
    .any(|it| evidence.has(*it));
    let (danger, hurry, press) = (
        count(Concept::Danger),
        count(Concept::Urgent),
        count(Concept::Press),
    );
    let (value, confidence) = match (danger, hurry, press) {
        (1.., 1.., _) | (2.., ..) => (Priority::Urgent, 85),
        (1, ..) | (_, 3.., _) => (Priority::Urgent, 65),
        (_, 1.., _) if suffers => (Priority::High, 75),
        (_, 1.., _) | (_, _, 1..) => (Priority::High, 60),
        _ => (Priority::Normal, 70),
    };
    let moved: Vec<_> = evidence
        .hits
        .iter()
        .filter(|it| {
            matches!(
                it.concept,
                Concept::Danger | Concept::Urgent | Concept::Press
            )
        })
        .take(TOLD)
        .collect();
    let part = 100 / moved.len().max(1);
    let mut reasons: Vec<Reason> = moved
        .iter()
        .filter_map(|hit| {
            let start = evidence.pieces.get(usize::from(hit.first))?.start as usize;
            let end = evidence.pieces.get(usize::from(hit.last))?.end as usize;
            Some(Reason {
                words: Some(text.get(start..end)?.to_owned()),
                stands_for: hit.concept.label().to_owned(),
                weight: part as u8,
            })
        })
        .collect();
    if reasons.is_empty() {
        reasons.push(Reason {
            words: None,
            stands_for: "nothing in it is pressing".to_owned(),
            weight: 100,
        });
    }
    Suggested {
        value,
        confidence,
        reasons,
    }
}
