//! What intake asks and changes, always for many posts at once.

use super::{
    error::{Result, word},
    tx::{ROWS, Tx, id_list, insert_rows, on},
};
use crate::domain::{
    event::Actor,
    ids::{BrandId, CaseId, ChannelId, CustomerId, HandleId, PostId},
    network::Network,
    post::Post,
    time::{Instant, from_ms},
};
use sqlx::{AssertSqlSafe, FromRow};

/// Something that a network told, as it is kept until it is worked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// Its number.
    pub id: i64,
    /// Whose.
    pub brand: BrandId,
    /// Through which channel.
    pub channel: ChannelId,
    /// Who wrote it, in small letters; empty when that can't be told.
    pub author: String,
    /// What tells the same from something else.
    pub hash: String,
    /// As it was told.
    pub body: String,
    /// When.
    pub received_at: Instant,
    /// How often it was tried.
    pub tries: i64,
    /// When it was given up.
    pub dead_at: Option<Instant>,
    /// Why.
    pub why: Option<String>,
}

/// Keeps what was told; what is kept already stays as it is.
pub async fn insert_raw(tx: &mut Tx, all: &[Raw]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into deliveries (id, brand_id, channel_id, author, hash, body, received_at, due_at,
             dead_at, why) ",
        all,
        |b, row| {
            b.push_bind(row.id)
                .push_bind(row.brand.get())
                .push_bind(row.channel.get())
                .push_bind(&row.author)
                .push_bind(&row.hash)
                .push_bind(&row.body)
                .push_bind(row.received_at.timestamp_millis())
                .push_bind(row.received_at.timestamp_millis())
                .push_bind(row.dead_at.map(|it| it.timestamp_millis()))
                .push_bind(&row.why);
        },
        " on conflict (hash, channel_id, brand_id) do nothing"
    );
    Ok(())
}

#[derive(FromRow)]
struct RawRow {
    id: i64,
    brand_id: i64,
    channel_id: i64,
    author: String,
    hash: String,
    body: String,
    received_at: i64,
    tries: i64,
    dead_at: Option<i64>,
    why: Option<String>,
}

impl From<RawRow> for Raw {
    fn from(row: RawRow) -> Self {
        Self {
            id: row.id,
            brand: row.brand_id.into(),
            channel: row.channel_id.into(),
            author: row.author,
            hash: row.hash,
            body: row.body,
            received_at: from_ms(row.received_at),
            tries: row.tries,
            dead_at: row.dead_at.map(from_ms),
            why: row.why,
        }
    }
}

const RAW: &str = "
    select id, brand_id, channel_id, author, hash, body, received_at, tries, dead_at, why
    from   deliveries";

/// What is to be worked through now, oldest first.
pub async fn due(tx: &mut Tx, now: Instant, most: i64) -> Result<Vec<Raw>> {
    let sql = format!("{RAW} where due_at <= $1 and dead_at is null order by id limit $2");
    let rows: Vec<RawRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .bind(now.timestamp_millis())
        .bind(most)
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(Raw::from).collect())
}

/// What was given up, newest first.
pub async fn dead(tx: &mut Tx, most: i64) -> Result<Vec<Raw>> {
    let sql = format!("{RAW} where dead_at is not null order by dead_at desc, id limit $1");
    let rows: Vec<RawRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .bind(most)
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(Raw::from).collect())
}

/// One of them.
pub async fn find_raw(tx: &mut Tx, id: i64) -> Result<Option<Raw>> {
    let sql = format!("{RAW} where id = $1");
    let row: Option<RawRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(db)
        .await)?;
    Ok(row.map(Raw::from))
}

/// They are worked through.
pub async fn forget_raw(tx: &mut Tx, ids: &[i64]) -> Result<()> {
    for some in ids.chunks(ROWS) {
        let list = id_list(some.iter().copied());
        run(tx, format!("delete from deliveries where id in {list}")).await?;
    }
    Ok(())
}

const FAIL: &str = "
    update deliveries set tries = $2, due_at = $3, dead_at = $4, why = $5 where id = $1";

