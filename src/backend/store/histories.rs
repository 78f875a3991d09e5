//! Whole cases with everything that belongs to them: how the demo comes in and goes on.

use super::{
    cases, customers,
    error::{Result, StoreError, word},
    events, posts,
    tx::{Tx, insert_rows, on},
};
use crate::domain::{
    case::Case,
    history::{Episode, HandOff, History, Kept, Promise, Turn},
    ids::CaseId,
    time::{Instant, from_ms},
};
use sqlx::FromRow;

/// Keeps whole cases with everything that belongs to them; returns the number of the last event.
pub async fn insert_all(tx: &mut Tx, histories: &[History], now: Instant) -> Result<i64> {
    let people: Vec<_> = histories
        .iter()
        .flat_map(|it| std::iter::once(&it.customer).chain(&it.joiners))
        .cloned()
        .collect();
    let handles: Vec<_> = histories
        .iter()
        .flat_map(|it| &it.handles)
        .cloned()
        .collect();
    let all_cases: Vec<_> = histories.iter().map(|it| it.case.clone()).collect();
    let all_posts: Vec<_> = histories
        .iter()
        .flat_map(|it| it.posts.iter().map(|post| (it.case.brand, post.clone())))
        .collect();
    let mut told: Vec<_> = histories
        .iter()
        .flat_map(|it| it.events.iter().cloned())
        .collect();
    told.sort_by_key(|event| event.at);
    customers::insert_all(tx, &people, now).await?;
    customers::insert_handles(tx, &handles).await?;
    cases::write(tx, &all_cases).await?;
    posts::insert_all(tx, &all_posts).await?;
    insert_episodes(tx, &flat(histories, |it| &it.episodes)).await?;
    insert_turns(tx, &flat(histories, |it| &it.turns)).await?;
    insert_promises(tx, &flat(histories, |it| &it.promises)).await?;
    insert_hand_offs(tx, &flat(histories, |it| &it.hand_offs)).await?;
    events::append(tx, &told, now).await
}

/// Keeps what is new in a history since it was read; returns the number of the last event.
pub async fn save(tx: &mut Tx, history: &History, kept: Kept, now: Instant) -> Result<i64> {
    let case = &history.case;
    let new_posts: Vec<_> = history
        .posts
        .iter()
        .skip(kept.posts)
        .map(|post| (case.brand, post.clone()))
        .collect();
    let new_people: Vec<_> = history.joiners.iter().skip(kept.joiners).cloned().collect();
    let new_handles: Vec<_> = history.handles.iter().skip(kept.handles).cloned().collect();
    let told: Vec<_> = history.events.iter().skip(kept.events).cloned().collect();
    customers::insert_all(tx, &new_people, now).await?;
    customers::insert_handles(tx, &new_handles).await?;
    let last = cases::save(tx, case, &told, now).await?;
    posts::insert_all(tx, &new_posts).await?;
    insert_episodes(tx, &history.episodes).await?;
    insert_turns(tx, &history.turns).await?;
    insert_promises(tx, &history.promises).await?;
    insert_hand_offs(tx, &history.hand_offs).await?;
    Ok(last)
}

/// A whole case.
pub async fn find(tx: &mut Tx, id: CaseId) -> Result<Option<History>> {
    let Some(case) = cases::find(tx, id).await? else {
        return Ok(None);
    };
    let people = customers::of_case(tx, id).await?;
    let (own, joiners): (Vec<_>, Vec<_>) =
        people.into_iter().partition(|it| it.id == case.customer);
    let customer = own
        .into_iter()
        .next()
        .ok_or_else(|| StoreError::Inconsistent {
            table: "cases",
            column: "customer_id",
            row: id.get(),
            why: "there is no such customer".to_owned(),
        })?;
    Ok(Some(History {
        customer,
        joiners,
        handles: customers::handles_of_case(tx, id).await?,
        posts: posts::of_case(tx, id).await?,
        events: events::of_case(tx, id).await?,
        episodes: episodes_of(tx, id).await?,
        turns: turns_of(tx, id).await?,
        promises: promises_of(tx, id).await?,
        hand_offs: hand_offs_of(tx, id).await?,
        case,
    }))
}

const GOING_ON: &str = "
    select id
    from   cases
    where  status = 'open' or (outcome = 'claimed' and resolved_at > $1)
    order  by opened_at, id";

