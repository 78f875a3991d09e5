//! Cases as lists show them.

use super::{
    error::{Result, StoreError, word},
    tx::{Tx, id_list, on},
};
use crate::domain::{board::CaseSummary, ids::CaseId, network::Network, time::from_ms};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;

/// As many letters of the first post as two lines hold.
const EXCERPT: usize = 200;

const COLUMNS: &str = "
    select c.id, b.name as brand, ch.network, ch.handle as channel, cu.name as customer,
           coalesce((select h.handle from handles h
                     where  h.customer_id = c.customer_id
                     order  by h.id limit 1), cu.name) as handle,
           c.reach,
           coalesce((select p.body from posts p
                     where  p.case_id = c.id and p.actor = 'customer'
                     order  by p.published_at, p.id limit 1), '') as body,
           (select p.language from posts p
            where  p.case_id = c.id and p.actor = 'customer'
            order  by p.published_at, p.id limit 1) as language,
           c.topic, c.origin, c.status, c.outcome, c.tone_last, c.opened_at, c.first_answer_at,
           c.resolved_at, c.due_at, c.due_kind, c.chasers, c.posts, c.thanked_at, c.excluded_at
    from   cases c
    join   brands b on b.id = c.brand_id
    join   channels ch on ch.id = c.channel_id
    join   customers cu on cu.id = c.customer_id";

#[derive(FromRow)]
struct SummaryRow {
    id: i64,
    brand: String,
    network: String,
    channel: String,
    customer: String,
    handle: String,
    reach: i64,
    body: String,
    language: Option<String>,
    topic: Option<String>,
    origin: String,
    status: String,
    outcome: Option<String>,
    tone_last: String,
    opened_at: i64,
    first_answer_at: Option<i64>,
    resolved_at: Option<i64>,
    due_at: Option<i64>,
    due_kind: Option<String>,
    chasers: i64,
    posts: i64,
    thanked_at: Option<i64>,
    excluded_at: Option<i64>,
}

impl TryFrom<SummaryRow> for CaseSummary {
    type Error = StoreError;

    fn try_from(row: SummaryRow) -> Result<Self> {
        let id = row.id;
        let network: Network = word("channels", "network", id, &row.network)?;
        Ok(Self {
            id: id.into(),
            brand: row.brand,
            network: network.label().to_owned(),
            channel: format!("{network}/{}", row.channel),
            customer: row.customer,
            handle: row.handle,
            reach: row.reach,
            excerpt: excerpt(&row.body),
            language: row.language,
            topic: row.topic,
            origin: word("cases", "origin", id, &row.origin)?,
            status: word("cases", "status", id, &row.status)?,
            outcome: row
                .outcome
                .map(|it| word("cases", "outcome", id, &it))
                .transpose()?,
            tone: word("cases", "tone_last", id, &row.tone_last)?,
            opened_at: from_ms(row.opened_at),
            first_answer_at: row.first_answer_at.map(from_ms),
            resolved_at: row.resolved_at.map(from_ms),
            due_at: row.due_at.map(from_ms),
            due_kind: row
                .due_kind
                .map(|it| word("cases", "due_kind", id, &it))
                .transpose()?,
            chasers: i32::try_from(row.chasers).unwrap_or(i32::MAX),
            posts: i32::try_from(row.posts).unwrap_or(i32::MAX),
            thanked: row.thanked_at.is_some(),
            excluded: row.excluded_at.is_some(),
        })
    }
}

/// The beginning of a text, cut between words where that is possible.
fn excerpt(body: &str) -> String {
    let flat = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = flat.char_indices().nth(EXCERPT) else {
        return flat;
    };
    let head = &flat[..cut];
    let head = head
        .rsplit_once(' ')
        .filter(|(it, _)| it.len() * 2 > cut)
        .map_or(head, |it| it.0);
    format!("{head}…")
}

/// Some cases as lists show them, in the order asked for; those that are gone are left out.
pub async fn of(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<CaseSummary>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let list = id_list(cases.iter().map(|id| id.get()));
    let sql = format!("{COLUMNS}\n    where  c.id in {list}");
    let rows: Vec<SummaryRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let summary = CaseSummary::try_from(row)?;
        found.insert(summary.id, summary);
    }
    Ok(cases.iter().filter_map(|id| found.remove(id)).collect())
}

/// The names of some cases' customers.
pub async fn customers(tx: &mut Tx, cases: &[i64]) -> Result<HashMap<i64, String>> {
    let list = id_list(cases.iter().copied());
    let sql = format!(
        "select c.id, cu.name from cases c join customers cu on cu.id = c.customer_id where c.id in {list}"
    );
    let rows: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_words() {
        let long = "word ".repeat(80);
        let cut = excerpt(&long);
        assert!(cut.ends_with("word…"));
        assert!(cut.chars().count() <= EXCERPT + 1);
        assert_eq!(excerpt("short\n\ttext"), "short text");
        assert!(excerpt(&"あ".repeat(500)).chars().count() == EXCERPT + 1);
    }
}
