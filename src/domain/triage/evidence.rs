//! What a text gives to go by: words of our lists, its own words and pairs of them, and how it is
//! written.

use super::{
    concept::{Concept, Concepts},
    language, lexicon,
    text::{self, Kind, Piece, pair},
};

/// Something that a word or phrase of our lists says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What.
    pub concept: Concept,
    /// The first of its pieces.
    pub first: u16,
    /// The last.
    pub last: u16,
}

/// A word or a pair of words that may have a weight of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its key in models.
    pub key: u32,
    /// Its first piece.
    pub first: u16,
    /// Its last.
    pub last: u16,
}

/// What a text gives to go by.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Words of our lists.
    pub hits: Vec<Hit>,
    /// All words and pairs.
    pub words: Vec<Word>,
    /// How much there is of each concept.
    pub amounts: [f32; Concept::COUNT],
    /// How many hits each concept has.
    pub counts: [u16; Concept::COUNT],
    /// The language, when it can be told.
    pub language: Option<&'static str>,
}

/// How far behind a “not” it is still heard.
const NEGATION: u16 = 3;

impl Evidence {
    /// Reads a text.
    pub fn of(text: &str) -> Self {
        let mut pieces = Vec::with_capacity(48);
        text::take_apart(text, &mut pieces);
        let mut it = Self {
            hits: Vec::with_capacity(pieces.len()),
            words: Vec::with_capacity(pieces.len() * 2),
            amounts: [0.0; Concept::COUNT],
            counts: [0; Concept::COUNT],
            language: language::guess(text, &pieces),
            pieces,
        };
        let negated = it.find_hits(text);
        it.find_words(&negated);
        it.find_style(text);
        it.settle();
        it
    }

    /// Whether there is anything of a concept.
    pub fn has(&self, concept: Concept) -> bool {
        self.counts[concept as usize] > 0
    }

    fn hit(&mut self, concept: Concept, first: usize, last: usize) {
        self.counts[concept as usize] = self.counts[concept as usize].saturating_add(1);
        self.hits.push(Hit {
            concept,
            first: first as u16,
            last: last as u16,
        });
    }

    /// Finds words of our lists; returns for each piece where the “not” before it stands.
    fn find_hits(&mut self, text: &str) -> Vec<Option<u16>> {
        let lexicon =
            lexicon::of(self.language).unwrap_or_else(|| lexicon::closest(text, &self.pieces));
        let mut negated = vec![None; self.pieces.len()];
        let mut not_at: Option<u16> = None;
        let mut place = 0;
        while place < self.pieces.len() {
            let piece = self.pieces[place];
            if matches!(piece.kind, Kind::Mark | Kind::Name | Kind::Link) {
                not_at = None;
            }
            not_at = not_at.filter(|at| place as u16 - at <= NEGATION);
            negated[place] = not_at;
            let found = match piece.kind {
                Kind::Name | Kind::Link | Kind::Number => None,
                _ => lexicon.at(text, &self.pieces[place..]),
            };
            let Some((concepts, length)) = found else {
                place += 1;
                continue;
            };
            let last = place + length - 1;
            self.judge_hit(concepts, place, last, not_at);
            for between in negated.iter_mut().take(last + 1).skip(place + 1) {
                *between = not_at;
            }
            if concepts.has(Concept::Not) {
                not_at = Some(last as u16);
            }
            place = last + 1;
        }
        negated
    }

    fn judge_hit(&mut self, concepts: Concepts, first: usize, last: usize, not_at: Option<u16>) {
        for concept in concepts.iter() {
            match (concept, not_at) {
                // “Not good” is bad, and “not bad” isn't.
                (Concept::Delight | Concept::Good | Concept::Thanks, Some(not)) => {
                    self.hit(Concept::Bad, usize::from(not), last);
                }
                (Concept::Anger | Concept::Bad, Some(_)) => {}
                _ => self.hit(concept, first, last),
            }
        }
    }

