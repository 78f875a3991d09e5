//! Names and rules around the columns: brands, channels, topics, zones and timetables.

use crate::{
    backend::store::{self, Tx},
    domain::{
        brand::{Brand, Policies, PolicyVersion, in_force},
        calendar::{Calendar, Shift, Timetable},
        ids::{BrandId, ChannelId},
        network::Channel,
        question::Filter,
        time::{Instant, from_ms},
    },
};
use chrono::TimeDelta;
use chrono_tz::Tz;
use std::{collections::HashMap, sync::Arc};

/// A brand with everything its figures need.
#[derive(Clone, Debug)]
pub struct BrandEntry {
    /// The brand.
    pub brand: Brand,
    /// Its zone; UTC where the name is unknown.
    pub zone: Tz,
    /// Every version of its rules, oldest first.
    pub versions: Vec<PolicyVersion>,
    /// Its business time, laid out; the same one for all brands that share it.
    pub timetable: Arc<Timetable>,
}

/// Everything that has a name.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    /// By key.
    pub brands: Vec<BrandEntry>,
    /// From when on business time is laid out.
    since: Option<Instant>,
    /// With the place of their brand in `brands`; a row's channel is a place in here.
    pub channels: Vec<(Channel, usize)>,
    /// Topic words; a row's topic is a place in here, counted from 1 (0 is none).
    pub topics: Vec<String>,
    /// Names of topics by word.
    pub topic_names: HashMap<String, String>,
    timetables: Vec<Arc<Timetable>>,
    channel_places: HashMap<ChannelId, u16>,
    topic_places: HashMap<String, u16>,
}

impl BrandEntry {
    /// Its rules in force at an instant; the usual ones where there are none.
    pub fn rules_at(&self, at: Instant) -> Policies {
        in_force(&self.versions, at)
            .map(|it| it.policies.clone())
            .unwrap_or_default()
    }
}

/// The calendars of a brand's versions, each by the wall clock of its time; the usual calendar
/// where there are none.
pub fn shifts(versions: &[PolicyVersion], zone: Tz) -> Vec<Shift<Tz>> {
    if versions.is_empty() {
        return vec![Shift {
            since: from_ms(0),
            zone,
            calendar: Calendar::default(),
        }];
    }
    versions
        .iter()
        .map(|it| Shift {
            since: it.since,
            zone: it
                .zone
                .as_deref()
                .and_then(|it| it.parse().ok())
                .unwrap_or(zone),
            calendar: it.policies.calendar.clone(),
        })
        .collect()
}

/// Each timetable once.
fn timetables_of(brands: &[BrandEntry]) -> Vec<Arc<Timetable>> {
    let mut all: Vec<Arc<Timetable>> = Vec::new();
    for brand in brands {
        if !all.iter().any(|it| Arc::ptr_eq(it, &brand.timetable)) {
            all.push(Arc::clone(&brand.timetable));
        }
    }
    all
}

impl Atlas {
    /// Reads what has a name. Business time is laid out from `since` until two years after `now`.
    pub async fn read(tx: &mut Tx, since: Instant, now: Instant) -> store::Result<Self> {
        let brands = Self::brands(tx, since, now).await?;
        let places: HashMap<BrandId, usize> = brands
            .iter()
            .enumerate()
            .map(|(place, it)| (it.brand.id, place))
            .collect();
        let channels: Vec<(Channel, usize)> = store::brands::channels(tx)
            .await?
            .into_iter()
            .filter_map(|channel| Some((places.get(&channel.brand).copied()?, channel)))
            .map(|(place, channel)| (channel, place))
            .collect();
        let topic_names = store::brands::topics(tx).await?.into_iter().collect();
        Ok(Self {
            topic_names,
            since: Some(since),
            ..Self::of(brands, channels)
        })
    }

    /// The same places with names and rules as they stand now; `None` when there are other brands.
    pub async fn read_rules(&self, tx: &mut Tx, now: Instant) -> store::Result<Option<Self>> {
        let brands = Self::brands(tx, self.since.unwrap_or(now), now).await?;
        let ids = |brands: &[BrandEntry]| brands.iter().map(|it| it.brand.id).collect::<Vec<_>>();
        if ids(&brands) != ids(&self.brands) {
            return Ok(None);
        }
        let topic_names = store::brands::topics(tx).await?.into_iter().collect();
        Ok(Some(Self {
            timetables: timetables_of(&brands),
            brands,
            topic_names,
            ..self.clone()
        }))
    }

