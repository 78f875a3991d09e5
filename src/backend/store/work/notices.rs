//! What people are told in the app.

use crate::{
    backend::store::{
        error::{Result, word},
        tx::{Tx, on},
    },
    domain::{
        ids::{BrandId, CaseId, NoticeId, PersonId},
        notice::{Notice, QuietHours},
        time::{Instant, from_ms},
    },
};
use sqlx::FromRow;

const INSERT: &str = "
    insert into notices (id, person_id, brand_id, case_id, kind, words, told_at)
    values ($1, $2, $3, $4, $5, $6, $7)";

/// Keeps what somebody is told.
pub async fn insert(
    tx: &mut Tx,
    person: PersonId,
    brand: Option<BrandId>,
    notice: &Notice,
) -> Result<()> {
    on!(tx, |db| sqlx::query(INSERT)
        .bind(notice.id.get())
        .bind(person.get())
        .bind(brand.map(|it| it.get()))
        .bind(notice.case.map(|it| it.get()))
        .bind(notice.kind.as_str())
        .bind(&notice.words)
        .bind(notice.told_at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

#[derive(FromRow)]
struct NoticeRow {
    id: i64,
    brand_id: Option<i64>,
    case_id: Option<i64>,
    kind: String,
    words: String,
    told_at: i64,
    read_at: Option<i64>,
}

const OF: &str = "
    select id, brand_id, case_id, kind, words, told_at, read_at
    from   notices
    where  person_id = $1
    order  by told_at desc, id desc
    limit  $2";

/// What somebody was told last, and of which brand it was.
pub async fn of(
    tx: &mut Tx,
    person: PersonId,
    most: i64,
) -> Result<Vec<(Option<BrandId>, Notice)>> {
    let rows: Vec<NoticeRow> = on!(tx, |db| sqlx::query_as(OF)
        .bind(person.get())
        .bind(most)
        .fetch_all(db)
        .await)?;
    rows.into_iter().map(notice).collect()
}

fn notice(row: NoticeRow) -> Result<(Option<BrandId>, Notice)> {
    let notice = Notice {
        id: row.id.into(),
        kind: word("notices", "kind", row.id, &row.kind)?,
        words: row.words,
        case: row.case_id.map(CaseId::from),
        told_at: from_ms(row.told_at),
        is_read: row.read_at.is_some(),
    };
    Ok((row.brand_id.map(Into::into), notice))
}

const UNREAD: &str = "select count(*) from notices where person_id = $1 and read_at is null";

/// How much somebody hasn't looked at.
pub async fn unread(tx: &mut Tx, person: PersonId) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as(UNREAD)
        .bind(person.get())
        .fetch_one(db)
        .await)?;
    Ok(count)
}

const READ: &str = "
    update notices set read_at = $3
    where  person_id = $1 and read_at is null and (id = $2 or $2 = 0)";

/// Somebody has looked at one thing, or at all.
pub async fn read(
    tx: &mut Tx,
    person: PersonId,
    one: Option<NoticeId>,
    now: Instant,
) -> Result<()> {
    on!(tx, |db| sqlx::query(READ)
        .bind(person.get())
        .bind(one.map_or(0, |it| it.get()))
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const TO_MAIL: &str = "
    select id, brand_id, case_id, kind, words, told_at, read_at
    from   notices
    where  person_id = $1 and read_at is null and mailed_at is null and told_at <= $2
    order  by told_at, id
    limit  100";

/// What somebody hasn't looked at since an instant, nor been sent.
pub async fn to_mail(tx: &mut Tx, person: PersonId, before: Instant) -> Result<Vec<Notice>> {
    let rows: Vec<NoticeRow> = on!(tx, |db| sqlx::query_as(TO_MAIL)
        .bind(person.get())
        .bind(before.timestamp_millis())
        .fetch_all(db)
        .await)?;
    rows.into_iter()
        .map(|row| notice(row).map(|it| it.1))
        .collect()
}

const MAILED: &str = "update notices set mailed_at = $2 where id = $1";

/// It was sent.
pub async fn mailed(tx: &mut Tx, id: NoticeId, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(MAILED)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const QUIET: &str = "
    select from_minute, until_minute, wants_mail from quiet_hours where person_id = $1";

/// When somebody wants to be left alone.
pub async fn quiet(tx: &mut Tx, person: PersonId) -> Result<QuietHours> {
    let row: Option<(i64, i64, i64)> = on!(tx, |db| sqlx::query_as(QUIET)
        .bind(person.get())
        .fetch_optional(db)
        .await)?;
    Ok(
        row.map_or_else(QuietHours::default, |(from, until, mail)| QuietHours {
            from_minute: from,
            until_minute: until,
            wants_mail: mail == 1,
        }),
    )
}

const SET_QUIET: &str = "
    insert into quiet_hours (person_id, from_minute, until_minute, wants_mail)
    values ($1, $2, $3, $4)
    on conflict (person_id) do update set
        from_minute = excluded.from_minute, until_minute = excluded.until_minute,
        wants_mail = excluded.wants_mail";

/// Says when somebody wants to be left alone.
pub async fn set_quiet(tx: &mut Tx, person: PersonId, hours: QuietHours) -> Result<()> {
    on!(tx, |db| sqlx::query(SET_QUIET)
        .bind(person.get())
        .bind(hours.from_minute)
        .bind(hours.until_minute)
        .bind(i64::from(hours.wants_mail))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const WANT_MAIL: &str = "select person_id from quiet_hours where wants_mail = 1 order by person_id";

/// Everybody who wants mail.
pub async fn want_mail(tx: &mut Tx) -> Result<Vec<PersonId>> {
    let rows: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(WANT_MAIL).fetch_all(db).await)?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
