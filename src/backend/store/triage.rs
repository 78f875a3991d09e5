//! What people made of posts that triage had judged, and the models that learned from it.

use super::{
    error::{Result, word},
    tx::{ROWS, Tx, id_list, on},
};
use crate::domain::{
    case::{Kind, Tone},
    correction::Judgement,
    ids::{BrandId, CaseId, CorrectionId, PersonId, PostId},
    time::{Instant, from_ms},
};
use sqlx::{AssertSqlSafe, FromRow};

/// What a person made of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// Whose case it is.
    pub brand: BrandId,
    /// The case.
    pub case: CaseId,
    /// Its first post.
    pub post: PostId,
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// The model that had judged it.
    pub model: i32,
    /// What that suggested.
    pub suggested: Judgement,
    /// What the person said.
    pub said: Judgement,
}

const INSERT: &str = "
    insert into triage_corrections
           (id, brand_id, case_id, post_id, person_id, corrected_at, model, suggested_kind,
            suggested_tone, suggested_priority, suggested_topic, kind, tone, priority, topic)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

/// Keeps a correction.
pub async fn insert(tx: &mut Tx, it: &Correction) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(it.id.get())
        .bind(it.brand.get())
        .bind(it.case.get())
        .bind(it.post.get())
        .bind(it.by.get())
        .bind(it.at.timestamp_millis())
        .bind(i64::from(it.model))
        .bind(it.suggested.kind.as_str())
        .bind(it.suggested.tone.as_str())
        .bind(it.suggested.priority.as_str())
        .bind(&it.suggested.topic)
        .bind(it.said.kind.as_str())
        .bind(it.said.tone.as_str())
        .bind(it.said.priority.as_str())
        .bind(&it.said.topic)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FIRST_POST: &str = "
    select id, body
    from   posts
    where  case_id = $1 and actor = 'customer'
    order  by published_at, id
    limit  1";

/// The customer's first post in a case, by which it is judged: its id and text. The text is empty
/// where it was deleted, purged or erased.
pub async fn first_post(tx: &mut Tx, case: CaseId) -> Result<Option<(PostId, String)>> {
    let row: Option<(i64, String)> = on!(tx, |db| sqlx::query_as(FIRST_POST)
        .bind(case.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(id, body)| (id.into(), body)))
}

const LAST_OF_CASE: &str = "
    select t.corrected_at, p.name
    from   triage_corrections t
    left   join people p on p.id = t.person_id
    where  t.case_id = $1
    order  by t.id desc
    limit  1";

/// When somebody last said what a case is, and who.
pub async fn last_of_case(tx: &mut Tx, case: CaseId) -> Result<Option<(Instant, Option<String>)>> {
    let row: Option<(i64, Option<String>)> = on!(tx, |db| sqlx::query_as(LAST_OF_CASE)
        .bind(case.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(at, who)| (from_ms(at), who)))
}

const LAST: &str = "select coalesce(max(id), 0) from triage_corrections";

/// The newest correction; 0 for none.
pub async fn last(tx: &mut Tx) -> Result<CorrectionId> {
    let (last,): (i64,) = on!(tx, |db| sqlx::query_as(LAST).fetch_one(db).await)?;
    Ok(last.into())
}

const SINCE: &str = "select count(*) from triage_corrections where id > $1";

/// How many corrections came after one.
pub async fn count_since(tx: &mut Tx, last: CorrectionId) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as(SINCE)
        .bind(last.get())
        .fetch_one(db)
        .await)?;
    Ok(count)
}

/// What a post was last said to be, with its text.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The correction.
    pub id: CorrectionId,
    /// The post.
    pub post: PostId,
    /// What the customer wants.
    pub kind: Kind,
    /// How it sounds.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

#[derive(FromRow)]
struct LessonRow {
    id: i64,
    post_id: i64,
    kind: String,
    tone: String,
    body: String,
}

const LESSONS: &str = "
    select t.id, t.post_id, t.kind, t.tone, p.body
    from   triage_corrections t
    join   posts p on p.id = t.post_id
    where  p.body <> ''
    and    t.id = (select max(later.id) from triage_corrections later
                   where  later.post_id = t.post_id)
    order  by t.id desc
    limit  $1";

/// The newest corrections whose posts still say something, one a post, newest first.
pub async fn lessons(tx: &mut Tx, most: i64) -> Result<Vec<Lesson>> {
    let rows: Vec<LessonRow> = on!(tx, |db| sqlx::query_as(LESSONS)
        .bind(most)
        .fetch_all(db)
        .await)?;
    rows.into_iter()
        .map(|row| {
            Ok(Lesson {
                id: row.id.into(),
                post: row.post_id.into(),
                kind: word("triage_corrections", "kind", row.id, &row.kind)?,
                tone: word("triage_corrections", "tone", row.id, &row.tone)?,
                text: row.body,
            })
        })
        .collect()
}

