//! The Board's whole report: one snapshot, one question, asked in all its cuts.

use super::period::Period;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        engine::{Snapshot, Texts, horizon, rows::Row, snapshot::OpenSet},
        store::{self, Tx},
    },
    domain::{
        board::{BoardReport, CaseSummary, Choices, Step},
        board_query::BoardQuery,
        ids::CaseId,
        question::{Dimension, Filter, Question},
        time::{Bounds, Instant, from_ms, seconds_between},
    },
};
use std::{collections::HashMap, sync::Arc};

/// So many open complaints stand on the Board itself; the rest is one click away.
const OPEN_CASES: usize = 12;

/// Everything the Board shows, as known now.
pub async fn report(ctx: &Ctx, query: &BoardQuery) -> Result<BoardReport> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let snapshot = ctx.engine.snapshot(&mut tx, now).await?;
    let texts = texts(&mut tx, &query.filter).await?;
    let is_demo = store::workspace::find(&mut tx, store::workspace::DEMO)
        .await?
        .is_some();
    let drawn = draw(&snapshot, texts.as_ref(), query, now);
    let open = &drawn.open;
    let named: Vec<i64> = match horizon::is_told_apart(open.recent.len(), open.ancient.count) {
        true => open.recent.iter().map(|row| row.id).collect(),
        false => Vec::new(),
    };
    let names = store::summaries::customers(&mut tx, &named).await?;
    let open_cases = first_cases(&mut tx, &open.first).await?;
    Ok(BoardReport {
        horizon: horizon::draw(
            &open.recent,
            open.ancient.count,
            now.timestamp_millis(),
            |row| label(row, now, &names),
        ),
        open_cases,
        is_demo,
        ..drawn.report
    })
}

/// The ids of the cases in which a filter's text was found.
pub async fn texts(tx: &mut Tx, filter: &Filter) -> Result<Option<Texts>> {
    let Some(text) = &filter.text else {
        return Ok(None);
    };
    let found = store::posts::cases_with_text(tx, text).await?;
    Ok(Some(found.into_iter().map(CaseId::get).collect()))
}

/// What needs no further look into the store.
pub struct Drawn {
    /// The report without names.
    pub report: BoardReport,
    /// What is open.
    pub open: OpenSet,
}

/// Asks the question in all its cuts; pure.
pub fn draw(
    snapshot: &Arc<Snapshot>,
    texts: Option<&Texts>,
    query: &BoardQuery,
    now: Instant,
) -> Drawn {
    let period = Period::of(query, snapshot, texts, now);
    let question = period.question(query, now);
    let open = snapshot.open_set(&question, texts, OPEN_CASES);
    let (grain, edges) = period.steps(now);
    let report = BoardReport {
        as_of: now,
        zone: period.wire_zone(oldest(&open, now), now),
        from: period.from,
        until: period.until,
        previous: period.previous.filter(|_| query.compare),
        choices: choices(snapshot, &query.filter),
        total: snapshot.figures(&question, texts),
        before: before(snapshot, texts, &question, &period).filter(|_| query.compare),
        open: snapshot.open_now(&question, texts, &open),
        series: series(snapshot, texts, &question, &edges),
        grain,
        targets_s: targets(snapshot, &query.filter, now),
        coverage: snapshot.coverage(&question, texts),
        channels: snapshot
            .report(&question, texts, Some(Dimension::Channel), period.zone)
            .groups,
        brands: snapshot
            .report(&question, texts, Some(Dimension::Brand), period.zone)
            .groups,
        horizon: Default::default(),
        open_cases: Vec::new(),
        span: span(snapshot, texts, &question),
        is_empty: snapshot.rows().next().is_none(),
        is_demo: false,
    };
    Drawn { report, open }
}

/// The cohort of the period before, as it was known when that period ended: so both stand at the
/// same age.
fn before(
    snapshot: &Snapshot,
    texts: Option<&Texts>,
    question: &Question,
    period: &Period,
) -> Option<crate::domain::figures::Figures> {
    let bounds = period.previous?;
    let question = Question {
        bounds,
        as_of: bounds.until?.min(question.as_of),
        ..question.clone()
    };
    let figures = snapshot.figures(&question, texts);
    (figures.cases + figures.answered > 0).then_some(figures)
}

