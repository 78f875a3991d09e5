//! What the import of archives asks and changes, always for many posts at once.
//!
//! Lists of texts travel as rows of `values` in a common table expression: the same text for every
//! full statement, so that it is prepared once, and an index look-up for each row on both engines.

use super::{
    error::Result,
    tx::{ROWS, Tx, Words, id_list, on},
};
use crate::domain::{
    event::Actor,
    ids::{BrandId, CaseId, ChannelId, CustomerId, HandleId, PostId},
    network::Network,
};
use sqlx::{AssertSqlSafe, FromRow};
use std::sync::Arc;

/// The network that archives come from.
pub const NETWORK: Network = Network::X;

/// A post in the store, as much as trees are told from.
#[derive(Clone, Debug, FromRow)]
pub struct KnownPost {
    /// Its id.
    pub id: i64,
    /// Its brand.
    pub brand_id: i64,
    /// Its channel.
    pub channel_id: i64,
    /// Its case, if it has one.
    pub case_id: Option<i64>,
    /// Its author's account, if that is a customer's.
    pub handle_id: Option<i64>,
    /// Its author's name.
    pub author: String,
    /// Who wrote it.
    pub actor: String,
    /// The network's id.
    pub external_id: String,
    /// The network's id of what it answers.
    pub parent_external_id: Option<String>,
    /// Milliseconds since 1970.
    pub published_at: i64,
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

/// Changes or removes rows by a statement that begins with `with wanted (…) as (values …)`.
macro_rules! change {
    ($tx:expr, $head:expr, $wanted:expr, |$b:ident, $row:ident| $bind:block, $tail:expr) => {
        for chunk in $wanted.chunks(ROWS) {
            on!($tx, |db| {
                let mut builder = sqlx::QueryBuilder::new($head);
                builder.push_values(chunk, |mut $b, $row| $bind);
                builder.push($tail);
                builder.build().execute(db).await?;
            });
        }
    };
}

/// Waits until no other import writes; changes nothing. On SQLite there is only one writer anyway.
pub async fn wait_for_turn(tx: &mut Tx) -> Result<()> {
    const WAIT: &str = "update log_head set last = last where id = 1";
    on!(tx, |db| sqlx::query(WAIT).execute(db).await.map(drop))?;
    Ok(())
}

/// Those of some ids of the network that are in the store: the id, the channel.
pub async fn known_ids(tx: &mut Tx, external_ids: &[Arc<str>]) -> Result<Vec<(String, i64)>> {
    Ok(look_up!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(Arc::clone(row));
        },
        ") select posts.external_id, posts.channel_id
           from   wanted cross join posts
           where  posts.external_id = wanted.external_id"
    ))
}

/// Those of some posts of the network that are in the store.
pub async fn known(tx: &mut Tx, external_ids: &[Arc<str>]) -> Result<Vec<KnownPost>> {
    Ok(look_up!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(Arc::clone(row));
        },
        ") select posts.id, posts.brand_id, posts.channel_id, posts.case_id, posts.handle_id,
                  posts.author, posts.actor, posts.external_id, posts.parent_external_id,
                  posts.published_at
           from   wanted cross join posts
           where  posts.external_id = wanted.external_id"
    ))
}

/// The ids that posts wait for, unless there are more than a few.
pub async fn few_awaited(tx: &mut Tx, few: usize) -> Result<Option<Vec<String>>> {
    let limit = few + 1;
    let sql = format!(
        "select parent_external_id from missing_parents where network = '{NETWORK}' limit {limit}"
    );
    let found: Vec<String> = on!(tx, |db| sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(db)
        .await)?;
    Ok((found.len() <= few).then_some(found))
}

/// The posts that wait for one of these to arrive.
pub async fn waiting_for(tx: &mut Tx, external_ids: &[Arc<str>]) -> Result<Vec<KnownPost>> {
    Ok(look_up!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(Arc::clone(row));
        },
        format!(
            ") select posts.id, posts.brand_id, posts.channel_id, posts.case_id, posts.handle_id,
                  posts.author, posts.actor, posts.external_id, posts.parent_external_id,
                  posts.published_at
           from   wanted cross join missing_parents cross join posts
           where  missing_parents.network = '{NETWORK}'
           and    missing_parents.parent_external_id = wanted.external_id
           and    posts.id = missing_parents.post_id"
        )
    ))
}

/// The posts without a case that answer one of these.
pub async fn loose_answers_to(tx: &mut Tx, external_ids: &[Arc<str>]) -> Result<Vec<KnownPost>> {
    Ok(look_up!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(Arc::clone(row));
        },
        ") select posts.id, posts.brand_id, posts.channel_id, posts.case_id, posts.handle_id,
                  posts.author, posts.actor, posts.external_id, posts.parent_external_id,
                  posts.published_at
           from   wanted cross join posts
           where  posts.parent_external_id = wanted.external_id and posts.case_id is null"
    ))
}

