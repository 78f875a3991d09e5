//! Keys for programs. Only the SHA-256 of each is kept.

use super::{
    error::{Result, word},
    tx::{Tx, on},
};
use crate::domain::{
    ids::{BrandId, PersonId, TokenId},
    person::{Brands, Standing},
    right::{Action, role_allows},
    time::{Instant, from_ms},
    token::ApiToken,
};
use sqlx::FromRow;

#[derive(FromRow)]
struct TokenRow {
    id: i64,
    name: String,
    hint: String,
    scopes: String,
    all_brands: i64,
    created_at: i64,
    expires_at: i64,
    last_used_at: Option<i64>,
    revoked_at: Option<i64>,
    made_by: String,
    role: String,
    standing: String,
}

const LIST: &str = "
    select t.id, t.name, t.hint, t.scopes, t.all_brands, t.created_at, t.expires_at, t.last_used_at,
           t.revoked_at, p.name as made_by, p.role, p.standing
    from   api_tokens t join people p on p.id = t.made_by
    order  by t.id desc";
const FIND: &str = "
    select t.id, t.name, t.hint, t.scopes, t.all_brands, t.created_at, t.expires_at, t.last_used_at,
           t.revoked_at, p.name as made_by, p.role, p.standing
    from   api_tokens t join people p on p.id = t.made_by
    where  t.token = $1";
const BRANDS: &str = "select brand_id from api_token_brands where token_id = $1 order by brand_id";

/// Every token, newest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<ApiToken>> {
    let rows: Vec<TokenRow> = on!(tx, |db| sqlx::query_as(LIST).fetch_all(db).await)?;
    let mut tokens = Vec::with_capacity(rows.len());
    for row in rows {
        tokens.push(whole(tx, row).await?);
    }
    Ok(tokens)
}

/// The token of a hash, however it stands.
pub async fn find(tx: &mut Tx, token: &str) -> Result<Option<ApiToken>> {
    let row: Option<TokenRow> = on!(tx, |db| sqlx::query_as(FIND)
        .bind(token)
        .fetch_optional(db)
        .await)?;
    match row {
        Some(row) => whole(tx, row).await.map(Some),
        None => Ok(None),
    }
}

async fn whole(tx: &mut Tx, row: TokenRow) -> Result<ApiToken> {
    let brands = if row.all_brands == 1 {
        Brands::All
    } else {
        let some: Vec<(i64,)> = on!(tx, |db| sqlx::query_as(BRANDS)
            .bind(row.id)
            .fetch_all(db)
            .await)?;
        Brands::Only(some.into_iter().map(|(id,)| id.into()).collect())
    };
    let scopes = row.scopes.split_whitespace();
    let scopes = scopes.map(|it| word("api_tokens", "scopes", row.id, it));
    let role = word("people", "role", row.id, &row.role)?;
    let standing: Standing = word("people", "standing", row.id, &row.standing)?;
    Ok(ApiToken {
        id: row.id.into(),
        scopes: scopes.collect::<Result<_>>()?,
        brands,
        name: row.name,
        hint: row.hint,
        made_by: row.made_by,
        created_at: from_ms(row.created_at),
        expires_at: from_ms(row.expires_at),
        last_used_at: row.last_used_at.map(from_ms),
        revoked_at: row.revoked_at.map(from_ms),
        is_backed: standing == Standing::On && role_allows(role, Action::ManageTokens),
    })
}

const INSERT: &str = "
    insert into api_tokens (id, name, token, hint, scopes, all_brands, made_by, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const ADD_BRAND: &str = "insert into api_token_brands (token_id, brand_id) values ($1, $2)";

/// Keeps a token by its hash.
pub async fn insert(tx: &mut Tx, it: &ApiToken, token: &str, made_by: PersonId) -> Result<()> {
    let scopes: Vec<&str> = it.scopes.iter().map(|it| it.as_str()).collect();
    on!(tx, |db| sqlx::query(INSERT)
        .bind(it.id.get())
        .bind(&it.name)
        .bind(token)
        .bind(&it.hint)
        .bind(scopes.join(" "))
        .bind(i64::from(it.brands == Brands::All))
        .bind(made_by.get())
        .bind(it.created_at.timestamp_millis())
        .bind(it.expires_at.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    let some: &[BrandId] = match &it.brands {
        Brands::All => &[],
        Brands::Only(some) => some,
    };
    for brand in some {
        on!(tx, |db| sqlx::query(ADD_BRAND)
            .bind(it.id.get())
            .bind(brand.get())
            .execute(db)
            .await
            .map(drop))?;
    }
    Ok(())
}

const REVOKE: &str = "update api_tokens set revoked_at = $2 where id = $1 and revoked_at is null";

/// Revokes a token; false when there is none, or it was revoked before.
pub async fn revoke(tx: &mut Tx, id: TokenId, now: Instant) -> Result<bool> {
    let revoked = on!(tx, |db| sqlx::query(REVOKE)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await?
        .rows_affected());
    Ok(revoked == 1)
}

const USED: &str = "
    update api_tokens set last_used_at = $2
    where  id = $1 and (last_used_at is null or last_used_at < $2)";

/// Marks a token as used now.
pub async fn used(tx: &mut Tx, id: TokenId, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(USED)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
