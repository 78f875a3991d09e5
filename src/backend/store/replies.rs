//! Replies: a row changes only from the state in which it was read.

use super::{
    error::{Result, StoreError, word},
    tx::{Tx, on},
};
use crate::domain::{
    ids::{CaseId, ChannelId, PersonId, ReplyId},
    reply::{Reply, State},
    time::{Instant, from_ms},
};
use sqlx::{AssertSqlSafe, FromRow};

const COLUMNS: &str = "
    id, brand_id, case_id, channel_id, author_id, key, visibility, body, in_reply_to, addressee,
    then_resolve, state, queued_at, send_at, tries, first_tried_at, tried_at, run, chosen_id,
    external_id, accepted_at, why, looks, look_at";

#[derive(FromRow)]
struct ReplyRow {
    id: i64,
    brand_id: i64,
    case_id: i64,
    channel_id: i64,
    author_id: i64,
    key: String,
    visibility: String,
    body: String,
    in_reply_to: String,
    addressee: String,
    then_resolve: Option<String>,
    state: String,
    queued_at: i64,
    send_at: i64,
    tries: i64,
    first_tried_at: Option<i64>,
    tried_at: Option<i64>,
    run: Option<i64>,
    chosen_id: Option<String>,
    external_id: Option<String>,
    accepted_at: Option<i64>,
    why: Option<String>,
    looks: i64,
    look_at: Option<i64>,
}

impl TryFrom<ReplyRow> for Reply {
    type Error = StoreError;

    fn try_from(row: ReplyRow) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            brand: row.brand_id.into(),
            case: row.case_id.into(),
            channel: row.channel_id.into(),
            author: row.author_id.into(),
            key: row.key,
            visibility: word("replies", "visibility", row.id, &row.visibility)?,
            body: row.body,
            in_reply_to: row.in_reply_to,
            to: row.addressee,
            then_resolve: row
                .then_resolve
                .map(|it| word("replies", "then_resolve", row.id, &it))
                .transpose()?,
            state: word("replies", "state", row.id, &row.state)?,
            queued_at: from_ms(row.queued_at),
            send_at: from_ms(row.send_at),
            tries: i32::try_from(row.tries).unwrap_or(i32::MAX),
            first_tried_at: row.first_tried_at.map(from_ms),
            tried_at: row.tried_at.map(from_ms),
            run: row.run,
            chosen_id: row.chosen_id,
            external_id: row.external_id,
            accepted_at: row.accepted_at.map(from_ms),
            why: row.why,
            looks: i32::try_from(row.looks).unwrap_or(i32::MAX),
            look_at: row.look_at.map(from_ms),
        })
    }
}

fn ms(at: Option<Instant>) -> Option<i64> {
    at.map(|it| it.timestamp_millis())
}

const INSERT: &str = "
    insert into replies (id, brand_id, case_id, channel_id, author_id, key, visibility, body,
        in_reply_to, addressee, then_resolve, state, queued_at, send_at, chosen_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    on conflict (author_id, key, brand_id) do nothing";

/// Keeps a new reply; `false` when its author has used its key before.
pub async fn insert(tx: &mut Tx, it: &Reply) -> Result<bool> {
    let done = on!(tx, |db| sqlx::query(INSERT)
        .bind(it.id.get())
        .bind(it.brand.get())
        .bind(it.case.get())
        .bind(it.channel.get())
        .bind(it.author.get())
        .bind(&it.key)
        .bind(it.visibility.as_str())
        .bind(&it.body)
        .bind(&it.in_reply_to)
        .bind(&it.to)
        .bind(it.then_resolve.map(|it| it.as_str()))
        .bind(it.state.as_str())
        .bind(it.queued_at.timestamp_millis())
        .bind(it.send_at.timestamp_millis())
        .bind(&it.chosen_id)
        .execute(db)
        .await?
        .rows_affected());
    Ok(done == 1)
}

const SAVE: &str = "
    update replies
    set    state = $3, send_at = $4, tries = $5, first_tried_at = $6, tried_at = $7, run = $8,
           external_id = $9, accepted_at = $10, why = $11, looks = $12, look_at = $13
    where  id = $1 and state = $2";

/// Saves a reply that was in a state when it was read; `false` when somebody else was first.
pub async fn save(tx: &mut Tx, it: &Reply, was: State) -> Result<bool> {
    let done = on!(tx, |db| sqlx::query(SAVE)
        .bind(it.id.get())
        .bind(was.as_str())
        .bind(it.state.as_str())
        .bind(it.send_at.timestamp_millis())
        .bind(i64::from(it.tries))
        .bind(ms(it.first_tried_at))
        .bind(ms(it.tried_at))
        .bind(it.run)
        .bind(&it.external_id)
        .bind(ms(it.accepted_at))
        .bind(&it.why)
        .bind(i64::from(it.looks))
        .bind(ms(it.look_at))
        .execute(db)
        .await?
        .rows_affected());
    Ok(done == 1)
}

async fn select(tx: &mut Tx, rest: &str, numbers: &[i64], texts: &[&str]) -> Result<Vec<Reply>> {
    let sql = format!("select {COLUMNS} from replies {rest}");
    let rows: Vec<ReplyRow> = on!(tx, |db| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for number in numbers {
            query = query.bind(*number);
        }
        for text in texts {
            query = query.bind((*text).to_owned());
        }
        query.fetch_all(db).await
    })?;
    rows.into_iter().map(Reply::try_from).collect()
}

