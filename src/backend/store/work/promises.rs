//! Promises with those who answer for them, and the list of all.

use crate::{
    backend::store::{
        error::{Result, word},
        histories,
        tx::{Tx, on},
    },
    domain::{
        history::{Promise, PromiseState},
        ids::{BrandId, CaseId, PersonId, PromiseId, TeamId},
        promise::{Alarm, OwnedPromise},
        promise_list::PromiseLine,
        time::{Instant, from_ms},
    },
};
use sqlx::FromRow;

const OWNED: &str = "
    select id, owner_id, fulfiller_id, fulfiller_team_id, withdrawn_why, told
    from   promises
    where  case_id = $1";

#[derive(FromRow)]
struct OwnedRow {
    id: i64,
    owner_id: Option<i64>,
    fulfiller_id: Option<i64>,
    fulfiller_team_id: Option<i64>,
    withdrawn_why: Option<String>,
    told: i64,
}

/// What was promised in a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<OwnedPromise>> {
    let promises = histories::promises_of(tx, case).await?;
    let mut rows: Vec<OwnedRow> = on!(tx, |db| sqlx::query_as(OWNED)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(promises
        .into_iter()
        .map(|promise| {
            let at = rows.iter().position(|it| it.id == promise.id.get());
            let row = at.map(|at| rows.swap_remove(at));
            OwnedPromise {
                owner: row.as_ref().and_then(|it| it.owner_id).map(Into::into),
                fulfiller: row.as_ref().and_then(|it| it.fulfiller_id).map(Into::into),
                team: row
                    .as_ref()
                    .and_then(|it| it.fulfiller_team_id)
                    .map(Into::into),
                told: Alarm::of(row.as_ref().map_or(0, |it| it.told)),
                withdrawn_why: row.and_then(|it| it.withdrawn_why),
                promise,
            }
        })
        .collect())
}

const SAVE: &str = "
    update promises
    set    owner_id = $2, fulfiller_id = $3, fulfiller_team_id = $4, withdrawn_why = $5, told = $6
    where  id = $1";

/// Keeps a promise, new or changed.
pub async fn save(tx: &mut Tx, it: &OwnedPromise) -> Result<()> {
    histories::insert_promises(tx, std::slice::from_ref(&it.promise)).await?;
    on!(tx, |db| sqlx::query(SAVE)
        .bind(it.promise.id.get())
        .bind(it.owner.map(|it| it.get()))
        .bind(it.fulfiller.map(|it| it.get()))
        .bind(it.team.map(|it| it.get()))
        .bind(&it.withdrawn_why)
        .bind(it.told.number())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const CASE_OF: &str = "select case_id from promises where id = $1";

/// The case in which something was promised.
pub async fn case_of(tx: &mut Tx, promise: PromiseId) -> Result<Option<CaseId>> {
    let row: Option<(i64,)> = on!(tx, |db| sqlx::query_as(CASE_OF)
        .bind(promise.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(id,)| id.into()))
}

// Only what somebody answers for is looked at again: nobody could be told of the others.
const TO_TELL: &str = "
    select distinct case_id
    from   promises
    where  (state = 'open' and (perishes_at <= $1
                or ((owner_id is not null or fulfiller_id is not null
                        or fulfiller_team_id is not null)
                    and told < 3 and (promised_at + due_at) / 2 <= $1)))
           or (state in ('kept', 'kept_late') and owner_id is not null and told < 4
               and settled_at <= $2)
    order  by case_id";

/// The cases with promises about which somebody may have to be told; `kept_before` is the latest
/// moment of keeping after which one asks again.
pub async fn to_tell(tx: &mut Tx, now: Instant, kept_before: Instant) -> Result<Vec<CaseId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(TO_TELL)
        .bind(now.timestamp_millis())
        .bind(kept_before.timestamp_millis())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

const LIST: &str = "
    select p.id, p.brand_id, p.case_id, p.what, p.promised_by, p.fulfiller, p.promised_at, p.due_at,
           p.perishes_at, p.proof, p.state, p.settled_at, p.owner_id, p.fulfiller_id,
           p.fulfiller_team_id, cu.name as customer, b.name as brand, o.name as owner
    from   promises p
    join   cases c on c.id = p.case_id
    join   customers cu on cu.id = c.customer_id
    join   brands b on b.id = p.brand_id
    left   join people o on o.id = p.owner_id
    where  p.state <> 'withdrawn'
    order  by case when p.state = 'open' then 0 else 1 end,
              case when p.state = 'open' then p.due_at else -p.settled_at end, p.id";

#[derive(FromRow)]
struct LineRow {
    id: i64,
    brand_id: i64,
    case_id: i64,
    what: String,
    promised_by: String,
    fulfiller: String,
    promised_at: i64,
    due_at: i64,
    perishes_at: Option<i64>,
    proof: Option<String>,
    state: String,
    settled_at: Option<i64>,
    owner_id: Option<i64>,
    fulfiller_id: Option<i64>,
    fulfiller_team_id: Option<i64>,
    customer: String,
    brand: String,
    owner: Option<String>,
}

/// One line of the list, with whose it is.
#[derive(Clone, Debug)]
pub struct Listed {
    /// As it is shown.
    pub line: PromiseLine,
    /// Whose.
    pub brand: BrandId,
    /// Who sees to it, and who does it.
    pub people: [Option<PersonId>; 2],
    /// The team that does it.
    pub team: Option<TeamId>,
}

/// Every promise that wasn't taken back: those still open by their due moment, then the others,
/// the last settled first.
pub async fn list(tx: &mut Tx, now: Instant) -> Result<Vec<Listed>> {
    let rows: Vec<LineRow> = on!(tx, |db| sqlx::query_as(LIST).fetch_all(db).await)?;
    rows.into_iter().map(|row| listed(row, now)).collect()
}

fn listed(row: LineRow, now: Instant) -> Result<Listed> {
    let state: PromiseState = word("promises", "state", row.id, &row.state)?;
    let promise = Promise {
        id: row.id.into(),
        brand: row.brand_id.into(),
        case: row.case_id.into(),
        what: row.what,
        promised_by: row.promised_by,
        fulfiller: row.fulfiller,
        promised_at: from_ms(row.promised_at),
        due_at: from_ms(row.due_at),
        perishes_at: row.perishes_at.map(from_ms),
        proof: row.proof,
        state,
        settled_at: row.settled_at.map(from_ms),
        replaces: None,
    };
    Ok(Listed {
        brand: promise.brand,
        people: [row.owner_id, row.fulfiller_id].map(|it| it.map(Into::into)),
        team: row.fulfiller_team_id.map(Into::into),
        line: PromiseLine {
            alarm: promise.alarm(now),
            id: promise.id,
            case: promise.case,
            customer: row.customer,
            brand: row.brand,
            what: promise.what,
            promised_by: promise.promised_by,
            fulfiller: promise.fulfiller,
            owner: row.owner,
            due_at: promise.due_at,
            perishes_at: promise.perishes_at,
            proof: promise.proof,
            state,
            settled_at: promise.settled_at,
        },
    })
}
