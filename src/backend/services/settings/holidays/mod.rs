//! Holidays from a file: read and kept for a day, chosen from, and put into a brand's calendar.

mod ical;

use super::{
    brand_of,
    policies::{self, Changed},
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{self, Tx},
    },
    domain::{
        brand::Brand,
        calendar::{Calendar, DatedException},
        forms::Form,
        person::Viewer,
        settings::policies::HolidayFile,
    },
};
use chrono::{Datelike, TimeDelta};
use chrono_tz::Tz;

/// Bytes that a file may have.
pub const FILE_BYTES: usize = 512 * 1024;
/// Files that wait for somebody to choose, for all brands together.
const FILES: i64 = 50;

/// Reads a file and keeps what it says; returns under which number. A file that can't be read is
/// kept as what is wrong with it, so that the page can say so.
pub async fn take_in(
    ctx: &Ctx,
    viewer: &Viewer,
    form: &Form,
    name: &str,
    bytes: Vec<u8>,
) -> Result<i64> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    let (_, brand) = brand_of(&mut tx, viewer, form).await?;
    store::holidays::forget_before(&mut tx, now - TimeDelta::days(1)).await?;
    if store::holidays::count(&mut tx).await? >= FILES {
        return Err(Error::Unusable(
            "Too many holiday files wait for somebody to choose from them. Finish one, or come back tomorrow.".to_owned(),
        ));
    }
    let zone: Tz = brand.zone.parse().unwrap_or(Tz::UTC);
    let name: String = name
        .chars()
        .filter(|it| !it.is_control())
        .take(80)
        .collect();
    let read = tokio::task::spawn_blocking(move || {
        let (from, until) = ical::span(now, zone);
        match String::from_utf8(bytes) {
            Ok(text) => ical::read(&text, zone, from, until),
            Err(why) => {
                let good = &why.as_bytes()[..why.utf8_error().valid_up_to()];
                let line = good.iter().filter(|it| **it == b'\n').count() + 1;
                Err(format!(
                    "Line {line} isn't UTF-8 text. Save the file as UTF-8 and try again."
                ))
            }
        }
    })
    .await
    .map_err(|why| Error::Task(why.to_string()))?;
    let (read, fault) = match read {
        Ok(read) => (read, None),
        Err(fault) => (ical::Read::default(), Some(fault)),
    };
    let file = HolidayFile {
        id: ctx.ids.next::<crate::domain::ids::PolicyId>(now).get(),
        name,
        holidays: read.holidays,
        left_out: read.left_out,
        fault,
    };
    store::holidays::insert(&mut tx, brand.id, &file, now).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// The file that a page's address names, with what the calendar knows already.
pub async fn find(
    tx: &mut Tx,
    brand: &Brand,
    calendar: &Calendar,
    form: &Form,
) -> Result<Option<HolidayFile>> {
    let Ok(id) = form.get("holidays").parse() else {
        return Ok(None);
    };
    let mut found = store::holidays::find(tx, brand.id, id).await?;
    if let Some(file) = &mut found {
        for it in &mut file.holidays {
            it.is_known = calendar
                .exceptions
                .iter()
                .any(|known| known.date == it.date);
        }
    }
    Ok(found)
}

/// Makes a new version of a brand's rules with the ticked days (`h.N`) of a file as exceptions.
/// A day that has an exception already gets the file's instead.
pub async fn choose(ctx: &Ctx, viewer: &Viewer, form: &Form) -> Result<Changed> {
    let mut tx = ctx.store.read().await?;
    let (_, brand) = brand_of(&mut tx, viewer, form).await?;
    let file = find(&mut tx, &brand, &Calendar::default(), form)
        .await?
        .ok_or(Error::Missing)?;
    drop(tx);
    let ticked: Vec<_> = (0..)
        .zip(file.holidays)
        .filter(|(place, _): &(u32, _)| form.is_ticked(&format!("h.{place}")))
        .map(|(_, it)| it)
        .collect();
    let changed = policies::change_calendar(ctx, viewer, form, |calendar| {
        for it in &ticked {
            let day = it.date.weekday().num_days_from_monday() as usize;
            let intervals = match it.closed {
                Some(closed) => ical::without(&calendar.week[day], closed),
                None => Vec::new(),
            };
            calendar.exceptions.retain(|known| known.date != it.date);
            calendar.exceptions.push(DatedException {
                date: it.date,
                intervals,
                name: it.name.clone(),
            });
        }
        calendar.exceptions.sort_by_key(|it| it.date);
    })
    .await?;
    if matches!(changed, Changed::Saved(_)) {
        let mut tx = ctx.store.write().await?;
        store::holidays::remove(&mut tx, file.id).await?;
        tx.commit().await?;
    }
    Ok(changed)
}
