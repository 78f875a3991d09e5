//! Learning from corrections.
//!
//! Multinomial logistic regression whose weights are drawn towards those that were set by hand: a
//! hundred corrections move them a little, thousands overrule them. Words get weights of their own
//! once they have been seen twice. Same lessons, same order: same model, to the last bit.

use super::{
    concept::{CLASSES, Concept, Weights},
    evidence::Evidence,
    lexicon::ByHash,
    model::{KIND, Model, PAIR, TONE, WORD},
    packing::{COARSE, FINE},
};
use crate::domain::case::{Kind, Tone};
use std::ops::Range;

/// A text with what a person made of it.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// What the text gives to go by.
    pub evidence: Evidence,
    /// How it sounds.
    pub tone: Option<Tone>,
    /// What it wants.
    pub kind: Option<Kind>,
}

/// How often all lessons are gone through.
const ROUNDS: usize = 15;
/// How far one lesson may move a weight.
const RATE: f32 = 0.03;
/// How strongly concepts are drawn to where they began.
const CONCEPT_PULL: f32 = 20.0;
/// How strongly words are drawn to saying nothing.
const WORD_PULL: f32 = 12.0;
/// 0: lessons count alike; 1: classes do.
const BALANCE: f32 = 0.25;
/// How often a word must have been seen.
const SEEN: u32 = 2;
/// Words that a model may have: the weightiest stay.
const WORDS: usize = 10_000;

/// One number that is learned, for each class: where it is drawn to, where it is, how far it has
/// come.
#[derive(Clone, Copy, Default)]
struct Learned {
    home: Weights,
    weights: Weights,
    moved: Weights,
    sum: Weights,
    pull: f32,
}

/// A lesson as places and amounts.
struct Row {
    parts: Vec<(u32, f32)>,
    tone: Option<usize>,
    kind: Option<usize>,
}

/// Lessons as rows, and the keys of their words. Places: the bias, concepts, then words in the order
/// in which they are met.
fn lay_out(lessons: &[Lesson], seen: &ByHash<u32>, first_word: u32) -> (Vec<Row>, Vec<u64>) {
    let mut places: ByHash<u32> = ByHash::default();
    let mut keys = Vec::new();
    let mut rows = Vec::with_capacity(lessons.len());
    for lesson in lessons {
        let mut parts = vec![(0, 1.0)];
        for (place, amount) in lesson.evidence.amounts.iter().enumerate() {
            if *amount > 0.0 {
                parts.push((1 + place as u32, *amount));
            }
        }
        for word in &lesson.evidence.words {
            let key = u64::from(word.key);
            if seen.get(&key).copied().unwrap_or(0) < SEEN {
                continue;
            }
            let place = *places.entry(key).or_insert_with(|| {
                keys.push(key);
                first_word + keys.len() as u32 - 1
            });
            parts.push((place, if word.first == word.last { WORD } else { PAIR }));
        }
        rows.push(Row {
            parts,
            tone: lesson.tone.map(|it| place_of(Tone::ALL, it) + TONE.start),
            kind: lesson.kind.map(|it| place_of(Kind::ALL, it) + KIND.start),
        });
    }
    (rows, keys)
}

/// Learns a model from the beginning.
pub fn train(lessons: &[Lesson], version: i32) -> Model {
    let mut model = Model {
        version,
        ..Model::default()
    };
    let mut seen: ByHash<u32> = ByHash::default();
    for word in lessons.iter().flat_map(|it| &it.evidence.words) {
        *seen.entry(u64::from(word.key)).or_default() += 1;
    }
    let first_word = 1 + Concept::COUNT as u32;
    let (rows, keys) = lay_out(lessons, &seen, first_word);
    let mut learned = vec![Learned::default(); first_word as usize + keys.len()];
    learned[0].home = model.bias;
    learned[0].pull = CONCEPT_PULL;
    for (it, weights) in learned[1..].iter_mut().zip(model.concepts) {
        it.home = weights;
        it.pull = CONCEPT_PULL;
    }
    for it in &mut learned[first_word as usize..] {
        it.pull = WORD_PULL;
    }
    let mut often = vec![0_f32; learned.len()];
    for (place, _) in rows.iter().flat_map(|it| &it.parts) {
        often[*place as usize] += 1.0;
    }
    for (it, often) in learned.iter_mut().zip(often) {
        it.weights = it.home;
        it.pull /= often.max(1.0);
    }
    let balance = balance(&rows);
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut rounds = 0.0_f32;
    for epoch in 0..ROUNDS {
        for place in (1..order.len()).rev() {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            order.swap(place, ((dice >> 33) as usize) % (place + 1));
        }
        for at in &order {
            let row = &rows[*at as usize];
            for (class, among) in [(row.tone, TONE), (row.kind, KIND)] {
                if let Some(class) = class {
                    step(&mut learned, &row.parts, class, &among, balance[class]);
                }
            }
        }
        // The mean of the later rounds is steadier than where the last one ends.
        if epoch * 2 >= ROUNDS {
            rounds += 1.0;
            for it in &mut learned {
                for class in 0..CLASSES {
                    it.sum[class] += it.weights[class];
                }
            }
        }
    }
    let settled = |it: &Learned, fine: f32| it.sum.map(|sum| round(sum / rounds, fine));
    model.bias = settled(&learned[0], FINE);
    for (weights, it) in model.concepts.iter_mut().zip(&learned[1..]) {
        *weights = settled(it, FINE);
    }
    let mut words: Vec<(f32, u64, Weights)> = keys
        .iter()
        .zip(&learned[first_word as usize..])
        .map(|(key, it)| {
            let weights = settled(it, COARSE).map(|it| it.clamp(-127.0 / COARSE, 127.0 / COARSE));
            let most = weights.iter().fold(0_f32, |most, it| most.max(it.abs()));
            (most, *key, weights)
        })
        .filter(|it| it.0 > 0.0)
        .collect();
    words.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    model.words.extend(
        words
            .into_iter()
            .take(WORDS)
            .map(|(_, key, weights)| (key, weights)),
    );
    model
}

