//! What a channel lets through: pauses, what a network asks to wait, a bucket at half of the
//! network's published limit, and a cap a day against loops.

use super::{network::Network, time::Instant};
use chrono::TimeDelta;

/// How fast a network may be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Posts an hour in the long run.
    pub per_hour: i64,
    /// Posts at once after a quiet time.
    pub burst: i64,
    /// Posts a day: far beyond what people write, well below what a loop does.
    pub per_day: i64,
}

impl Pace {
    /// Half of what each network publishes for one account.
    pub const fn of(network: Network) -> Self {
        let (per_hour, burst) = match network {
            // 5,000 points an hour, 3 a post.
            Network::Bluesky => (833, 100),
            // 300 requests in five minutes, posts among them.
            Network::Mastodon => (1800, 75),
            // 100 posts in fifteen minutes for one user.
            Network::X => (200, 25),
            // 200 calls an hour for each person who uses the app, pages and their messages alike.
            Network::Facebook | Network::Instagram => (100, 25),
            // 100 requests a minute.
            Network::Reddit => (3000, 25),
            // Set by oneself; mail servers begin to wonder at some hundreds.
            Network::Email => (300, 50),
        };
        Self {
            per_hour,
            burst,
            per_day: 2000,
        }
    }
}

/// Why nothing goes out now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Somebody paused it.
    Paused,
    /// Until then: the network asked, or the bucket is empty.
    Until(Instant),
    /// As many went out today as may; until the day is over.
    FullDay(Instant),
}

/// A channel's way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Since when it is paused, and who did it.
    pub paused: Option<(Instant, String)>,
    /// The network asked to wait until then.
    pub blocked_until: Option<Instant>,
    /// Thousandths of a post in the bucket.
    pub level: i64,
    /// When they were counted.
    pub counted_at: Instant,
    /// A day of UTC, counted from 1970.
    pub day: i64,
    /// How many went out in it.
    pub sent: i64,
}

const DAY_MS: i64 = 24 * 3600 * 1000;

impl Gateway {
    /// One through which nothing went so far.
    pub fn new(pace: Pace, now: Instant) -> Self {
        Self {
            paused: None,
            blocked_until: None,
            level: pace.burst * 1000,
            counted_at: now,
            day: now.timestamp_millis().div_euclid(DAY_MS),
            sent: 0,
        }
    }

    /// Lets one post through, or says why not. A clock that goes back fills nothing.
    pub fn pass(&mut self, pace: Pace, now: Instant) -> Result<(), Closed> {
        if self.paused.is_some() {
            return Err(Closed::Paused);
        }
        if let Some(until) = self.blocked_until.filter(|it| *it > now) {
            return Err(Closed::Until(until));
        }
        let now_ms = now.timestamp_millis();
        let today = now_ms.div_euclid(DAY_MS);
        if today > self.day {
            (self.day, self.sent) = (today, 0);
        }
        if self.sent >= pace.per_day {
            let midnight = super::time::from_ms((self.day + 1) * DAY_MS);
            return Err(Closed::FullDay(midnight));
        }
        let passed_ms = (now_ms - self.counted_at.timestamp_millis()).clamp(0, DAY_MS);
        // A post an hour is a thousandth in 3.6 seconds.
        let filled = passed_ms * pace.per_hour / 3600;
        self.level = (self.level + filled).min(pace.burst * 1000);
        self.counted_at = self.counted_at.max(now);
        if self.level < 1000 {
            let missing_ms = ((1000 - self.level) * 3600).div_euclid(pace.per_hour) + 1;
            return Err(Closed::Until(now + TimeDelta::milliseconds(missing_ms)));
        }
        self.level -= 1000;
        self.sent += 1;
        Ok(())
    }

    /// The network asked to wait.
    pub fn block(&mut self, until: Instant) {
        self.blocked_until = Some(self.blocked_until.map_or(until, |it| it.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;
    use proptest::prelude::*;

    const PACE: Pace = Pace {
        per_hour: 3600,
        burst: 3,
        per_day: 100,
    };

    fn at(ms: i64) -> Instant {
        from_ms(1_700_000_000_000 + ms)
    }

    #[test]
    fn after_a_burst_it_goes_out_one_by_one() {
        let mut gate = Gateway::new(PACE, at(0));
        for _ in 0..3 {
            assert_eq!(gate.pass(PACE, at(0)), Ok(()));
        }
        let Err(Closed::Until(later)) = gate.pass(PACE, at(0)) else {
            panic!("the bucket is empty");
        };
        assert!(later <= at(1001));
        assert_eq!(gate.pass(PACE, at(1001)), Ok(()));
        assert!(gate.pass(PACE, at(1002)).is_err());
    }

    #[test]
    fn a_pause_and_a_network_that_asks_to_wait_let_nothing_through() {
        let mut gate = Gateway::new(PACE, at(0));
        gate.block(at(60_000));
        gate.block(at(30_000));
        assert_eq!(gate.pass(PACE, at(59_999)), Err(Closed::Until(at(60_000))));
        assert_eq!(gate.pass(PACE, at(60_000)), Ok(()));
        gate.paused = Some((at(0), "Ada".to_owned()));
        assert_eq!(gate.pass(PACE, at(90_000)), Err(Closed::Paused));
    }

    #[test]
    fn a_loop_ends_at_the_days_cap() {
        let mut gate = Gateway::new(PACE, at(0));
        let through = (0..10_000)
            .filter(|second| gate.pass(PACE, at(second * 1000)).is_ok())
            .count();
        // The hour before midnight and some of the next day.
        assert!((100..=200).contains(&through), "{through}");
    }

    proptest! {
        #[test]
        fn no_more_than_the_pace_goes_out_whatever_the_clock_does(
            steps in proptest::collection::vec(-5_000_i64..5_000, 1..300),
        ) {
            let pace = Pace { per_day: 100_000, ..PACE };
            let mut gate = Gateway::new(pace, at(0));
            let (mut now, mut latest, mut through) = (0, 0, 0);
            for step in steps {
                now += step;
                latest = latest.max(now);
                if gate.pass(pace, at(now)).is_ok() {
                    through += 1;
                }
            }
            prop_assert!(through <= 3 + latest / 1000);
        }
    }
}
