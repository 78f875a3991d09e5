//! How a channel reaches its network, and how that goes.

use super::{ids::ChannelId, reply::Guard, time::Instant, words::words};
use serde::{Deserialize, Serialize};

words! {
    /// What is spoken on the other end.
    ConnectionKind, "a kind of connection", {
        /// A network that plays a part.
        Scripted = "scripted", "Rehearsal network";
    }
}

words! {
    /// Whether a connection is used.
    ConnectionState, "a state of a connection", {
        /// It is.
        On = "on", "On";
        /// Somebody paused it.
        Paused = "paused", "Paused";
        /// The network no longer knows our sign-in.
        Reconnect = "reconnect", "Connect again";
    }
}

/// How it goes with a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// Whose.
    pub channel: ChannelId,
    /// What is spoken.
    pub kind: ConnectionKind,
    /// Where.
    pub address: String,
    /// How it keeps replies apart.
    pub guard: Guard,
    /// Whether it is used.
    pub state: ConnectionState,
    /// Where to go on reading.
    pub cursor: Option<String>,
    /// When it last answered as it should.
    pub last_ok_at: Option<Instant>,
    /// When something last came.
    pub last_delivery_at: Option<Instant>,
    /// What went wrong last, as a sentence; `None` when nothing is wrong.
    pub last_trouble: Option<String>,
    /// Since when.
    pub failing_since: Option<Instant>,
    /// How often in a row.
    pub failures: i64,
    /// Not to be asked before.
    pub retry_at: Option<Instant>,
}

/// From so many failures in a row a channel is delayed and asked rarely.
pub const CIRCUIT: i64 = 5;
/// The longest pause between two tries in seconds.
const LONGEST_S: i64 = 900;

impl Connection {
    /// A new one that was never used.
    pub const fn new(
        channel: ChannelId,
        kind: ConnectionKind,
        address: String,
        guard: Guard,
    ) -> Self {
        Self {
            channel,
            kind,
            address,
            guard,
            state: ConnectionState::On,
            cursor: None,
            last_ok_at: None,
            last_delivery_at: None,
            last_trouble: None,
            failing_since: None,
            failures: 0,
            retry_at: None,
        }
    }

    /// Whether it is to be asked now.
    pub fn is_due(&self, now: Instant) -> bool {
        self.state == ConnectionState::On && self.retry_at.is_none_or(|at| at <= now)
    }

    /// Whether its circuit is open: it failed too often to hope for the next try.
    pub const fn is_delayed(&self) -> bool {
        self.failures >= CIRCUIT
    }

    /// It answered as it should.
    pub fn works(&mut self, now: Instant, has_more: bool) {
        self.last_ok_at = Some(now);
        if has_more {
            self.last_delivery_at = Some(now);
        }
        (self.last_trouble, self.failing_since, self.retry_at) = (None, None, None);
        self.failures = 0;
        if self.state == ConnectionState::Reconnect {
            self.state = ConnectionState::On;
        }
    }

    /// It didn't; `share` (0..1) spreads the next try, so that channels don't come all at once.
    pub fn fails(&mut self, now: Instant, why: String, share: f64) {
        self.failures = self.failures.saturating_add(1);
        let doubled = 2_i64 << self.failures.clamp(0, 10);
        let longest = if self.is_delayed() { LONGEST_S } else { 60 };
        let pause = doubled.min(longest) * 1000;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "a pause of minutes, and its half"
        )]
        let spread = (pause as f64 * share.clamp(0.0, 1.0) / 2.0) as i64;
        self.trouble(now, why, pause - spread);
    }

    /// It asks to wait so many seconds, as they are obeyed.
    pub fn waits(&mut self, now: Instant, seconds: i64) {
        let why = "The network asks to wait.".to_owned();
        self.trouble(now, why, seconds.saturating_mul(1000));
    }

    /// It doesn't know us any more: nothing is asked until somebody connects it again.
    pub fn is_unknown(&mut self, now: Instant) {
        self.state = ConnectionState::Reconnect;
        let why = "The network no longer knows our sign-in. Connect the channel again.".to_owned();
        self.trouble(now, why, 0);
    }

    fn trouble(&mut self, now: Instant, why: String, pause_ms: i64) {
        self.last_trouble = Some(why);
        self.failing_since.get_or_insert(now);
        self.retry_at = Some(now + chrono::TimeDelta::milliseconds(pause_ms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;
    use proptest::prelude::*;

    fn fresh() -> Connection {
        let address = "http://127.0.0.1:1/".to_owned();
        Connection::new(7.into(), ConnectionKind::Scripted, address, Guard::Key)
    }

    #[test]
    fn after_five_failures_a_channel_is_delayed_until_it_works_again() {
        let (mut it, now) = (fresh(), from_ms(0));
        for count in 1..=5 {
            assert!(!it.is_delayed(), "{count}");
            it.fails(now, "No answer.".to_owned(), 0.5);
        }
        assert!(it.is_delayed());
        assert_eq!(it.failing_since, Some(now));
        it.works(from_ms(9), false);
        assert!(!it.is_delayed() && it.is_due(from_ms(9)));
    }

    proptest! {
        #[test]
        fn the_next_try_is_between_a_second_and_a_quarter_of_an_hour_away(
            failures in 0_i64..5000,
            share in 0.0_f64..=1.0,
        ) {
            let mut it = fresh();
            it.failures = failures;
            it.fails(from_ms(0), String::new(), share);
            let pause = it.retry_at.map_or(0, |at| at.timestamp_millis());
            prop_assert!((1000..=900_000).contains(&pause), "{pause}");
        }
    }
}
