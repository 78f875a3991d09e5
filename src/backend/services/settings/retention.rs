//! How long posts' texts are kept after their case was closed, and the daily purge.
//!
//! Only texts go. Times, authors, events and all that figures are made of stay, so no figure
//! changes.

use super::plain::faulty;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        store::{self, Tx},
    },
    domain::{
        brand::Brand,
        forms::{Fault, Form, Reader, values::number},
        settings::plain::PlainPreview,
        time::Instant,
    },
};
use chrono::TimeDelta;

/// Texts that one transaction empties, so that others get their turn.
const BATCH: i64 = 2000;

pub async fn filled(tx: &mut Tx, brand: &Brand) -> Result<Form> {
    let days = store::retention::find(tx, brand.id).await?;
    let mut form = Form::default();
    form.set("days", days.map_or(String::new(), |it| it.to_string()));
    Ok(form)
}

fn read(form: &Form) -> Result<Option<i64>, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let days = reader.read_if_there("days", |it| number(it, 7, 36_500, "days"));
    reader.finish(Some(days))
}

fn before(days: i64, now: Instant) -> Instant {
    now - TimeDelta::days(days)
}

pub async fn preview(ctx: &Ctx, tx: &mut Tx, brand: &Brand, form: &Form) -> Result<PlainPreview> {
    let days = match read(form) {
        Ok(days) => days,
        Err(faults) => return Ok(faulty(faults)),
    };
    let mut notes = Vec::new();
    match days {
        None => notes.push("Texts are kept for ever.".to_owned()),
        Some(days) => {
            let at = before(days, ctx.clock.now());
            let (posts, cases) = store::retention::count(tx, brand.id, at).await?;
            notes.push(format!(
                "Today this concerns {posts} posts in {cases} cases that were closed more than {days} days ago. Their texts are emptied within a day after you save, and can't be brought back."
            ));
            notes.push(
                "Their times, authors and outcomes stay, so every figure stays as it is."
                    .to_owned(),
            );
        }
    }
    Ok(PlainPreview {
        notes,
        ..PlainPreview::default()
    })
}

pub async fn save(tx: &mut Tx, brand: &Brand, form: &Form) -> Result<Result<(), Vec<Fault>>> {
    match read(form) {
        Ok(days) => {
            store::retention::save(tx, brand.id, days).await?;
            Ok(Ok(()))
        }
        Err(faults) => Ok(Err(faults)),
    }
}

/// Empties every text that is older than its brand keeps them; returns how many.
pub async fn purge(ctx: &Ctx) -> Result<u64> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let mut due = Vec::new();
    for brand in store::brands::list(&mut tx).await? {
        if let Some(days) = store::retention::find(&mut tx, brand.id).await? {
            due.push((brand, before(days, now)));
        }
    }
    drop(tx);
    let mut all = 0;
    for (brand, at) in due {
        loop {
            let mut tx = ctx.store.write().await?;
            let purged = store::retention::purge(&mut tx, brand.id, at, now, BATCH).await?;
            tx.commit().await?;
            all += purged;
            if purged == 0 {
                break;
            }
        }
    }
    Ok(all)
}
