//! Makes archives to measure with: the same seed gives the same file.
//!
//! A case has 3.4 posts on average; 12 in 100 aren't answered; answers take a log-normal time;
//! days have a rhythm; a few brands get most posts. As in real archives, a conversation's rows
//! stand near each other but not in order: answers often precede what they answer.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::io::{self, Write};

/// How many brands are talked to.
const BRANDS: u32 = 100;
/// How many conversations are shuffled into each other.
const WINDOW: usize = 64;

/// Writes an archive of at least so many posts; returns how many it has.
pub fn twcs(posts: u64, seed: u64, to: &mut impl Write) -> io::Result<u64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    writeln!(
        to,
        "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id"
    )?;
    let (mut next_id, mut written) = (1_u64, 0_u64);
    // 2017-10-01, and as many days as keep about ten thousand posts a day.
    let begin_s = 1_506_816_000_i64;
    let days = i64::try_from(posts / 10_000).unwrap_or(i64::MAX).max(7);
    let mut window: Vec<String> = Vec::new();
    while written < posts {
        for _ in 0..WINDOW {
            let opened_s = begin_s + rng.random_range(0..days) * 86_400 + second_of_day(&mut rng);
            converse(&mut rng, &mut next_id, opened_s, &mut window);
        }
        written += u64::try_from(window.len()).unwrap_or(u64::MAX);
        // Nearly in order: each row changes its place with one nearby.
        for place in 1..window.len() {
            let other = place.saturating_sub(rng.random_range(0..8));
            window.swap(place, other);
        }
        for line in window.drain(..) {
            to.write_all(line.as_bytes())?;
        }
    }
    Ok(written)
}

fn second_of_day(rng: &mut ChaCha8Rng) -> i64 {
    // The mean of three is a bell: noon to evening is busy, the night is quiet.
    let sum: i64 = (0..3).map(|_| rng.random_range(0..86_400_i64)).sum();
    (sum / 3 + 10_800) % 86_400
}

/// Adds one conversation's rows, answers first.
fn converse(rng: &mut ChaCha8Rng, next_id: &mut u64, opened_s: i64, rows: &mut Vec<String>) {
    let spread: f64 = rng.random();
    let brand = (spread * spread * f64::from(BRANDS)) as u32;
    let customer = 100_000 + rng.random_range(0..2_000_000_u32);
    let is_answered = rng.random_range(0..100) >= 12;
    let length = if is_answered {
        2 + (0..5).filter(|_| rng.random_range(0..10) < 3).count()
    } else {
        1 + (0..2).filter(|_| rng.random_range(0..10) < 4).count()
    };
    let mut at_s = opened_s;
    let mut parent: Option<u64> = None;
    let first = rows.len();
    for turn in 0..length {
        let id = *next_id;
        *next_id += 1;
        let is_ours = is_answered && turn % 2 == 1;
        let author = if is_ours {
            format!("Brand{brand:02}Care")
        } else {
            customer.to_string()
        };
        let words = 6 + rng.random_range(0..18_usize);
        let mut text = String::new();
        for _ in 0..words {
            text.push_str(WORDS[rng.random_range(0..WORDS.len())]);
            text.push(' ');
        }
        let text = if rng.random_range(0..4) == 0 {
            format!("\"@Brand{brand:02}Care {text}, \"\"really\"\"\"")
        } else {
            format!("@Brand{brand:02}Care {text}")
        };
        let parent_field = parent.map(|it| it.to_string()).unwrap_or_default();
        let inbound = if is_ours { "False" } else { "True" };
        rows.push(format!(
            "{id},{author},{inbound},{},{text},,{parent_field}\n",
            stamp(at_s)
        ));
        parent = Some(id);
        at_s += wait_s(rng);
    }
    rows[first..].reverse();
}

/// A log-normal time with a median of 20 minutes.
fn wait_s(rng: &mut ChaCha8Rng) -> i64 {
    // Twelve evenly spread numbers add up to a bell of width one.
    let bell: f64 = (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
    ((bell * 1.3).exp() * 1200.0).clamp(5.0, 1_000_000.0) as i64
}

fn stamp(at_s: i64) -> String {
    crate::domain::time::from_ms(at_s * 1000)
        .format("%a %b %d %H:%M:%S +0000 %Y")
        .to_string()
}

const WORDS: [&str; 16] = [
    "parcel", "still", "waiting", "since", "Monday", "please", "help", "my", "order", "never",
    "arrived", "thanks", "train", "late", "again", "today",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_archive_with_three_and_a_half_posts_a_case() {
        let (mut one, mut other) = (Vec::new(), Vec::new());
        let posts = twcs(20_000, 7, &mut one).expect("memory can be written");
        twcs(20_000, 7, &mut other).expect("memory can be written");
        assert!(one == other);
        let text = String::from_utf8(one).expect("words");
        let cases = text.lines().skip(1).filter(|it| it.ends_with(",,")).count();
        let posts_a_case = posts as f64 / cases as f64;
        assert!((3.2..3.6).contains(&posts_a_case), "{posts_a_case}");
    }
}
