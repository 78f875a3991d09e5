//! People, their brands, their passwords and codes.

use super::{
    error::{Result, word},
    teams,
    tx::{Tx, on},
};
use crate::domain::{
    ids::{BrandId, CodeId, PersonId},
    person::{Brands, Person},
    time::{Instant, from_ms},
};
use sqlx::FromRow;

#[derive(FromRow)]
struct PersonRow {
    id: i64,
    name: String,
    email: String,
    role: String,
    all_brands: i64,
    zone: String,
    standing: String,
    has_codes: i64,
    is_invented: i64,
    is_erased: i64,
    created_at: i64,
}

const LIST: &str = "
    select id, name, email, role, all_brands, zone, standing,
           cast(case when codes_sealed is null then 0 else 1 end as bigint) as has_codes, is_invented,
           cast(case when erased_at is null then 0 else 1 end as bigint) as is_erased, created_at
    from   people
    order  by name, id";
const FIND: &str = "
    select id, name, email, role, all_brands, zone, standing,
           cast(case when codes_sealed is null then 0 else 1 end as bigint) as has_codes, is_invented,
           cast(case when erased_at is null then 0 else 1 end as bigint) as is_erased, created_at
    from   people
    where  id = $1";
const FIND_BY_EMAIL: &str = "
    select id, name, email, role, all_brands, zone, standing,
           cast(case when codes_sealed is null then 0 else 1 end as bigint) as has_codes, is_invented,
           cast(case when erased_at is null then 0 else 1 end as bigint) as is_erased, created_at
    from   people
    where  email = $1";

/// Everybody, by name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Person>> {
    let rows: Vec<PersonRow> = on!(tx, |db| sqlx::query_as(LIST).fetch_all(db).await)?;
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        people.push(whole(tx, row).await?);
    }
    Ok(people)
}

