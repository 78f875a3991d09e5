//! The facts that figures are computed from, read for the metric engine.

use super::{
    error::{Result, word},
    tx::{Tx, id_list, on},
};
use crate::domain::{facts::CaseFacts, ids::CaseId};
use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, FromRow};

const COLUMNS: &str = "
    id, brand_id, channel_id, origin, topic, opened_at, seen_at, first_answer_at,
    first_answer_business_s, sundown_at, target_s, resolved_at, asked_at, confirmed_at,
    disputed_at, thanked_at, excluded_at, exclusion, due_at, reach, episode";

#[derive(FromRow)]
struct FactsRow {
    id: i64,
    brand_id: i64,
    channel_id: i64,
    origin: String,
    topic: Option<String>,
    opened_at: i64,
    seen_at: i64,
    first_answer_at: Option<i64>,
    first_answer_business_s: Option<i64>,
    sundown_at: Option<i64>,
    target_s: i64,
    resolved_at: Option<i64>,
    asked_at: Option<i64>,
    confirmed_at: Option<i64>,
    disputed_at: Option<i64>,
    thanked_at: Option<i64>,
    excluded_at: Option<i64>,
    exclusion: Option<String>,
    due_at: Option<i64>,
    reach: i64,
    episode: i64,
}

impl FactsRow {
    fn into_facts(self) -> Result<CaseFacts> {
        let excluded = match (self.excluded_at, &self.exclusion) {
            (Some(at), Some(why)) => Some((at, word("cases", "exclusion", self.id, why)?)),
            _ => None,
        };
        Ok(CaseFacts {
            id: self.id.into(),
            brand: self.brand_id.into(),
            channel: self.channel_id.into(),
            origin: word("cases", "origin", self.id, &self.origin)?,
            topic: self.topic,
            opened_at: self.opened_at,
            seen_at: self.seen_at,
            first_answer_at: self.first_answer_at,
            first_answer_business_s: self.first_answer_business_s,
            sundown_at: self.sundown_at,
            target_s: self.target_s,
            resolved_at: self.resolved_at,
            asked_at: self.asked_at,
            confirmed_at: self.confirmed_at,
            disputed_at: self.disputed_at,
            thanked_at: self.thanked_at,
            excluded,
            due_at: self.due_at,
            reach: self.reach,
            episode: self.episode,
        })
    }
}

/// Hands every case's facts to `take`, one after the other, without holding them all.
pub async fn each(tx: &mut Tx, mut take: impl FnMut(CaseFacts)) -> Result<()> {
    let sql = format!("select {COLUMNS} from cases");
    on!(tx, |db| {
        let mut rows = sqlx::query_as::<_, FactsRow>(AssertSqlSafe(sql)).fetch(db);
        while let Some(row) = rows.try_next().await? {
            take(row.into_facts()?);
        }
    });
    Ok(())
}

/// The facts of some cases.
pub async fn of(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<CaseFacts>> {
    let mut facts = Vec::with_capacity(cases.len());
    for some in cases.chunks(2000) {
        let list = id_list(some.iter().map(|id| id.get()));
        let sql = format!("select {COLUMNS} from cases where id in {list}");
        let rows: Vec<FactsRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
        for row in rows {
            facts.push(row.into_facts()?);
        }
    }
    Ok(facts)
}

/// Resolutions that didn't hold: case, resolved, reopened; by case and time.
pub async fn reopenings(tx: &mut Tx) -> Result<Vec<(i64, i64, i64)>> {
    const REOPENINGS: &str = "
        select before.case_id, before.resolved_at, after.opened_at
        from   episodes before
        join   episodes after
               on after.case_id = before.case_id and after.number = before.number + 1
        where  before.resolved_at is not null
        order  by before.case_id, before.number";
    Ok(on!(tx, |db| sqlx::query_as(REOPENINGS)
        .fetch_all(db)
        .await)?)
}

const FIRST_OPENING: &str = "select min(opened_at) from cases";

/// When the first case of all opened.
pub async fn first_opening(tx: &mut Tx) -> Result<Option<i64>> {
    let (first,): (Option<i64>,) = on!(tx, |db| sqlx::query_as(FIRST_OPENING).fetch_one(db).await)?;
    Ok(first)
}
