//! Merges and splits, with what undoes them; and people who may be one.

use crate::{
    backend::store::{
        error::{Result, word},
        tx::{Tx, id_list, on},
    },
    domain::{
        ids::{BrandId, CaseId, CustomerId, HandleId, JoinId, PersonId},
        time::{Instant, from_ms},
        work::JoinKind,
    },
};
use sqlx::{AssertSqlSafe, FromRow};

/// A merge or a split as it is kept.
#[derive(Clone, Debug)]
pub struct KeptJoin {
    /// Its id.
    pub id: JoinId,
    /// Whose.
    pub brand: BrandId,
    /// Which kind.
    pub kind: JoinKind,
    /// What went: a case, or a person.
    pub from: i64,
    /// Where it went.
    pub into: i64,
    /// What undoes it, as JSON.
    pub body: String,
    /// Who did it.
    pub by: PersonId,
    /// When.
    pub at: Instant,
}

const INSERT: &str = "
    insert into joins (id, brand_id, kind, from_id, into_id, body, person_id, made_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Keeps a merge or a split.
pub async fn insert(tx: &mut Tx, it: &KeptJoin) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(it.id.get())
        .bind(it.brand.get())
        .bind(it.kind.as_str())
        .bind(it.from)
        .bind(it.into)
        .bind(&it.body)
        .bind(it.by.get())
        .bind(it.at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

#[derive(FromRow)]
struct JoinRow {
    id: i64,
    brand_id: i64,
    kind: String,
    from_id: i64,
    into_id: i64,
    body: String,
    person_id: i64,
    made_at: i64,
}

fn kept(row: JoinRow) -> Result<KeptJoin> {
    Ok(KeptJoin {
        id: row.id.into(),
        brand: row.brand_id.into(),
        kind: word("joins", "kind", row.id, &row.kind)?,
        from: row.from_id,
        into: row.into_id,
        body: row.body,
        by: row.person_id.into(),
        at: from_ms(row.made_at),
    })
}

const FIND: &str = "
    select id, brand_id, kind, from_id, into_id, body, person_id, made_at
    from   joins
    where  id = $1 and made_at > $2 and undone_at is null";

/// A merge or a split that was made after an instant and not undone.
pub async fn find(tx: &mut Tx, id: JoinId, since: Instant) -> Result<Option<KeptJoin>> {
    let row: Option<JoinRow> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(id.get())
        .bind(since.timestamp_millis())
        .fetch_optional(db)
        .await)?;
    row.map(kept).transpose()
}

const OF_CASE: &str = "
    select id, brand_id, kind, from_id, into_id, body, person_id, made_at
    from   joins
    where  (from_id in ($1, $2) or into_id in ($1, $2)) and made_at > $3 and undone_at is null
    order  by made_at desc, id";

/// What was joined or parted with a case or its person after an instant, the newest first.
pub async fn of_case(
    tx: &mut Tx,
    (case, customer): (CaseId, CustomerId),
    since: Instant,
) -> Result<Vec<KeptJoin>> {
    let rows: Vec<JoinRow> = on!(tx, |db| sqlx::query_as(OF_CASE)
        .bind(case.get())
        .bind(customer.get())
        .bind(since.timestamp_millis())
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(kept).collect()
}

const UNDO: &str = "update joins set undone_at = $2 where id = $1 and undone_at is null";

/// Marks it as undone; false when it was before.
pub async fn undo(tx: &mut Tx, id: JoinId, now: Instant) -> Result<bool> {
    let undone = on!(tx, |db| sqlx::query(UNDO)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await?
        .rows_affected());
    Ok(undone == 1)
}

const NAMESAKES: &str = "
    select c.id
    from   customers c
    join   customers own on own.id = $1
    where  c.brand_id = own.brand_id and c.id <> own.id and lower(c.name) = lower(own.name)
           and exists (select 1 from handles h where h.customer_id = c.id)
    order  by c.id
    limit  10";

/// Others of the same brand who are called the same.
pub async fn namesakes(tx: &mut Tx, customer: CustomerId) -> Result<Vec<CustomerId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(NAMESAKES)
        .bind(customer.get())
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// What some people wrote last.
pub async fn texts_of(tx: &mut Tx, customers: &[CustomerId]) -> Result<Vec<(CustomerId, String)>> {
    let list = id_list(customers.iter().map(|it| it.get()));
    let sql = format!(
        "select h.customer_id, p.body from posts p join handles h on h.id = p.handle_id
         where  h.customer_id in {list} and p.body <> ''
         order  by p.id desc limit 200"
    );
    let rows: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(id, text)| (id.into(), text))
        .collect())
}

/// Gives accounts to a person.
pub async fn give_accounts(tx: &mut Tx, accounts: &[HandleId], to: CustomerId) -> Result<()> {
    let list = id_list(accounts.iter().map(|it| it.get()));
    let sql = format!("update handles set customer_id = $1 where id in {list}");
    on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
        .persistent(false)
        .bind(to.get())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
