//! Finding, reading and emptying everything that is kept about one person.

use super::{
    error::{Result, StoreError, word},
    tx::{ROWS, Tx, id_list, on},
};
use crate::domain::{
    event::EventKind,
    ids::{BrandId, CaseId, CustomerId, HandleId, PostId},
    network::Network,
    time::{Instant, from_ms},
};
use sqlx::AssertSqlSafe;

/// An account of a person, as one brand knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account's id.
    pub id: HandleId,
    /// Whose customer.
    pub brand: BrandId,
    /// That brand's key.
    pub brand_key: String,
    /// The person.
    pub customer: CustomerId,
    /// Where.
    pub network: Network,
    /// Its name there.
    pub handle: String,
}

type AccountRow = (i64, i64, String, i64, String, String);

const ACCOUNTS: &str = "
    select h.id, h.brand_id, b.key, h.customer_id, h.network, h.handle
    from   handles h join brands b on b.id = h.brand_id";

fn account(row: AccountRow) -> Result<Account> {
    let (id, brand, brand_key, customer, network, handle) = row;
    Ok(Account {
        id: id.into(),
        brand: brand.into(),
        brand_key,
        customer: customer.into(),
        network: word("handles", "network", id, &network)?,
        handle,
    })
}

/// All accounts of one name, whatever the case of its letters.
pub async fn accounts_named(tx: &mut Tx, handle: &str) -> Result<Vec<Account>> {
    let sql = format!("{ACCOUNTS} where lower(h.handle) = $1 order by h.id");
    let rows: Vec<AccountRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .bind(handle.to_lowercase())
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(account).collect()
}

/// All accounts of some people.
pub async fn accounts_of(tx: &mut Tx, customers: &[CustomerId]) -> Result<Vec<Account>> {
    let list = id_list(customers.iter().map(|it| it.get()));
    let sql = format!("{ACCOUNTS} where h.customer_id in {list} order by h.id");
    let rows: Vec<AccountRow> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(account).collect()
}

/// The cases of some people.
pub async fn cases_of(tx: &mut Tx, customers: &[CustomerId]) -> Result<Vec<CaseId>> {
    let list = id_list(customers.iter().map(|it| it.get()));
    let sql = format!("select id from cases where customer_id in {list} order by id");
    ids(tx, sql).await
}

/// The cases in which some accounts wrote.
pub async fn cases_with(tx: &mut Tx, accounts: &[HandleId]) -> Result<Vec<CaseId>> {
    let list = id_list(accounts.iter().map(|it| it.get()));
    let sql = format!(
        "select distinct case_id from posts
         where handle_id in {list} and case_id is not null order by case_id"
    );
    ids(tx, sql).await
}

async fn ids<Id: From<i64>>(tx: &mut Tx, sql: String) -> Result<Vec<Id>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// The posts of some accounts: the post, its id on the network.
pub async fn posts_of(tx: &mut Tx, accounts: &[HandleId]) -> Result<Vec<(PostId, String)>> {
    let list = id_list(accounts.iter().map(|it| it.get()));
    let sql = format!("select id, external_id from posts where handle_id in {list} order by id");
    let rows: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .persistent(false)
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(id, text)| (id.into(), text))
        .collect())
}

/// What posts said before they were edited: the post, its version, the text, when.
pub async fn versions_of(
    tx: &mut Tx,
    posts: &[PostId],
) -> Result<Vec<(PostId, i64, String, Instant)>> {
    let mut found = Vec::new();
    for some in posts.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!(
            "select post_id, version, body, published_at from post_versions
             where post_id in {list} order by post_id, version"
        );
        let rows: Vec<(i64, i64, String, i64)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
        found.extend(
            rows.into_iter()
                .map(|(post, version, body, at)| (post.into(), version, body, from_ms(at))),
        );
    }
    Ok(found)
}

