//! How triage agrees with people on posts that were labelled by hand elsewhere. Nothing of them is
//! part of the program; they only measure it.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use std::{collections::BTreeSet, fs::File, path::Path};
use sundown::domain::{
    case::{Kind, Tone},
    triage::{
        Model,
        evidence::Evidence,
        score::{f1, macro_f1},
        training::{Lesson, train},
    },
};

/// A post to an airline, and how people said that it sounds.
pub struct Heard {
    airline: String,
    /// How it sounds.
    pub tone: Tone,
    /// What it says.
    pub text: String,
    evidence: Evidence,
}

/// Reads `Tweets.csv.gz`.
pub fn heard(file: &Path) -> Vec<Heard> {
    let file = File::open(file).expect("the labelled posts");
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|it| it == name).expect("a column");
    let (text, airline, tone) = (
        column("text"),
        column("airline"),
        column("airline_sentiment"),
    );
    reader
        .records()
        .map(|row| row.expect("a row"))
        .map(|row| Heard {
            airline: row[airline].to_owned(),
            tone: row[tone].parse().expect("a tone"),
            text: row[text].to_owned(),
            evidence: Evidence::of(&row[text]),
        })
        .collect()
}

/// Macro-F1 of tones after so many corrections from all airlines but the one it is measured on: the
/// mean over all airlines, and over `rounds` draws of corrections.
pub fn left_out(posts: &[Heard], corrections: usize, rounds: u64) -> f64 {
    let airlines: BTreeSet<&str> = posts.iter().map(|it| it.airline.as_str()).collect();
    let mut sum = 0.0;
    for airline in &airlines {
        for round in 0..rounds {
            let mut others: Vec<&Heard> =
                posts.iter().filter(|it| it.airline != *airline).collect();
            others.shuffle(&mut ChaCha8Rng::seed_from_u64(round));
            let lessons: Vec<Lesson> = others
                .iter()
                .take(corrections)
                .map(|it| Lesson {
                    evidence: it.evidence.clone(),
                    tone: Some(it.tone),
                    kind: None,
                })
                .collect();
            let model = if lessons.is_empty() {
                Model::default()
            } else {
                train(&lessons, 1)
            };
            let pairs: Vec<(Tone, Tone)> = posts
                .iter()
                .filter(|it| it.airline == *airline)
                .map(|it| (it.tone, model.decide(&it.evidence).1))
                .collect();
            sum += macro_f1(Tone::ALL, &pairs);
        }
    }
    sum / (airlines.len() as u64 * rounds) as f64
}

/// A post, and whether people said that it is a complaint.
pub type Labelled = (Evidence, bool);

/// Reads the files of complaints; they are in Latin-1.
pub fn labelled(files: &[&Path]) -> Vec<Labelled> {
    let mut posts = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).expect("the labelled posts");
        let text: String = bytes.iter().map(|it| char::from(*it)).collect();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for row in reader.records() {
            let row = row.expect("a row");
            let label: f64 = row[2].parse().expect("0 or 1");
            posts.push((Evidence::of(&row[1]), label > 0.5));
        }
    }
    posts.shuffle(&mut ChaCha8Rng::seed_from_u64(0));
    posts
}

fn complaint_f1(model: &Model, posts: &[&Labelled]) -> Vec<(bool, bool)> {
    posts
        .iter()
        .map(|it| (it.1, model.decide(&it.0).0 == Kind::Complaint))
        .collect()
}

/// F1 of “complaint” before any correction.
pub fn complaints_cold(posts: &[Labelled]) -> f64 {
    let all: Vec<&Labelled> = posts.iter().collect();
    f1(true, &complaint_f1(&Model::default(), &all))
}

/// F1 of “complaint”, five-fold: four fifths of the labels are corrections, the last is measured,
/// each once. Where the label says only that something is no complaint, the correction says which
/// other kind a person would most likely choose: the best other one of the cold model.
pub fn complaints_learned(posts: &[Labelled]) -> f64 {
    const FOLDS: usize = 5;
    let cold = Model::default();
    let mut pairs = Vec::new();
    for fold in 0..FOLDS {
        let part = |is_measured: bool| {
            let all = posts.iter().enumerate();
            all.filter(move |it| (it.0 % FOLDS == fold) == is_measured)
                .map(|it| it.1)
        };
        let lessons: Vec<Lesson> = part(false)
            .map(|(evidence, is_complaint)| Lesson {
                evidence: evidence.clone(),
                tone: None,
                kind: Some(if *is_complaint {
                    Kind::Complaint
                } else {
                    cold.decide_but(evidence, Kind::Complaint)
                }),
            })
            .collect();
        let measured: Vec<&Labelled> = part(true).collect();
        pairs.extend(complaint_f1(&train(&lessons, 1), &measured));
    }
    f1(true, &pairs)
}
