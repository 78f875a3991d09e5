//! What people say in the demo: invented complaints and the answers that fit them.
//!
//! A [`Telling`] keeps a complaint and everything said about it together, in one language, so that
//! an answer always fits its question. Slots such as `{flight}` are filled by [`Slots`].
//!
//! Invariant: no real person and no real company is named; addresses end in `.example`.

mod abroad;
mod airline;
mod slots;
mod talk;
mod telecom;

pub use slots::Slots;
pub use talk::{BROKEN, DEPARTMENT, PROMISES, Talk, of_language};

use crate::domain::case::{Kind, Remedy};

/// Something that goes wrong in several ways with one way out, in one language.
#[derive(Debug)]
pub struct Problem {
    /// The brand's word for it.
    pub topic: &'static str,
    /// An ISO 639 code.
    pub language: &'static str,
    /// A complaint or a question.
    pub kind: Kind,
    /// How it is solved.
    pub remedy: Remedy,
    /// Another team that has to help, when one does.
    pub team: Option<&'static str>,
    /// What may be promised, as in “You'll have …”; empty where promises aren't made.
    pub promise: &'static str,
    /// What people say about it.
    pub tellings: &'static [Telling],
}

/// One complaint from its first post to its solution, said in four pieces that fit each other.
#[derive(Clone, Copy, Debug)]
pub struct Telling {
    /// The customer's first post.
    pub post: &'static str,
    /// Our first answer.
    pub answer: &'static str,
    /// What the customer says to that.
    pub details: &'static str,
    /// Our answer when it is solved.
    pub solved: &'static str,
}

/// The four pieces in the order in which they are said.
const fn telling(
    post: &'static str,
    answer: &'static str,
    details: &'static str,
    solved: &'static str,
) -> Telling {
    Telling {
        post,
        answer,
        details,
        solved,
    }
}

/// What a brand's world sounds like.
#[derive(Debug)]
pub struct Lore {
    /// Problems in English.
    pub problems: &'static [Problem],
    /// Problems in other languages.
    pub abroad: &'static [Problem],
    /// Praise: language and text.
    pub praise: &'static [(&'static str, &'static str)],
    /// Our own posts, below which people comment.
    pub announcements: &'static [&'static str],
}

/// The airline's.
pub const AIRLINE: Lore = Lore {
    problems: airline::PROBLEMS,
    abroad: abroad::AIRLINE,
    praise: airline::PRAISE,
    announcements: airline::ANNOUNCEMENTS,
};

/// The telecom's.
pub const TELECOM: Lore = Lore {
    problems: telecom::PROBLEMS,
    abroad: abroad::TELECOM,
    praise: telecom::PRAISE,
    announcements: telecom::ANNOUNCEMENTS,
};

/// Advertising that lands in the mentions.
pub const SPAM: &[&str] = &[
    "Earn £{amount} a day from home!! Ask me how 💸💸 link in bio",
    "Your parcel could not be delivered, confirm your address at parcel-{ref}.example",
    "🔥 FREE followers 🔥 10k in 24h, no password needed, growfast.example",
    "Congratulations!! You have been selected for a {amount} gift card, claim within {hours} hours",
    "Lost money to a broker? Our recovery experts got mine back in {days} days, write to me",
    "Hot crypto signals, {days} days free trial, 97% accuracy, t-signals.example",
];

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use std::collections::HashSet;

    fn all() -> impl Iterator<Item = &'static Problem> {
        [AIRLINE, TELECOM]
            .into_iter()
            .flat_map(|lore| lore.problems.iter().chain(lore.abroad))
    }

    #[test]
    fn there_are_at_least_sixty_complaints_and_forty_answers_and_none_is_said_twice() {
        let tellings: Vec<_> = all().flat_map(|it| it.tellings).collect();
        let posts: HashSet<_> = tellings.iter().map(|it| it.post).collect();
        let answers: HashSet<_> = tellings.iter().map(|it| it.answer).collect();
        assert!(posts.len() >= 60 && answers.len() >= 40);
        assert_eq!(
            (posts.len(), answers.len()),
            (tellings.len(), tellings.len())
        );
    }

    #[test]
    fn no_slot_of_any_text_stays_empty() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let slots = Slots::of(&mut rng, "en", ["Ida Marlow", "Leo"], ["09:20", "14:05"]);
        let texts = all()
            .flat_map(|it| {
                it.tellings
                    .iter()
                    .flat_map(|it| [it.post, it.answer, it.details, it.solved])
                    .chain([it.promise])
            })
            .chain(SPAM.iter().copied())
            .chain([AIRLINE, TELECOM].into_iter().flat_map(|it| {
                let praise = it.praise.iter().map(|it| it.1);
                praise.chain(it.announcements.iter().copied())
            }));
        for text in texts {
            let said = slots.fill(text);
            assert!(!said.is_empty() || text.is_empty());
            assert!(!said.contains(['{', '}']), "{said}");
        }
    }

    #[test]
    fn every_problem_has_its_small_talk() {
        for problem in all() {
            assert!(!problem.tellings.is_empty(), "{problem:?}");
            assert_eq!(of_language(problem.language).language, problem.language);
            assert!(
                problem.promise.is_empty() || problem.team.is_some(),
                "{problem:?}"
            );
        }
    }
}
