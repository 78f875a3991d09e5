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
    insert into drafts (person_id, case_id, kind, brand_id, key, body, saved_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (person_id, case_id, kind, brand_id) do update set
        key = excluded.key, body = excluded.body, saved_at = excluded.saved_at";

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
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE: &str = "delete from drafts where person_id = $1 and case_id = $2 and kind = $3";

/// Forgets a draft: it was sent, or emptied.
pub async fn remove(tx: &mut Tx, person: PersonId, case: CaseId, kind: DraftKind) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE)
        .bind(person.get())
        .bind(case.get())
        .bind(kind.as_str())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const OF: &str = "
    select kind, key, body, saved_at
    from   drafts
    where  person_id = $1 and case_id = $2
    order  by saved_at desc";

/// What somebody is writing in a case, newest first.
pub async fn of(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Draft>> {
    let rows: Vec<(String, String, String, i64)> = on!(tx, |db| sqlx::query_as(OF)
        .bind(person.get())
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter()
        .map(|(kind, key, body, saved_at)| {
            Ok(Draft {
                case,
                kind: word::<DraftKind>("drafts", "kind", case.get(), &kind)?,
                key,
                body,
                saved_at: from_ms(saved_at),
            })
        })
        .collect()
}