fn round(it: f32, fine: f32) -> f32 {
    (it * fine).round() / fine
}

fn place_of<T: PartialEq>(all: &[T], it: T) -> usize {
    all.iter().position(|other| *other == it).unwrap_or(0)
}

/// How much a lesson of each class counts: rare ones count more, or they would never be suggested.
fn balance(rows: &[Row]) -> Weights {
    let mut counts = [0_f32; CLASSES];
    for row in rows {
        for class in [row.tone, row.kind].into_iter().flatten() {
            counts[class] += 1.0;
        }
    }
    let mut balance = [1.0; CLASSES];
    for among in [TONE, KIND] {
        let all: f32 = counts[among.clone()].iter().sum();
        let classes = counts[among.clone()].iter().filter(|it| **it > 0.0).count() as f32;
        for class in among {
            if counts[class] > 0.0 {
                balance[class] = (all / (classes * counts[class])).powf(BALANCE).min(3.0);
            }
        }
    }
    balance
}

fn step(
    learned: &mut [Learned],
    parts: &[(u32, f32)],
    right: usize,
    among: &Range<usize>,
    counts: f32,
) {
    let mut scores = [0_f32; CLASSES];
    for (place, amount) in parts {
        let weights = &learned[*place as usize].weights;
        for class in among.clone() {
            scores[class] += weights[class] * amount;
        }
    }
    let most = among.clone().map(|it| scores[it]).fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for class in among.clone() {
        scores[class] = (scores[class] - most).exp();
        total += scores[class];
    }
    for class in among.clone() {
        let is_right = if class == right { 1.0 } else { 0.0 };
        scores[class] = (scores[class] / total - is_right) * counts;
    }
    for (place, amount) in parts {
        let it = &mut learned[*place as usize];
        for class in among.clone() {
            let slope = scores[class] * amount + it.pull * (it.weights[class] - it.home[class]);
            it.moved[class] += slope * slope;
            it.weights[class] -= RATE * slope / (it.moved[class].sqrt() + 1e-3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(text: &str, kind: Kind, tone: Tone) -> Lesson {
        Lesson {
            evidence: Evidence::of(text),
            tone: Some(tone),
            kind: Some(kind),
        }
    }

    /// A desk whose customers write “moin” when they are pleased, and “schnack” when they ask.
    fn lessons() -> Vec<Lesson> {
        (0..30)
            .flat_map(|round| {
                [
                    lesson(
                        &format!("Moin moin tram {round}"),
                        Kind::Praise,
                        Tone::Positive,
                    ),
                    lesson(
                        &format!("Schnack tram {round}"),
                        Kind::Question,
                        Tone::Neutral,
                    ),
                ]
            })
            .collect()
    }

    #[test]
    fn what_people_correct_is_learned() {
        let model = train(&lessons(), 1);
        assert_eq!(
            model.kind_and_tone("Moin moin bus"),
            (Kind::Praise, Tone::Positive)
        );
        assert_eq!(model.kind_and_tone("Schnack bus").0, Kind::Question);
        let verdict = model.judge("Moin moin bus", &[]);
        let told: Vec<String> = verdict
            .kind
            .reasons
            .iter()
            .map(super::super::Reason::in_words)
            .collect();
        assert!(
            told.iter()
                .any(|it| it.contains("oin") && it.contains("learned")),
            "{told:?}"
        );
    }

    #[test]
    fn a_few_corrections_do_not_unlearn_what_words_mean() {
        let model = train(&lessons(), 1);
        let angry = "My train was cancelled again and nobody answers, this is unacceptable.";
        assert_eq!(
            model.kind_and_tone(angry),
            (Kind::Complaint, Tone::Negative)
        );
    }

    #[test]
    fn the_same_lessons_give_the_same_model() {
        assert_eq!(train(&lessons(), 1), train(&lessons(), 1));
        let none = train(&[], 0);
        assert_eq!(none.words(), 0);
        for (cold, same) in Model::default().bias.iter().zip(none.bias) {
            assert!((cold - same).abs() < 1e-3);
        }
    }
}
