//! A text in pieces: words, tags, names, links, numbers, pictures and marks.
//!
//! Pieces are compared by the hash of their folded letters: lower case, without accents (but ä, ö
//! and ü stay), letters drawn out written once. Nothing is copied.

use std::ops::Range;

/// Letters of a text that are looked at; what comes after them changes nothing.
pub const LETTERS: usize = 2000;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word.
    Word,
    /// A word behind `#`.
    Tag,
    /// A name behind `@`.
    Name,
    /// An address.
    Link,
    /// Digits.
    Number,
    /// An emoji.
    Picture,
    /// Marks such as `!!` or `:-(`.
    Mark,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Where it begins, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    /// The hash of its folded letters.
    pub hash: u64,
    /// Whether it is a word in capitals.
    pub is_loud: bool,
}

impl Piece {
    /// Its place in the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// A hash that grows letter by letter, so that beginnings of words are known on the way.
#[derive(Clone, Copy)]
pub struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(SEED)
    }
}

impl Hash {
    /// With one more letter.
    pub const fn with(self, letter: char) -> Self {
        Self((self.0 ^ letter as u64).wrapping_mul(PRIME))
    }

    /// The number.
    pub const fn get(self) -> u64 {
        let mixed = self.0 ^ (self.0 >> 29);
        mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// The hash of one piece after another.
pub const fn pair(one: u64, other: u64) -> u64 {
    (one.rotate_left(23) ^ other)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(31)
        ^ one
}

/// The hash of a word as it is compared, each letter as often as it is written.
pub fn hash(word: &str) -> u64 {
    folded(word).fold(Hash::default(), Hash::with).get()
}

/// The letters of a word as they are compared.
pub fn folded(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut last = ('\0', 0);
    word.chars().flat_map(fold).filter(move |&letter| {
        last = (letter, if letter == last.0 { last.1 + 1 } else { 1 });
        letter != '\0' && last.1 < 3
    })
}

fn fold(letter: char) -> std::char::ToLowercase {
    let plain = match letter {
        'A'..='Z' | 'a'..='z' => letter,
        'à' | 'á' | 'â' | 'ã' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Å' => 'a',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'Ò' | 'Ó' | 'Ô' | 'Õ' => 'o',
        'ù' | 'ú' | 'û' | 'Ù' | 'Ú' | 'Û' => 'u',
        'ç' | 'Ç' => 'c',
        'ñ' | 'Ñ' => 'n',
        '’' | '‘' | '`' | '´' => '\'',
        // Variation selectors, skin tones and joiners, and accents that stand alone.
        '\u{fe0e}'
        | '\u{fe0f}'
        | '\u{200d}'
        | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{300}'..='\u{36f}' => '\0',
        other => other,
    };
    plain.to_lowercase()
}

/// Emoji and the like.
pub fn is_picture(it: char) -> bool {
    matches!(it, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Scripts that put no space between words: kana, Han, Thai and their neighbours. Each letter is a
/// piece, and pairs of them say what words do elsewhere.
fn is_unspaced(it: char) -> bool {
    matches!(it, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_joined(it: char) -> bool {
    matches!(
        it,
        '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}'
    )
}

/// Takes a text apart; pieces are put behind those that are there.
pub fn take_apart(text: &str, pieces: &mut Vec<Piece>) {
    let mut rest = text
        .char_indices()
        .nth(LETTERS)
        .map_or(text, |(end, _)| &text[..end]);
    let whole = rest.len();
    while let Some(first) = rest.chars().next() {
        let (kind, length) = measure(rest, first);
        let start = whole - rest.len();
        let (piece, after) = rest.split_at(length);
        rest = after;
        let Some(kind) = kind else { continue };
        let word = match kind {
            Kind::Tag | Kind::Name => &piece[1..],
            _ => piece,
        };
        let hash = match kind {
            Kind::Name | Kind::Link | Kind::Number => 0,
            Kind::Picture => Hash::default().with(first).get(),
            Kind::Word | Kind::Tag | Kind::Mark => hash(word),
        };
        let mut capitals = word.chars();
        pieces.push(Piece {
            start: start as u32,
            end: (start + length) as u32,
            kind,
            hash,
            is_loud: kind == Kind::Word
                && word.len() > 2
                && capitals.all(|it| it.is_uppercase() || it == '\''),
        });
    }
}

/// What the beginning of a text is and how many bytes it has; nothing for spaces and the like.
fn measure(rest: &str, first: char) -> (Option<Kind>, usize) {
    let one = first.len_utf8();
    if first.is_whitespace() || is_joined(first) {
        return (None, one);
    }
    if first == '&' {
        // What is left of pages: `&amp;`.
        for mark in ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"] {
            if rest.starts_with(mark) {
                return (None, mark.len());
            }
        }
    }
    if first == '#' || first == '@' {
        let more = until(&rest[one..], |it| {
            !(it.is_alphanumeric() || "_.-".contains(it))
        });
        let name = rest[one..one + more].trim_end_matches(['.', '-']);
        return match (name.is_empty(), first) {
            (true, _) => (None, one),
            (false, '#') => {
                let word = until(name, |it| !(it.is_alphanumeric() || it == '_'));
                (Some(Kind::Tag), one + word)
            }
            (false, _) => (Some(Kind::Name), one + name.len()),
        };
    }
    if let Some(length) = link(rest, first) {
        return (Some(Kind::Link), length);
    }
    if first.is_numeric() {
        let more = until(rest, |it| !(it.is_numeric() || ".,:/-".contains(it)));
        return (Some(Kind::Number), more);
    }
    if is_unspaced(first) {
        return (Some(Kind::Word), one);
    }
    if first.is_alphabetic() {
        if let Some(length) = face(rest) {
            return (Some(Kind::Mark), length);
        }
        let end = until(rest, |it| {
            !(it.is_alphabetic()
                || "'’\u{ad}".contains(it)
                || ('\u{300}'..='\u{36f}').contains(&it))
                || is_unspaced(it)
        });
        return (
            Some(Kind::Word),
            rest[..end].trim_end_matches(['\'', '’']).len(),
        );
    }
    if is_picture(first) {
        let more = until(&rest[one..], |it| !is_joined(it));
        return (Some(Kind::Picture), one + more);
    }
    if let Some(length) = face(rest) {
        return (Some(Kind::Mark), length);
    }
    let end = until(rest, |it| {
        !matches!(it, '!' | '?' | '.' | '…' | '¿' | '¡' | '？' | '！')
    });
    if end > 0 {
        (Some(Kind::Mark), end)
    } else {
        (None, one)
    }
}

fn until(text: &str, stop: impl Fn(char) -> bool) -> usize {
    text.find(stop).unwrap_or(text.len())
}

fn link(rest: &str, first: char) -> Option<usize> {
    if !matches!(first, 'h' | 'H' | 'w' | 'W') {
        return None;
    }
    let begins = |with: &str| {
        rest.get(..with.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(with))
    };
    ["https://", "http://", "www."]
        .iter()
        .any(|it| begins(it))
        .then(|| until(rest, char::is_whitespace))
}

/// Faces and hearts made of marks, with nothing that goes on behind them.
fn face(rest: &str) -> Option<usize> {
    const FACES: &[&str] = &[
        ":'(", ":-(", ":-/", ":-)", ">:(", ";-)", ":-D", "-_-", "^_^", ":')", ":(", ":)", ":/",
        "=(", "=)", ";)", ";(", ":D", "=D", ";D", "D:", "<3", ":]", ":[", ":|", "(:", ":P", ":p",
        ";P", ":\\",
    ];
    if !rest.starts_with([':', '=', ';', '<', '>', '-', '^', '(', 'D']) {
        return None;
    }
    let found = FACES.iter().find(|it| rest.starts_with(**it))?;
    let after = rest[found.len()..].chars().next();
    let goes_on = after.is_some_and(|it| it.is_alphanumeric() || it == '/');
    (!goes_on).then_some(found.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(text: &str) -> Vec<(&str, Kind)> {
        let mut pieces = Vec::new();
        take_apart(text, &mut pieces);
        pieces
            .iter()
            .map(|it| (&text[it.range()], it.kind))
            .collect()
    }

    #[test]
    fn a_post_is_taken_apart() {
        use Kind::{Link, Mark, Name, Number, Picture, Tag, Word};
        assert_eq!(
            pieces("@ada.air WHY isn’t it here?! 3hrs #fail &amp; https://x.example/a?b :-( 👍🏽"),
            [
                ("@ada.air", Name),
                ("WHY", Word),
                ("isn’t", Word),
                ("it", Word),
                ("here", Word),
                ("?!", Mark),
                ("3", Number),
                ("hrs", Word),
                ("#fail", Tag),
                ("https://x.example/a?b", Link),
                (":-(", Mark),
                ("👍🏽", Picture),
            ]
        );
        assert_eq!(pieces("荷物"), [("荷", Word), ("物", Word)]);
    }

    #[test]
    fn words_are_the_same_however_they_are_written() {
        assert_eq!(hash("déçu"), hash("DECU"));
        assert_eq!(hash("isn’t"), hash("isn't"));
        assert_eq!(hash("soooooo"), hash("soo"));
        assert_ne!(hash("schön"), hash("schon"));
    }

    proptest! {
        #[test]
        fn pieces_stand_in_the_text_in_order(text in "\\PC{0,200}") {
            let mut found = Vec::new();
            take_apart(&text, &mut found);
            let mut end = 0;
            for piece in &found {
                prop_assert!(piece.start >= end && piece.end > piece.start);
                prop_assert!(text.get(piece.range()).is_some());
                end = piece.end;
            }
        }
    }
}