    async fn brands(tx: &mut Tx, since: Instant, now: Instant) -> store::Result<Vec<BrandEntry>> {
        let mut rules: HashMap<BrandId, Vec<PolicyVersion>> = HashMap::new();
        for (brand, version) in store::brands::policies(tx).await? {
            rules.entry(brand).or_default().push(version);
        }
        let (from, until) = (since - TimeDelta::days(8), now + TimeDelta::days(731));
        let mut laid_out: Vec<(Vec<Shift<Tz>>, Arc<Timetable>)> = Vec::new();
        let mut brands = Vec::new();
        for brand in store::brands::list(tx).await? {
            let zone: Tz = brand.zone.parse().unwrap_or(Tz::UTC);
            let versions = rules.remove(&brand.id).unwrap_or_default();
            let shifts = shifts(&versions, zone);
            let known = laid_out.iter().find(|(it, _)| *it == shifts);
            let timetable = match known {
                Some((_, timetable)) => Arc::clone(timetable),
                None => {
                    let timetable = Arc::new(Timetable::lay_out_shifts(&shifts, from, until));
                    laid_out.push((shifts, Arc::clone(&timetable)));
                    timetable
                }
            };
            brands.push(BrandEntry {
                brand,
                zone,
                versions,
                timetable,
            });
        }
        Ok(brands)
    }

    /// An atlas of brands and their channels, without topics.
    pub fn of(brands: Vec<BrandEntry>, channels: Vec<(Channel, usize)>) -> Self {
        let channel_places = channels
            .iter()
            .enumerate()
            .map(|(place, it)| (it.0.id, place as u16))
            .collect();
        Self {
            timetables: timetables_of(&brands),
            brands,
            channels,
            channel_places,
            ..Self::default()
        }
    }

    /// A channel's place; `None` when it came after this atlas was read.
    pub fn channel_place(&self, id: ChannelId) -> Option<u16> {
        self.channel_places.get(&id).copied()
    }

    /// A topic's place; a new word gets the next one.
    pub fn topic_place(&mut self, topic: Option<&str>) -> u16 {
        let Some(topic) = topic else { return 0 };
        if let Some(place) = self.topic_places.get(topic) {
            return *place;
        }
        self.topics.push(topic.to_owned());
        let place = self.topics.len() as u16;
        self.topic_places.insert(topic.to_owned(), place);
        place
    }

    /// A known topic's place.
    pub fn find_topic(&self, topic: &str) -> Option<u16> {
        self.topic_places.get(topic).copied()
    }

    /// The brand of a channel's place.
    pub fn brand_of(&self, channel: u16) -> Option<&BrandEntry> {
        self.brands.get(self.channels.get(channel as usize)?.1)
    }

    /// Staffed seconds between two instants by the desk behind a channel.
    pub fn business_s(&self, channel: u16, from_ms: i64, until_ms: i64) -> i64 {
        self.brand_of(channel)
            .map_or(0, |it| it.timetable.seconds_between(from_ms, until_ms))
    }

    /// No desk was staffed for longer between two instants.
    pub fn longest_business_s(&self, from_ms: i64, until_ms: i64) -> i64 {
        let tables = self.timetables.iter();
        let lengths = tables.map(|it| it.seconds_between(from_ms, until_ms));
        lengths.max().unwrap_or(0)
    }

    /// An instant from which every desk has been staffed for at least so many seconds until
    /// another; `None` when some desk never was.
    pub fn business_ago(&self, until_ms: i64, seconds: i64) -> Option<i64> {
        let milliseconds = seconds.checked_mul(1000)?;
        let tables = self.timetables.iter();
        let each: Option<Vec<i64>> = tables
            .map(|it| it.instant_before(until_ms, milliseconds))
            .collect();
        each?.into_iter().min()
    }

    /// What people call a topic.
    pub fn topic_name(&self, topic: &str) -> String {
        self.topic_names
            .get(topic)
            .cloned()
            .unwrap_or_else(|| topic.to_owned())
    }

    /// The zone that all brands of a filter share; `None` when they differ or there are none.
    pub fn common_zone(&self, filter: &Filter) -> Option<Tz> {
        let mut zones = self
            .brands
            .iter()
            .filter(|it| filter.admits_brand(it.brand.id, &it.brand.key))
            .map(|it| it.zone);
        let first = zones.next()?;
        zones.all(|it| it == first).then_some(first)
    }
}

/// The first instant of the minute-exact span that a timetable has to cover for some rows.
pub fn earliest(opened_at: Option<i64>, now: Instant) -> Instant {
    opened_at.map_or(now, from_ms).min(now)
}
