//! Texts that agents begin with.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{ids::BrandId, macro_reply::MacroReply};

const LIST: &str = "
    select name, language, body from macros where brand_id = $1 order by name, language";

/// A brand's macros by name.
pub async fn list(tx: &mut Tx, brand: BrandId) -> Result<Vec<MacroReply>> {
    let rows: Vec<(String, String, String)> = on!(tx, |db| sqlx::query_as(LIST)
        .bind(brand.get())
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(name, language, body)| MacroReply {
            name,
            language,
            body,
        })
        .collect())
}

const SAVE: &str = "
    insert into macros (id, brand_id, name, language, body) values ($1, $2, $3, $4, $5)
    on conflict (name, language, brand_id) do update set body = excluded.body";

/// Keeps a macro, new or changed.
pub async fn save(tx: &mut Tx, id: i64, brand: BrandId, it: &MacroReply) -> Result<()> {
    on!(tx, |db| sqlx::query(SAVE)
        .bind(id)
        .bind(brand.get())
        .bind(&it.name)
        .bind(&it.language)
        .bind(&it.body)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE: &str = "delete from macros where brand_id = $1 and name = $2 and language = $3";

/// Removes a macro.
pub async fn remove(tx: &mut Tx, brand: BrandId, it: &MacroReply) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE)
        .bind(brand.get())
        .bind(&it.name)
        .bind(&it.language)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
