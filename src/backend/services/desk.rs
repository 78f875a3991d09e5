//! A brand's rules, as every change of one of its cases needs them.

use crate::{
    backend::{
        Error, Result,
        engine::atlas::shifts,
        store::{Tx, brands},
    },
    domain::{
        brand::{Brand, Policies, PolicyVersion, in_force},
        calendar::{Shift, Timetable},
        ids::BrandId,
        time::Instant,
    },
};
use chrono_tz::Tz;

/// One brand with its rules.
#[derive(Clone, Debug)]
pub struct Desk {
    /// Whose.
    pub brand: Brand,
    /// Its rules, oldest first.
    versions: Vec<PolicyVersion>,
    /// Their calendars.
    shifts: Vec<Shift<Tz>>,
    /// What holds where nobody has made rules.
    usual: Policies,
}

impl Desk {
    /// Reads a brand's rules.
    ///
    /// # Errors
    /// When there is no such brand.
    pub async fn of(tx: &mut Tx, brand: BrandId) -> Result<Self> {
        let all = brands::list(tx).await?;
        let brand = all.into_iter().find(|it| it.id == brand);
        let brand = brand.ok_or(Error::Missing)?;
        let versions = brands::policies_of(tx, brand.id).await?;
        Ok(Self {
            shifts: shifts(&versions, brand.zone.parse().unwrap_or(Tz::UTC)),
            brand,
            versions,
            usual: Policies::default(),
        })
    }

    /// The rules in force at an instant.
    pub fn rules(&self, at: Instant) -> &Policies {
        in_force(&self.versions, at).map_or(&self.usual, |it| &it.policies)
    }

    /// The zone whose wall clock they are read by.
    pub fn zone(&self, at: Instant) -> Tz {
        in_force(&self.versions, at)
            .and_then(|it| it.zone.as_deref())
            .unwrap_or(&self.brand.zone)
            .parse()
            .unwrap_or(Tz::UTC)
    }

    /// Whole staffed seconds between two instants.
    pub fn business_s(&self, from: Instant, until: Instant) -> i64 {
        Timetable::lay_out_shifts(&self.shifts, from, until)
            .seconds_between(from.timestamp_millis(), until.timestamp_millis())
    }
}
