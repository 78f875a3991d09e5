//! The Board's whole report: one snapshot, one question, asked in all its cuts.

use super::period::Period;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        engine::{
            open_set::OpenSet,
            rows::Row,
            snapshot::{Snapshot, Texts},
        },
        store::{self, Tx},
    },
    domain::{
        board::{BoardReport, CaseSummary, Choices, Step},
        board_query::BoardQuery,
        ids::CaseId,
        person::Viewer,
        question::{Dimension, Filter, Question},
        time::{Bounds, Instant, from_ms, seconds_between},
        wording::duration,
    },
};
use std::{collections::HashMap, sync::Arc};

/// So many open complaints stand on the Board itself; the rest is one click away.
const OPEN_CASES: usize = 12;

/// Everything the Board shows, as known now, of the brands that somebody may see.
pub async fn report(ctx: &Ctx, viewer: &Viewer, query: &BoardQuery) -> Result<BoardReport> {
    let query = &query.within(&viewer.brands);
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let snapshot = ctx.engine.snapshot(&mut tx, now).await?;
    let texts = texts(&mut tx, &query.filter).await?;
    let is_demo = store::workspace::find(&mut tx, store::workspace::DEMO)
        .await?
        .is_some();
    let drawn = draw(&snapshot, texts.as_ref(), query, now);
    let open = &drawn.open;
    let named: Vec<i64> = open.sky.singles().iter().map(|row| row.id).collect();
    let names = store::summaries::customers(&mut tx, &named).await?;
    let open_cases = first_cases(&mut tx, &open.first).await?;
    Ok(BoardReport {
        horizon: open.sky.draw(|row| label(row, now, &names)),
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
        zone: period.wire_zone(open.earliest.map_or(now, from_ms), now),
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
        is_empty: is_empty(snapshot, &query.filter, now),
        is_demo: false,
    };
    Drawn { report, open }
}

/// Whether there is no case at all, as far as somebody may see.
fn is_empty(snapshot: &Snapshot, filter: &Filter, now: Instant) -> bool {
    if filter.scope.is_none() {
        return snapshot.rows().next().is_none();
    }
    let everything = Question {
        filter: filter.scope_only(),
        ..Question::everything(now)
    };
    snapshot.span(&everything, None).is_none()
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
        let brand = atlas.brands.get(brand).map(|it| &it.brand);
        brand.is_some_and(|it| filter.admits_brand(it.id, &it.key))
    };
    let seen = filter.scope_only();
    let own_topics = seen.scope.is_some().then(|| snapshot.topics(&seen));
    let is_own = |place: u16| own_topics.as_ref().is_none_or(|it| it.contains(&place));
    let mut topics: Vec<(String, String)> = (1..)
        .zip(&atlas.topics)
        .filter(|(place, _)| is_own(*place))
        .map(|(_, word)| (word.clone(), atlas.topic_name(word)))
        .collect();
    topics.sort_by(|a, b| a.1.cmp(&b.1));
    Choices {
        brands: atlas
            .brands
            .iter()
            .filter(|it| seen.admits_brand(it.brand.id, &it.brand.key))
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
    let shown = brands.filter(|it| filter.admits_brand(it.brand.id, &it.brand.key));
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

/// The open complaints that come first: whatever is due soonest, so the longest overdue.
async fn first_cases(tx: &mut Tx, first: &[Row]) -> Result<Vec<CaseSummary>> {
    let ids: Vec<CaseId> = first.iter().map(|row| CaseId::from(row.id)).collect();
    Ok(store::summaries::of(tx, &ids).await?)
}

/// A dot's name: who, and how much time is left.
fn label(row: &Row, now: Instant, names: &HashMap<i64, String>) -> String {
    let left = seconds_between(now.timestamp_millis(), row.due);
    let who = names.get(&row.id).map_or("A customer", String::as_str);
    let length = duration(left.abs());
    match left < 0 {
        true => format!("{who}: {length} late"),
        false => format!("{who}: due in {length}"),
    }
}
