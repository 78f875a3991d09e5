//! The two invented brands: their accounts, rules, topics, teams and agents.

use super::{
    chance::Numbers,
    texts::{AIRLINE, Lore, TELECOM},
};
use crate::{
    backend::{
        Result,
        engine::atlas::shifts,
        store::{Tx, brands},
    },
    domain::{
        brand::{Brand, Policies, PolicyVersion, Targets, in_force},
        calendar::{Calendar, DatedException, Interval, Shift, Timetable},
        ids::{PolicyId, TopicId},
        network::{Channel, ChannelSource, Network},
        sundown::SundownPolicy,
        time::Instant,
    },
};
use chrono::{Days, Timelike};
use chrono_tz::Tz;

/// The airline's key.
pub const FAIRLARK: &str = "fairlark";
/// The telecom's key.
pub const WRENFIELD: &str = "wrenfield";

/// Where both desks stand.
const ZONE: Tz = chrono_tz::Europe::London;

/// What is fixed about an invented brand.
#[derive(Debug)]
pub struct Role {
    /// Its key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its accounts, each with its share of the complaints.
    pub accounts: &'static [(Network, &'static str, u32)],
    /// Its topics: key and name.
    pub topics: &'static [(&'static str, &'static str)],
    /// Who answers.
    pub agents: &'static [&'static str],
    /// What is said to it and by it.
    pub lore: Lore,
    /// Languages that its customers write, by weight.
    pub languages: &'static [(&'static str, u32)],
    /// Complaints on an ordinary day.
    pub per_day: f64,
    /// How much slower than the airline it answers.
    pub slowness: f64,
}

const ROLES: [Role; 2] = [
    Role {
        key: FAIRLARK,
        name: "Fairlark Air",
        accounts: &[
            (Network::Bluesky, "fairlark.example", 26),
            (Network::Mastodon, "care@fairlark.example", 12),
            (Network::X, "FairlarkCare", 28),
            (Network::Facebook, "fairlark.air", 16),
            (Network::Instagram, "fairlark.air", 10),
            (Network::Email, "care@fairlark.example", 8),
        ],
        topics: &[
            ("baggage", "Baggage"),
            ("rebooking", "Rebooking"),
            ("refund", "Refunds"),
            ("gate-delays", "Gate and delays"),
            ("seats", "Seats"),
            ("app", "App"),
        ],
        agents: &["Leo", "Maya", "Tui", "Ines", "Ravi", "Marta"],
        lore: AIRLINE,
        languages: &[
            ("en", 70),
            ("de", 6),
            ("fr", 6),
            ("es", 5),
            ("pt", 4),
            ("ja", 3),
            ("ar", 3),
            ("pl", 3),
        ],
        per_day: 21.0,
        slowness: 1.0,
    },
    Role {
        key: WRENFIELD,
        name: "Wrenfield Mobile",
        accounts: &[
            (Network::X, "WrenfieldHelp", 30),
            (Network::Facebook, "wrenfield.mobile", 28),
            (Network::Mastodon, "help@wrenfield.example", 12),
            (Network::Bluesky, "wrenfield.example", 18),
            (Network::Instagram, "wrenfield.mobile", 6),
            (Network::Email, "help@wrenfield.example", 10),
        ],
        topics: &[
            ("coverage", "Coverage and outages"),
            ("billing", "Billing"),
            ("roaming", "Roaming"),
            ("router", "Router and broadband"),
            ("contract", "Contract"),
            ("porting", "Porting"),
        ],
        agents: &["Sam", "Anjali", "Ffion", "Tomasz", "Grace"],
        lore: TELECOM,
        languages: &[
            ("en", 84),
            ("pl", 5),
            ("pt", 4),
            ("de", 2),
            ("es", 3),
            ("fr", 2),
        ],
        per_day: 14.0,
        slowness: 1.2,
    },
];

/// One invented brand with everything that is needed to tell about it.
#[derive(Debug)]
pub struct House {
    /// What is fixed about it.
    pub role: &'static Role,
    /// The brand.
    pub brand: Brand,
    /// Its rules.
    pub rules: Policies,
    /// Its calendars, with those that followed each other.
    pub shifts: Vec<Shift<Tz>>,
    /// Its desk's zone.
    pub zone: Tz,
    /// Its accounts.
    pub channels: Vec<Channel>,
}

impl House {
    /// The brand's account on a network, or its first one.
    pub fn channel(&self, network: Network) -> &Channel {
        self.channels
            .iter()
            .find(|it| it.network == network)
            .unwrap_or(&self.channels[0])
    }

    /// The account with an id, or the first one.
    pub fn channel_of(&self, id: crate::domain::ids::ChannelId) -> &Channel {
        self.channels
            .iter()
            .find(|it| it.id == id)
            .unwrap_or(&self.channels[0])
    }

    /// Whole staffed seconds between two instants.
    pub fn business_s(&self, from: Instant, until: Instant) -> i64 {
        Timetable::lay_out_shifts(&self.shifts, from, until)
            .seconds_between(from.timestamp_millis(), until.timestamp_millis())
    }

    /// Whether somebody sits at the desk.
    pub fn is_staffed(&self, at: Instant) -> bool {
        Timetable::lay_out_shifts(&self.shifts, at, at).is_staffed(at.timestamp_millis())
    }

