//! Stretches of time by hour of the week, in each brand's own zone.

use super::{atlas::Atlas, rows::Row};
use chrono::{Datelike, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

/// Hours in a week.
pub const OF_WEEK: usize = 168;

/// From, until (milliseconds), hour of the week.
type Stretch = (i64, i64, u8);

/// A period cut at every full hour of every zone in use.
#[derive(Clone, Debug, Default)]
pub struct Hours {
    zones: Vec<(Tz, Vec<Stretch>)>,
}

impl Hours {
    /// Cuts a period for the zones of all brands.
    pub fn cut(atlas: &Atlas, begin: i64, end: i64) -> Self {
        let mut zones: Vec<(Tz, Vec<Stretch>)> = Vec::new();
        for brand in &atlas.brands {
            if !zones.iter().any(|(zone, _)| *zone == brand.zone) {
                zones.push((brand.zone, stretches(brand.zone, begin, end)));
            }
        }
        Self { zones }
    }

    /// Whether every brand has the same zone.
    pub fn is_one_zone(&self) -> bool {
        self.zones.len() <= 1
    }

    /// The stretches by the clock of a channel's brand.
    pub fn of_channel(&self, atlas: &Atlas, channel: u16) -> &[Stretch] {
        let zone = atlas.brand_of(channel).map(|it| it.zone);
        let found = self
            .zones
            .iter()
            .find(|(it, _)| self.is_one_zone() || Some(*it) == zone);
        found.map_or(&[], |(_, stretches)| stretches.as_slice())
    }

    /// The hour of the week in which a row opened.
    pub fn hour_of(&self, atlas: &Atlas, row: &Row) -> Option<u8> {
        let stretches = self.of_channel(atlas, row.channel);
        let after = stretches.partition_point(|it| it.0 <= row.opened);
        let &(_, until, hour) = stretches.get(after.checked_sub(1)?)?;
        (row.opened < until).then_some(hour)
    }
}

fn stretches(zone: Tz, begin: i64, end: i64) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut at = begin;
    while at < end {
        let Some(instant) = Utc.timestamp_millis_opt(at).single() else {
            break;
        };
        let local = instant.with_timezone(&zone);
        let into_hour = i64::from(local.minute() * 60 + local.second()) * 1000
            + i64::from(instant.timestamp_subsec_millis());
        // A zone changes its offset on a full minute of its own; asking again every hour is
        // enough, because the hours of a day that has a change are still cut at full hours.
        let next = (at - into_hour + 3_600_000).min(end);
        let hour = local.weekday().num_days_from_monday() * 24 + local.hour();
        stretches.push((at, next, hour as u8));
        at = next;
    }
    stretches
}
