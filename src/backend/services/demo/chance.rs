//! Chance with a seed: the distributions that the demo's life follows.

use crate::domain::{ids::compose, time::Instant};
use chrono::TimeDelta;
use rand::{RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// A log-normal length around a median, at least 20 seconds.
pub fn around(rng: &mut ChaCha8Rng, median_s: f64, sigma: f64) -> TimeDelta {
    let seconds = median_s * (sigma * normal(rng)).exp();
    TimeDelta::milliseconds((seconds.clamp(20.0, 3_000_000.0) * 1000.0) as i64)
}

/// A length between two numbers of seconds.
pub fn between(rng: &mut ChaCha8Rng, from_s: i64, until_s: i64) -> TimeDelta {
    TimeDelta::milliseconds(rng.random_range(from_s * 1000..until_s.max(from_s + 1) * 1000))
}

/// A standard normal value (Box and Muller).
pub fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let (a, b): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * (1.0 - a).ln()).sqrt() * (std::f64::consts::TAU * b).cos()
}

/// How often something rare happens in a stretch in which it happens `mean` times on average.
pub fn poisson(rng: &mut ChaCha8Rng, mean: f64) -> u32 {
    let limit = (-mean).exp();
    let (mut count, mut product) = (0, rng.random::<f64>());
    while product > limit && count < 200 {
        count += 1;
        product *= rng.random::<f64>();
    }
    count
}

/// How many people follow somebody: most have some dozens, a few have very many.
pub fn followers(rng: &mut ChaCha8Rng) -> i64 {
    let rank: f64 = 1.0 - rng.random::<f64>();
    (55.0 * rank.powf(-1.3)).min(880_000.0) as i64
}

/// One of a list, as a text.
pub fn one_of(rng: &mut ChaCha8Rng, list: &[&'static str]) -> &'static str {
    list.choose(rng).copied().unwrap_or_default()
}

/// One of a list by weights; the first one where all weigh nothing.
pub fn weighted<T: Copy>(rng: &mut ChaCha8Rng, list: &[(T, u32)], otherwise: T) -> T {
    let total: u32 = list.iter().map(|it| it.1).sum();
    let mut ticket = rng.random_range(0..total.max(1));
    for &(value, weight) in list {
        if ticket < weight {
            return value;
        }
        ticket -= weight;
    }
    otherwise
}

/// A stream of chance that belongs to one number.
pub fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// Makes ids for things of any age: time-ordered like all ids, and the same for the same seed.
#[derive(Debug)]
pub struct Numbers(ChaCha8Rng);

impl Numbers {
    /// A maker with a seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seeded(seed ^ 0x0001_d50f_da7a))
    }

    /// An id for something that began at an instant.
    pub fn next<Id: From<i64>>(&mut self, at: Instant) -> Id {
        Id::from(compose(
            at.timestamp_millis(),
            self.0.random(),
            self.0.random(),
        ))
    }
}