/// All posts of some cases.
pub async fn of_cases(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<KnownPost>> {
    let mut found = Vec::new();
    for some in cases.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!(
            "select id, brand_id, channel_id, case_id, handle_id, author, actor, external_id,
                    parent_external_id, published_at
             from   posts
             where  case_id in {list}"
        );
        found.append(&mut on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(db)
            .await)?);
    }
    Ok(found)
}

/// A post as an archive has it: public, in its first version, seen when it was published.
#[derive(Clone, Copy, Debug)]
pub struct NewPost<'a> {
    /// Where it belongs.
    pub belonging: Belonging,
    /// The author's account.
    pub author: &'a Arc<str>,
    /// The network's id.
    pub external_id: &'a Arc<str>,
    /// The network's id of what it answers.
    pub parent: Option<&'a Arc<str>>,
    /// What it says.
    pub body: &'a Arc<str>,
    /// Milliseconds since 1970.
    pub published_at: i64,
}

/// Keeps posts.
pub async fn insert_posts(tx: &mut Tx, posts: &[NewPost<'_>]) -> Result<()> {
    let mut words = Words::default();
    super::tx::insert_rows!(
        tx,
        "insert into posts (id, brand_id, channel_id, case_id, handle_id, author, actor, visibility,
             external_id, parent_external_id, body, published_at, seen_at) ",
        posts,
        |b, row| {
            let it = row.belonging;
            b.push_bind(it.post.get())
                .push_bind(it.brand.get())
                .push_bind(it.channel.get())
                .push_bind(it.case.map(|it| it.get()))
                .push_bind(it.handle.map(|it| it.get()))
                .push_bind(Arc::clone(row.author))
                .push_bind(words.get(it.actor.as_str()))
                .push("'public'")
                .push_bind(Arc::clone(row.external_id))
                .push_bind(row.parent.cloned())
                .push_bind(Arc::clone(row.body))
                .push_bind(row.published_at)
                .push_bind(row.published_at);
        },
        ""
    );
    Ok(())
}

/// What a post belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Belonging {
    /// Which post.
    pub post: PostId,
    /// Whose.
    pub brand: BrandId,
    /// Through which account.
    pub channel: ChannelId,
    /// Its case.
    pub case: Option<CaseId>,
    /// Its author's account.
    pub handle: Option<HandleId>,
    /// Who its author is to the case.
    pub actor: Actor,
}

/// Puts posts where they belong now.
pub async fn rehang(tx: &mut Tx, posts: &[Belonging]) -> Result<()> {
    change!(
        tx,
        "with wanted (id, brand_id, channel_id, case_id, handle_id, actor) as (",
        posts,
        |b, row| {
            b.push_bind(row.post.get())
                .push_bind(row.brand.get())
                .push_bind(row.channel.get())
                .push_bind(row.case.map(|it| it.get()))
                .push_bind(row.handle.map(|it| it.get()))
                .push_bind(row.actor.as_str());
        },
        ") update posts
           set    brand_id = wanted.brand_id, channel_id = wanted.channel_id,
                  case_id = wanted.case_id, handle_id = wanted.handle_id, actor = wanted.actor
           from   wanted
           where  posts.id = wanted.id"
    );
    Ok(())
}

/// A post that waits for its parent.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'a> {
    /// The parent's id on the network.
    pub parent: &'a str,
    /// Who waits.
    pub post: PostId,
    /// Whose.
    pub brand: BrandId,
}

