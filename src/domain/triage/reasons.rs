//! What moved a suggestion, told by the words that stand in the text.

use super::{
    concept::Concept,
    evidence::Evidence,
    model::{Model, PAIR, WORD},
    verdict::Reason,
};
use std::ops::Range;

/// Reasons that are told.
const TOLD: usize = 4;
/// Parts smaller than these percent aren't.
const LEAST: f32 = 5.0;

#[derive(Clone, Copy)]
struct Part {
    first: u16,
    last: u16,
    concept: Option<Concept>,
    weight: f32,
}

/// Why a class was chosen among others, most weighty reason first.
pub fn of(
    model: &Model,
    text: &str,
    evidence: &Evidence,
    class: usize,
    among: &Range<usize>,
) -> Vec<Reason> {
    let lead = |weights: &[f32]| {
        let others: f32 = among
            .clone()
            .filter(|it| *it != class)
            .map(|it| weights[it])
            .sum();
        weights[class] - others / (among.len() - 1) as f32
    };
    // What stands for something, piece by piece; words with weights of their own join them. `owner`
    // says for each piece to which part it belongs.
    let mut parts: Vec<Part> = Vec::with_capacity(evidence.hits.len() + 8);
    let mut owner: Vec<Option<usize>> = vec![None; evidence.pieces.len()];
    for hit in &evidence.hits {
        let at = hit.concept as usize;
        let share = evidence.amounts[at] / f32::from(evidence.counts[at].max(1));
        let weight = lead(&model.concepts[at]) * share;
        // What one word or phrase stands for comes one after the other.
        let same = parts
            .last_mut()
            .filter(|it| (it.first, it.last) == (hit.first, hit.last));
        if let Some(part) = same {
            if part
                .concept
                .is_none_or(|it| lead(&model.concepts[it as usize]) < lead(&model.concepts[at]))
            {
                part.concept = Some(hit.concept);
            }
            part.weight += weight;
        } else {
            owner[usize::from(hit.first)..=usize::from(hit.last)].fill(Some(parts.len()));
            parts.push(Part {
                first: hit.first,
                last: hit.last,
                concept: Some(hit.concept),
                weight,
            });
        }
    }
    if !model.words.is_empty() {
        for word in &evidence.words {
            let Some(weights) = model.words.get(&u64::from(word.key)) else {
                continue;
            };
            let times = if word.first == word.last { WORD } else { PAIR };
            let weight = lead(weights) * times;
            let (first, last) = (
                owner[usize::from(word.first)],
                owner[usize::from(word.last)],
            );
            match first.filter(|_| first == last) {
                Some(part) => parts[part].weight += weight,
                None => parts.push(Part {
                    first: word.first,
                    last: word.last,
                    concept: None,
                    weight,
                }),
            }
        }
    }
    let style = Concept::ALL[Concept::Asks as usize..]
        .iter()
        .filter(|it| evidence.has(**it));
    for concept in style {
        parts.push(Part {
            first: u16::MAX,
            last: u16::MAX,
            concept: Some(*concept),
            weight: lead(&model.concepts[*concept as usize]),
        });
    }
    let all: f32 = parts.iter().map(|it| it.weight.max(0.0)).sum();
    parts.retain(|it| it.weight > 0.0 && it.weight * 100.0 >= all * LEAST);
    parts.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    parts
        .iter()
        .take(TOLD)
        .map(|part| Reason {
            words: words(text, evidence, part),
            stands_for: part
                .concept
                .map_or("learned from corrections", Concept::label)
                .to_owned(),
            weight: (part.weight * 100.0 / all).round().clamp(1.0, 100.0) as u8,
        })
        .collect()
}

fn words(text: &str, evidence: &Evidence, part: &Part) -> Option<String> {
    let first = evidence.pieces.get(usize::from(part.first))?;
    let last = evidence.pieces.get(usize::from(part.last))?;
    text.get(first.start as usize..last.end as usize)
        .map(str::to_owned)
}