/// One couldn't be worked through: it waits, or it is dead.
pub async fn fail_raw(tx: &mut Tx, raw: &Raw, due_at: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(FAIL)
        .bind(raw.id)
        .bind(raw.tries)
        .bind(due_at.timestamp_millis())
        .bind(raw.dead_at.map(|it| it.timestamp_millis()))
        .bind(&raw.why)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// Forgets what is of no use any more: what began so long ago that nothing new can belong to it,
/// early deletions, dead deliveries.
pub async fn forget_old(tx: &mut Tx, began: Instant, told: Instant) -> Result<()> {
    let (began, told) = (began.timestamp_millis(), told.timestamp_millis());
    run(
        tx,
        format!("delete from beginnings where published_at < {began}"),
    )
    .await?;
    run(
        tx,
        format!("delete from early_deletions where seen_at < {told}"),
    )
    .await?;
    run(tx, format!("delete from deliveries where dead_at < {told}")).await
}

/// Forgets what accounts told that is not worked through.
pub async fn forget_author(tx: &mut Tx, handle: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(
        "delete from deliveries where author = $1 or author = ''"
    )
    .bind(handle.to_lowercase())
    .execute(db)
    .await
    .map(drop))?;
    Ok(())
}

/// Forgets by what an account's posts are found again.
pub async fn forget_beginnings(tx: &mut Tx, handle: HandleId) -> Result<()> {
    run(
        tx,
        format!("delete from beginnings where handle_id = {}", handle.get()),
    )
    .await
}

async fn run(tx: &mut Tx, sql: String) -> Result<()> {
    on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
        .persistent(false)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// A post with what intake adds to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Whose.
    pub brand: BrandId,
    /// The post.
    pub post: Post,
    /// Our clock, where it counts.
    pub counts_from: Option<Instant>,
    /// Whose account wrote it, and how many follow that.
    pub author: Option<(CustomerId, i64)>,
}

#[derive(FromRow)]
struct KnownRow {
    id: i64,
    brand_id: i64,
    channel_id: i64,
    case_id: Option<i64>,
    handle_id: Option<i64>,
    author: String,
    actor: String,
    visibility: String,
    external_id: String,
    parent_external_id: Option<String>,
    body: String,
    language: Option<String>,
    published_at: i64,
    seen_at: i64,
    version: i64,
    deleted_at: Option<i64>,
    counts_from: Option<i64>,
    customer_id: Option<i64>,
    followers: Option<i64>,
}

const KNOWN: &str = "
    posts.id, posts.brand_id, posts.channel_id, posts.case_id, posts.handle_id, posts.author,
    posts.actor, posts.visibility, posts.external_id, posts.parent_external_id, posts.body,
    posts.language, posts.published_at, posts.seen_at, posts.version, posts.deleted_at,
    posts.counts_from,
    (select customer_id from handles where handles.id = posts.handle_id) as customer_id,
    (select followers from handles where handles.id = posts.handle_id) as followers";

fn known(row: KnownRow) -> Result<Known> {
    Ok(Known {
        brand: row.brand_id.into(),
        counts_from: row.counts_from.map(from_ms),
        author: row
            .customer_id
            .map(|it| (it.into(), row.followers.unwrap_or(0))),
        post: Post {
            id: row.id.into(),
            case: row.case_id.map(CaseId::from),
            channel: row.channel_id.into(),
            handle: row.handle_id.map(HandleId::from),
            by: word::<Actor>("posts", "actor", row.id, &row.actor)?,
            visibility: word("posts", "visibility", row.id, &row.visibility)?,
            author: row.author,
            external_id: row.external_id,
            parent_external_id: row.parent_external_id,
            body: row.body,
            language: row.language,
            published_at: from_ms(row.published_at),
            seen_at: from_ms(row.seen_at),
            version: i32::try_from(row.version).unwrap_or(i32::MAX),
            deleted_at: row.deleted_at.map(from_ms),
        },
    })
}

