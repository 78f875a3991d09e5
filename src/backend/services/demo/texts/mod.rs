//! What people say in the demo: invented complaints and the answers that fit them.
//!
//! A [`Problem`] keeps a complaint and everything said about it together, in one language, so that
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

/// What went wrong, and what is said about it, in one language.
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
    /// The customer's first post.
    pub posts: &'static [&'static str],
    /// Our first answer.
    pub answers: &'static [&'static str],
    /// What the customer says when asked for details.
    pub details: &'static [&'static str],
    /// Our answer when it is solved.
    pub solved: &'static [&'static str],
    /// What may be promised, as in “We promised …”; empty where promises aren't made.
    pub promise: &'static str,
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
        let posts: Vec<_> = all().flat_map(|it| it.posts).collect();
        let answers: Vec<_> = all().flat_map(|it| it.answers).collect();
        assert!(posts.len() >= 60, "{} complaints", posts.len());
        assert!(answers.len() >= 40, "{} answers", answers.len());
        assert_eq!(posts.iter().collect::<HashSet<_>>().len(), posts.len());
    }

    #[test]
    fn no_slot_of_any_text_stays_empty() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let slots = Slots::of(&mut rng, "en", "Ida Marlow", "Leo");
        let texts = all()
            .flat_map(|it| {
                [it.posts, it.answers, it.details, it.solved]
                    .concat()
                    .into_iter()
                    .chain([it.promise])
            })
            .chain(SPAM.iter().copied())
            .chain([AIRLINE, TELECOM].into_iter().flat_map(|it| {
                it.praise
                    .iter()
                    .map(|it| it.1)
                    .chain(it.announcements.iter().copied())
            }));
        for text in texts {
            let said = slots.fill(text);
            assert!(!said.contains(['{', '}']), "{said}");
        }
    }

    #[test]
    fn every_problem_can_be_told_from_beginning_to_end_in_its_language() {
        for problem in all() {
            assert!(
                !problem.posts.is_empty() && !problem.answers.is_empty(),
                "{problem:?}"
            );
            assert!(
                !problem.details.is_empty() && !problem.solved.is_empty(),
                "{problem:?}"
            );
            assert_eq!(of_language(problem.language).language, problem.language);
        }
    }
}
