//! Our own lists of words, by language, and how they are looked up.

use super::{
    concept::{Concept, Concepts},
    text::{Hash, Kind, Piece, folded, pair, take_apart},
};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    sync::LazyLock,
};

const LISTS: &[(&str, &str)] = &[
    ("en", include_str!("lexicon/en.txt")),
    ("de", include_str!("lexicon/de.txt")),
    ("es", include_str!("lexicon/es.txt")),
    ("fr", include_str!("lexicon/fr.txt")),
    ("it", include_str!("lexicon/it.txt")),
    ("pt", include_str!("lexicon/pt.txt")),
    ("nl", include_str!("lexicon/nl.txt")),
];
const SIGNS: &str = include_str!("lexicon/emoji.txt");

/// Words that a phrase may have.
const PHRASE: usize = 5;

/// Keys are hashes already.
#[derive(Clone, Default)]
pub struct Ready(u64);

impl Hasher for Ready {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, it: u64) {
        self.0 = it;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A map whose keys are hashes.
pub type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Ready>>;

#[derive(Clone, Copy, Default)]
struct Entry {
    concepts: Concepts,
    goes_on: bool,
}

/// The words of one language.
pub struct Lexicon {
    /// Words, and phrases word by word: an entry that goes on is the beginning of a longer one.
    phrases: ByHash<Entry>,
    beginnings: ByHash<Concepts>,
}

static BY_LANGUAGE: LazyLock<Vec<(&'static str, Lexicon)>> = LazyLock::new(|| {
    LISTS
        .iter()
        .map(|(language, list)| {
            let mut lexicon = Lexicon {
                phrases: ByHash::default(),
                beginnings: ByHash::default(),
            };
            lexicon.read(list);
            lexicon.read(SIGNS);
            (*language, lexicon)
        })
        .collect()
});

/// The lists for a language, where there are any.
pub fn of(language: Option<&str>) -> Option<&'static Lexicon> {
    let known = BY_LANGUAGE.iter().find(|it| Some(it.0) == language);
    known.map(|it| &it.1)
}

/// The lists that know most of a text whose language isn't known; English unless others know
/// clearly more.
pub fn closest(text: &str, pieces: &[Piece]) -> &'static Lexicon {
    let known = |lexicon: &Lexicon| {
        (0..pieces.len())
            .filter(|at| {
                pieces[*at].kind == Kind::Word && lexicon.at(text, &pieces[*at..]).is_some()
            })
            .count()
    };
    let (_, english) = &BY_LANGUAGE[0];
    let mut best = (known(english) + 1, english);
    for (_, other) in BY_LANGUAGE.iter().skip(1) {
        let count = known(other);
        if count > best.0 {
            best = (count, other);
        }
    }
    best.1
}

/// The languages that have lists.
pub fn languages() -> impl Iterator<Item = &'static str> {
    LISTS.iter().map(|it| it.0)
}

impl Lexicon {
    fn read(&mut self, list: &str) {
        for line in list.lines().filter(|it| !it.starts_with('#')) {
            let Some((key, words)) = line.split_once(':') else {
                continue;
            };
            let Some(concept) = Concept::ALL.iter().find(|it| it.key() == key) else {
                continue;
            };
            let separator = if words.contains(',') { ',' } else { ' ' };
            for word in words.split(separator).map(str::trim) {
                self.learn(word, *concept);
            }
        }
    }

    fn learn(&mut self, word: &str, concept: Concept) {
        if let Some(beginning) = word.strip_suffix('*') {
            let hash = folded(beginning).fold(Hash::default(), Hash::with);
            let known = self.beginnings.entry(hash.get()).or_default();
            *known = known.with(concept);
            return;
        }
        let mut pieces = Vec::new();
        take_apart(word, &mut pieces);
        let mut so_far = None;
        for (place, piece) in pieces.iter().enumerate() {
            let hash = so_far.map_or(piece.hash, |before| pair(before, piece.hash));
            let entry = self.phrases.entry(hash).or_default();
            if place + 1 == pieces.len() {
                entry.concepts = entry.concepts.with(concept);
            } else {
                entry.goes_on = true;
            }
            so_far = Some(hash);
        }
    }

    /// What the longest word or phrase at the front of some pieces stands for, and how many pieces
    /// it has.
    pub fn at(&self, text: &str, pieces: &[Piece]) -> Option<(Concepts, usize)> {
        let first = pieces.first()?;
        let mut found = None;
        let mut hash = first.hash;
        for (place, piece) in pieces.iter().take(PHRASE).enumerate() {
            if place > 0 {
                if piece.kind != Kind::Word {
                    break;
                }
                hash = pair(hash, piece.hash);
            }
            let Some(entry) = self.phrases.get(&hash) else {
                break;
            };
            if !entry.concepts.is_empty() {
                found = Some((entry.concepts, place + 1));
            }
            if !entry.goes_on {
                break;
            }
        }
        if found.is_none() && matches!(first.kind, Kind::Word | Kind::Tag) {
            found = self.by_beginning(text, first).map(|it| (it, 1));
        }
        found
    }

    fn by_beginning(&self, text: &str, piece: &Piece) -> Option<Concepts> {
        let word = text[piece.range()].trim_start_matches('#');
        let mut hash = Hash::default();
        let mut found = None;
        for (place, letter) in folded(word).enumerate() {
            hash = hash.with(letter);
            if place >= 2
                && let Some(concepts) = self.beginnings.get(&hash.get())
            {
                found = Some(*concepts);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_and_word_of_the_lists_is_understood() {
        for (language, list) in LISTS.iter().chain([&("signs", SIGNS)]) {
            for line in list.lines().filter(|it| !it.starts_with('#')) {
                let (key, words) = line.split_once(':').expect("a concept before a colon");
                assert!(
                    Concept::ALL.iter().any(|it| it.key() == key),
                    "{language}: {key} is no concept"
                );
                if *language == "signs" {
                    continue;
                }
                for word in words.split(',').map(str::trim) {
                    let is_plain = word
                        .strip_suffix('*')
                        .unwrap_or(word)
                        .chars()
                        .all(|it| it.is_alphabetic() || " '-".contains(it));
                    assert!(is_plain && !word.is_empty(), "{language}: {key}: “{word}”");
                    assert!(
                        word.split([' ', '-']).count() <= PHRASE,
                        "{language}: “{word}” is too long a phrase"
                    );
                    assert!(
                        !word.ends_with('*') || !word.contains(' '),
                        "{language}: “{word}” is a phrase without an end"
                    );
                }
            }
        }
    }
}
