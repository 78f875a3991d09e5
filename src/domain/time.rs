//! Instants, spans and periods.
//!
//! Instants are UTC; inside rows and columns they are whole milliseconds since 1970. Lengths that
//! people read are whole seconds. Zones live at the edges: see [`Zone`].
//!
//! Invariant: nothing here asks what time it is.

use chrono::{DateTime, FixedOffset, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// An instant in UTC.
pub type Instant = DateTime<Utc>;

/// The instant of a stored number of milliseconds since 1970.
///
/// Numbers outside what a calendar can hold are pulled to its nearest end, so that a broken row
/// shows as an absurd date and not as a crash.
pub fn from_ms(ms: i64) -> Instant {
    Utc.timestamp_millis_opt(ms).single().unwrap_or(if ms < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    })
}

/// Whole seconds from one stored instant to another, rounded towards the past.
pub const fn seconds_between(from_ms: i64, to_ms: i64) -> i64 {
    (to_ms - from_ms).div_euclid(1000)
}

/// Half-open: `from` is inside, `until` is not, so neighbours never overlap.
/// A missing end is an open one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bounds {
    /// The first instant inside.
    pub from: Option<Instant>,
    /// The first instant that is outside again.
    pub until: Option<Instant>,
}

impl Bounds {
    /// All of time.
    pub const ALWAYS: Self = Self {
        from: None,
        until: None,
    };

    /// From one instant until just before another.
    pub const fn between(from: Instant, until: Instant) -> Self {
        Self {
            from: Some(from),
            until: Some(until),
        }
    }

    /// Whether an instant lies inside.
    pub fn contains(&self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }

    /// The length, when both ends are known.
    pub fn length(&self) -> Option<TimeDelta> {
        Some(self.until? - self.from?)
    }

    /// The bounds as stored milliseconds; open ends are the ends of the number line.
    pub fn as_ms(&self) -> (i64, i64) {
        (
            self.from.map_or(i64::MIN, |at| at.timestamp_millis()),
            self.until.map_or(i64::MAX, |at| at.timestamp_millis()),
        )
    }
}

/// A zone as the browser needs it: its IANA name and its offsets over the time that is shown.
///
/// The rules of all zones are far too heavy for a browser, so the server sends the few changes
/// that matter. Offsets are seconds east of UTC; the first one also holds for all time before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    /// Such as `Pacific/Auckland`.
    pub name: String,
    /// From which instant (milliseconds) which offset holds, ascending; never empty.
    pub offsets: Vec<(i64, i32)>,
}

impl Zone {
    /// UTC itself.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            offsets: vec![(i64::MIN, 0)],
        }
    }

    /// The wall clock of this zone at an instant.
    pub fn local(&self, at: Instant) -> DateTime<FixedOffset> {
        let ms = at.timestamp_millis();
        let after = self.offsets.partition_point(|&(from, _)| from <= ms);
        let seconds = self
            .offsets
            .get(after.saturating_sub(1))
            .map_or(0, |&(_, offset)| offset);
        let offset = FixedOffset::east_opt(seconds).unwrap_or_else(|| chrono::Offset::fix(&Utc));
        at.with_timezone(&offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_periods_share_no_instant() {
        let (a, b, c) = (from_ms(0), from_ms(10), from_ms(20));
        assert!(Bounds::between(a, b).contains(a));
        assert!(!Bounds::between(a, b).contains(b));
        assert!(Bounds::between(b, c).contains(b));
    }

    #[test]
    fn a_zone_changes_its_offset_when_its_summer_ends() {
        let zone = Zone {
            name: "Europe/Berlin".into(),
            offsets: vec![(0, 7200), (1000, 3600)],
        };
        assert_eq!(zone.local(from_ms(999)).offset().local_minus_utc(), 7200);
        assert_eq!(zone.local(from_ms(1000)).offset().local_minus_utc(), 3600);
        assert_eq!(zone.local(from_ms(-5)).offset().local_minus_utc(), 7200);
    }

    #[test]
    fn seconds_round_towards_the_past() {
        assert_eq!(seconds_between(0, 1999), 1);
        assert_eq!(seconds_between(1999, 0), -2);
    }
}