/// A try to learn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Counted from 1.
    pub version: i32,
    /// When.
    pub made_at: Instant,
    /// The last correction that there was.
    pub last: CorrectionId,
    /// How many it learned from.
    pub lessons: i64,
    /// How many it was measured by.
    pub held_out: i64,
    /// How well it agreed with those, in thousandths.
    pub score: i64,
    /// How well the model before it did.
    pub score_before: i64,
    /// Whether it was kept.
    pub kept: bool,
}

#[derive(FromRow)]
struct VersionRow {
    version: i64,
    made_at: i64,
    last_correction: i64,
    lessons: i64,
    held_out: i64,
    score: i64,
    score_before: i64,
    kept: i64,
}

const VERSIONS: &str = "
    select version, made_at, last_correction, lessons, held_out, score, score_before, kept
    from   triage_models
    order  by version desc
    limit  $1";

/// The newest tries, newest first.
pub async fn versions(tx: &mut Tx, most: i64) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = on!(tx, |db| sqlx::query_as(VERSIONS)
        .bind(most)
        .fetch_all(db)
        .await)?;
    Ok(rows
        .into_iter()
        .map(|row| Version {
            version: i32::try_from(row.version).unwrap_or(i32::MAX),
            made_at: from_ms(row.made_at),
            last: row.last_correction.into(),
            lessons: row.lessons,
            held_out: row.held_out,
            score: row.score,
            score_before: row.score_before,
            kept: row.kept != 0,
        })
        .collect())
}

const IN_FORCE: &str =
    "select version from triage_models where kept = 1 order by version desc limit 1";

/// The number of the model in force; 0 for none.
pub async fn in_force(tx: &mut Tx) -> Result<i32> {
    let row: Option<(i64,)> = on!(tx, |db| sqlx::query_as(IN_FORCE).fetch_optional(db).await)?;
    Ok(row.map_or(0, |(version,)| i32::try_from(version).unwrap_or(i32::MAX)))
}

const BODY: &str = "select body from triage_models where version = $1";

/// A model as it is kept.
pub async fn body(tx: &mut Tx, version: i32) -> Result<Option<String>> {
    let row: Option<(String,)> = on!(tx, |db| sqlx::query_as(BODY)
        .bind(i64::from(version))
        .fetch_optional(db)
        .await)?;
    Ok(row.map(|(body,)| body))
}

const INSERT_VERSION: &str = "
    insert into triage_models
           (version, made_at, last_correction, lessons, held_out, score, score_before, kept, body)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (version) do nothing";

/// Keeps a try; false when somebody else has made one of that number meanwhile.
pub async fn insert_version(tx: &mut Tx, it: &Version, body: &str) -> Result<bool> {
    let written = on!(tx, |db| sqlx::query(INSERT_VERSION)
        .bind(i64::from(it.version))
        .bind(it.made_at.timestamp_millis())
        .bind(it.last.get())
        .bind(it.lessons)
        .bind(it.held_out)
        .bind(it.score)
        .bind(it.score_before)
        .bind(i64::from(it.kept))
        .bind(body)
        .execute(db)
        .await?
        .rows_affected());
    Ok(written > 0)
}

const EMPTY_OLDER: &str = "update triage_models set body = '' where version < $1 and body <> ''";

/// Empties models that aren't in force any more; how they did stays.
pub async fn empty_older(tx: &mut Tx, than: i32) -> Result<()> {
    on!(tx, |db| sqlx::query(EMPTY_OLDER)
        .bind(i64::from(than))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FORGET_MODELS: &str = "update triage_models set kept = 0, body = '', last_correction = 0";

/// Removes what was said of some posts, and every model, because it may have learned from them: all
/// that is left is new again. Returns how many corrections went; models stay where there were none.
pub async fn forget(tx: &mut Tx, posts: &[PostId]) -> Result<u64> {
    let mut gone = 0;
    for some in posts.chunks(ROWS) {
        let list = id_list(some.iter().map(|it| it.get()));
        let sql = format!("delete from triage_corrections where post_id in {list}");
        gone += on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
            .persistent(false)
            .execute(db)
            .await?
            .rows_affected());
    }
    if gone > 0 {
        on!(tx, |db| sqlx::query(FORGET_MODELS)
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(gone)
}