/// Evaluates to all rows of a query whose text begins with `with wanted (…) as (values …)`.
macro_rules! look_up {
    ($tx:expr, $head:expr, $wanted:expr, |$b:ident, $row:ident| $bind:block, $tail:expr) => {{
        let mut found = Vec::new();
        for chunk in $wanted.chunks(ROWS) {
            on!($tx, |db| {
                let mut builder = sqlx::QueryBuilder::new($head);
                builder.push_values(chunk, |mut $b, $row| $bind);
                builder.push($tail);
                found.append(&mut builder.build_query_as().fetch_all(db).await?);
            });
        }
        found
    }};
}

/// Those posts of the network's ids that are in the store, of all brands and networks.
pub async fn posts_called(tx: &mut Tx, external_ids: &[String]) -> Result<Vec<Known>> {
    let rows: Vec<KnownRow> = look_up!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(row);
        },
        format!(
            ") select {KNOWN} from wanted cross join posts
               where posts.external_id = wanted.external_id"
        )
    );
    rows.into_iter().map(known).collect()
}

/// All posts of some cases.
pub async fn posts_of(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<Known>> {
    posts_where(tx, "case_id", cases.iter().map(|it| it.get())).await
}

/// Some posts.
pub async fn posts_by_id(tx: &mut Tx, ids: &[PostId]) -> Result<Vec<Known>> {
    posts_where(tx, "id", ids.iter().map(|it| it.get())).await
}

async fn posts_where(
    tx: &mut Tx,
    column: &str,
    ids: impl Iterator<Item = i64>,
) -> Result<Vec<Known>> {
    let ids: Vec<i64> = ids.collect();
    let mut found = Vec::new();
    for some in ids.chunks(ROWS) {
        let list = id_list(some.iter().copied());
        let sql = format!("select {KNOWN} from posts where posts.{column} in {list}");
        let rows: Vec<KnownRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
        for row in rows {
            found.push(known(row)?);
        }
    }
    Ok(found)
}

const UPDATE: &str = "
    update posts
    set    channel_id = $2, case_id = $3, body = $4, language = $5, published_at = $6,
           version = $7, deleted_at = $8, counts_from = $9, actor = $10
    where  id = $1";

/// Brings a post up to date.
pub async fn update_post(tx: &mut Tx, it: &Known) -> Result<()> {
    let post = &it.post;
    on!(tx, |db| sqlx::query(UPDATE)
        .bind(post.id.get())
        .bind(post.channel.get())
        .bind(post.case.map(|it| it.get()))
        .bind(&post.body)
        .bind(&post.language)
        .bind(post.published_at.timestamp_millis())
        .bind(i64::from(post.version))
        .bind(post.deleted_at.map(|it| it.timestamp_millis()))
        .bind(it.counts_from.map(|it| it.timestamp_millis()))
        .bind(post.by.as_str())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// An earlier version of a post.
#[derive(Clone, Debug)]
pub struct Version {
    /// Of which post.
    pub post: PostId,
    /// Whose.
    pub brand: BrandId,
    /// Which.
    pub version: i32,
    /// What it said.
    pub body: String,
    /// The network's clock.
    pub published_at: Instant,
}

/// Keeps earlier versions.
pub async fn insert_versions(tx: &mut Tx, all: &[Version]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into post_versions (post_id, brand_id, version, body, published_at) ",
        all,
        |b, row| {
            b.push_bind(row.post.get())
                .push_bind(row.brand.get())
                .push_bind(i64::from(row.version))
                .push_bind(&row.body)
                .push_bind(row.published_at.timestamp_millis());
        },
        " on conflict (post_id, version, brand_id) do nothing"
    );
    Ok(())
}

/// Empties what some posts said before.
pub async fn empty_versions(tx: &mut Tx, posts: &[PostId]) -> Result<()> {
    for some in posts.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        run(
            tx,
            format!("update post_versions set body = '' where post_id in {list}"),
        )
        .await?;
    }
    Ok(())
}

/// A post that isn't there, by brand and network.
pub type Missing = (BrandId, Network, String);

/// When those of some posts were deleted that never came.
pub async fn early_deletions(
    tx: &mut Tx,
    external_ids: &[String],
) -> Result<Vec<(Missing, Instant)>> {
    let rows: Vec<(i64, String, String, i64)> = look_up!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(row);
        },
        ") select e.brand_id, e.network, e.external_id, e.at
           from   wanted cross join early_deletions e
           where  e.external_id = wanted.external_id"
    );
    rows.into_iter()
        .map(|(brand, network, id, at)| {
            let network = word("early_deletions", "network", brand, &network)?;
            Ok(((brand.into(), network, id), from_ms(at)))
        })
        .collect()
}

