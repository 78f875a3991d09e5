//! Topics and the words that give them to a case.
//!
//! Matching is the same in every language: letters are folded by Unicode, and a word begins and
//! ends where letters do, except in scripts that put no space between words.

use serde::{Deserialize, Serialize};

/// Words that one topic may have.
pub const KEYWORDS: usize = 100;
/// Letters that one of them may have.
pub const LETTERS: usize = 80;

/// What a case can be about, with the words that say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its word in addresses, reports and CSV.
    pub key: String,
    /// What people read.
    pub name: String,
    /// Words and phrases, one a line; `*` at an end stands for the rest of a word.
    pub keywords: String,
}

/// A word or phrase to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    text: String,
    begins_freely: bool,
    ends_freely: bool,
}

impl Keyword {
    /// Reads a line; `None` for one that says nothing.
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        let text = fold(line.trim_matches('*').trim());
        let has_letters = text.chars().any(char::is_alphanumeric);
        has_letters.then(|| Self {
            begins_freely: line.starts_with('*'),
            ends_freely: line.ends_with('*'),
            text,
        })
    }

    /// What is looked for, as texts are compared.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a folded text contains it.
    pub fn is_in(&self, folded: &str) -> bool {
        folded.match_indices(&self.text).any(|(at, found)| {
            let before = folded[..at].chars().next_back();
            let after = folded[at + found.len()..].chars().next();
            (self.begins_freely || is_border(before, found.chars().next()))
                && (self.ends_freely || is_border(found.chars().next_back(), after))
        })
    }
}

impl Topic {
    /// Its words.
    pub fn words(&self) -> Vec<Keyword> {
        self.keywords.lines().filter_map(Keyword::parse).collect()
    }
}

/// A text as it is compared: without the case of letters, and with single spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for letter in word.chars().flat_map(char::to_lowercase) {
            match letter {
                'ς' => folded.push('σ'),
                'ß' => folded.push_str("ss"),
                '’' => folded.push('\''),
                // What is left of İ.
                '\u{307}' => {}
                letter => folded.push(letter),
            }
        }
    }
    folded
}

/// Whether a word may end between two letters.
fn is_border(one: Option<char>, other: Option<char>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            !(is_of_word(one) && is_of_word(other)) || is_unspaced(one) || is_unspaced(other)
        }
        _ => true,
    }
}

fn is_of_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

/// Scripts that put no space between words: Thai, Lao, Myanmar, Khmer, kana, Han.
fn is_unspaced(it: char) -> bool {
    matches!(it, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(keyword: &str, text: &str) -> bool {
        Keyword::parse(keyword).is_some_and(|it| it.is_in(&fold(text)))
    }

    #[test]
    fn whole_words_are_found_in_any_case() {
        assert!(finds("bag", "Where is my BAG?"));
        assert!(!finds("bag", "Lost my baggage"));
        assert!(finds("bag*", "Lost my baggage"));
        assert!(finds("*bag", "My handbag"));
        assert!(finds("lost bag", "I LOST\n bag no. 3"));
        assert!(!finds("lost bag", "lost baggage"));
    }

    #[test]
    fn letters_are_folded_in_every_language() {
        assert!(finds("STRASSE", "Meine Straße"));
        assert!(finds("βαλίτσας", "ΒΑΛΊΤΣΑΣ"));
        assert!(finds("ЧЕМОДАН", "где мой чемодан"));
        assert!(finds("istanbul", "İSTANBUL"));
        assert!(finds("荷物", "荷物が届かない"));
        assert!(finds("don't", "I don’t know"));
        assert!(Keyword::parse(" * ").is_none());
        assert!(Keyword::parse("").is_none());
    }

    proptest! {
        #[test]
        fn a_text_contains_each_of_its_words(words in prop::collection::vec("\\w{1,8}", 1..6)) {
            let text = words.join(" ");
            for word in &words {
                if Keyword::parse(word).is_some() {
                    prop_assert!(finds(word, &text), "{} in {}", word, text);
                }
            }
        }

        #[test]
        fn nothing_that_is_typed_is_too_odd(keyword in "\\PC{0,20}", text in "\\PC{0,60}") {
            let _ = finds(&keyword, &text);
        }
    }
}