/// The cases in which something may still happen: open, or solved after an instant and not yet
/// confirmed.
pub async fn going_on(tx: &mut Tx, since: Instant) -> Result<Vec<CaseId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(GOING_ON)
        .bind(since.timestamp_millis())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

fn flat<T: Clone>(histories: &[History], part: impl Fn(&History) -> &Vec<T>) -> Vec<T> {
    histories
        .iter()
        .flat_map(|it| part(it).iter().cloned())
        .collect()
}

/// Keeps episodes; one that is there already is brought up to date.
pub async fn insert_episodes(tx: &mut Tx, episodes: &[Episode]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into episodes (id, brand_id, case_id, number, opened_at, resolved_at, outcome, remedy) ",
        episodes,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(i64::from(row.number))
                .push_bind(row.opened_at.timestamp_millis())
                .push_bind(row.resolved_at.map(|it| it.timestamp_millis()))
                .push_bind(row.outcome.map(|it| it.as_str()))
                .push_bind(row.remedy.map(|it| it.as_str()));
        },
        " on conflict (case_id, number, brand_id) do update set
            resolved_at = excluded.resolved_at, outcome = excluded.outcome, remedy = excluded.remedy"
    );
    Ok(())
}

/// Keeps turns; one that is there already is brought up to date.
pub async fn insert_turns(tx: &mut Tx, turns: &[Turn]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into turns (id, brand_id, case_id, started_at, answered_at, posts) ",
        turns,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(row.started_at.timestamp_millis())
                .push_bind(row.answered_at.map(|it| it.timestamp_millis()))
                .push_bind(i64::from(row.posts));
        },
        " on conflict (id) do update set answered_at = excluded.answered_at, posts = excluded.posts"
    );
    Ok(())
}

/// Keeps promises; one that is there already is brought up to date.
pub async fn insert_promises(tx: &mut Tx, promises: &[Promise]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into promises (id, brand_id, case_id, what, promised_by, fulfiller, promised_at,
             due_at, perishes_at, proof, state, settled_at, replaces) ",
        promises,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(&row.what)
                .push_bind(&row.promised_by)
                .push_bind(&row.fulfiller)
                .push_bind(row.promised_at.timestamp_millis())
                .push_bind(row.due_at.timestamp_millis())
                .push_bind(row.perishes_at.map(|it| it.timestamp_millis()))
                .push_bind(&row.proof)
                .push_bind(row.state.as_str())
                .push_bind(row.settled_at.map(|it| it.timestamp_millis()))
                .push_bind(row.replaces.map(|it| it.get()));
        },
        " on conflict (id) do update set
            state = excluded.state, settled_at = excluded.settled_at, proof = excluded.proof"
    );
    Ok(())
}

/// Keeps hand-offs; one that is there already is brought up to date.
pub async fn insert_hand_offs(tx: &mut Tx, hand_offs: &[HandOff]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into hand_offs (id, brand_id, case_id, from_team, to_team, offered_at, accepted_at,
             returned_at, opened_at) ",
        hand_offs,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(&row.from_team)
                .push_bind(&row.to_team)
                .push_bind(row.offered_at.timestamp_millis())
                .push_bind(row.accepted_at.map(|it| it.timestamp_millis()))
                .push_bind(row.returned_at.map(|it| it.timestamp_millis()))
                .push_bind(row.opened_at.map(|it| it.timestamp_millis()));
        },
        " on conflict (id) do update set
            accepted_at = excluded.accepted_at, returned_at = excluded.returned_at,
            opened_at = excluded.opened_at"
    );
    Ok(())
}

const EPISODES: &str = "
    select id, brand_id, number, opened_at, resolved_at, outcome, remedy
    from   episodes
    where  case_id = $1
    order  by number";

#[derive(FromRow)]
struct EpisodeRow {
    id: i64,
    brand_id: i64,
    number: i64,
    opened_at: i64,
    resolved_at: Option<i64>,
    outcome: Option<String>,
    remedy: Option<String>,
}

/// The episodes of a case, in order.
pub async fn episodes_of(tx: &mut Tx, case: CaseId) -> Result<Vec<Episode>> {
    let rows: Vec<EpisodeRow> = on!(tx, |db| sqlx::query_as(EPISODES)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Episode {
                id: row.id.into(),
                brand: row.brand_id.into(),
                case,
                number: i32::try_from(row.number).unwrap_or(i32::MAX),
                opened_at: from_ms(row.opened_at),
                resolved_at: row.resolved_at.map(from_ms),
                outcome: row
                    .outcome
                    .map(|it| word("episodes", "outcome", row.id, &it))
                    .transpose()?,
                remedy: row
                    .remedy
                    .map(|it| word("episodes", "remedy", row.id, &it))
                    .transpose()?,
            })
        })
        .collect()
}

