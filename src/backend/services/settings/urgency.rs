//! What makes a case urgent: a field for each part's points.

use super::plain::faulty;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        store::{self, Tx},
    },
    domain::{
        case::Case,
        forms::{Fault, Form, Reader, values::number},
        ids::CaseId,
        question::{Question, Which},
        settings::plain::{PlainPreview, PreviewRow},
        time::{Instant, from_ms},
        urgency::{Score, Situation, Weights, weigh},
    },
};
use std::collections::HashMap;

/// So many open cases are looked at: the newest.
const LOOKED_AT: usize = 500;
/// So many of the most urgent are shown.
const SHOWN: usize = 15;

pub async fn filled(tx: &mut Tx) -> Result<Form> {
    let (_, weights) = store::weights::newest(tx).await?;
    let mut form = Form::default();
    for (field, ..) in Weights::PARTS {
        form.set(*field, weights.get(field).to_string());
    }
    Ok(form)
}

fn read(form: &Form) -> Result<Weights, Vec<Fault>> {
    let mut reader = Reader::new(form);
    let mut weights = Weights::default();
    for (field, ..) in Weights::PARTS {
        if let Some(points) = reader.read(field, |it| number(it, 0, 100, "points")) {
            weights.set(field, u32::try_from(points).unwrap_or(0));
        }
    }
    reader.finish(Some(weights))
}

pub async fn preview(ctx: &Ctx, tx: &mut Tx, form: &Form) -> Result<PlainPreview> {
    let weights = match read(form) {
        Ok(weights) => weights,
        Err(faults) => return Ok(faulty(faults)),
    };
    let now = ctx.clock.now();
    let (_, current) = store::weights::newest(tx).await?;
    let situations = open(ctx, tx, now).await?;
    let before = ranked(&situations, &current);
    let after = ranked(&situations, &weights);
    let places: HashMap<CaseId, usize> = before
        .iter()
        .zip(1..)
        .map(|((id, _), place)| (*id, place))
        .collect();
    let moved = after
        .iter()
        .zip(1..)
        .filter(|((id, _), place)| places.get(id) != Some(place))
        .count();
    let shown: Vec<i64> = after.iter().take(SHOWN).map(|(id, _)| id.get()).collect();
    let mut names = store::summaries::customers(tx, &shown).await?;
    let rows = after
        .iter()
        .zip(1..)
        .take(SHOWN)
        .map(|((id, score), place)| {
            let was = places.get(id).copied().unwrap_or(place);
            PreviewRow {
                title: names.remove(&id.get()).unwrap_or_default(),
                href: Some(format!("/cases/{id}")),
                mark: match was {
                    was if was == place => format!("{place}, as before"),
                    was => format!("{place}, was {was}"),
                },
                text: explained(score),
            }
        });
    Ok(PlainPreview {
        rows: rows.collect(),
        notes: vec![format!(
            "The most urgent of {} open cases by these points; {moved} of them change their place.",
            after.len()
        )],
        ..PlainPreview::default()
    })
}

/// Open cases that wait for somebody, with what is known about them.
async fn open(ctx: &Ctx, tx: &mut Tx, now: Instant) -> Result<Vec<(CaseId, Situation)>> {
    let snapshot = ctx.engine.snapshot(tx, now).await?;
    let ids = snapshot.list(&Question::everything(now), None, Which::OpenNow);
    let ids: Vec<CaseId> = ids
        .iter()
        .take(LOOKED_AT)
        .map(|id| CaseId::from(*id))
        .collect();
    let cases: Vec<Case> = store::cases::find_all(tx, &ids).await?;
    let promises: HashMap<i64, (i64, Option<i64>)> = store::weights::promises(tx)
        .await?
        .into_iter()
        .map(|(case, broken, perishes)| (case, (broken, perishes)))
        .collect();
    let known = cases.iter().map(|case| {
        let (broken, perishes) = promises.get(&case.id.get()).copied().unwrap_or_default();
        let broken = u32::try_from(broken).unwrap_or(0);
        (
            case.id,
            Situation::of(case, broken, perishes.map(from_ms), now),
        )
    });
    Ok(known.collect())
}

/// Most urgent first; the older of two with the same points before the other.
fn ranked(situations: &[(CaseId, Situation)], weights: &Weights) -> Vec<(CaseId, Score)> {
    let mut ranked: Vec<(CaseId, Score)> = situations
        .iter()
        .map(|(id, it)| (*id, weigh(weights, it)))
        .collect();
    ranked.sort_by_key(|(id, score)| (std::cmp::Reverse(score.points), *id));
    ranked
}

fn explained(score: &Score) -> String {
    let parts: Vec<String> = score
        .parts
        .iter()
        .map(|(name, points)| format!("{} +{points}", name.to_lowercase()))
        .collect();
    if parts.is_empty() {
        "0 points".to_owned()
    } else {
        format!("{}: {}", score.points, parts.join(", "))
    }
}

pub async fn save(ctx: &Ctx, tx: &mut Tx, form: &Form) -> Result<Result<(), Vec<Fault>>> {
    let after = match read(form) {
        Ok(weights) => weights,
        Err(faults) => return Ok(Err(faults)),
    };
    let (version, before) = store::weights::newest(tx).await?;
    if after != before {
        store::weights::insert(tx, version + 1, &after, ctx.clock.now()).await?;
    }
    Ok(Ok(()))
}
