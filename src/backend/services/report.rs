//! The report of the command line: the same question and the same engine as every page.

use crate::{
    backend::{Error, Result, ctx::Ctx, services::board},
    domain::{
        figures::{Figures, Report},
        question::{Dimension, Filter, Question},
        time::Instant,
    },
};
use chrono_tz::Tz;
use serde_json::{Value, json};

/// A question's answer, and the instant as of which it holds.
pub async fn report(ctx: &Ctx, question: &Question, by: Option<Dimension>) -> Result<Report> {
    let mut tx = ctx.store.read().await?;
    let snapshot = ctx.engine.snapshot(&mut tx, ctx.clock.now()).await?;
    know(&snapshot, &question.filter)?;
    let texts = board::texts(&mut tx, &question.filter).await?;
    let zone = snapshot
        .atlas
        .common_zone(&question.filter)
        .unwrap_or(Tz::UTC);
    Ok(snapshot.report(question, texts.as_ref(), by, zone))
}

/// A name that nobody knows is a mistake at a command line, where an empty table would hide it.
fn know(snapshot: &crate::backend::engine::Snapshot, filter: &Filter) -> Result<()> {
    let choices = board::choices(snapshot, &Filter::default());
    let look = |what: &str, flag: &str, name: &Option<String>, among: &[(String, String)]| {
        match name {
            Some(name) if !among.iter().any(|(key, _)| key == name) => {
                Err(Error::Unusable(format!(
                    "There is no {what} “{name}” (given with --{flag}). Run `sundown report --by {flag}` to see which there are."
                )))
            }
            _ => Ok(()),
        }
    };
    look("brand", "brand", &filter.brand, &choices.brands)?;
    look("channel", "channel", &filter.channel, &choices.channels)?;
    look("topic", "topic", &filter.topic, &choices.topics)
}

/// The report as the fixed contract of `--json` wants it.
pub fn as_json(report: &Report, as_of: Instant) -> Value {
    let groups: Vec<Value> = report
        .groups
        .iter()
        .map(|group| {
            let mut row = figures_json(&group.figures);
            if let Some(fields) = row.as_object_mut() {
                fields.insert("key".to_owned(), group.key.clone().into());
            }
            row
        })
        .collect();
    json!({
        "as_of": as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
        "total": figures_json(&report.total),
        "groups": groups,
    })
}

fn figures_json(figures: &Figures) -> Value {
    let first = &figures.first_response;
    json!({
        "cases": figures.cases,
        "answered": figures.answered,
        "waiting": figures.waiting,
        "oldest_waiting_s": figures.oldest_waiting_s,
        "first_response": {
            "n": first.n,
            "p50_s": first.p50_s,
            "p90_s": first.p90_s,
            "p95_s": first.p95_s,
            "km_p50_s": first.km_p50_s,
            "km_p90_s": first.km_p90_s,
        },
    })
}
