//! Keys for programs: making, revoking, and knowing one again. They read and change nothing.

use super::{
    account::{confirmed, is_confirmed},
    audit,
    period::wire_zone,
    secrets::{self, Token},
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{Tx, attempts, brands, organisation, tokens},
    },
    domain::{
        ids::{PersonId, TokenId},
        person::{self, Brands, Role, Viewer, Visitor},
        rejection::Rejection,
        time::Instant,
        token::{ApiToken, NewToken, TOKEN_DAYS, TOKEN_PREFIX, TokenScope, TokenState, TokensPage},
    },
};
use chrono::TimeDelta;
use chrono_tz::Tz;
use serde_json::{Value, json};

/// How many letters of a token are shown in lists, after its beginning.
const HINT: usize = 6;
/// How long wrong tokens are remembered.
const WINDOW: TimeDelta = TimeDelta::minutes(5);
/// So many of them from one address within that time.
const WRONG: i64 = 20;
/// How exactly it is known when a token was last used.
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Every token, and what can be chosen for a new one.
pub async fn page(ctx: &Ctx, viewer: &Viewer) -> Result<TokensPage> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let tokens = tokens::list(&mut tx).await?;
    let first = tokens.iter().map(|it| it.created_at).min().unwrap_or(now);
    let last = tokens.iter().map(|it| it.expires_at).max().unwrap_or(now);
    Ok(TokensPage {
        tokens,
        brands: brands::list(&mut tx).await?,
        now,
        zone: wire_zone(viewer.zone.parse().unwrap_or(Tz::UTC), first, last),
        is_confirmed: is_confirmed(ctx, viewer),
        is_demo: viewer.demo,
        outcome: None,
    })
}

/// Makes a token; it is told now and never again.
pub async fn make(ctx: &Ctx, viewer: &Viewer, wanted: NewToken) -> Result<(ApiToken, Token)> {
    confirmed(ctx, viewer)?;
    let name = person::name("a name", &wanted.name)?;
    if wanted.scopes.is_empty() {
        return Err(Rejection::NoScope.into());
    }
    if matches!(&wanted.brands, Brands::Only(some) if some.is_empty()) {
        return Err(Rejection::NoBrand.into());
    }
    if !TOKEN_DAYS.contains(&wanted.days) {
        return Err(Rejection::TokenDays.into());
    }
    let now = ctx.clock.now();
    let secret = Token::beginning(TOKEN_PREFIX)?;
    let mut tx = ctx.store.write().await?;
    let known = brands::list(&mut tx).await?;
    if let Brands::Only(some) = &wanted.brands
        && !some.iter().all(|id| known.iter().any(|it| it.id == *id))
    {
        return Err(Error::Missing);
    }
    let token = ApiToken {
        id: ctx.ids.next(now),
        name,
        hint: secret
            .reveal()
            .chars()
            .take(TOKEN_PREFIX.len() + HINT)
            .collect(),
        scopes: wanted.scopes,
        brands: wanted.brands,
        made_by: viewer.name.clone(),
        created_at: now,
        expires_at: now + TimeDelta::days(wanted.days),
        last_used_at: None,
        revoked_at: None,
        is_backed: true,
    };
    tokens::insert(&mut tx, &token, &secret.hash(), viewer.person).await?;
    let after = told(&token);
    audit::record(ctx, &mut tx, viewer, "token.made", token.id, (&(), &after)).await?;
    tx.commit().await?;
    Ok((token, secret))
}

/// Ends a token at once.
pub async fn revoke(ctx: &Ctx, viewer: &Viewer, id: TokenId) -> Result<ApiToken> {
    confirmed(ctx, viewer)?;
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    let token = tokens::list(&mut tx).await?;
    let token = token.into_iter().find(|it| it.id == id);
    let token = token.ok_or(Error::Missing)?;
    if tokens::revoke(&mut tx, id, now).await? {
        let before = told(&token);
        audit::record(ctx, &mut tx, viewer, "token.revoked", id, (&before, &())).await?;
    }
    tx.commit().await?;
    Ok(token)
}

fn told(token: &ApiToken) -> Value {
    json!({
        "name": token.name, "hint": token.hint, "scopes": token.scopes,
        "brands": token.brands, "expires_at": token.expires_at,
    })
}

/// What became of a token that somebody came with.
pub enum Known {
    /// It works and may read this.
    Yes(Box<Viewer>),
    /// It works, but not for this.
    OutOfScope,
    /// Unknown, revoked, expired, or its maker is gone: nobody is told which.
    No,
    /// Too many wrong ones from there; seconds until the next may be tried.
    TooMany(i64),
}

/// Knows a token again, and who reads by it: nobody in particular, with the token's brands.
///
/// Wrong ones are counted by address. A right one isn't counted, so that a program beside a broken
/// one goes on.
pub async fn know(ctx: &Ctx, visitor: &Visitor, given: &str, scope: TokenScope) -> Result<Known> {
    // What can't be one costs nothing.
    if !is_shaped(given) {
        return Ok(Known::No);
    }
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let found = tokens::find(&mut tx, &secrets::hash(given)).await?;
    let Some(token) = found.filter(|it| it.state(now) == TokenState::Works) else {
        drop(tx);
        return wrong(ctx, visitor, now).await;
    };
    if !token.scopes.contains(&scope) {
        return Ok(Known::OutOfScope);
    }
    let viewer = reader(&mut tx, &token, visitor).await?;
    drop(tx);
    if token.last_used_at.is_none_or(|it| now - it >= USED_EVERY) {
        mark_used(ctx, token.id, now);
    }
    Ok(Known::Yes(Box::new(viewer)))
}

fn is_shaped(given: &str) -> bool {
    given
        .strip_prefix(TOKEN_PREFIX)
        .is_some_and(|rest| rest.len() == 64 && rest.bytes().all(|it| it.is_ascii_hexdigit()))
}

async fn wrong(ctx: &Ctx, visitor: &Visitor, now: Instant) -> Result<Known> {
    let subject = format!("token:{}", visitor.address);
    let mut tx = ctx.store.write().await?;
    attempts::forget_before(&mut tx, now - WINDOW).await?;
    let (count, left_s) = attempts::count(&mut tx, &subject, now, WINDOW).await?;
    tx.commit().await?;
    Ok(if count > WRONG {
        Known::TooMany(left_s)
    } else {
        Known::No
    })
}

async fn reader(tx: &mut Tx, token: &ApiToken, visitor: &Visitor) -> Result<Viewer> {
    let zone = organisation::find(tx).await?;
    Ok(Viewer {
        person: PersonId::default(),
        name: token.name.clone(),
        role: Role::Viewer,
        brands: token.brands.clone(),
        teams: Vec::new(),
        zone: zone.map_or_else(|| "UTC".to_owned(), |it| it.zone),
        demo: false,
        session: None,
        confirmed_until: None,
        owes_codes: false,
        address: visitor.address.clone(),
    })
}

/// Beside the answer, which doesn't wait for it: where it fails, reading goes on.
fn mark_used(ctx: &Ctx, id: TokenId, now: Instant) {
    let ctx = ctx.clone();
    tokio::spawn(async move {
        let marked: Result<()> = async {
            let mut tx = ctx.store.write().await?;
            tokens::used(&mut tx, id, now).await?;
            Ok(tx.commit().await?)
        }
        .await;
        if let Err(why) = marked {
            tracing::warn!(cause = %why, "A token couldn't be marked as used: {why}");
        }
    });
}
