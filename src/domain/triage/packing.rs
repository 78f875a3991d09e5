//! A model as a text that a database keeps, and back.
//!
//! JSON: `lists` is the generation of how texts are read; `bias` and `concepts` (by key) hold seven
//! weights each; `words` is hexadecimal, for each word 8 digits of its key and 2 of each weight.

use super::{
    concept::{CLASSES, Concept, Weights},
    lexicon::ByHash,
    model::Model,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt::Write};

/// Raised when texts are read otherwise than before, so that keys of words mean others.
const LISTS: u32 = 1;
/// Weights of concepts are kept so finely.
pub const FINE: f32 = 4096.0;
/// Weights of words are kept so finely, in one byte.
pub const COARSE: f32 = 32.0;
/// Digits of a word with its weights.
const DIGITS: usize = 8 + 2 * CLASSES;

#[derive(Serialize, Deserialize)]
struct Packed {
    lists: u32,
    bias: Weights,
    concepts: BTreeMap<String, Weights>,
    words: String,
}

impl Model {
    /// The model as a text.
    pub fn pack(&self) -> String {
        let mut words: Vec<_> = self.words.iter().collect();
        words.sort_unstable_by_key(|it| it.0);
        let mut text = String::with_capacity(words.len() * DIGITS);
        for (key, weights) in words {
            // Writing to a string can't fail.
            let _ = write!(text, "{key:08x}");
            for weight in weights {
                let _ = write!(text, "{:02x}", (weight * COARSE) as i8);
            }
        }
        let packed = Packed {
            lists: LISTS,
            bias: self.bias,
            concepts: Concept::ALL
                .iter()
                .zip(self.concepts)
                .map(|(concept, weights)| (concept.key().to_owned(), weights))
                .collect(),
            words: text,
        };
        serde_json::to_string(&packed).unwrap_or_default()
    }

    /// Reads a model; `None` for one that this program can't use, because it reads texts otherwise.
    pub fn unpack(version: i32, text: &str) -> Option<Self> {
        let packed: Packed = serde_json::from_str(text).ok()?;
        if packed.lists != LISTS
            || !packed.words.is_ascii()
            || !packed.words.len().is_multiple_of(DIGITS)
        {
            return None;
        }
        let mut model = Self {
            version,
            bias: packed.bias,
            ..Self::default()
        };
        for (weights, concept) in model.concepts.iter_mut().zip(Concept::ALL) {
            if let Some(learned) = packed.concepts.get(concept.key()) {
                *weights = *learned;
            }
        }
        model.words = words(&packed.words)?;
        Some(model)
    }
}

fn words(text: &str) -> Option<ByHash<Weights>> {
    let mut words = ByHash::default();
    words.reserve(text.len() / DIGITS);
    for place in (0..text.len()).step_by(DIGITS) {
        let word = text.get(place..place + DIGITS)?;
        let key = u32::from_str_radix(&word[..8], 16).ok()?;
        let mut weights = [0.0; CLASSES];
        for (class, weight) in weights.iter_mut().enumerate() {
            let digits = &word[8 + 2 * class..10 + 2 * class];
            *weight = f32::from(u8::from_str_radix(digits, 16).ok()?.cast_signed()) / COARSE;
        }
        words.insert(u64::from(key), weights);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        case::{Kind, Tone},
        triage::{evidence::Evidence, training},
    };

    #[test]
    fn a_model_is_the_same_after_it_was_kept() {
        let lessons: Vec<_> = (0..20)
            .map(|_| training::Lesson {
                evidence: Evidence::of("the ferry to Norderney left without us"),
                tone: Some(Tone::Negative),
                kind: Some(Kind::Complaint),
            })
            .collect();
        let model = training::train(&lessons, 3);
        assert!(model.words() > 0);
        assert_eq!(Model::unpack(3, &model.pack()), Some(model));
        assert_eq!(
            Model::unpack(0, &Model::default().pack()),
            Some(Model::default())
        );
    }

    #[test]
    fn what_is_no_model_is_refused() {
        for text in ["", "{}", "[]", "null"] {
            assert_eq!(Model::unpack(1, text), None, "{text}");
        }
        let other = Model::default()
            .pack()
            .replace("\"lists\":1", "\"lists\":2");
        assert_eq!(Model::unpack(1, &other), None);
        let torn = Model::default()
            .pack()
            .replace("\"words\":\"\"", "\"words\":\"00é\"");
        assert_eq!(Model::unpack(1, &torn), None);
    }
}
