//! What people are writing.

use super::{
    error::{Result, word},
    tx::{Tx, on},
};
use crate::domain::{
    draft::{Draft, DraftKind},
    ids::{BrandId, CaseId, PersonId},
    time::from_ms,
};

const SAVE: &str = "
    insert into drafts (person_id, case_id, kind, brand_id, key, body, saved_at, why, is_asked)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (person_id, case_id, kind, brand_id) do update set
        key = excluded.key, body = excluded.body, saved_at = excluded.saved_at,
        why = excluded.why, is_asked = excluded.is_asked";

/// Keeps a draft in the place of the one before.
pub async fn save(tx: &mut Tx, person: PersonId, brand: BrandId, it: &Draft) -> Result<()> {
    on!(tx, |db| sqlx::query(SAVE)
        .bind(person.get())
        .bind(it.case.get())
        .bind(it.kind.as_str())
        .bind(brand.get())
        .bind(&it.key)
        .bind(&it.body)
        .bind(it.saved_at.timestamp_millis())
        .bind(&it.why)
        .bind(i64::from(it.is_asked))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE: &str = "delete from drafts where person_id = $1 and case_id = $2";

/// Forgets what somebody was writing in a case: it was sent, emptied, or is written anew.
pub async fn remove(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE)
        .bind(person.get())
        .bind(case.get())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const OF: &str = "
    select kind, key, body, saved_at, why, is_asked
    from   drafts
    where  person_id = $1 and case_id = $2
    order  by saved_at desc
    limit  1";

type Row = (String, String, String, i64, Option<String>, i64);

/// What somebody is writing in a case.
pub async fn find(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<Draft>> {
    let row: Option<Row> = on!(tx, |db| sqlx::query_as(OF)
        .bind(person.get())
        .bind(case.get())
        .fetch_optional(db)
        .await)?;
    row.map(|(kind, key, body, saved_at, why, is_asked)| {
        Ok(Draft {
            case,
            kind: word::<DraftKind>("drafts", "kind", case.get(), &kind)?,
            key,
            body,
            saved_at: from_ms(saved_at),
            why,
            is_asked: is_asked != 0,
        })
    })
    .transpose()
}