    /// The local hour and the day of the week, counted from Monday.
    pub fn local(&self, at: Instant) -> (u32, u32) {
        use chrono::Datelike;
        let local = at.with_timezone(&self.zone);
        (local.hour(), local.weekday().num_days_from_monday())
    }
}

/// Both brands.
#[derive(Debug)]
pub struct World {
    /// The airline and the telecom.
    pub houses: Vec<House>,
    /// When the demo was filled: its month ends here.
    pub anchor: Instant,
}

impl World {
    /// The brands with new ids, as they are before they are kept.
    pub fn fresh(seed: u64, anchor: Instant) -> Self {
        let mut numbers = Numbers::seeded(seed);
        let began = anchor - Days::new(60);
        let houses = ROLES
            .iter()
            .map(|role| {
                let brand = Brand {
                    id: numbers.next(began),
                    key: role.key.to_owned(),
                    name: role.name.to_owned(),
                    zone: ZONE.name().to_owned(),
                };
                let channels = role
                    .accounts
                    .iter()
                    .map(|&(network, handle, _)| Channel {
                        id: numbers.next(began),
                        brand: brand.id,
                        network,
                        handle: handle.to_owned(),
                        source: ChannelSource::Demo,
                    })
                    .collect();
                let rules = rules(role, anchor);
                let shift = Shift {
                    since: began,
                    zone: ZONE,
                    calendar: rules.calendar.clone(),
                };
                House {
                    role,
                    shifts: vec![shift],
                    rules,
                    zone: ZONE,
                    brand,
                    channels,
                }
            })
            .collect();
        Self { houses, anchor }
    }

    /// The brands as the database knows them; `None` when they aren't there.
    pub async fn load(tx: &mut Tx, anchor: Instant, now: Instant) -> Result<Option<Self>> {
        let known = brands::list(tx).await?;
        let channels = brands::channels(tx).await?;
        let mut houses = Vec::new();
        for role in &ROLES {
            let Some(brand) = known.iter().find(|it| it.key == role.key).cloned() else {
                return Ok(None);
            };
            let own: Vec<_> = channels
                .iter()
                .filter(|it| it.brand == brand.id)
                .cloned()
                .collect();
            if own.is_empty() {
                return Ok(None);
            }
            houses.push(House {
                role,
                zone: brand.zone.parse().unwrap_or(ZONE),
                rules: rules(role, anchor),
                shifts: Vec::new(),
                brand,
                channels: own,
            });
        }
        let mut world = Self { houses, anchor };
        world.follow_rules(tx, now).await?;
        Ok(Some(world))
    }

    /// Takes the rules that are in force now.
    pub async fn follow_rules(&mut self, tx: &mut Tx, now: Instant) -> Result<()> {
        let versions = brands::policies(tx).await?;
        for house in &mut self.houses {
            let own: Vec<PolicyVersion> = versions
                .iter()
                .filter(|(brand, _)| *brand == house.brand.id)
                .map(|(_, version)| version.clone())
                .collect();
            house.shifts = shifts(&own, house.zone);
            if let Some(version) = in_force(&own, now) {
                house.rules = version.policies.clone();
            }
        }
        Ok(())
    }

    /// Keeps the brands, their rules, accounts and topics.
    pub async fn keep(&self, tx: &mut Tx, seed: u64) -> Result<()> {
        let began = self.anchor - Days::new(60);
        let mut numbers = Numbers::seeded(seed ^ 1);
        for house in &self.houses {
            brands::insert(tx, &house.brand, began).await?;
            let version = PolicyVersion {
                version: 1,
                since: began,
                zone: None,
                policies: house.rules.clone(),
            };
            let policy: PolicyId = numbers.next(began);
            brands::insert_policy(tx, policy, house.brand.id, &version).await?;
            for channel in &house.channels {
                brands::insert_channel(tx, channel, began).await?;
            }
            for (key, name) in house.role.topics {
                let topic: TopicId = numbers.next(began);
                brands::insert_topic(tx, topic, house.brand.id, key, name).await?;
            }
        }
        Ok(())
    }

    /// The airline.
    pub fn airline(&self) -> &House {
        &self.houses[0]
    }

    /// The telecom.
    pub fn telecom(&self) -> &House {
        &self.houses[1]
    }
}

/// A brand's rules. The telecom's desk has one day off in the month: its stocktaking.
fn rules(role: &Role, anchor: Instant) -> Policies {
    let hours = |from: u32, until: u32| {
        vec![Interval {
            from_minute: from * 60,
            until_minute: until * 60,
        }]
    };
    let is_airline = role.key == FAIRLARK;
    let calendar = if is_airline {
        Calendar {
            week: std::array::from_fn(|_| hours(6, 23)),
            exceptions: Vec::new(),
        }
    } else {
        let date = anchor.with_timezone(&ZONE).date_naive() - Days::new(9);
        Calendar {
            week: std::array::from_fn(|day| if day < 6 { hours(8, 20) } else { Vec::new() }),
            exceptions: vec![DatedException {
                date,
                intervals: hours(8, 12),
                name: "Move to the new office".to_owned(),
            }],
        }
    };
    let (first_response_s, next_response_s) = if is_airline {
        (15 * 60, 60 * 60)
    } else {
        (30 * 60, 120 * 60)
    };
    Policies {
        sundown: SundownPolicy {
            cut_off_minute: 18 * 60,
            last_call_minutes: 60,
            ..SundownPolicy::default()
        },
        targets: Targets {
            first_response_s,
            next_response_s,
            ..Targets::default()
        },
        calendar,
    }
}