/// On SQLite, lets what is removed from here on be overwritten in the file, not only forgotten.
pub async fn overwrite(tx: &mut Tx) -> Result<()> {
    if let Tx::Sqlite(tx) = tx {
        sqlx::query("pragma secure_delete = on")
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

const RENAME_POST: &str = "
    update posts
    set    external_id = $2, author = $3, body = '', language = null,
           deleted_at = coalesce(deleted_at, $4)
    where  id = $1";

/// Leaves a tombstone of a post: its times, its place in the thread, nothing else.
pub async fn bury_post(
    tx: &mut Tx,
    post: PostId,
    external_id: &str,
    author: &str,
    now: Instant,
) -> Result<()> {
    on!(tx, |db| sqlx::query(RENAME_POST)
        .bind(post.get())
        .bind(external_id)
        .bind(author)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// Lets the answers to a post follow it to its new id. They are in some cases, or in none.
pub async fn rename_parent(tx: &mut Tx, from: &str, to: &str, cases: &[CaseId]) -> Result<()> {
    let list = id_list(cases.iter().map(|it| it.get()));
    let sql = format!(
        "update posts set parent_external_id = $2
         where  parent_external_id = $1 and (case_id is null or case_id in {list})"
    );
    on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
        .persistent(false)
        .bind(from)
        .bind(to)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// Empties what we wrote in some cases; the times and who wrote stay. Returns how many posts.
pub async fn empty_answers(tx: &mut Tx, cases: &[CaseId], now: Instant) -> Result<u64> {
    let mut emptied = 0;
    for some in cases.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!(
            "update posts set body = '', language = null, deleted_at = coalesce(deleted_at, $1)
             where  case_id in {list} and actor not in ('customer', 'joiner')"
        );
        emptied += on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
            .persistent(false)
            .bind(now.timestamp_millis())
            .execute(db)
            .await?
            .rows_affected());
    }
    Ok(emptied)
}

/// Empties what emptied posts said before.
pub async fn empty_versions(tx: &mut Tx) -> Result<()> {
    const EMPTY: &str = "
        update post_versions set body = ''
        where  body <> '' and post_id in (select id from posts where body = '')";
    on!(tx, |db| sqlx::query(EMPTY).execute(db).await.map(drop))?;
    Ok(())
}

/// The posts that contain a text, in any case of (Latin) letters.
pub async fn posts_with_text(tx: &mut Tx, text: &str) -> Result<Vec<(PostId, String)>> {
    const FIND: &str = r"select id, body from posts where lower(body) like $1 escape '\'";
    let rows: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(pattern(text))
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(id, body)| (id.into(), body))
        .collect())
}

/// The earlier versions of posts that contain a text.
pub async fn versions_with_text(tx: &mut Tx, text: &str) -> Result<Vec<(PostId, i64, String)>> {
    const FIND: &str =
        r"select post_id, version, body from post_versions where lower(body) like $1 escape '\'";
    let rows: Vec<(i64, i64, String)> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(pattern(text))
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|(id, version, body)| (id.into(), version, body))
        .collect())
}

fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

const SET_BODY: &str = "update posts set body = $2 where id = $1";

/// Lets a post say something else.
pub async fn set_body(tx: &mut Tx, post: PostId, body: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(SET_BODY)
        .bind(post.get())
        .bind(body)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const SET_VERSION: &str = "update post_versions set body = $3 where post_id = $1 and version = $2";

/// Lets an earlier version of a post say something else.
pub async fn set_version(tx: &mut Tx, post: PostId, version: i64, body: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(SET_VERSION)
        .bind(post.get())
        .bind(version)
        .bind(body)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// Empties what was promised in some cases: what and the proof go, times and state stay. The log
/// says the same again, without the words.
pub async fn empty_promises(tx: &mut Tx, cases: &[CaseId]) -> Result<()> {
    for some in cases.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!("update promises set what = '', proof = null where case_id in {list}");
        on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
            .persistent(false)
            .execute(db)
            .await
            .map(drop))?;
        let sql = format!(
            "select number, body from events where kind = 'promised' and case_id in {list}"
        );
        let told: Vec<(i64, String)> = on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?;
        for (number, body) in told {
            let senseless = |why: serde_json::Error| StoreError::Inconsistent {
                table: "events",
                column: "body",
                row: number,
                why: why.to_string(),
            };
            let mut kind: EventKind = serde_json::from_str(&body).map_err(senseless)?;
            if let EventKind::Promised { what, .. } = &mut kind {
                what.clear();
            }
            let body = serde_json::to_string(&kind).map_err(senseless)?;
            on!(tx, |db| sqlx::query(
                "update events set body = $2 where number = $1"
            )
            .bind(number)
            .bind(&body)
            .execute(db)
            .await
            .map(drop))?;
        }
    }
    Ok(())
}