fn series(
    snapshot: &Snapshot,
    texts: Option<&Texts>,
    question: &Question,
    edges: &[i64],
) -> Vec<Step> {
    let as_of = question.as_of.timestamp_millis();
    let ends: Vec<i64> = edges
        .iter()
        .skip(1)
        .map(|edge| (*edge - 1).min(as_of))
        .collect();
    let open = snapshot.open_at(question, texts, &ends);
    snapshot
        .series(question, texts, edges)
        .into_iter()
        .zip(edges.windows(2))
        .zip(open)
        .map(|(((figures, singles), edge), open_at_end)| Step {
            from: from_ms(edge[0]),
            until: from_ms(edge[1]),
            figures,
            singles,
            open_at_end,
        })
        .collect()
}

/// What filters can be set to.
pub fn choices(snapshot: &Snapshot, filter: &Filter) -> Choices {
    let atlas = &snapshot.atlas;
    let in_brand = |brand: usize| {
        filter.brand.as_ref().is_none_or(|key| {
            atlas
                .brands
                .get(brand)
                .is_some_and(|it| it.brand.key == *key)
        })
    };
    let mut topics: Vec<(String, String)> = atlas
        .topics
        .iter()
        .map(|word| (word.clone(), atlas.topic_name(word)))
        .collect();
    topics.sort_by(|a, b| a.1.cmp(&b.1));
    Choices {
        brands: atlas
            .brands
            .iter()
            .map(|it| (it.brand.key.clone(), it.brand.name.clone()))
            .collect(),
        channels: atlas
            .channels
            .iter()
            .filter(|(_, brand)| in_brand(*brand))
            .map(|(channel, _)| {
                (
                    channel.key(),
                    format!("{} @{}", channel.network.label(), channel.handle),
                )
            })
            .collect(),
        topics,
    }
}

/// The targets of the brands that a filter shows, each once.
fn targets(snapshot: &Snapshot, filter: &Filter, now: Instant) -> Vec<i64> {
    let brands = snapshot.atlas.brands.iter();
    let shown = brands.filter(|it| filter.brand.as_ref().is_none_or(|key| it.brand.key == *key));
    let mut targets: Vec<i64> = shown
        .map(|it| it.rules_at(now).targets.first_response_s)
        .collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn span(snapshot: &Snapshot, texts: Option<&Texts>, question: &Question) -> Option<Bounds> {
    let everything = Question {
        bounds: Bounds::ALWAYS,
        ..question.clone()
    };
    let (first, last) = snapshot.span(&everything, texts)?;
    Some(Bounds::between(from_ms(first), from_ms(last + 1)))
}

fn oldest(open: &OpenSet, now: Instant) -> Instant {
    let recent = open.recent.iter().map(|row| row.opened);
    recent.chain(open.ancient.opened).min().map_or(now, from_ms)
}

/// The open complaints that come first: whatever is due soonest, so the longest overdue.
async fn first_cases(tx: &mut Tx, first: &[Row]) -> Result<Vec<CaseSummary>> {
    let ids: Vec<CaseId> = first.iter().map(|row| CaseId::from(row.id)).collect();
    Ok(store::summaries::of(tx, &ids).await?)
}

/// A dot's name: who, and how much time is left.
fn label(row: &Row, now: Instant, names: &HashMap<i64, String>) -> String {
    let left = seconds_between(now.timestamp_millis(), row.due);
    let who = names.get(&row.id).map_or("A customer", String::as_str);
    let length = words(left.abs());
    match left < 0 {
        true => format!("{who}: {length} late"),
        false => format!("{who}: due in {length}"),
    }
}

/// A length in its two largest units.
fn words(seconds: i64) -> String {
    match seconds {
        ..60 => "less than a minute".to_owned(),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds % 86_400 / 3600),
    }
}
