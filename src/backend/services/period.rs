//! From what an address says to a question with instants: whose midnight, which days, which steps.

use crate::{
    backend::engine::{Snapshot, Texts, answers},
    domain::{
        board::Grain,
        board_query::{BoardQuery, Preset, Range},
        question::{Dimension, Question},
        time::{Bounds, Instant, Zone, from_ms},
    },
};
use chrono::{Days, NaiveDate, Offset, TimeDelta, Timelike};
use chrono_tz::Tz;

/// The period of a page, in whole local days.
#[derive(Clone, Debug)]
pub struct Period {
    /// Whose wall clock.
    pub zone: Tz,
    /// The first instant.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// As many days just before it; `None` for all of time.
    pub previous: Option<Bounds>,
}

impl Period {
    /// Reads the period off an address, by the wall clock of the brands that are shown (UTC where
    /// they differ).
    pub fn of(
        query: &BoardQuery,
        snapshot: &Snapshot,
        texts: Option<&Texts>,
        now: Instant,
    ) -> Self {
        let zone = snapshot.atlas.common_zone(&query.filter).unwrap_or(Tz::UTC);
        let today = now.with_timezone(&zone).date_naive();
        let back = |days: u64| today - Days::new(days);
        let (first, last) = match query.range {
            Range::Preset(Preset::Today) => (today, today),
            Range::Preset(Preset::Week) => (back(6), today),
            Range::Preset(Preset::Month) => (back(29), today),
            Range::Preset(Preset::Quarter) => (back(89), today),
            Range::Preset(Preset::All) => {
                let everything = Question {
                    filter: query.filter.clone(),
                    ..Question::everything(now)
                };
                let first = snapshot
                    .span(&everything, texts)
                    .map_or(now, |(first, _)| from_ms(first));
                (first.with_timezone(&zone).date_naive().min(today), today)
            }
            Range::Dates(first, last) => (first, last),
        };
        let midnight = |date: NaiveDate| from_ms(answers::midnight(zone, date));
        let days = u64::try_from((last - first).num_days()).unwrap_or(0) + 1;
        let from = midnight(first);
        let previous = (query.range != Range::Preset(Preset::All))
            .then(|| first.checked_sub_days(Days::new(days)))
            .flatten()
            .map(|date| Bounds::between(midnight(date), from));
        Self {
            zone,
            from,
            until: midnight(last + Days::new(1)),
            previous,
        }
    }

    /// The question that an address asks about this period.
    pub fn question(&self, query: &BoardQuery, as_of: Instant) -> Question {
        Question {
            bounds: Bounds::between(self.from, self.until),
            as_of,
            filter: query.filter.clone(),
            attribution: query.attribution,
            clock: query.clock,
        }
    }

    /// The steps in which the period is drawn, up to the one in which `as_of` lies: their edges in
    /// milliseconds, inside the period.
    pub fn steps(&self, as_of: Instant) -> (Grain, Vec<i64>) {
        let days = (self.until - self.from).num_days();
        let (from, until) = (self.from.timestamp_millis(), self.until.timestamp_millis());
        let last = as_of.timestamp_millis().clamp(from, until - 1);
        let (grain, by) = match days {
            ..=2 => (Grain::Hour, None),
            3..=120 => (Grain::Day, Some(Dimension::Day)),
            121..=800 => (Grain::Week, Some(Dimension::Week)),
            _ => (Grain::Month, Some(Dimension::Month)),
        };
        let mut edges = match by {
            Some(by) => answers::edges(by, self.zone, from, last),
            None => self.hours(last),
        };
        // A week or a month may begin before the period and end after it.
        for edge in &mut edges {
            *edge = (*edge).clamp(from, until);
        }
        edges.dedup();
        (grain, edges)
    }

    fn hours(&self, last: i64) -> Vec<i64> {
        let mut at = self.from;
        let mut edges = vec![at.timestamp_millis()];
        while edges.last().is_some_and(|edge| *edge <= last) {
            let local = at.with_timezone(&self.zone);
            at += TimeDelta::seconds(3600 - i64::from(local.minute() * 60 + local.second()));
            edges.push(at.timestamp_millis());
        }
        edges
    }

    /// The zone as the browser needs it: with its changes from well before the period until well
    /// after the as-of. `since` is the oldest instant that will be shown.
    pub fn wire_zone(&self, since: Instant, as_of: Instant) -> Zone {
        wire_zone(self.zone, since.min(self.from), as_of.max(self.until))
    }
}

/// A zone with its changes over a span of time, for the browser.
pub fn wire_zone(zone: Tz, from: Instant, until: Instant) -> Zone {
    let offset = |at: Instant| at.with_timezone(&zone).offset().fix().local_minus_utc();
    let mut at = from - TimeDelta::days(2);
    let end = until + TimeDelta::days(400);
    let mut offsets = vec![(at.timestamp_millis(), offset(at))];
    // No zone changes twice within a week for long; a change is narrowed down to its second.
    while at < end {
        let next = at + TimeDelta::days(7);
        if offset(next) != offset(at) {
            let (mut low, mut high) = (at, next);
            while high - low > TimeDelta::seconds(1) {
                let middle = low + (high - low) / 2;
                if offset(middle) == offset(at) {
                    low = middle
                } else {
                    high = middle
                }
            }
            let change = high.timestamp() * 1000;
            offsets.push((change, offset(next)));
        }
        at = next;
    }
    Zone {
        name: zone.name().to_owned(),
        offsets,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeZone, Utc};

    fn utc(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_browser_learns_when_the_clocks_change() {
        let zone = wire_zone(
            Tz::Europe__London,
            utc("2026-03-01T00:00:00Z"),
            utc("2026-04-15T00:00:00Z"),
        );
        assert_eq!(
            zone.offsets[1],
            (utc("2026-03-29T01:00:00Z").timestamp_millis(), 3600)
        );
        for month in 1..=12 {
            let at = Utc
                .with_ymd_and_hms(2026, month, 14, 12, 0, 0)
                .single()
                .expect("an instant");
            if at > utc("2026-03-01T00:00:00Z") {
                let expected = at.with_timezone(&Tz::Europe__London).naive_local();
                assert_eq!(zone.local(at).naive_local(), expected);
            }
        }
    }

    #[test]
    fn a_day_of_25_hours_has_25_steps() {
        let zone = Tz::Europe__Berlin;
        let date = NaiveDate::from_ymd_opt(2026, 10, 25).expect("a date");
        let period = Period {
            zone,
            from: from_ms(answers::midnight(zone, date)),
            until: from_ms(answers::midnight(zone, date + Days::new(1))),
            previous: None,
        };
        let (grain, edges) = period.steps(period.until);
        assert_eq!(grain, Grain::Hour);
        assert_eq!(edges.len(), 26);
    }
}