/// One person.
pub async fn find(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    let row: Option<PersonRow> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(id.get())
        .fetch_optional(db)
        .await)?;
    match row {
        Some(row) => whole(tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// The person of an e-mail address.
pub async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<Person>> {
    let row: Option<PersonRow> = on!(tx, |db| sqlx::query_as(FIND_BY_EMAIL)
        .bind(email)
        .fetch_optional(db)
        .await)?;
    match row {
        Some(row) => whole(tx, row).await.map(Some),
        None => Ok(None),
    }
}

const BRANDS: &str = "select brand_id from person_brands where person_id = $1 order by brand_id";

async fn whole(tx: &mut Tx, row: PersonRow) -> Result<Person> {
    let brands = if row.all_brands == 1 {
        Brands::All
    } else {
        let some: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(BRANDS)
            .bind(row.id)
            .fetch_all(db)
            .await)?;
        Brands::Only(some.into_iter().map(|(id,)| id.into()).collect())
    };
    Ok(Person {
        id: row.id.into(),
        role: word("people", "role", row.id, &row.role)?,
        standing: word("people", "standing", row.id, &row.standing)?,
        brands,
        teams: teams::of(tx, row.id.into()).await?,
        name: row.name,
        email: row.email,
        zone: row.zone,
        has_codes: row.has_codes == 1,
        is_invented: row.is_invented == 1,
        is_erased: row.is_erased == 1,
        created_at: from_ms(row.created_at),
    })
}

const INSERT: &str = "
    insert into people (id, name, email, role, all_brands, zone, standing, is_invented, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (email) do nothing";

/// Keeps somebody new, with brands and teams; false when the e-mail address is taken.
pub async fn insert(tx: &mut Tx, person: &Person) -> Result<bool> {
    let made = on!(tx, |db| sqlx::query(INSERT)
        .bind(person.id.get())
        .bind(&person.name)
        .bind(&person.email)
        .bind(person.role.as_str())
        .bind(i64::from(person.brands == Brands::All))
        .bind(&person.zone)
        .bind(person.standing.as_str())
        .bind(i64::from(person.is_invented))
        .bind(person.created_at.timestamp_millis())
        .execute(db)
        .await?
        .rows_affected());
    if made == 0 {
        return Ok(false);
    }
    put_brands(tx, person.id, &person.brands).await?;
    teams::put(tx, person.id, &person.teams).await?;
    Ok(true)
}

const SAVE: &str = "
    update people set name = $2, role = $3, all_brands = $4, zone = $5, standing = $6
    where  id = $1";

/// Keeps somebody as they are now, with brands and teams.
pub async fn save(tx: &mut Tx, person: &Person) -> Result<()> {
    on!(tx, |db| sqlx::query(SAVE)
        .bind(person.id.get())
        .bind(&person.name)
        .bind(person.role.as_str())
        .bind(i64::from(person.brands == Brands::All))
        .bind(&person.zone)
        .bind(person.standing.as_str())
        .execute(db)
        .await
        .map(drop))?;
    put_brands(tx, person.id, &person.brands).await?;
    teams::put(tx, person.id, &person.teams).await
}

const NO_BRANDS: &str = "delete from person_brands where person_id = $1";
const ADD_BRAND: &str = "
    insert into person_brands (person_id, brand_id)
    select $1, id from brands where id = $2";

async fn put_brands(tx: &mut Tx, person: PersonId, brands: &Brands) -> Result<()> {
    on!(tx, |db| sqlx::query(NO_BRANDS)
        .bind(person.get())
        .execute(db)
        .await
        .map(drop))?;
    let some: &[BrandId] = match brands {
        Brands::All => &[],
        Brands::Only(some) => some,
    };
    for brand in some {
        on!(tx, |db| sqlx::query(ADD_BRAND)
            .bind(person.get())
            .bind(brand.get())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}

const ADMINISTRATORS: &str = "
    select count(*) from people
    where  role = 'administrator' and standing = 'on' and is_invented = $1";

/// How many administrators can sign in; of a demo's made-up people, or of the real ones.
pub async fn administrators(tx: &mut Tx, are_invented: bool) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as(ADMINISTRATORS)
        .bind(i64::from(are_invented))
        .fetch_one(db)
        .await)?;
    Ok(count)
}

const PASSWORD: &str = "select password from people where id = $1";

/// The hash of somebody's password; `None` while they have none.
pub async fn password(tx: &mut Tx, id: PersonId) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> = on!(tx, |db| sqlx::query_as(PASSWORD)
        .bind(id.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.and_then(|(hash,)| hash))
}

const SET_PASSWORD: &str = "update people set password = $2 where id = $1";

/// Keeps the hash of a new password.
pub async fn set_password(tx: &mut Tx, id: PersonId, hash: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(SET_PASSWORD)
        .bind(id.get())
        .bind(hash)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const CODES: &str = "select codes_sealed from people where id = $1";

/// The secret of somebody's app; `None` while they have none.
pub async fn codes(tx: &mut Tx, id: PersonId) -> Result<Option<String>> {
    let row: Option<(Option<String>,)> = on!(tx, |db| sqlx::query_as(CODES)
        .bind(id.get())
        .fetch_optional(db)
        .await)?;
    Ok(row.and_then(|(secret,)| secret))
}

const SET_CODES: &str = "update people set codes_sealed = $2, code_step = $3 where id = $1";
const NO_RECOVERY: &str = "delete from recovery_codes where person_id = $1";

/// Keeps the secret of an app whose code of a step was just used, or none any more; recovery
/// codes of before end.
pub async fn set_codes(tx: &mut Tx, id: PersonId, secret: Option<&str>, step: i64) -> Result<()> {
    on!(tx, |db| sqlx::query(SET_CODES)
        .bind(id.get())
        .bind(secret)
        .bind(step)
        .execute(db)
        .await
        .map(drop))?;
    on!(tx, |db| sqlx::query(NO_RECOVERY)
        .bind(id.get())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const USE_STEP: &str = "update people set code_step = $2 where id = $1 and code_step < $2";

/// Marks the code of a step as used; false when it or a later one was used before.
pub async fn use_step(tx: &mut Tx, id: PersonId, step: i64) -> Result<bool> {
    let used = on!(tx, |db| sqlx::query(USE_STEP)
        .bind(id.get())
        .bind(step)
        .execute(db)
        .await?
        .rows_affected());
    Ok(used == 1)
}

const ADD_RECOVERY: &str = "
    insert into recovery_codes (id, person_id, code) values ($1, $2, $3)";

/// Keeps the hash of a recovery code.
pub async fn add_recovery(tx: &mut Tx, id: CodeId, person: PersonId, code: &str) -> Result<()> {
    on!(tx, |db| sqlx::query(ADD_RECOVERY)
        .bind(id.get())
        .bind(person.get())
        .bind(code)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const USE_RECOVERY: &str = "
    update recovery_codes set used_at = $3
    where  person_id = $1 and code = $2 and used_at is null";

/// Uses a recovery code up by its hash; false when there is none, or it was used before.
pub async fn use_recovery(tx: &mut Tx, person: PersonId, code: &str, now: Instant) -> Result<bool> {
    let used = on!(tx, |db| sqlx::query(USE_RECOVERY)
        .bind(person.get())
        .bind(code)
        .bind(now.timestamp_millis())
        .execute(db)
        .await?
        .rows_affected());
    Ok(used == 1)
}

const RECOVERY_LEFT: &str = "
    select count(*) from recovery_codes where person_id = $1 and used_at is null";

/// How many recovery codes still work.
pub async fn recovery_left(tx: &mut Tx, person: PersonId) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as(RECOVERY_LEFT)
        .bind(person.get())
        .fetch_one(db)
        .await)?;
    Ok(count)
}

const ERASED: &str = "select count(*) from people where erased_at is not null";

/// How many people were erased so far.
pub async fn erased(tx: &mut Tx) -> Result<i64> {
    let (count,): (i64,) = on!(tx, |db| sqlx::query_as(ERASED).fetch_one(db).await)?;
    Ok(count)
}

const ERASE: &str = "
    update people set name = $2, email = $3, zone = 'UTC', password = null, codes_sealed = null,
           code_step = 0, erased_at = $4
    where  id = $1";
const OF_THEIRS: [&str; 5] = [
    "delete from sessions where person_id = $1",
    "delete from links where person_id = $1",
    "delete from recovery_codes where person_id = $1",
    "delete from person_brands where person_id = $1",
    "delete from team_members where person_id = $1",
];

/// Takes everything of somebody but their id, their role and since when they were here.
pub async fn erase(
    tx: &mut Tx,
    id: PersonId,
    (name, email): (&str, &str),
    now: Instant,
) -> Result<()> {
    on!(tx, |db| sqlx::query(ERASE)
        .bind(id.get())
        .bind(name)
        .bind(email)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    for statement in OF_THEIRS {
        on!(tx, |db| sqlx::query(statement)
            .bind(id.get())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}