/// A reply by its id.
pub async fn find(tx: &mut Tx, id: ReplyId) -> Result<Option<Reply>> {
    Ok(select(tx, "where id = $1", &[id.get()], &[]).await?.pop())
}

/// A reply by its author's key.
pub async fn by_key(tx: &mut Tx, author: PersonId, key: &str) -> Result<Option<Reply>> {
    let rest = "where author_id = $1 and key = $2";
    Ok(select(tx, rest, &[author.get()], &[key]).await?.pop())
}

/// The replies of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Reply>> {
    let rest = "where case_id = $1 order by queued_at, id";
    select(tx, rest, &[case.get()], &[]).await
}

/// A reply by what a network says of it: its id there, or the key it was sent with.
pub async fn sent_as(
    tx: &mut Tx,
    channel: ChannelId,
    external_id: &str,
    sent_with: Option<ReplyId>,
) -> Result<Option<Reply>> {
    let rest =
        "where channel_id = $1 and (id = $2 or external_id = $3 or chosen_id = $3) order by id";
    let key = sent_with.map_or(0, ReplyId::get);
    let found = select(tx, rest, &[channel.get(), key], &[external_id]).await?;
    Ok(found.into_iter().next())
}

/// What may go out by now, oldest first: one of each case, none of a case that has another on its
/// way.
pub async fn due(tx: &mut Tx, now: Instant, most: i64) -> Result<Vec<Reply>> {
    let rest = "where state = 'queued' and send_at <= $1
          and not exists (select 1 from gateways g
                          where g.channel_id in (0, replies.channel_id)
                            and (g.paused_at is not null or g.blocked_until > $1))
          and not exists (select 1 from replies o
                          where o.case_id = replies.case_id
                            and (o.state = 'in_flight'
                                 or ((o.state = 'queued' or (o.state = 'unknown' and o.look_at is not null))
                                     and o.id < replies.id)))
        order by send_at, id
        limit $2";
    select(tx, rest, &[now.timestamp_millis(), most], &[]).await
}

/// What is to be looked for by now.
pub async fn to_look_for(tx: &mut Tx, now: Instant, most: i64) -> Result<Vec<Reply>> {
    let rest = "where state = 'unknown' and look_at <= $1 order by look_at, id limit $2";
    select(tx, rest, &[now.timestamp_millis(), most], &[]).await
}

/// What is on its way in the hands of runs that are over: all but those that were seen after an
/// instant.
pub async fn orphans(tx: &mut Tx, alive_since: Instant) -> Result<Vec<Reply>> {
    let rest = "where state = 'in_flight'
          and coalesce(run, 0) not in (select r.id from runs r where r.last_seen_at > $1)
        order by id";
    select(tx, rest, &[alive_since.timestamp_millis()], &[]).await
}

/// What a person has to decide, of everybody, oldest first.
pub async fn undecided(tx: &mut Tx) -> Result<Vec<Reply>> {
    let rest = "where state = 'held' or (state = 'unknown' and look_at is null) order by id";
    select(tx, rest, &[], &[]).await
}

const SEEN: &str = "
    insert into runs (id, last_seen_at) values ($1, $2)
    on conflict (id) do update set last_seen_at = excluded.last_seen_at";

const FORGET: &str = "
    delete from runs
    where  last_seen_at < $1 and id not in (select run from replies where run is not null)";

/// A run of the server says that it goes on; those that ended long ago are forgotten.
pub async fn run_goes_on(tx: &mut Tx, run: i64, now: Instant, forget: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(SEEN)
        .bind(run)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    on!(tx, |db| sqlx::query(FORGET)
        .bind(forget.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const END_OTHERS: &str = "delete from runs where id <> $1";

/// Where only one server may run at a time, every other run is over.
pub async fn end_other_runs(tx: &mut Tx, run: i64) -> Result<()> {
    on!(tx, |db| sqlx::query(END_OTHERS)
        .bind(run)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
