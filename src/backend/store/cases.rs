//! Cases as they stand now. A case is saved only together with what happened to it.

use super::{
    error::{Result, StoreError, word},
    events,
    tx::{Tx, Words, id_list, insert_rows, on},
};
use crate::domain::{
    case::{Case, Exclusion},
    event::CaseEvent,
    ids::CaseId,
    time::{Instant, from_ms},
};
use sqlx::{AssertSqlSafe, FromRow};

/// The columns in the order in which they are bound.
const COLUMNS: &str = "
    id, brand_id, channel_id, customer_id, origin, kind, status, ball, priority, topic,
    tone_first, tone_last, opened_at, seen_at, first_answer_at, first_public_answer_at,
    first_answer_business_s, unanswered_since, last_customer_post_at, sundown_at, target_s,
    next_target_s, resolution_target_s, promise_due_at, due_at, due_kind, first_resolved_at, resolved_at, remedy, outcome,
    asked_at, confirmed_at, disputed_at, thanked_at, excluded_at, exclusion, reach,
    joiners, posts, chasers, episode";

/// A case is where its channel is.
const NETWORK: &str =
    "(select network from channels where channels.id = cases.channel_id) as network";

const UPSERT: &str = "
    on conflict (id) do update set
    brand_id = excluded.brand_id, channel_id = excluded.channel_id, customer_id = excluded.customer_id,
    origin = excluded.origin, kind = excluded.kind, status = excluded.status,
    ball = excluded.ball, priority = excluded.priority, topic = excluded.topic,
    tone_first = excluded.tone_first, tone_last = excluded.tone_last,
    opened_at = excluded.opened_at, seen_at = excluded.seen_at,
    first_answer_at = excluded.first_answer_at,
    first_public_answer_at = excluded.first_public_answer_at,
    first_answer_business_s = excluded.first_answer_business_s,
    unanswered_since = excluded.unanswered_since,
    last_customer_post_at = excluded.last_customer_post_at,
    sundown_at = excluded.sundown_at, target_s = excluded.target_s,
    next_target_s = excluded.next_target_s, resolution_target_s = excluded.resolution_target_s,
    promise_due_at = excluded.promise_due_at, due_at = excluded.due_at,
    due_kind = excluded.due_kind, first_resolved_at = excluded.first_resolved_at,
    resolved_at = excluded.resolved_at, remedy = excluded.remedy,
    outcome = excluded.outcome, asked_at = excluded.asked_at,
    confirmed_at = excluded.confirmed_at, disputed_at = excluded.disputed_at,
    thanked_at = excluded.thanked_at, excluded_at = excluded.excluded_at,
    exclusion = excluded.exclusion, reach = excluded.reach, joiners = excluded.joiners,
    posts = excluded.posts, chasers = excluded.chasers, episode = excluded.episode";

#[derive(FromRow)]
struct CaseRow {
    id: i64,
    brand_id: i64,
    channel_id: i64,
    network: String,
    customer_id: i64,
    origin: String,
    kind: String,
    status: String,
    ball: String,
    priority: String,
    topic: Option<String>,
    tone_first: String,
    tone_last: String,
    opened_at: i64,
    seen_at: i64,
    first_answer_at: Option<i64>,
    first_public_answer_at: Option<i64>,
    first_answer_business_s: Option<i64>,
    unanswered_since: Option<i64>,
    last_customer_post_at: i64,
    sundown_at: Option<i64>,
    target_s: i64,
    next_target_s: Option<i64>,
    resolution_target_s: Option<i64>,
    promise_due_at: Option<i64>,
    due_at: Option<i64>,
    due_kind: Option<String>,
    first_resolved_at: Option<i64>,
    resolved_at: Option<i64>,
    remedy: Option<String>,
    outcome: Option<String>,
    asked_at: Option<i64>,
    confirmed_at: Option<i64>,
    disputed_at: Option<i64>,
    thanked_at: Option<i64>,
    excluded_at: Option<i64>,
    exclusion: Option<String>,
    reach: i64,
    joiners: i64,
    posts: i64,
    chasers: i64,
    episode: i64,
}

impl CaseRow {
    fn into_case(self) -> Result<Case> {
        let excluded = match (self.excluded_at, &self.exclusion) {
            (Some(at), Some(why)) => Some((
                from_ms(at),
                word::<Exclusion>("cases", "exclusion", self.id, why)?,
            )),
            _ => None,
        };
        Ok(Case {
            id: self.id.into(),
            brand: self.brand_id.into(),
            channel: self.channel_id.into(),
            network: word("channels", "network", self.channel_id, &self.network)?,
            customer: self.customer_id.into(),
            origin: word("cases", "origin", self.id, &self.origin)?,
            kind: word("cases", "kind", self.id, &self.kind)?,
            status: word("cases", "status", self.id, &self.status)?,
            ball: word("cases", "ball", self.id, &self.ball)?,
            priority: word("cases", "priority", self.id, &self.priority)?,
            topic: self.topic,
            tone_first: word("cases", "tone_first", self.id, &self.tone_first)?,
            tone_last: word("cases", "tone_last", self.id, &self.tone_last)?,
            opened_at: from_ms(self.opened_at),
            seen_at: from_ms(self.seen_at),
            first_answer_at: self.first_answer_at.map(from_ms),
            first_public_answer_at: self.first_public_answer_at.map(from_ms),
            first_answer_business_s: self.first_answer_business_s,
            unanswered_since: self.unanswered_since.map(from_ms),
            last_customer_post_at: from_ms(self.last_customer_post_at),
            sundown_at: self.sundown_at.map(from_ms),
            target_s: self.target_s,
            next_target_s: self.next_target_s,
            resolution_target_s: self.resolution_target_s,
            promise_due_at: self.promise_due_at.map(from_ms),
            due_at: self.due_at.map(from_ms),
            due_kind: self
                .due_kind
                .map(|it| word("cases", "due_kind", self.id, &it))
                .transpose()?,
            first_resolved_at: self.first_resolved_at.map(from_ms),
            resolved_at: self.resolved_at.map(from_ms),
            remedy: self
                .remedy
                .map(|it| word("cases", "remedy", self.id, &it))
                .transpose()?,
            outcome: self
                .outcome
                .map(|it| word("cases", "outcome", self.id, &it))
                .transpose()?,
            asked_at: self.asked_at.map(from_ms),
            confirmed_at: self.confirmed_at.map(from_ms),
            disputed_at: self.disputed_at.map(from_ms),
            thanked_at: self.thanked_at.map(from_ms),
            excluded,
            reach: self.reach,
            joiners: small("joiners", self.id, self.joiners)?,
            posts: small("posts", self.id, self.posts)?,
            chasers: small("chasers", self.id, self.chasers)?,
            episode: small("episode", self.id, self.episode)?,
        })
    }
}

