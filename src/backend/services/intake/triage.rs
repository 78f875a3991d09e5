//! A first look at what somebody wrote.

use crate::domain::{
    case::{Kind, Priority, Tone},
    threading::Look,
    topic::{Keyword, fold},
};

const ANGRY: &[&str] = &[
    "worst",
    "terrible",
    "awful",
    "unacceptable",
    "ridiculous",
    "disgusting",
    "never again",
    "scam",
    "lost",
    "broken",
    "cancelled",
    "canceled",
    "delayed",
    "stuck",
    "waiting",
    "refund",
    "rude",
    "nobody",
    "no one",
    "not working",
    "doesn't work",
    "still no",
    "shame",
    "fail",
    "angry",
];
const PLEASED: &[&str] = &[
    "thank",
    "thanks",
    "love",
    "great",
    "awesome",
    "amazing",
    "excellent",
    "well done",
    "kudos",
];

/// What is wanted, how it sounds, how pressing it is, and what it is about.
pub fn first_look(text: &str, followers: i64, topics: &[(String, Vec<Keyword>)]) -> Look {
    let folded = fold(text);
    let angry = ANGRY.iter().filter(|it| folded.contains(**it)).count();
    let pleased = PLEASED.iter().filter(|it| folded.contains(**it)).count();
    let asks = folded.contains(['?', '？', '؟']);
    let (kind, tone) = match (angry, pleased, asks) {
        _ if !folded.chars().any(char::is_alphanumeric) => (Kind::Noise, Tone::Neutral),
        (0, 1.., false) => (Kind::Praise, Tone::Positive),
        (0, _, true) => (Kind::Question, Tone::Neutral),
        (0, _, _) => (Kind::Complaint, Tone::Neutral),
        _ => (Kind::Complaint, Tone::Negative),
    };
    let topic = topics
        .iter()
        .find(|(_, words)| words.iter().any(|it| it.is_in(&folded)));
    Look {
        kind,
        tone,
        priority: if followers >= 100_000 {
            Priority::Urgent
        } else {
            Priority::Normal
        },
        topic: topic.map(|it| it.0.clone()),
        language: None,
    }
}
