//! Brands, the versions of their rules, their channels and topics.

use super::{
    error::{Result, StoreError, word},
    tx::{Tx, on},
    workspace,
};
use crate::domain::{
    brand::{Brand, Policies, PolicyVersion},
    ids::{BrandId, PolicyId, TopicId},
    network::{Channel, Network},
    time::{Instant, from_ms},
};
use sqlx::FromRow;

const LIST: &str = "select id, key, name, zone from brands order by key, id";

#[derive(FromRow)]
struct BrandRow {
    id: i64,
    key: String,
    name: String,
    zone: String,
}

impl From<BrandRow> for Brand {
    fn from(row: BrandRow) -> Self {
        Self {
            id: row.id.into(),
            key: row.key,
            name: row.name,
            zone: row.zone,
        }
    }
}

/// Every brand, by key.
pub async fn list(tx: &mut Tx) -> Result<Vec<Brand>> {
    let rows: Vec<BrandRow> = on!(tx, |db| sqlx::query_as(LIST).fetch_all(db).await)?;
    Ok(rows.into_iter().map(Brand::from).collect())
}

const INSERT: &str = "
    insert into brands (id, key, name, zone, created_at)
    values ($1, $2, $3, $4, $5)
    on conflict (key) do nothing";

/// Keeps a brand, unless there is one of that key already.
pub async fn insert(tx: &mut Tx, brand: &Brand, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(brand.id.get())
        .bind(&brand.key)
        .bind(&brand.name)
        .bind(&brand.zone)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const POLICIES: &str = "
    select brand_id, version, since, zone, body
    from   policies
    order  by brand_id, version";

/// Every version of every brand's rules, oldest first.
pub async fn policies(tx: &mut Tx) -> Result<Vec<(BrandId, PolicyVersion)>> {
    let rows: Vec<(i64, i64, i64, Option<String>, String)> =
        on!(tx, |db| sqlx::query_as(POLICIES).fetch_all(db).await)?;
    rows.into_iter()
        .map(|(brand, version, since, zone, body)| {
            let policies: Policies =
                serde_json::from_str(&body).map_err(|why| StoreError::Inconsistent {
                    table: "policies",
                    column: "body",
                    row: brand,
                    why: why.to_string(),
                })?;
            let version = i32::try_from(version).unwrap_or(i32::MAX);
            Ok((
                brand.into(),
                PolicyVersion {
                    version,
                    since: from_ms(since),
                    zone,
                    policies,
                },
            ))
        })
        .collect()
}

/// Every version of one brand's rules, oldest first.
pub async fn policies_of(tx: &mut Tx, brand: BrandId) -> Result<Vec<PolicyVersion>> {
    let all = policies(tx).await?;
    Ok(all
        .into_iter()
        .filter(|(of, _)| *of == brand)
        .map(|(_, version)| version)
        .collect())
}

const LOCK: &str = "update brands set name = name where id = $1";

/// Holds a brand until the transaction ends: whoever else changes something about it waits.
pub async fn lock(tx: &mut Tx, brand: BrandId) -> Result<()> {
    on!(tx, |db| sqlx::query(LOCK)
        .bind(brand.get())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// A number that grows whenever rules or names change; 0 when there are none.
pub async fn last_rules(tx: &mut Tx) -> Result<i64> {
    let (last,): (i64,) = on!(tx, |db| sqlx::query_as(
        "select coalesce(max(id), 0) + coalesce((select cast(value as bigint) from workspace
             where  key = 'names_changed'), 0)
         from   policies"
    )
    .fetch_one(db)
    .await)?;
    Ok(last)
}

/// Lets everybody who remembers names of brands and topics know that they changed.
pub async fn names_changed(tx: &mut Tx) -> Result<()> {
    let before = workspace::find(tx, NAMES_CHANGED).await?;
    let count = before.and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
    workspace::set(tx, NAMES_CHANGED, &(count + 1).to_string()).await
}

/// The name under which the workspace counts changes of names.
const NAMES_CHANGED: &str = "names_changed";

const LANGUAGES: &str = "select id, languages from brands";

/// Every brand's languages, as ISO 639 codes with spaces between.
pub async fn languages(tx: &mut Tx) -> Result<Vec<(i64, String)>> {
    Ok(on!(tx, |db| sqlx::query_as(LANGUAGES).fetch_all(db).await)?)
}

const SAVE: &str = "update brands set name = $2, zone = $3, languages = $4 where id = $1";

/// Changes what a brand is called, where its clock stands and what it speaks.
pub async fn save(tx: &mut Tx, brand: &Brand, languages: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(SAVE)
        .bind(brand.id.get())
        .bind(&brand.name)
        .bind(&brand.zone)
        .bind(languages)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const PIN_ZONE: &str = "update policies set zone = $2 where brand_id = $1 and zone is null";

/// Remembers the zone by which a brand's rules were read so far, before it gets another.
pub async fn pin_zone(tx: &mut Tx, brand: BrandId, zone: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(PIN_ZONE)
        .bind(brand.get())
        .bind(zone)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const INSERT_POLICY: &str = "
    insert into policies (id, brand_id, version, since, zone, body)
    values ($1, $2, $3, $4, $5, $6)";

/// Keeps a new version of a brand's rules.
pub async fn insert_policy(
    tx: &mut Tx,
    id: PolicyId,
    brand: BrandId,
    version: &PolicyVersion,
) -> Result<()> {
    let body =
        serde_json::to_string(&version.policies).map_err(|why| StoreError::Inconsistent {
            table: "policies",
            column: "body",
            row: id.get(),
            why: why.to_string(),
        })?;
    on!(tx, |db| sqlx::query(INSERT_POLICY)
        .bind(id.get())
        .bind(brand.get())
        .bind(i64::from(version.version))
        .bind(version.since.timestamp_millis())
        .bind(&version.zone)
        .bind(&body)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const CHANNELS: &str = "
    select id, brand_id, network, handle, source
    from   channels
    order  by network, handle, id";

#[derive(FromRow)]
struct ChannelRow {
    id: i64,
    brand_id: i64,
    network: String,
    handle: String,
    source: String,
}

impl TryFrom<ChannelRow> for Channel {
    type Error = StoreError;

    fn try_from(row: ChannelRow) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            brand: row.brand_id.into(),
            network: word::<Network>("channels", "network", row.id, &row.network)?,
            handle: row.handle,
            source: word("channels", "source", row.id, &row.source)?,
        })
    }
}

/// Every channel.
pub async fn channels(tx: &mut Tx) -> Result<Vec<Channel>> {
    let rows: Vec<ChannelRow> = on!(tx, |db| sqlx::query_as(CHANNELS).fetch_all(db).await)?;
    rows.into_iter().map(Channel::try_from).collect()
}

const INSERT_CHANNEL: &str = "
    insert into channels (id, brand_id, network, handle, source, created_at)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (brand_id, network, handle, source) do nothing";

/// Keeps a channel, unless the brand has that account from that source already.
pub async fn insert_channel(tx: &mut Tx, channel: &Channel, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT_CHANNEL)
        .bind(channel.id.get())
        .bind(channel.brand.get())
        .bind(channel.network.as_str())
        .bind(&channel.handle)
        .bind(channel.source.as_str())
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const TOPICS: &str = "select distinct key, name from topics order by name, key";

/// Every topic's word and name.
pub async fn topics(tx: &mut Tx) -> Result<Vec<(String, String)>> {
    Ok(on!(tx, |db| sqlx::query_as(TOPICS).fetch_all(db).await)?)
}

const INSERT_TOPIC: &str = "
    insert into topics (id, brand_id, key, name)
    values ($1, $2, $3, $4)
    on conflict (brand_id, key) do nothing";

/// Keeps a topic, unless the brand has that word already.
pub async fn insert_topic(
    tx: &mut Tx,
    id: TopicId,
    brand: BrandId,
    key: &str,
    name: &str,
) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT_TOPIC)
        .bind(id.get())
        .bind(brand.get())
        .bind(key)
        .bind(name)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