fn small(column: &'static str, row: i64, number: i64) -> Result<i32> {
    i32::try_from(number).map_err(|_| StoreError::Inconsistent {
        table: "cases",
        column,
        row,
        why: format!("{number} is too large for a count"),
    })
}

/// A case by its id.
pub async fn find(tx: &mut Tx, id: CaseId) -> Result<Option<Case>> {
    Ok(find_all(tx, &[id]).await?.pop())
}

/// A case that is about to be changed: nobody else changes it before the transaction ends.
pub async fn take(tx: &mut Tx, id: CaseId) -> Result<Option<Case>> {
    super::work::hold(tx, id).await?;
    find(tx, id).await
}

/// Those of some cases that exist, by id.
pub async fn find_all(tx: &mut Tx, ids: &[CaseId]) -> Result<Vec<Case>> {
    let list = id_list(ids.iter().map(|id| id.get()));
    let sql = format!("select {COLUMNS}, {NETWORK} from cases where id in {list} order by id");
    let rows: Vec<CaseRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(CaseRow::into_case).collect()
}

/// Saves a case together with what happened to it; returns the number of the last event.
pub async fn save(tx: &mut Tx, case: &Case, told: &[CaseEvent], now: Instant) -> Result<i64> {
    write(tx, std::slice::from_ref(case)).await?;
    events::append(tx, told, now).await
}

/// Writes cases as they are; whoever calls this also appends their events in the same
/// transaction.
pub async fn write(tx: &mut Tx, cases: &[Case]) -> Result<()> {
    let mut words = Words::default();
    insert_rows!(
        tx,
        format!("insert into cases ({COLUMNS}) "),
        cases,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.channel.get())
                .push_bind(row.customer.get())
                .push_bind(words.get(row.origin.as_str()))
                .push_bind(words.get(row.kind.as_str()))
                .push_bind(words.get(row.status.as_str()))
                .push_bind(words.get(row.ball.as_str()))
                .push_bind(words.get(row.priority.as_str()))
                .push_bind(&row.topic)
                .push_bind(words.get(row.tone_first.as_str()))
                .push_bind(words.get(row.tone_last.as_str()))
                .push_bind(row.opened_at.timestamp_millis())
                .push_bind(row.seen_at.timestamp_millis())
                .push_bind(row.first_answer_at.map(|it| it.timestamp_millis()))
                .push_bind(row.first_public_answer_at.map(|it| it.timestamp_millis()))
                .push_bind(row.first_answer_business_s)
                .push_bind(row.unanswered_since.map(|it| it.timestamp_millis()))
                .push_bind(row.last_customer_post_at.timestamp_millis())
                .push_bind(row.sundown_at.map(|it| it.timestamp_millis()))
                .push_bind(row.target_s)
                .push_bind(row.next_target_s)
                .push_bind(row.resolution_target_s)
                .push_bind(row.promise_due_at.map(|it| it.timestamp_millis()))
                .push_bind(row.due_at.map(|it| it.timestamp_millis()))
                .push_bind(row.due_kind.map(|it| words.get(it.as_str())))
                .push_bind(row.first_resolved_at.map(|it| it.timestamp_millis()))
                .push_bind(row.resolved_at.map(|it| it.timestamp_millis()))
                .push_bind(row.remedy.map(|it| it.as_str()))
                .push_bind(row.outcome.map(|it| it.as_str()))
                .push_bind(row.asked_at.map(|it| it.timestamp_millis()))
                .push_bind(row.confirmed_at.map(|it| it.timestamp_millis()))
                .push_bind(row.disputed_at.map(|it| it.timestamp_millis()))
                .push_bind(row.thanked_at.map(|it| it.timestamp_millis()))
                .push_bind(row.excluded.map(|it| it.0.timestamp_millis()))
                .push_bind(row.excluded.map(|it| it.1.as_str()))
                .push_bind(row.reach)
                .push_bind(i64::from(row.joiners))
                .push_bind(i64::from(row.posts))
                .push_bind(i64::from(row.chasers))
                .push_bind(i64::from(row.episode));
        },
        UPSERT
    );
    Ok(())
}

/// How many cases there are in all.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as("select count(*) from cases")
        .fetch_one(db)
        .await)?;
    Ok(count)
}