/// Remembers deletions of posts that aren't there.
pub async fn keep_early_deletions(
    tx: &mut Tx,
    all: &[(Missing, Instant)],
    now: Instant,
) -> Result<()> {
    insert_rows!(
        tx,
        "insert into early_deletions (network, external_id, brand_id, at, seen_at) ",
        all,
        |b, row| {
            let ((brand, network, id), at) = row;
            b.push_bind(network.as_str())
                .push_bind(id)
                .push_bind(brand.get())
                .push_bind(at.timestamp_millis())
                .push_bind(now.timestamp_millis());
        },
        " on conflict (network, external_id, brand_id) do nothing"
    );
    Ok(())
}

/// The posts that wait for others: what they wait for, and which.
pub async fn waiting_for(tx: &mut Tx, external_ids: &[String]) -> Result<Vec<(Missing, PostId)>> {
    let rows: Vec<(i64, String, String, i64)> = look_up!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(row);
        },
        ") select m.brand_id, m.network, m.parent_external_id, m.post_id
           from   wanted cross join missing_parents m
           where  m.parent_external_id = wanted.external_id"
    );
    rows.into_iter()
        .map(|(brand, network, id, post)| {
            let network = word("missing_parents", "network", post, &network)?;
            Ok(((brand.into(), network, id), post.into()))
        })
        .collect()
}

/// Lets posts wait for others.
pub async fn wait_for(tx: &mut Tx, all: &[(Missing, PostId)]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into missing_parents (network, parent_external_id, brand_id, post_id) ",
        all,
        |b, row| {
            let ((brand, network, id), post) = row;
            b.push_bind(network.as_str())
                .push_bind(id)
                .push_bind(brand.get())
                .push_bind(post.get());
        },
        " on conflict (network, parent_external_id, post_id, brand_id) do nothing"
    );
    Ok(())
}

/// A post that began something.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Which.
    pub post: PostId,
    /// Whose.
    pub brand: BrandId,
    /// What its text is like; 0 when it is too short.
    pub fingerprint: i64,
    /// Who wrote it.
    pub handle: HandleId,
    /// Where.
    pub channel: ChannelId,
    /// When.
    pub published_at: Instant,
}

/// Remembers beginnings.
pub async fn keep_beginnings(tx: &mut Tx, all: &[Beginning]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into beginnings (post_id, brand_id, fingerprint, handle_id, channel_id, published_at) ",
        all,
        |b, row| {
            b.push_bind(row.post.get())
                .push_bind(row.brand.get())
                .push_bind(row.fingerprint)
                .push_bind(row.handle.get())
                .push_bind(row.channel.get())
                .push_bind(row.published_at.timestamp_millis());
        },
        " on conflict (post_id, fingerprint, brand_id) do nothing"
    );
    Ok(())
}

type BeginningRow = (i64, i64, i64, i64, i64, i64);

fn beginning((post, brand, fingerprint, handle, channel, at): BeginningRow) -> Beginning {
    Beginning {
        post: post.into(),
        brand: brand.into(),
        fingerprint,
        handle: handle.into(),
        channel: channel.into(),
        published_at: from_ms(at),
    }
}

