//! When the sun sets: the equations of NOAA's solar calculator.
//!
//! Good to about a minute between the polar circles, for the upper edge of the sun at a level
//! horizon with the usual refraction (90.833° from the zenith). Where the sun doesn't set on a day
//! or doesn't rise, the answer is midnight after or before it, for the caller to clamp.

use super::calendar::instant_of;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta, TimeZone};
use serde::{Deserialize, Serialize};

/// A place on earth, in whole ten-thousandths of a degree: about ten metres.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What people call it.
    pub name: String,
    /// North is positive.
    pub latitude_e4: i32,
    /// East is positive.
    pub longitude_e4: i32,
}

impl Place {
    /// A place by its degrees; `None` where there is no such latitude or longitude.
    pub fn new(name: &str, latitude: f64, longitude: f64) -> Option<Self> {
        let is_there = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        is_there.then(|| Self {
            name: name.to_owned(),
            latitude_e4: (latitude * 1e4).round() as i32,
            longitude_e4: (longitude * 1e4).round() as i32,
        })
    }

    fn latitude(&self) -> f64 {
        f64::from(self.latitude_e4) / 1e4
    }

    fn longitude(&self) -> f64 {
        f64::from(self.longitude_e4) / 1e4
    }
}

/// What the sun does on a day at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Evening {
    /// It sets, so many minutes after midnight UTC.
    Sets(f64),
    /// It stays up.
    StaysUp,
    /// It stays down.
    StaysDown,
}

/// The minute after local midnight of a date at which the sun sets: negative or beyond 1440 where
/// the clocks are far from the sun; 2880 when it doesn't set, −1440 when it doesn't rise.
pub fn sunset_minute<Z: TimeZone>(place: &Place, zone: &Z, date: NaiveDate) -> i64 {
    // The sunset nearest to the evening by the wall clock: near the date line the sun's date and
    // the clock's are not the same.
    let evening = instant_of(zone, date, 18 * 60);
    let midnight = date.and_time(NaiveTime::MIN);
    let days = [date - Days::new(1), date, date + Days::new(1)];
    let sunsets = days
        .into_iter()
        .filter_map(|day| match evening_of(place, day) {
            Evening::Sets(minutes) => {
                let at = day.and_time(NaiveTime::MIN).and_utc()
                    + TimeDelta::seconds((minutes * 60.0).round() as i64);
                Some(at)
            }
            Evening::StaysUp | Evening::StaysDown => None,
        });
    let nearest = sunsets.min_by_key(|at| (*at - evening).abs());
    match nearest.filter(|at| (*at - evening).abs() <= TimeDelta::hours(13)) {
        Some(at) => {
            let local = at.with_timezone(zone).naive_local();
            ((local - midnight).num_seconds() + 30).div_euclid(60)
        }
        None if evening_of(place, date) == Evening::StaysDown => -1440,
        None => 2880,
    }
}

fn evening_of(place: &Place, date: NaiveDate) -> Evening {
    let noon = 720.0 - 4.0 * place.longitude();
    // The sun moves on during the day: the first answer says when to look again.
    match sunset_seen_at(place, date, noon) {
        Evening::Sets(minutes) => sunset_seen_at(place, date, minutes),
        other => other,
    }
}

