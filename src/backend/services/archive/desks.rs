//! The brands that archives talk to: their accounts, rules and staffed hours.

use crate::{
    backend::{
        engine::atlas::shifts,
        ids::Ids,
        store::{self, Tx, archive::NETWORK, brands},
    },
    domain::{
        archive::NO_BRAND,
        brand::{Brand, Policies, PolicyVersion, in_force},
        calendar::{Shift, Timetable},
        ids::{BrandId, ChannelId},
        network::{Channel, ChannelSource},
        time::{Instant, from_ms},
    },
};
use chrono_tz::Tz;
use std::collections::{HashMap, HashSet};

/// One brand with its archive account.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Whose.
    pub brand: BrandId,
    /// Its account in the archives.
    pub channel: ChannelId,
    /// Where its clock stands.
    pub zone: Tz,
    /// Its rules, oldest first; never empty.
    versions: Vec<PolicyVersion>,
    /// Their calendars.
    pub shifts: Vec<Shift<Tz>>,
}

impl Desk {
    /// The rules in force at an instant; before the first version, that one.
    pub fn rules_at(&self, at: Instant) -> Option<&Policies> {
        in_force(&self.versions, at).map(|it| &it.policies)
    }
}

/// All desks by their brands' keys.
#[derive(Debug, Default)]
pub struct Desks {
    desks: HashMap<String, Desk>,
    channels: HashSet<i64>,
}

impl Desks {
    /// Reads what is in the store. Done anew for every transaction: others may add brands too.
    pub async fn load(tx: &mut Tx) -> store::Result<Self> {
        let mut versions: HashMap<BrandId, Vec<PolicyVersion>> = HashMap::new();
        for (brand, version) in brands::policies(tx).await? {
            versions.entry(brand).or_default().push(version);
        }
        let channels: HashMap<BrandId, Channel> = brands::channels(tx)
            .await?
            .into_iter()
            .filter(|it| it.source == ChannelSource::Archive && it.network == NETWORK)
            .map(|it| (it.brand, it))
            .collect();
        let mut desks = Self {
            channels: channels.values().map(|it| it.id.get()).collect(),
            desks: HashMap::new(),
        };
        for brand in brands::list(tx).await? {
            let channel = channels
                .get(&brand.id)
                .map_or_else(ChannelId::default, |it| it.id);
            let zone = brand.zone.parse().unwrap_or(Tz::UTC);
            let versions = versions.remove(&brand.id).unwrap_or_default();
            desks.desks.insert(
                brand.key,
                Desk {
                    brand: brand.id,
                    channel,
                    zone,
                    shifts: shifts(&versions, zone),
                    versions,
                },
            );
        }
        Ok(desks)
    }

    /// Whether a post that came through a channel came from an archive.
    pub fn is_archive(&self, channel: i64) -> bool {
        self.channels.contains(&channel)
    }

    /// Makes sure that there is a desk of each key, with an archive account and rules.
    pub async fn found(
        &mut self,
        tx: &mut Tx,
        ids: &Ids,
        now: Instant,
        keys: impl Iterator<Item = &str>,
    ) -> store::Result<()> {
        for key in keys {
            match self.desks.get(key) {
                Some(desk) if desk.channel != ChannelId::default() && !desk.versions.is_empty() => {
                    continue;
                }
                _ => {}
            }
            let mut desk = match self.desks.remove(key) {
                Some(desk) => desk,
                None => found_brand(tx, ids, now, key).await?,
            };
            if desk.versions.is_empty() {
                let version = PolicyVersion {
                    version: 1,
                    since: from_ms(0),
                    zone: None,
                    policies: Policies::default(),
                };
                brands::insert_policy(tx, ids.next(now), desk.brand, &version).await?;
                desk.versions.push(version);
                desk.shifts = shifts(&desk.versions, desk.zone);
            }
            if desk.channel == ChannelId::default() {
                let channel = Channel {
                    id: ids.next(now),
                    brand: desk.brand,
                    network: NETWORK,
                    handle: key.to_owned(),
                    source: ChannelSource::Archive,
                };
                brands::insert_channel(tx, &channel, now).await?;
                self.channels.insert(channel.id.get());
                desk.channel = channel.id;
            }
            self.desks.insert(key.to_owned(), desk);
        }
        Ok(())
    }

    /// A desk by its brand's key.
    pub fn get(&self, key: &str) -> Option<&Desk> {
        self.desks.get(key)
    }
}

async fn found_brand(tx: &mut Tx, ids: &Ids, now: Instant, key: &str) -> store::Result<Desk> {
    let brand = Brand {
        id: ids.next(now),
        key: key.to_owned(),
        name: if key == NO_BRAND {
            "Nobody in particular".to_owned()
        } else {
            key.to_owned()
        },
        zone: "UTC".to_owned(),
    };
    brands::insert(tx, &brand, now).await?;
    Ok(Desk {
        brand: brand.id,
        channel: ChannelId::default(),
        zone: Tz::UTC,
        versions: Vec::new(),
        shifts: Vec::new(),
    })
}

/// Staffed hours, laid out once for all desks that share them.
#[derive(Debug, Default)]
pub struct Timetables(Vec<Sheet>);

#[derive(Debug)]
struct Sheet {
    shifts: Vec<Shift<Tz>>,
    from: i64,
    until: i64,
    table: Timetable,
}

impl Timetables {
    /// Whole staffed seconds between two instants, which may be swapped.
    pub fn seconds_between(&mut self, shifts: &[Shift<Tz>], from: i64, until: i64) -> i64 {
        let (low, high) = (from.min(until), from.max(until));
        let place = self.0.iter().position(|it| it.shifts == shifts);
        let place = match place {
            Some(place) if self.0[place].from <= low && high <= self.0[place].until => place,
            Some(place) => {
                let sheet = &self.0[place];
                let wider =
                    Sheet::lay_out(shifts.to_vec(), low.min(sheet.from), high.max(sheet.until));
                self.0[place] = wider;
                place
            }
            None => {
                self.0.push(Sheet::lay_out(shifts.to_vec(), low, high));
                self.0.len() - 1
            }
        };
        self.0[place].table.seconds_between(from, until)
    }
}

impl Sheet {
    /// With a year to spare on both sides, so that it is seldom laid out again.
    fn lay_out(shifts: Vec<Shift<Tz>>, from: i64, until: i64) -> Self {
        const YEAR: i64 = 365 * 24 * 3600 * 1000;
        let (from, until) = (from - YEAR, until + YEAR);
        Self {
            table: Timetable::lay_out_shifts(&shifts, from_ms(from), from_ms(until)),
            shifts,
            from,
            until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staffed_time_is_the_same_however_wide_the_hours_were_laid_out() {
        let usual = shifts(&[], Tz::UTC);
        let day = 24 * 3600 * 1000;
        // Thursday the 1st of January 1970, nine to five.
        let (nine, ten) = (9 * 3600 * 1000, 10 * 3600 * 1000);
        let mut tables = Timetables::default();
        assert_eq!(tables.seconds_between(&usual, nine, ten), 3600);
        assert_eq!(tables.seconds_between(&usual, ten, nine), -3600);
        let far = 4000 * day;
        assert!(tables.seconds_between(&usual, nine, far) > 3600);
        assert_eq!(tables.seconds_between(&usual, nine, ten), 3600);
        assert_eq!(tables.0.len(), 1);
    }
}