/// What some people began between two instants, with whose each is.
pub async fn begun_by(
    tx: &mut Tx,
    customers: &[CustomerId],
    (from, until): (Instant, Instant),
) -> Result<Vec<(CustomerId, Beginning)>> {
    let (from, until) = (from.timestamp_millis(), until.timestamp_millis());
    let mut found = Vec::new();
    for some in customers.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!(
            "select h.customer_id, b.post_id, b.brand_id, b.fingerprint, b.handle_id, b.channel_id,
                    b.published_at
             from   handles h join beginnings b on b.handle_id = h.id
             where  h.customer_id in {list} and b.published_at between {from} and {until}"
        );
        let rows: Vec<(i64, i64, i64, i64, i64, i64, i64)> =
            on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
                .persistent(false)
                .fetch_all(db)
                .await)?;
        found.extend(
            rows.into_iter().map(|(who, a, b, c, d, e, f)| {
                (CustomerId::from(who), beginning((a, b, c, d, e, f)))
            }),
        );
    }
    Ok(found)
}

/// What is like some texts, between two instants.
pub async fn begun_alike(
    tx: &mut Tx,
    fingerprints: &[i64],
    (from, until): (Instant, Instant),
) -> Result<Vec<Beginning>> {
    let (from, until) = (from.timestamp_millis(), until.timestamp_millis());
    let mut found = Vec::new();
    for some in fingerprints.chunks(ROWS) {
        let list = id_list(some.iter().copied());
        let sql = format!(
            "select post_id, brand_id, fingerprint, handle_id, channel_id, published_at
             from   beginnings
             where  fingerprint in {list} and published_at between {from} and {until}
             order  by published_at desc limit 2000"
        );
        let rows: Vec<BeginningRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
        found.extend(rows.into_iter().map(beginning));
    }
    Ok(found)
}

/// An account with whose it is.
pub type AccountRow = (BrandId, Network, String, HandleId, CustomerId, i64);

/// Those of some accounts that brands know.
pub async fn accounts(
    tx: &mut Tx,
    wanted: &[(BrandId, Network, String)],
) -> Result<Vec<AccountRow>> {
    let rows: Vec<(i64, String, String, i64, i64, i64)> = look_up!(
        tx,
        "with wanted (brand_id, network, handle) as (",
        wanted,
        |b, row| {
            b.push_bind(row.0.get())
                .push_bind(row.1.as_str())
                .push_bind(&row.2);
        },
        ") select h.brand_id, h.network, h.handle, h.id, h.customer_id, h.followers
           from   wanted cross join handles h
           where  h.brand_id = wanted.brand_id and h.network = wanted.network
           and    h.handle = wanted.handle"
    );
    rows.into_iter()
        .map(|(brand, network, handle, id, customer, followers)| {
            let network = word("handles", "network", id, &network)?;
            Ok((
                brand.into(),
                network,
                handle,
                id.into(),
                customer.into(),
                followers,
            ))
        })
        .collect()
}

/// Keeps how many follow an account.
pub async fn set_followers(tx: &mut Tx, handle: HandleId, followers: i64) -> Result<()> {
    let handle = handle.get();
    run(
        tx,
        format!("update handles set followers = {followers} where id = {handle}"),
    )
    .await
}

/// The kinds of what happened to some cases.
pub async fn kinds_of_events(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<(CaseId, String)>> {
    let mut found = Vec::new();
    for some in cases.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!("select distinct case_id, kind from events where case_id in {list}");
        let rows: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
        found.extend(rows.into_iter().map(|(case, kind)| (case.into(), kind)));
    }
    Ok(found)
}

/// Which of some cases have become part of others.
pub async fn merged(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<(CaseId, CaseId)>> {
    let mut found = Vec::new();
    for some in cases.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!(
            "select id, merged_into from cases where id in {list} and merged_into is not null"
        );
        let rows: Vec<(i64, i64)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
        found.extend(
            rows.into_iter()
                .map(|(from, into)| (from.into(), into.into())),
        );
    }
    Ok(found)
}

/// Remembers where a case went.
pub async fn set_merged(tx: &mut Tx, case: CaseId, into: CaseId) -> Result<()> {
    let (case, into) = (case.get(), into.get());
    run(
        tx,
        format!("update cases set merged_into = {into} where id = {case}"),
    )
    .await
}
