//! What decides where a case stands in the Inbox.

use super::{
    error::{Result, word},
    tx::{Tx, id_list, on},
};
use crate::domain::{
    case::{Ball, Exclusion, Kind, Outcome, Status, Tone},
    ids::{BrandId, CaseId, PersonId, TeamId},
    time::{Instant, from_ms},
};
use sqlx::{AssertSqlSafe, FromRow};

/// One case, as far as the Inbox' order and views need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub id: CaseId,
    pub brand: BrandId,
    pub kind: Kind,
    pub status: Status,
    pub ball: Ball,
    pub outcome: Option<Outcome>,
    pub opened_at: Instant,
    pub unanswered_since: Option<Instant>,
    pub first_answer_at: Option<Instant>,
    pub sundown_at: Option<Instant>,
    pub target_s: i64,
    pub next_target_s: Option<i64>,
    pub promise_due_at: Option<Instant>,
    pub due_at: Option<Instant>,
    pub reach: i64,
    pub tone_first: Tone,
    pub tone_last: Tone,
    pub joiners: i32,
    pub chasers: i32,
    pub exclusion: Option<Exclusion>,
    pub owner: Option<PersonId>,
    pub team: Option<TeamId>,
    pub snoozed_until: Option<Instant>,
    /// The team that it was offered to and that hasn't taken it.
    pub offered_to: Option<String>,
}

const COLUMNS: &str = "
    select c.id, c.brand_id, c.kind, c.status, c.ball, c.outcome, c.opened_at, c.unanswered_since,
           c.first_answer_at, c.sundown_at, c.target_s, c.next_target_s, c.promise_due_at, c.due_at,
           c.reach, c.tone_first, c.tone_last, c.joiners, c.chasers, c.exclusion,
           w.owner_id, w.team_id, w.snoozed_until,
           (select h.to_team from hand_offs h
            where  h.case_id = c.id and h.accepted_at is null and h.returned_at is null
            order  by h.offered_at desc limit 1) as offered_to
    from   cases c
    left   join case_work w on w.case_id = c.id
    where  c.merged_into is null and (c.status = 'open' or c.outcome = 'claimed')";

#[derive(FromRow)]
struct StandingRow {
    id: i64,
    brand_id: i64,
    kind: String,
    status: String,
    ball: String,
    outcome: Option<String>,
    opened_at: i64,
    unanswered_since: Option<i64>,
    first_answer_at: Option<i64>,
    sundown_at: Option<i64>,
    target_s: i64,
    next_target_s: Option<i64>,
    promise_due_at: Option<i64>,
    due_at: Option<i64>,
    reach: i64,
    tone_first: String,
    tone_last: String,
    joiners: i64,
    chasers: i64,
    exclusion: Option<String>,
    owner_id: Option<i64>,
    team_id: Option<i64>,
    snoozed_until: Option<i64>,
    offered_to: Option<String>,
}

impl TryFrom<StandingRow> for Standing {
    type Error = super::StoreError;

    fn try_from(row: StandingRow) -> Result<Self> {
        let id = row.id;
        Ok(Self {
            id: id.into(),
            brand: row.brand_id.into(),
            kind: word("cases", "kind", id, &row.kind)?,
            status: word("cases", "status", id, &row.status)?,
            ball: word("cases", "ball", id, &row.ball)?,
            outcome: row
                .outcome
                .map(|it| word("cases", "outcome", id, &it))
                .transpose()?,
            opened_at: from_ms(row.opened_at),
            unanswered_since: row.unanswered_since.map(from_ms),
            first_answer_at: row.first_answer_at.map(from_ms),
            sundown_at: row.sundown_at.map(from_ms),
            target_s: row.target_s,
            next_target_s: row.next_target_s,
            promise_due_at: row.promise_due_at.map(from_ms),
            due_at: row.due_at.map(from_ms),
            reach: row.reach,
            tone_first: word("cases", "tone_first", id, &row.tone_first)?,
            tone_last: word("cases", "tone_last", id, &row.tone_last)?,
            joiners: i32::try_from(row.joiners).unwrap_or(i32::MAX),
            chasers: i32::try_from(row.chasers).unwrap_or(i32::MAX),
            exclusion: row
                .exclusion
                .map(|it| word("cases", "exclusion", id, &it))
                .transpose()?,
            owner: row.owner_id.map(Into::into),
            team: row.team_id.map(Into::into),
            snoozed_until: row.snoozed_until.map(from_ms),
            offered_to: row.offered_to,
        })
    }
}

/// All cases that wait for somebody or something.
pub async fn all(tx: &mut Tx) -> Result<Vec<Standing>> {
    let rows: Vec<StandingRow> = on!(tx, |db| sqlx::query_as(COLUMNS).fetch_all(db).await)?;
    rows.into_iter().map(Standing::try_from).collect()
}

/// Those of some cases that wait for somebody or something.
pub async fn of(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<Standing>> {
    let list = id_list(cases.iter().map(|it| it.get()));
    let sql = format!("{COLUMNS} and c.id in {list}");
    let rows: Vec<StandingRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(Standing::try_from).collect()
}
