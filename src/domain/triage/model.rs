//! Weights, and what comes of them for a text.

use super::{
    concept::{BIAS, CLASSES, Concept, TONES, Weights},
    evidence::Evidence,
    lexicon::ByHash,
    pressing, reasons,
    topics::TopicWords,
    verdict::{Suggested, Verdict},
};
use crate::domain::case::{Kind, Tone};
use std::ops::Range;

/// How much one word counts beside a concept.
pub const WORD: f32 = 1.0;
/// How much a pair counts.
pub const PAIR: f32 = 0.7;
/// Evidence isn't independent, so sums of it are too sure of themselves.
const CALM: f32 = 0.62;

/// The two questions that a model answers, as places of a weight.
pub const TONE: Range<usize> = 0..TONES;
/// See [`TONE`].
pub const KIND: Range<usize> = TONES..CLASSES;

/// Complaints and questions: what somebody waits for an answer to.
const ANSWERED: Range<usize> = TONES..TONES + 2;
/// How sure it must be, in percent, that something needs no answer. Of labelled complaints, one in
/// ten looks most like praise or noise; one in fifty surely does.
const SURE: u8 = 60;

/// What is known about concepts and words.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Counted from 1; 0 has learned nothing yet.
    pub version: i32,
    pub(super) bias: Weights,
    pub(super) concepts: [Weights; Concept::COUNT],
    pub(super) words: ByHash<Weights>,
}

impl Default for Model {
    fn default() -> Self {
        let mut concepts = [[0.0; CLASSES]; Concept::COUNT];
        for (weights, concept) in concepts.iter_mut().zip(Concept::ALL) {
            *weights = concept.weights();
        }
        Self {
            version: 0,
            bias: BIAS,
            concepts,
            words: ByHash::default(),
        }
    }
}

impl Model {
    /// Everything that triage has to say about a text.
    pub fn judge(&self, text: &str, topics: &[TopicWords]) -> Verdict {
        let evidence = Evidence::of(text);
        let scores = self.scores(&evidence);
        let (tone, tone_sure) = best(&scores, &TONE);
        let (kind, kind_sure) = best(&scores, &KIND);
        let kind_value = Kind::ALL[kind - KIND.start];
        let opens_as = match kind_value {
            Kind::Praise | Kind::Noise if kind_sure < SURE => {
                let needs_answer = best(&scores, &ANSWERED).0;
                Kind::ALL[needs_answer - KIND.start]
            }
            other => other,
        };
        Verdict {
            opens_as,
            tone: Suggested {
                value: Tone::ALL[tone],
                confidence: tone_sure,
                reasons: reasons::of(self, text, &evidence, tone, &TONE),
            },
            kind: Suggested {
                value: kind_value,
                confidence: kind_sure,
                reasons: reasons::of(self, text, &evidence, kind, &KIND),
            },
            priority: pressing::judge(text, &evidence, opens_as),
            topic: super::topics::judge(text, topics),
            language: evidence.language.map(str::to_owned),
        }
    }

    /// Only what a text wants and how it sounds.
    pub fn kind_and_tone(&self, text: &str) -> (Kind, Tone) {
        self.decide(&Evidence::of(text))
    }

    /// The same of what was read already.
    pub fn decide(&self, evidence: &Evidence) -> (Kind, Tone) {
        let scores = self.scores(evidence);
        let (kind, tone) = (best(&scores, &KIND).0, best(&scores, &TONE).0);
        (Kind::ALL[kind - KIND.start], Tone::ALL[tone])
    }

    /// What a text wants, where one answer is known to be wrong.
    pub fn decide_but(&self, evidence: &Evidence, wrong: Kind) -> Kind {
        let mut scores = self.scores(evidence);
        for (score, kind) in scores[KIND].iter_mut().zip(Kind::ALL) {
            if *kind == wrong {
                *score = f32::MIN;
            }
        }
        Kind::ALL[best(&scores, &KIND).0 - KIND.start]
    }

    /// How many words have weights of their own.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// The sum for each class.
    pub fn scores(&self, evidence: &Evidence) -> Weights {
        let mut scores = self.bias;
        for (weights, amount) in self.concepts.iter().zip(evidence.amounts) {
            if amount > 0.0 {
                add(&mut scores, weights, amount);
            }
        }
        if !self.words.is_empty() {
            for word in &evidence.words {
                if let Some(weights) = self.words.get(&u64::from(word.key)) {
                    add(
                        &mut scores,
                        weights,
                        if word.first == word.last { WORD } else { PAIR },
                    );
                }
            }
        }
        scores
    }
}

/// Adds weights, so many times.
pub fn add(scores: &mut Weights, weights: &Weights, times: f32) {
    for (score, weight) in scores.iter_mut().zip(weights) {
        *score += weight * times;
    }
}

/// The class with the highest sum among some, and how sure that is.
fn best(scores: &Weights, among: &Range<usize>) -> (usize, u8) {
    let mut best = among.start;
    for class in among.clone() {
        if scores[class] > scores[best] {
            best = class;
        }
    }
    let total: f32 = among
        .clone()
        .map(|it| ((scores[it] - scores[best]) * CALM).exp())
        .sum();
    (best, (100.0 / total).round().clamp(1.0, 99.0) as u8)
}