    fn find_words(&mut self, negated: &[Option<u16>]) {
        let mut before: Option<(u64, usize)> = None;
        for (place, piece) in self.pieces.iter().enumerate() {
            let own = match piece.kind {
                Kind::Word | Kind::Tag | Kind::Picture | Kind::Mark => piece.hash,
                Kind::Number => 7,
                Kind::Name | Kind::Link => {
                    before = None;
                    continue;
                }
            };
            let at = place as u16;
            let hash = if negated[place].is_some() {
                own ^ 0x5bd1_e995_9d1b_58d3
            } else {
                own
            };
            self.words.push(Word {
                key: key(hash),
                first: at,
                last: at,
            });
            if let Some((other, first)) = before {
                self.words.push(Word {
                    key: key(pair(other, own)),
                    first: first as u16,
                    last: at,
                });
            }
            before = Some((own, place));
        }
    }

    fn find_style(&mut self, text: &str) {
        let count = |kind| self.pieces.iter().filter(|it| it.kind == kind).count();
        let (words, links, tags) = (count(Kind::Word), count(Kind::Link), count(Kind::Tag));
        let (names, loud) = (
            count(Kind::Name),
            self.pieces.iter().filter(|it| it.is_loud).count(),
        );
        let marks = self
            .pieces
            .iter()
            .filter(|it| it.kind == Kind::Mark)
            .map(|it| &text[it.range()]);
        let (mut asks, mut exclaims, mut insists, mut trails) = (false, false, false, false);
        for mark in marks {
            let (questions, calls) = (mark.contains(['?', '？']), mark.contains(['!', '！']));
            asks |= questions;
            exclaims |= calls;
            insists |= (questions || calls) && mark.chars().count() > 1;
            trails |= mark.contains("..") || mark.contains('…');
        }
        let is_repost = text.starts_with("RT @") || text.contains(" RT @");
        let begins_with_name = self.pieces.first().is_some_and(|it| it.kind == Kind::Name);
        let has = |it: Concept| self.has(it);
        let is_reported = !begins_with_name && !has(Concept::Own) && !has(Concept::You);
        let praises = has(Concept::Thanks) || has(Concept::Delight) || has(Concept::Good);
        let suffers = has(Concept::Failure)
            || has(Concept::Unheard)
            || has(Concept::Anger)
            || has(Concept::Disappointment)
            || has(Concept::Waiting);
        let shown = [
            (Concept::Asks, asks),
            (Concept::Exclaims, exclaims),
            (Concept::Insists, insists),
            (Concept::Loud, loud >= 2 && loud * 8 >= words),
            (Concept::Trails, trails),
            (Concept::Links, links > 0),
            (Concept::Tags, tags >= 3),
            (Concept::Repost, is_repost),
            (Concept::Crowd, names >= 3),
            (Concept::Addressed, begins_with_name),
            (Concept::Short, words <= 5 && !praises && !suffers),
            (Concept::Long, words >= 14),
            (Concept::Reported, is_reported),
            (Concept::Bare, words == 0 && links + tags > 0),
            (Concept::Repeats, self.repeats(words)),
            (Concept::Turn, praises && suffers),
        ];
        for (concept, _) in shown.iter().filter(|it| it.1) {
            self.counts[*concept as usize] = 1;
        }
    }

    /// Whether most words stand in it more than once.
    fn repeats(&self, words: usize) -> bool {
        if words < 8 {
            return false;
        }
        let mut hashes: Vec<u64> = self
            .pieces
            .iter()
            .filter(|it| it.kind == Kind::Word)
            .map(|it| it.hash)
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.len() * 5 < words * 2
    }

    /// Three words of one concept say more than one, but not three times as much.
    fn settle(&mut self) {
        for (amount, count) in self.amounts.iter_mut().zip(self.counts) {
            *amount = f32::from(count.min(4)).sqrt();
        }
    }
}

fn key(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}
