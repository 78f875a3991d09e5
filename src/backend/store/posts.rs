//! Messages on the networks.

use super::{
    error::{Result, StoreError, word},
    tx::{Tx, insert_rows, on},
};
use crate::domain::{
    ids::{BrandId, CaseId},
    post::Post,
    time::from_ms,
};
use sqlx::FromRow;

#[derive(FromRow)]
struct PostRow {
    id: i64,
    case_id: Option<i64>,
    channel_id: i64,
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
}

impl TryFrom<PostRow> for Post {
    type Error = StoreError;

    fn try_from(row: PostRow) -> Result<Self> {
        Ok(Self {
            id: row.id.into(),
            case: row.case_id.map(CaseId::from),
            channel: row.channel_id.into(),
            handle: row.handle_id.map(Into::into),
            by: word("posts", "actor", row.id, &row.actor)?,
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
        })
    }
}

const OF_CASE: &str = "
    select id, case_id, channel_id, handle_id, author, actor, visibility, external_id,
           parent_external_id, body, language, published_at, seen_at, version, deleted_at
    from   posts
    where  case_id = $1
    order  by published_at, id";

/// A case's whole thread, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<Post>> {
    let rows: Vec<PostRow> = on!(tx, |db| sqlx::query_as(OF_CASE)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(Post::try_from).collect()
}

/// Keeps posts that aren't there yet, told by the network's id; returns how many were new.
pub async fn insert_all(tx: &mut Tx, posts: &[(BrandId, Post)]) -> Result<u64> {
    Ok(insert_rows!(
        tx,
        "insert into posts (id, brand_id, channel_id, case_id, handle_id, author, actor, visibility,
             external_id, parent_external_id, body, language, published_at, seen_at, version,
             deleted_at) ",
        posts,
        |b, row| {
            let (brand, post) = row;
            b.push_bind(post.id.get())
                .push_bind(brand.get())
                .push_bind(post.channel.get())
                .push_bind(post.case.map(|it| it.get()))
                .push_bind(post.handle.map(|it| it.get()))
                .push_bind(&post.author)
                .push_bind(post.by.as_str())
                .push_bind(post.visibility.as_str())
                .push_bind(&post.external_id)
                .push_bind(&post.parent_external_id)
                .push_bind(&post.body)
                .push_bind(&post.language)
                .push_bind(post.published_at.timestamp_millis())
                .push_bind(post.seen_at.timestamp_millis())
                .push_bind(i64::from(post.version))
                .push_bind(post.deleted_at.map(|it| it.timestamp_millis()));
        },
        " on conflict (external_id, channel_id, brand_id) do nothing"
    ))
}

const NEWEST_OF_CUSTOMERS: &str = "
    select p.case_id, p.author, p.body
    from   posts p
    where  p.brand_id = $1 and p.actor = 'customer' and p.body <> '' and p.case_id is not null
    order  by p.id desc
    limit  $2";

/// The newest customers' posts of a brand: case, author, text.
pub async fn newest_of_customers(
    tx: &mut Tx,
    brand: BrandId,
    most: i64,
) -> Result<Vec<(i64, String, String)>> {
    Ok(on!(tx, |db| sqlx::query_as(NEWEST_OF_CUSTOMERS)
        .bind(brand.get())
        .bind(most)
        .fetch_all(db)
        .await)?)
}

const CASES_WITH_TEXT: &str = r"
    select distinct case_id
    from   posts
    where  case_id is not null and lower(body) like $1 escape '\'";

/// The cases in which some post contains a text, in any case of (Latin) letters.
pub async fn cases_with_text(tx: &mut Tx, text: &str) -> Result<Vec<CaseId>> {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(CASES_WITH_TEXT)
        .bind(&pattern)
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