/// Remembers that posts wait for their parents.
pub async fn wait_for(tx: &mut Tx, posts: &[Waiting<'_>]) -> Result<()> {
    super::tx::insert_rows!(
        tx,
        "insert into missing_parents (network, parent_external_id, brand_id, post_id) ",
        posts,
        |b, row| {
            b.push_bind(NETWORK.as_str())
                .push_bind(row.parent)
                .push_bind(row.brand.get())
                .push_bind(row.post.get());
        },
        " on conflict do nothing"
    );
    Ok(())
}

/// Forgets that posts wait: their parents came, or they changed their brand.
pub async fn wait_no_more(tx: &mut Tx, posts: &[(&str, PostId)]) -> Result<()> {
    for chunk in posts.chunks(ROWS) {
        on!(tx, |db| {
            let mut builder = sqlx::QueryBuilder::new(format!(
                "delete from missing_parents
                 where network = '{NETWORK}' and (parent_external_id, post_id) in ("
            ));
            builder.push_values(chunk, |mut b, row| {
                b.push_bind(row.0).push_bind(row.1.get());
            });
            builder.push(")");
            builder.build().execute(db).await?;
        });
    }
    Ok(())
}

/// Lets those that wait for posts know that these are called otherwise: from one id to another.
pub async fn rename_awaited(tx: &mut Tx, names: &[(Arc<str>, Arc<str>)]) -> Result<()> {
    change!(
        tx,
        "with wanted (old_id, new_id) as (",
        names,
        |b, row| {
            b.push_bind(Arc::clone(&row.0))
                .push_bind(Arc::clone(&row.1));
        },
        format!(
            ") update posts
               set    parent_external_id = wanted.new_id
               from   wanted, missing_parents
               where  missing_parents.network = '{NETWORK}'
               and    missing_parents.parent_external_id = wanted.old_id
               and    posts.id = missing_parents.post_id"
        )
    );
    change!(
        tx,
        "with wanted (old_id, new_id) as (",
        names,
        |b, row| {
            b.push_bind(Arc::clone(&row.0))
                .push_bind(Arc::clone(&row.1));
        },
        format!(
            ") update missing_parents
               set    parent_external_id = wanted.new_id
               from   wanted
               where  missing_parents.network = '{NETWORK}'
               and    missing_parents.parent_external_id = wanted.old_id"
        )
    );
    Ok(())
}

/// Leaves tombstones of posts whose author's data was erased before they came.
pub async fn bury(tx: &mut Tx, external_ids: &[Arc<str>], now: i64) -> Result<()> {
    change!(
        tx,
        "with wanted (external_id) as (",
        external_ids,
        |b, row| {
            b.push_bind(Arc::clone(row));
        },
        format!(
            ") update posts
               set    deleted_at = {now}
               from   wanted
               where  posts.external_id = wanted.external_id and posts.deleted_at is null"
        )
    );
    Ok(())
}

/// Those of some accounts that brands know: brand, account, its id, its person.
pub async fn handles(
    tx: &mut Tx,
    wanted: &[(BrandId, &str)],
) -> Result<Vec<(BrandId, String, HandleId, CustomerId)>> {
    let found: Vec<(i64, String, i64, i64)> = look_up!(
        tx,
        "with wanted (brand_id, handle) as (",
        wanted,
        |b, row| {
            b.push_bind(row.0.get()).push_bind(row.1);
        },
        format!(
            ") select handles.brand_id, handles.handle, handles.id, handles.customer_id
           from   wanted cross join handles
           where  handles.brand_id = wanted.brand_id and handles.network = '{NETWORK}'
           and    handles.handle = wanted.handle"
        )
    );
    Ok(found
        .into_iter()
        .map(|(brand, handle, id, customer)| (brand.into(), handle, id.into(), customer.into()))
        .collect())
}

/// A case that has become part of another, or has got another brand.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// The case as it was known.
    pub from: CaseId,
    /// The case it is now.
    pub to: CaseId,
    /// Whose that is.
    pub brand: BrandId,
    /// When that opened, in milliseconds since 1970.
    pub opened_at: i64,
}

/// Lets what people added to cases follow them: promises, hand-offs, notes and the like.
pub async fn follow(tx: &mut Tx, moves: &[Move]) -> Result<()> {
    for table in ["promises", "hand_offs", "notes", "prior_attempts", "offers"] {
        change!(
            tx,
            "with wanted (case_id, to_id, brand_id) as (",
            moves,
            |b, row| {
                b.push_bind(row.from.get())
                    .push_bind(row.to.get())
                    .push_bind(row.brand.get());
            },
            format!(
                ") update {table}
               set    case_id = wanted.to_id, brand_id = wanted.brand_id
               from   wanted
               where  {table}.case_id = wanted.case_id"
            )
        );
    }
    Ok(())
}

/// Brings the episodes of changed cases in line with them: the brand of all, and the first one's
/// beginning.
pub async fn restart_episodes(tx: &mut Tx, moves: &[Move]) -> Result<()> {
    change!(
        tx,
        "with wanted (case_id, brand_id, opened_at) as (",
        moves,
        |b, row| {
            b.push_bind(row.to.get())
                .push_bind(row.brand.get())
                .push_bind(row.opened_at);
        },
        ") update episodes
           set    brand_id = wanted.brand_id,
                  opened_at = case when episodes.number = 1 then wanted.opened_at
                                   else episodes.opened_at end
           from   wanted
           where  episodes.case_id = wanted.case_id"
    );
    Ok(())
}

/// Removes the turns of cases, so that they can be told again.
pub async fn remove_turns(tx: &mut Tx, cases: &[CaseId]) -> Result<()> {
    remove_where(tx, "turns where case_id", cases).await
}

/// Removes cases that have become part of others, with their episodes. Their events stay: the log
/// never loses anything.
pub async fn remove_cases(tx: &mut Tx, cases: &[CaseId]) -> Result<()> {
    remove_where(tx, "episodes where case_id", cases).await?;
    remove_where(tx, "cases where id", cases).await
}

async fn remove_where(tx: &mut Tx, what: &'static str, cases: &[CaseId]) -> Result<()> {
    for some in cases.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!("delete from {what} in {list}");
        on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
            .persistent(false)
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}