const TURNS: &str = "
    select id, brand_id, started_at, answered_at, posts
    from   turns
    where  case_id = $1
    order  by started_at, id";

async fn turns_of(tx: &mut Tx, case: CaseId) -> Result<Vec<Turn>> {
    let rows: Vec<(i64, i64, i64, Option<i64>, i64)> = on!(tx, |db| sqlx::query_as(TURNS)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(id, brand, started_at, answered_at, posts)| Turn {
            id: id.into(),
            brand: brand.into(),
            case,
            started_at: from_ms(started_at),
            answered_at: answered_at.map(from_ms),
            posts: i32::try_from(posts).unwrap_or(i32::MAX),
        })
        .collect())
}

const PROMISES: &str = "
    select id, brand_id, what, promised_by, fulfiller, promised_at, due_at, perishes_at, proof,
           state, settled_at, replaces
    from   promises
    where  case_id = $1
    order  by promised_at, id";

#[derive(FromRow)]
struct PromiseRow {
    id: i64,
    brand_id: i64,
    what: String,
    promised_by: String,
    fulfiller: String,
    promised_at: i64,
    due_at: i64,
    perishes_at: Option<i64>,
    proof: Option<String>,
    state: String,
    settled_at: Option<i64>,
    replaces: Option<i64>,
}

/// What was promised in a case, oldest first.
pub async fn promises_of(tx: &mut Tx, case: CaseId) -> Result<Vec<Promise>> {
    let rows: Vec<PromiseRow> = on!(tx, |db| sqlx::query_as(PROMISES)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Promise {
                id: row.id.into(),
                brand: row.brand_id.into(),
                case,
                state: word("promises", "state", row.id, &row.state)?,
                what: row.what,
                promised_by: row.promised_by,
                fulfiller: row.fulfiller,
                promised_at: from_ms(row.promised_at),
                due_at: from_ms(row.due_at),
                perishes_at: row.perishes_at.map(from_ms),
                proof: row.proof,
                settled_at: row.settled_at.map(from_ms),
                replaces: row.replaces.map(Into::into),
            })
        })
        .collect()
}

const HAND_OFFS: &str = "
    select id, brand_id, from_team, to_team, offered_at, accepted_at, returned_at, opened_at
    from   hand_offs
    where  case_id = $1
    order  by offered_at, id";

#[derive(FromRow)]
struct HandOffRow {
    id: i64,
    brand_id: i64,
    from_team: String,
    to_team: String,
    offered_at: i64,
    accepted_at: Option<i64>,
    returned_at: Option<i64>,
    opened_at: Option<i64>,
}

/// Where a case went, oldest hop first.
pub async fn hand_offs_of(tx: &mut Tx, case: CaseId) -> Result<Vec<HandOff>> {
    let rows: Vec<HandOffRow> = on!(tx, |db| sqlx::query_as(HAND_OFFS)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|row| HandOff {
            id: row.id.into(),
            brand: row.brand_id.into(),
            case,
            from_team: row.from_team,
            to_team: row.to_team,
            offered_at: from_ms(row.offered_at),
            accepted_at: row.accepted_at.map(from_ms),
            returned_at: row.returned_at.map(from_ms),
            opened_at: row.opened_at.map(from_ms),
        })
        .collect())
}

const ANSWER_TURN: &str =
    "update turns set answered_at = $2 where case_id = $1 and answered_at is null";

/// The turn that waited in a case is answered.
pub async fn answer_turn(tx: &mut Tx, case: CaseId, at: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(ANSWER_TURN)
        .bind(case.get())
        .bind(at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const END_EPISODE: &str = "
    update episodes
    set    resolved_at = $3, outcome = $4, remedy = $5
    where  case_id = $1 and number = $2";

/// An episode of a case ends as the case says.
pub async fn end_episode(tx: &mut Tx, case: &Case) -> Result<()> {
    on!(tx, |db| sqlx::query(END_EPISODE)
        .bind(case.id.get())
        .bind(i64::from(case.episode))
        .bind(case.resolved_at.map(|it| it.timestamp_millis()))
        .bind(case.outcome.map(|it| it.as_str()))
        .bind(case.remedy.map(|it| it.as_str()))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
