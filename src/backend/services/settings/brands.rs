//! Brands: rows `b.N.key`, `.name`, `.zone`, `.languages`; a row without a key is a new brand.
//!
//! A change of the zone is a new version of the brand's rules: what was staffed and due before is
//! still read by the old clock.

use super::{
    macros::is_language,
    plain::{faulty, slug},
};
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        store::{self, Tx},
    },
    domain::{
        brand::{Brand, Policies, PolicyVersion},
        forms::{Fault, Form, Reader},
        ids::PolicyId,
        settings::plain::{PlainPreview, PreviewRow},
        time::from_ms,
    },
};
use chrono_tz::{TZ_VARIANTS, Tz};
use std::collections::{HashMap, HashSet};

/// Letters of a name.
const LETTERS: usize = 80;

/// A brand as a row says it; without a key it is new.
struct Row {
    key: Option<String>,
    name: String,
    zone: Tz,
    languages: String,
}

pub async fn filled(tx: &mut Tx) -> Result<Form> {
    let languages: HashMap<i64, String> = store::brands::languages(tx).await?.into_iter().collect();
    let mut form = Form::default();
    for (row, it) in store::brands::list(tx).await?.into_iter().enumerate() {
        let spoken = languages.get(&it.id.get()).cloned().unwrap_or_default();
        form.set(format!("b.{row}.key"), it.key);
        form.set(format!("b.{row}.name"), it.name);
        form.set(format!("b.{row}.zone"), it.zone);
        form.set(format!("b.{row}.languages"), spoken);
    }
    Ok(form)
}

fn read(form: &Form, known: &[Brand]) -> Result<Vec<Row>, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let mut rows = Vec::new();
    let mut keys: HashSet<String> = known.iter().map(|it| it.key.clone()).collect();
    for row in form.rows("b") {
        let field = |name: &str| format!("b.{row}.{name}");
        let [key, name, zone, languages] =
            ["key", "name", "zone", "languages"].map(|it| form.get(&field(it)).to_owned());
        if key.is_empty() && name.is_empty() && zone.is_empty() {
            continue;
        }
        if name.is_empty() || name.chars().count() > LETTERS {
            reader.fault(
                &field("name"),
                format!("Give the brand a name of at most {LETTERS} letters."),
            );
        }
        let key = if key.is_empty() {
            if !keys.insert(slug(&name)) {
                reader.fault(
                    &field("name"),
                    "There is a brand of that name already. Choose another.",
                );
            }
            None
        } else if known.iter().any(|it| it.key == key) {
            Some(key)
        } else {
            reader.fault(&field("name"), "This brand is gone. Open the page again.");
            None
        };
        let languages = languages.replace(',', " ").to_ascii_lowercase();
        let spoken: Vec<&str> = languages.split_whitespace().collect();
        if let Some(odd) = spoken.iter().find(|it| !is_language(it)) {
            reader.fault(
                &field("languages"),
                format!(
                    "“{odd}” isn't a language code. Write two or three letters each, such as en pt."
                ),
            );
        }
        if let Some(zone) = reader.read(&field("zone"), parse_zone) {
            rows.push(Row {
                key,
                name,
                zone,
                languages: spoken.join(" "),
            });
        }
    }
    reader.finish(Some(rows))
}

fn parse_zone(text: &str) -> Result<Tz, String> {
    if let Ok(zone) = text.parse::<Tz>() {
        return Ok(zone);
    }
    let wanted = text.to_ascii_lowercase().replace(' ', "_");
    let alike: Vec<&str> = TZ_VARIANTS
        .iter()
        .map(|it| it.name())
        .filter(|it| wanted.len() > 2 && it.to_ascii_lowercase().contains(&wanted))
        .take(3)
        .collect();
    if alike.is_empty() {
        Err(format!(
            "“{text}” isn't a time zone. Write it as Europe/Lisbon, or UTC."
        ))
    } else {
        Err(format!(
            "“{text}” isn't a time zone. Did you mean {}?",
            alike.join(" or ")
        ))
    }
}

pub async fn preview(ctx: &Ctx, tx: &mut Tx, form: &Form) -> Result<PlainPreview> {
    let known = store::brands::list(tx).await?;
    let rows = match read(form, &known) {
        Ok(rows) => rows,
        Err(faults) => return Ok(faulty(faults)),
    };
    let now = ctx.clock.now();
    let mut notes = Vec::new();
    for row in &rows {
        let before = row
            .key
            .as_ref()
            .and_then(|key| known.iter().find(|it| it.key == *key));
        match before {
            None => notes.push(format!("{} is added, with the usual rules.", row.name)),
            Some(it) if it.zone != row.zone.name() => notes.push(format!(
                "{} reads its rules by {} from now on. What was due and staffed before stays as it was read by {}; days of all figures are drawn by the new clock.",
                row.name,
                row.zone.name(),
                it.zone
            )),
            Some(_) => {}
        }
    }
    let clocks = rows.iter().map(|row| PreviewRow {
        title: row.name.clone(),
        href: None,
        mark: now.with_timezone(&row.zone).format("%a %H:%M").to_string(),
        text: format!("is the time there now ({})", row.zone.name()),
    });
    Ok(PlainPreview {
        rows: clocks.collect(),
        notes,
        ..PlainPreview::default()
    })
}

pub async fn save(ctx: &Ctx, tx: &mut Tx, form: &Form) -> Result<Result<(), Vec<Fault>>> {
    let known = store::brands::list(tx).await?;
    let rows = match read(form, &known) {
        Ok(rows) => rows,
        Err(faults) => return Ok(Err(faults)),
    };
    for row in rows {
        let before = row
            .key
            .as_ref()
            .and_then(|key| known.iter().find(|it| it.key == *key));
        match before {
            None => add(ctx, tx, &row).await?,
            Some(before) => alter(ctx, tx, before, &row).await?,
        }
    }
    store::brands::names_changed(tx).await?;
    Ok(Ok(()))
}

async fn add(ctx: &Ctx, tx: &mut Tx, row: &Row) -> Result<()> {
    let now = ctx.clock.now();
    let after = Brand {
        id: ctx.ids.next(now),
        key: slug(&row.name),
        name: row.name.clone(),
        zone: row.zone.name().to_owned(),
    };
    store::brands::insert(tx, &after, now).await?;
    store::brands::save(tx, &after, &row.languages).await?;
    let version = PolicyVersion {
        version: 1,
        since: from_ms(0),
        zone: None,
        policies: Policies::default(),
    };
    let id: PolicyId = ctx.ids.next(now);
    store::brands::insert_policy(tx, id, after.id, &version).await?;
    Ok(())
}

async fn alter(ctx: &Ctx, tx: &mut Tx, before: &Brand, row: &Row) -> Result<()> {
    let now = ctx.clock.now();
    let after = Brand {
        name: row.name.clone(),
        zone: row.zone.name().to_owned(),
        ..before.clone()
    };
    store::brands::save(tx, &after, &row.languages).await?;
    if after.zone == before.zone {
        return Ok(());
    }
    store::brands::pin_zone(tx, before.id, &before.zone).await?;
    let newest = store::brands::policies_of(tx, before.id).await?.pop();
    let version = PolicyVersion {
        version: newest.as_ref().map_or(1, |it| it.version + 1),
        since: now,
        zone: Some(after.zone.clone()),
        policies: newest.map(|it| it.policies).unwrap_or_default(),
    };
    let id: PolicyId = ctx.ids.next(now);
    store::brands::insert_policy(tx, id, before.id, &version).await?;
    Ok(())
}
