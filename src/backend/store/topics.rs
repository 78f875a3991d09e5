//! A brand's topics with the words that give them.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{
    ids::{BrandId, TopicId},
    topic::Topic,
};

const LIST: &str = "
    select key, name, keywords from topics where brand_id = $1 order by name, key";

/// A brand's topics by name.
pub async fn list(tx: &mut Tx, brand: BrandId) -> Result<Vec<Topic>> {
    let rows: Vec<(String, String, String)> = on!(tx, |db| sqlx::query_as(LIST)
        .bind(brand.get())
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(key, name, keywords)| Topic {
            key,
            name,
            keywords,
        })
        .collect())
}

const SAVE: &str = "
    insert into topics (id, brand_id, key, name, keywords) values ($1, $2, $3, $4, $5)
    on conflict (brand_id, key) do update
    set name = excluded.name, keywords = excluded.keywords";

/// Keeps a topic, new or changed.
pub async fn save(tx: &mut Tx, id: TopicId, brand: BrandId, topic: &Topic) -> Result<()> {
    on!(tx, |db| sqlx::query(SAVE)
        .bind(id.get())
        .bind(brand.get())
        .bind(&topic.key)
        .bind(&topic.name)
        .bind(&topic.keywords)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const REMOVE: &str = "delete from topics where brand_id = $1 and key = $2";

/// Removes a topic.
pub async fn remove(tx: &mut Tx, brand: BrandId, key: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(REMOVE)
        .bind(brand.get())
        .bind(key)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const USES: &str = "select count(*) from cases where brand_id = $1 and topic = $2";

/// How many cases have a topic.
pub async fn uses(tx: &mut Tx, brand: BrandId, key: &str) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as(USES)
        .bind(brand.get())
        .bind(key)
        .fetch_one(db)
        .await)?;
    Ok(count)
}