/// What colleagues wrote about some cases, each as a table and what is emptied in it.
const WORK: [(&str, &str); 9] = [
    ("notes", "body = ''"),
    ("prior_attempts", "channel = ''"),
    ("offers", "words = '', decided_why = null"),
    ("confirmations", "said = ''"),
    ("bad_actors", "reason = ''"),
    ("case_work", "snoozed_why = null, cause = null"),
    ("hand_offs", "ask = null, returned_why = null"),
    ("notices", "words = ''"),
    // What waits to go out is taken back; where it stands stays known.
    (
        "replies",
        "body = '', addressee = '', in_reply_to = '', look_at = null,
         state = case when state in ('sent', 'in_flight') then state else 'cancelled' end",
    ),
];

/// Empties what colleagues wrote about some cases; times and sums stay.
pub async fn empty_work(tx: &mut Tx, cases: &[CaseId]) -> Result<()> {
    for some in cases.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let versions = format!(
            "update note_versions set body = ''
             where  note_id in (select id from notes where case_id in {list})"
        );
        let drafts = format!("delete from drafts where case_id in {list}");
        let reasons = format!("update promises set withdrawn_why = null where case_id in {list}");
        let all = WORK.iter().map(|(table, emptied)| {
            format!("update {table} set {emptied} where case_id in {list}")
        });
        for sql in all.chain([versions, reasons, drafts]) {
            on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
                .persistent(false)
                .execute(db)
                .await
                .map(drop))?;
        }
    }
    Ok(())
}

const BURY_CUSTOMER: &str =
    "update customers set name = $2, language = null, prefers = null where id = $1";

/// Takes a person's name away.
pub async fn bury_customer(tx: &mut Tx, customer: CustomerId, name: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(BURY_CUSTOMER)
        .bind(customer.get())
        .bind(name)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const BURY_ACCOUNT: &str = "update handles set handle = $2, followers = 0 where id = $1";

/// Takes an account's name away.
pub async fn bury_account(tx: &mut Tx, account: HandleId, name: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(BURY_ACCOUNT)
        .bind(account.get())
        .bind(name)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const RECORD: &str = "
    insert into erasures (id, kind, erased_at, posts, cases) values ($1, 'customer', $2, $3, $4)";
const MARK: &str = "
    insert into erased_accounts (mark, erasure_id, erased_at) values ($1, $2, $3)
    on conflict (mark) do update set
        erasure_id = excluded.erasure_id, erased_at = excluded.erased_at";

/// Puts an erasure on record: how much went, and the marks of the accounts.
pub async fn record(
    tx: &mut Tx,
    id: i64,
    (posts, cases): (i64, i64),
    marks: &[String],
    now: Instant,
) -> Result<()> {
    on!(tx, |db| sqlx::query(RECORD)
        .bind(id)
        .bind(now.timestamp_millis())
        .bind(posts)
        .bind(cases)
        .execute(db)
        .await
        .map(drop))?;
    for mark in marks {
        on!(tx, |db| sqlx::query(MARK)
            .bind(mark)
            .bind(id)
            .bind(now.timestamp_millis())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}

/// The marks of all erased accounts, with the instants (in milliseconds) of their erasure.
pub async fn marks(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    Ok(on!(tx, |db| sqlx::query_as(
        "select mark, erased_at from erased_accounts"
    )
    .fetch_all(db)
    .await)?)
}

/// The sealed key of the marks, if there is one yet.
pub async fn sealed_key(tx: &mut Tx) -> Result<Option<String>> {
    Ok(on!(tx, |db| sqlx::query_scalar(
        "select key_sealed from erasure_key where id = 1"
    )
    .fetch_optional(db)
    .await)?)
}

/// Keeps the sealed key of the marks.
pub async fn keep_sealed_key(tx: &mut Tx, sealed: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(
        "insert into erasure_key (id, key_sealed) values (1, $1)"
    )
    .bind(sealed)
    .execute(db)
    .await
    .map(drop))?;
    Ok(())
}
