//! Writing down who changed what, and reading it again.
//!
//! A service that changes something calls [`record`] as the last thing in the transaction of the
//! change: what isn't committed isn't in the log, and nothing is committed without it.

mod changes;

use super::{export, period::wire_zone};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        engine::answers,
        store::{
            Tx,
            audit::{self, Line},
            people,
        },
    },
    domain::{
        audit::{AuditEntry, AuditLine, AuditPage, AuditQuery, Chain, Who},
        person::Viewer,
        time::{Instant, from_ms},
    },
};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use futures_util::{Stream, stream};
use serde::Serialize;
use std::fmt::Display;

pub use crate::backend::store::audit::Verdict;

/// Records a change: who, what (`person.invited`), to what, as it was and as it is now.
///
/// `before` and `after` are whatever tells the change, without secrets; `&()` for nothing.
pub async fn record(
    ctx: &Ctx,
    tx: &mut Tx,
    who: impl Into<Who>,
    action: &str,
    subject: impl Display,
    (before, after): (&impl Serialize, &impl Serialize),
) -> Result<()> {
    let line = Line {
        at: ctx.clock.now(),
        who: &who.into(),
        action,
        subject: &subject.to_string(),
        before: &json(before)?,
        after: &json(after)?,
    };
    audit::append(tx, line).await?;
    Ok(())
}

fn json(it: &impl Serialize) -> Result<String> {
    serde_json::to_string(it).map_err(|why| Error::Task(why.to_string()))
}

/// Reads the whole log again, seal by seal.
pub async fn verify(ctx: &Ctx) -> Result<Verdict> {
    let mut tx = ctx.store.read().await?;
    Ok(audit::verify(&mut tx).await?)
}

/// A page of the log, newest first; only reads.
pub async fn page(ctx: &Ctx, viewer: &Viewer, query: &AuditQuery) -> Result<AuditPage> {
    let now = ctx.clock.now();
    let zone = zone_of(viewer);
    let mut tx = ctx.store.read().await?;
    let most = AuditPage::LINES as i64 + 1;
    let before = query.before.unwrap_or(i64::MAX);
    let mut found = audit::found(&mut tx, query, days(query, zone), before, most).await?;
    let is_more = found.len() > AuditPage::LINES;
    found.truncate(AuditPage::LINES);
    let older = found.last().filter(|_| is_more).map(|it| it.number);
    let people = people::list(&mut tx).await?;
    let first = found.last().map_or(now, |it| it.at);
    let named = |entry: &AuditEntry| {
        let id: i64 = entry.subject.parse().ok()?;
        let person = people.iter().find(|it| it.id.get() == id)?;
        Some(person.name.clone())
    };
    Ok(AuditPage {
        lines: found
            .into_iter()
            .map(|entry| AuditLine {
                subject_name: named(&entry),
                changes: changes::between(&entry.before, &entry.after),
                entry,
            })
            .collect(),
        older,
        people: people.iter().map(|it| (it.id, it.name.clone())).collect(),
        actions: audit::actions(&mut tx).await?,
        zone: wire_zone(zone, first, now),
        now,
        query: query.clone(),
        chain: None,
    })
}

/// Whether the log is as it was written, for the page.
pub async fn chain(ctx: &Ctx) -> Result<Chain> {
    Ok(match verify(ctx).await? {
        Verdict::Whole { lines } => Chain::Whole(lines),
        Verdict::Broken { number } => Chain::Broken(number),
    })
}

fn zone_of(viewer: &Viewer) -> Tz {
    viewer.zone.parse().unwrap_or(Tz::UTC)
}

/// The first instant of the first day, and the first after the last.
fn days(query: &AuditQuery, zone: Tz) -> (Instant, Instant) {
    let midnight = |date: NaiveDate| from_ms(answers::midnight(zone, date));
    let until = query.until.and_then(|it| it.checked_add_days(Days::new(1)));
    (
        query.from.map_or(from_ms(0), midnight),
        until.map_or(from_ms(i64::MAX), midnight),
    )
}

/// How a file of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets: a row a line, cells defused.
    Csv,
    /// For programs: a JSON object a line.
    JsonLines,
}

/// So many lines are read at a time.
const BATCH: i64 = 500;

/// What is searched for as pieces of a file, newest first. Reading isn't a change: it isn't recorded.
pub fn file(
    ctx: Ctx,
    viewer: &Viewer,
    query: AuditQuery,
    format: Format,
) -> impl Stream<Item = Result<Vec<u8>>> + Send + use<> {
    let zone = zone_of(viewer);
    let first = query.before.unwrap_or(i64::MAX);
    stream::try_unfold((Some(first), true), move |(before, is_first)| {
        let (ctx, query) = (ctx.clone(), query.clone());
        async move {
            let Some(before) = before else {
                return Ok(None);
            };
            let mut tx = ctx.store.read().await?;
            let found = audit::found(&mut tx, &query, days(&query, zone), before, BATCH).await?;
            let is_last = (found.len() as i64) < BATCH;
            let next = found.last().filter(|_| !is_last).map(|it| it.number);
            let mut text = Vec::new();
            if is_first && format == Format::Csv {
                text.extend(export::line(export::AUDIT_HEAD.map(str::to_owned))?);
            }
            for entry in &found {
                match format {
                    Format::Csv => text.extend(export::line(export::audit_cells(entry))?),
                    Format::JsonLines => text.extend(json_line(entry)?),
                }
            }
            Ok(Some((text, (next, false))))
        }
    })
}

fn json_line(entry: &AuditEntry) -> Result<Vec<u8>> {
    let parsed = |it: &str| serde_json::from_str(it).unwrap_or(serde_json::Value::Null);
    let line = serde_json::json!({
        "number": entry.number,
        "at": entry.at,
        "person": entry.who.person,
        "name": entry.who.name,
        "address": entry.who.address,
        "action": entry.action,
        "subject": entry.subject,
        "before": parsed(&entry.before),
        "after": parsed(&entry.after),
    });
    let mut text = serde_json::to_vec(&line).map_err(|why| Error::Task(why.to_string()))?;
    text.push(b'\n');
    Ok(text)
}
