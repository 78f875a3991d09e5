//! Signing in: a password, then a code where one is set. Answers are the same for everybody
//! unknown, and attempts are counted before any work is done for them.

use super::{
    audit, codes,
    secrets::{self, Token},
    sessions,
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{attempts, people, sessions as kept},
    },
    domain::{
        audit::Who,
        ids::PersonId,
        person::{Person, Standing, Visitor, email_address},
        rejection::Rejection,
    },
};
use chrono::TimeDelta;

/// How long attempts are remembered.
const WINDOW: TimeDelta = TimeDelta::minutes(5);
/// So many on one account within that time…
const PER_ACCOUNT: i64 = 5;
/// …and so many from one address.
const PER_ADDRESS: i64 = 30;

/// How far somebody got.
pub enum SignedIn {
    /// In.
    Whole(Token),
    /// Still to give a code.
    Half(Token),
}

impl SignedIn {
    /// The token, however far it goes.
    pub const fn token(&self) -> &Token {
        match self {
            Self::Whole(token) | Self::Half(token) => token,
        }
    }
}

/// Lets somebody in by e-mail address and password.
pub async fn by_password(
    ctx: &Ctx,
    visitor: &Visitor,
    email: &str,
    password: &str,
) -> Result<SignedIn> {
    // Somebody who is no address is nobody we know, and is treated like that.
    let email = email_address(email).unwrap_or_default();
    let account = format!("account:{}", secrets::hash(&email));
    count(ctx, visitor, &account).await?;

    let mut tx = ctx.store.read().await?;
    let person = people::find_by_email(&mut tx, &email).await?;
    let person = person.filter(|it| it.standing == Standing::On && !it.is_invented);
    let hash = match &person {
        Some(person) => people::password(&mut tx, person.id).await?,
        None => None,
    };
    drop(tx);
    let password: String = password.chars().take(super::passwords::MOST).collect();
    let is_right = ctx.passwords.is_right(&password, hash).await?;
    let mut tx = ctx.store.write().await?;
    let Some(person) = person.filter(|_| is_right) else {
        let who = Who {
            person: PersonId::default(),
            name: email,
            address: visitor.address.clone(),
        };
        audit::record(ctx, &mut tx, who, "sign_in.refused", "password", (&(), &())).await?;
        tx.commit().await?;
        return Err(Rejection::WrongPassword.into());
    };
    attempts::forget(&mut tx, &account).await?;
    let token = sessions::begin(ctx, &mut tx, visitor, person.id, person.has_codes).await?;
    if !person.has_codes {
        let who = who(&person, visitor);
        audit::record(ctx, &mut tx, who, "sign_in.done", "password", (&(), &())).await?;
    }
    tx.commit().await?;
    Ok(match person.has_codes {
        true => SignedIn::Half(token),
        false => SignedIn::Whole(token),
    })
}

/// Lets somebody in whose password was right and who now gives a code; the token changes.
pub async fn by_code(ctx: &Ctx, visitor: &Visitor, half: &str, code: &str) -> Result<Token> {
    let session = sessions::half(ctx, half).await?.ok_or(Error::Missing)?;
    count(ctx, visitor, &format!("code:{}", session.person)).await?;
    let mut tx = ctx.store.write().await?;
    let person = people::find(&mut tx, session.person).await?;
    let person = person
        .filter(|it| it.standing == Standing::On)
        .ok_or(Error::Missing)?;
    if let Err(no) = codes::use_up(ctx, &mut tx, person.id, code).await {
        let who = who(&person, visitor);
        audit::record(ctx, &mut tx, who, "sign_in.refused", "code", (&(), &())).await?;
        tx.commit().await?;
        return Err(no);
    }
    attempts::forget(&mut tx, &format!("code:{}", person.id)).await?;
    kept::remove(&mut tx, session.id, person.id).await?;
    let token = sessions::begin(ctx, &mut tx, visitor, person.id, false).await?;
    let who = who(&person, visitor);
    audit::record(ctx, &mut tx, who, "sign_in.done", "code", (&(), &())).await?;
    tx.commit().await?;
    Ok(token)
}

/// Counts an attempt by account and by address, in a transaction of its own: it counts whatever
/// comes of it.
pub async fn count(ctx: &Ctx, visitor: &Visitor, account: &str) -> Result<()> {
    let now = ctx.clock.now();
    let address = format!("address:{}", visitor.address);
    let mut tx = ctx.store.write().await?;
    attempts::forget_before(&mut tx, now - WINDOW).await?;
    let mut wait_s = None;
    for (subject, most) in [(account, PER_ACCOUNT), (address.as_str(), PER_ADDRESS)] {
        let (count, left_s) = attempts::count(&mut tx, subject, now, WINDOW).await?;
        if count > most {
            wait_s = wait_s.max(Some(left_s));
        }
    }
    tx.commit().await?;
    match wait_s {
        Some(left_s) => Err(Rejection::TooManyAttempts(left_s).into()),
        None => Ok(()),
    }
}

/// A person at a door, as the audit names them.
pub fn who(person: &Person, visitor: &Visitor) -> Who {
    Who {
        person: person.id,
        name: person.name.clone(),
        address: visitor.address.clone(),
    }
}
