//! Learning from what the team has corrected, off the threads that answer requests.
//!
//! Every fifth post is held out: no model ever learns from it, and a new one is kept only where it
//! agrees with those no worse than the one in force.

use super::refresh;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{
            self,
            triage::{Lesson as Row, Version},
        },
    },
    domain::{
        case::{Kind, Tone},
        ids::PostId,
        triage::{
            Model,
            evidence::Evidence,
            score::macro_f1,
            training::{Lesson, train},
        },
    },
};
use std::sync::Arc;

/// So many new corrections make it worth while.
const ENOUGH: i64 = 20;
/// So many are learned from: the newest.
const MOST: i64 = 10_000;
/// One post in so many is held out.
const HELD_OUT: u64 = 5;

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Learned {
    /// There are only so many new corrections.
    NotYet {
        /// How many.
        new: i64,
    },
    /// A model was made, and perhaps kept.
    Tried(Version),
}

/// Learns a new model when there is enough to learn from; `at_once` learns from whatever there is.
/// Takes up what other processes have learned meanwhile. To be called every few minutes.
pub async fn retrain(ctx: &Ctx, at_once: bool) -> Result<Learned> {
    refresh(ctx).await?;
    let mut tx = ctx.store.read().await?;
    let newest = store::triage::versions(&mut tx, 1).await?.pop();
    let since = newest.as_ref().map_or(0.into(), |it| it.last);
    let new = store::triage::count_since(&mut tx, since).await?;
    if new == 0 || (new < ENOUGH && !at_once) {
        return Ok(Learned::NotYet { new });
    }
    let rows = store::triage::lessons(&mut tx, MOST).await?;
    // Also those whose posts say nothing any more: they are no reason to try again.
    let last = store::triage::last(&mut tx).await?;
    drop(tx);
    if rows.is_empty() {
        return Ok(Learned::NotYet { new: 0 });
    }
    let current = ctx.triage.model();
    let number = newest.map_or(1, |it| it.version + 1);
    let made = tokio::task::spawn_blocking(move || learn(&rows, number, &current))
        .await
        .map_err(|why| Error::Task(why.to_string()))?;
    let version = Version {
        version: number,
        made_at: ctx.clock.now(),
        last,
        lessons: made.lessons,
        held_out: made.held_out,
        score: made.score,
        score_before: made.score_before,
        kept: made.score >= made.score_before,
    };
    let body = if version.kept {
        made.model.pack()
    } else {
        String::new()
    };
    let mut tx = ctx.store.write().await?;
    if store::triage::insert_version(&mut tx, &version, &body).await? && version.kept {
        store::triage::empty_older(&mut tx, number).await?;
    }
    tx.commit().await?;
    // The model as it was kept, or what somebody else has made at the same time.
    refresh(ctx).await?;
    Ok(Learned::Tried(version))
}

/// Whether no model ever learns from a post. Ids of one import follow a pattern, so they are
/// scattered first.
pub fn is_held_out(post: PostId) -> bool {
    let scattered = post
        .get()
        .cast_unsigned()
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (scattered >> 32).is_multiple_of(HELD_OUT)
}

struct Made {
    model: Model,
    lessons: i64,
    held_out: i64,
    score: i64,
    score_before: i64,
}

fn learn(rows: &[Row], version: i32, current: &Arc<Model>) -> Made {
    let (held_out, learned): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|it| is_held_out(it.post));
    let lessons: Vec<Lesson> = learned
        .iter()
        .map(|it| Lesson {
            evidence: Evidence::of(&super::composed(&it.text)),
            tone: Some(it.tone),
            kind: Some(it.kind),
        })
        .collect();
    let model = train(&lessons, version);
    let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX);
    Made {
        lessons: count(learned.len()),
        held_out: count(held_out.len()),
        score: score(&model, &held_out),
        score_before: score(current, &held_out),
        model,
    }
}

/// How well a model agrees with people on both questions, in thousandths.
fn score(model: &Model, held_out: &[&Row]) -> i64 {
    let (mut kinds, mut tones) = (Vec::new(), Vec::new());
    for row in held_out {
        let (kind, tone) = model.kind_and_tone(&super::composed(&row.text));
        kinds.push((row.kind, kind));
        tones.push((row.tone, tone));
    }
    let mean = f64::midpoint(macro_f1(Kind::ALL, &kinds), macro_f1(Tone::ALL, &tones));
    (mean * 1000.0).round() as i64
}
