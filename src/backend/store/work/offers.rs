//! What customers want, what they were offered, and how much each role may give.

use crate::{
    backend::store::{
        error::{Result, word},
        tx::{Tx, on},
    },
    domain::{
        ids::{BrandId, CaseId},
        person::Role,
        time::from_ms,
        work::{Limit, Money, Offer},
    },
};
use sqlx::FromRow;

const OF_CASE: &str = "
    select id, is_offer, remedy, words, minor, currency, approval, person_id, made_at, decided_by,
           decided_why
    from   offers
    where  case_id = $1
    order  by made_at, id";

#[derive(FromRow)]
struct OfferRow {
    id: i64,
    is_offer: i64,
    remedy: String,
    words: String,
    minor: Option<i64>,
    currency: Option<String>,
    approval: String,
    person_id: i64,
    made_at: i64,
    decided_by: Option<i64>,
    decided_why: Option<String>,
}

/// What is wanted and what was offered in a case, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Offer>> {
    let rows: Vec<OfferRow> = on!(tx, |db| sqlx::query_as(OF_CASE)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Offer {
                id: row.id.into(),
                is_offer: row.is_offer == 1,
                remedy: word("offers", "remedy", row.id, &row.remedy)?,
                words: row.words,
                sum: sum(row.minor, row.currency),
                approval: word("offers", "approval", row.id, &row.approval)?,
                by: row.person_id.into(),
                at: from_ms(row.made_at),
                decided_by: row.decided_by.map(Into::into),
                decided_why: row.decided_why,
            })
        })
        .collect()
}

fn sum(minor: Option<i64>, currency: Option<String>) -> Option<Money> {
    Some(Money {
        minor: minor?,
        currency: currency?,
    })
}

const SAVE: &str = "
    insert into offers (id, brand_id, case_id, is_offer, remedy, words, minor, currency, approval,
        person_id, made_at, decided_by, decided_why)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (id) do update set
        approval = excluded.approval, decided_by = excluded.decided_by,
        decided_why = excluded.decided_why";

/// Keeps an offer, new or decided.
pub async fn save(tx: &mut Tx, (brand, case): (BrandId, CaseId), it: &Offer) -> Result<()> {
    on!(tx, |db| sqlx::query(SAVE)
        .bind(it.id.get())
        .bind(brand.get())
        .bind(case.get())
        .bind(i64::from(it.is_offer))
        .bind(it.remedy.as_str())
        .bind(&it.words)
        .bind(it.sum.as_ref().map(|it| it.minor))
        .bind(it.sum.as_ref().map(|it| it.currency.as_str()))
        .bind(it.approval.as_str())
        .bind(it.by.get())
        .bind(it.at.timestamp_millis())
        .bind(it.decided_by.map(|it| it.get()))
        .bind(&it.decided_why)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const LIMIT: &str = "select minor, currency from limits where role = $1";

/// How much a role may give.
pub async fn limit(tx: &mut Tx, role: Role) -> Result<Limit> {
    let row: Option<(Option<i64>, Option<String>)> = on!(tx, |db| sqlx::query_as(LIMIT)
        .bind(role.as_str())
        .fetch_optional(db)
        .await)?;
    Ok(match row {
        Some((minor, currency)) => Limit {
            role,
            most: sum(minor, currency),
        },
        None => Limit::usual(role),
    })
}

const SET_LIMIT: &str = "
    insert into limits (role, minor, currency) values ($1, $2, $3)
    on conflict (role) do update set minor = excluded.minor, currency = excluded.currency";

/// Says how much a role may give.
pub async fn set_limit(tx: &mut Tx, limit: &Limit) -> Result<()> {
    on!(tx, |db| sqlx::query(SET_LIMIT)
        .bind(limit.role.as_str())
        .bind(limit.most.as_ref().map(|it| it.minor))
        .bind(limit.most.as_ref().map(|it| it.currency.as_str()))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