/// The sunset of a date with the sun where it stands at a minute of that date (UTC).
fn sunset_seen_at(place: &Place, date: NaiveDate, minute: f64) -> Evening {
    // Days since noon of the 1st of January 2000.
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    let days = (date - epoch).num_days() as f64 - 0.5 + minute / 1440.0;
    let t = days / 36_525.0;
    let mean_longitude = (280.466_46 + t * (36_000.769_83 + t * 0.000_303_2)).rem_euclid(360.0);
    let anomaly = (357.529_11 + t * (35_999.050_29 - 0.000_153_7 * t)).to_radians();
    let eccentricity = 0.016_708_634 - t * (0.000_042_037 + 0.000_000_126_7 * t);
    let centre = anomaly.sin() * (1.914_602 - t * (0.004_817 + 0.000_014 * t))
        + (2.0 * anomaly).sin() * (0.019_993 - 0.000_101 * t)
        + (3.0 * anomaly).sin() * 0.000_289;
    let node = (125.04 - 1934.136 * t).to_radians();
    let longitude = (mean_longitude + centre - 0.005_69 - 0.004_78 * node.sin()).to_radians();
    let mean_tilt =
        23.0 + (26.0 + (21.448 - t * (46.815 + t * (0.000_59 - t * 0.001_813))) / 60.0) / 60.0;
    let tilt = (mean_tilt + 0.002_56 * node.cos()).to_radians();
    let declination = (tilt.sin() * longitude.sin()).asin();

    let y = (tilt / 2.0).tan().powi(2);
    let l = mean_longitude.to_radians();
    let equation_of_time = 4.0
        * (y * (2.0 * l).sin() - 2.0 * eccentricity * anomaly.sin()
            + 4.0 * eccentricity * y * anomaly.sin() * (2.0 * l).cos()
            - 0.5 * y * y * (4.0 * l).sin()
            - 1.25 * eccentricity * eccentricity * (2.0 * anomaly).sin())
        .to_degrees();

    let latitude = place.latitude().to_radians();
    let cosine = 90.833_f64.to_radians().cos() / (latitude.cos() * declination.cos())
        - latitude.tan() * declination.tan();
    if cosine < -1.0 {
        Evening::StaysUp
    } else if cosine > 1.0 {
        Evening::StaysDown
    } else {
        let half_day = cosine.acos().to_degrees();
        Evening::Sets(720.0 - 4.0 * (place.longitude() - half_day) - equation_of_time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{TZ_VARIANTS, Tz};
    use proptest::prelude::*;

    fn place(latitude: f64, longitude: f64) -> Place {
        Place::new("there", latitude, longitude).expect("a place")
    }

    fn minute(it: &Place, zone: Tz, date: &str) -> i64 {
        sunset_minute(it, &zone, date.parse().expect("a date"))
    }

    /// From the tables “December solstice” and “June solstice” of Wikipedia (their sources: the
    /// almanac of the Finnish Meteorological Institute and timeanddate.com), and, for Reykjavík in
    /// 2025 and 2026, from the Icelandic Met Office.
    const PUBLISHED: &[(f64, f64, Tz, &str, i64, i64)] = &[
        (51.5074, -0.1278, Tz::Europe__London, "2015-12-22", 15, 53),
        (52.5200, 13.4050, Tz::Europe__Berlin, "2015-12-22", 15, 54),
        (48.8566, 2.3522, Tz::Europe__Paris, "2015-12-22", 16, 56),
        (40.4168, -3.7038, Tz::Europe__Madrid, "2015-12-22", 17, 51),
        (41.9028, 12.4964, Tz::Europe__Rome, "2015-12-22", 16, 42),
        (30.0444, 31.2357, Tz::Africa__Cairo, "2015-12-22", 16, 59),
        (60.1699, 24.9384, Tz::Europe__Helsinki, "2022-12-21", 15, 12),
        (59.9139, 10.7522, Tz::Europe__Oslo, "2022-12-21", 15, 11),
        (
            64.1466,
            -21.9426,
            Tz::Atlantic__Reykjavik,
            "2022-12-21",
            15,
            29,
        ),
        (
            64.1466,
            -21.9426,
            Tz::Atlantic__Reykjavik,
            "2025-12-21",
            15,
            30,
        ),
        (
            64.1466,
            -21.9426,
            Tz::Atlantic__Reykjavik,
            "2026-01-01",
            15,
            44,
        ),
        (
            61.2181,
            -149.9003,
            Tz::America__Anchorage,
            "2011-06-21",
            23,
            42,
        ),
        (
            21.3069,
            -157.8583,
            Tz::Pacific__Honolulu,
            "2011-06-21",
            19,
            16,
        ),
        (35.6762, 139.6503, Tz::Asia__Tokyo, "2011-06-21", 19, 0),
        (
            40.7128,
            -74.0060,
            Tz::America__New_York,
            "2011-06-21",
            20,
            30,
        ),
    ];

    #[test]
    fn sunsets_are_those_that_almanacs_print() {
        for &(latitude, longitude, zone, date, hour, printed) in PUBLISHED {
            let found = minute(&place(latitude, longitude), zone, date);
            let off = found - (hour * 60 + printed);
            assert!(off.abs() <= 2, "{zone} on {date} is {off} minutes off");
        }
    }

    #[test]
    fn the_sun_of_tromso_stays_up_in_june_and_down_in_december() {
        let tromso = place(69.6492, 18.9553);
        assert_eq!(minute(&tromso, Tz::Europe__Oslo, "2026-06-21"), 2880);
        assert_eq!(minute(&tromso, Tz::Europe__Oslo, "2026-12-21"), -1440);
    }

    #[test]
    fn a_sun_that_sets_after_midnight_still_belongs_to_its_day() {
        let reykjavik = place(64.1466, -21.9426);
        let after = minute(&reykjavik, Tz::Atlantic__Reykjavik, "2026-06-21");
        assert!((1440..1450).contains(&after), "{after}");
    }

    #[test]
    fn beyond_the_date_line_the_evening_is_the_clocks() {
        // Kiritimati is 14 hours ahead of UTC where the sun is more than ten behind it.
        let kiritimati = place(1.8721, -157.4278);
        let found = minute(&kiritimati, Tz::Pacific__Kiritimati, "2026-03-20");
        assert!((18 * 60..19 * 60 + 30).contains(&found), "{found}");
    }

    #[test]
    fn a_place_is_on_the_globe() {
        assert_eq!(Place::new("nowhere", 91.0, 0.0), None);
        assert_eq!(Place::new("nowhere", 0.0, -180.5), None);
        assert_eq!(Place::new("nowhere", f64::NAN, 0.0), None);
    }

    proptest! {
        #[test]
        fn every_day_everywhere_has_an_answer(
            zone in prop::sample::select(TZ_VARIANTS.to_vec()),
            latitude in -90.0_f64..=90.0,
            longitude in -180.0_f64..=180.0,
            day in 0_u64..20_000,
        ) {
            let date = NaiveDate::default() + Days::new(day);
            let minute = sunset_minute(&place(latitude, longitude), &zone, date);
            prop_assert!((-1440..=2880).contains(&minute), "{minute}");
        }
    }
}
