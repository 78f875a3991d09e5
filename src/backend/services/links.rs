//! Links that let somebody give a password: invitations and resets. A page shows the form; only
//! sending it does anything.

use super::{
    audit, passwords,
    secrets::{self, Token},
    sessions,
    sign_in::{self, SignedIn},
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{
            Tx,
            links::{self, Purpose},
            people, sessions as kept,
        },
    },
    domain::{
        ids::PersonId,
        person::{Person, Standing, Visitor},
        rejection::Rejection,
    },
};
use chrono::TimeDelta;

/// So long an invitation works.
const INVITATION: TimeDelta = TimeDelta::days(7);
/// So long a reset works.
const RESET: TimeDelta = TimeDelta::days(1);

/// Makes a link for somebody; those they had before end.
pub async fn make(ctx: &Ctx, tx: &mut Tx, person: &Person) -> Result<Token> {
    let now = ctx.clock.now();
    let (purpose, valid) = match person.standing {
        Standing::Invited => (Purpose::Invitation, INVITATION),
        Standing::On | Standing::Off => (Purpose::Reset, RESET),
    };
    let token = Token::new()?;
    links::remove_of(tx, person.id).await?;
    let id = ctx.ids.next(now);
    links::insert(
        tx,
        id,
        &token.hash(),
        purpose,
        Some(person.id),
        (now, now + valid),
    )
    .await?;
    Ok(token)
}

/// Whose a link is and whether it is their first; an error when it doesn't work any more.
pub async fn open(ctx: &Ctx, token: &str) -> Result<(Purpose, Person)> {
    let mut tx = ctx.store.read().await?;
    let found = links::find(&mut tx, &secrets::hash(token), ctx.clock.now()).await?;
    let Some((purpose @ (Purpose::Invitation | Purpose::Reset), Some(id))) = found else {
        return Err(Error::Missing);
    };
    let person = usable(&mut tx, id).await?;
    Ok((purpose, person))
}

async fn usable(tx: &mut Tx, id: PersonId) -> Result<Person> {
    people::find(tx, id)
        .await?
        .filter(|it| it.standing != Standing::Off && !it.is_invented)
        .ok_or(Error::Missing)
}

/// Gives a password by a link, ends every sign-in there was, and signs in (half, where a code is
/// set: whoever reads somebody's mail hasn't got their app).
pub async fn take(
    ctx: &Ctx,
    visitor: &Visitor,
    token: &str,
    (password, again): (&str, &str),
) -> Result<SignedIn> {
    let (purpose, person) = open(ctx, token).await?;
    if password != again {
        return Err(Rejection::PasswordsDiffer.into());
    }
    passwords::check(password, &[&person.name, &person.email])?;
    let hash = ctx.passwords.hash(password).await?;
    let mut tx = ctx.store.write().await?;
    if !links::use_up(&mut tx, &secrets::hash(token), ctx.clock.now()).await? {
        return Err(Error::Missing);
    }
    // Read again: they may have been switched off in the meantime.
    let mut person = usable(&mut tx, person.id).await?;
    person.standing = Standing::On;
    people::save(&mut tx, &person).await?;
    people::set_password(&mut tx, person.id, &hash).await?;
    links::remove_of(&mut tx, person.id).await?;
    kept::remove_of(&mut tx, person.id).await?;
    let token = sessions::begin(ctx, &mut tx, visitor, person.id, person.has_codes).await?;
    let action = match purpose {
        Purpose::Invitation => "invitation.accepted",
        Purpose::Setup | Purpose::Reset => "password.reset",
    };
    let who = sign_in::who(&person, visitor);
    audit::record(ctx, &mut tx, who, action, person.id, (&(), &())).await?;
    tx.commit().await?;
    Ok(match person.has_codes {
        true => SignedIn::Half(token),
        false => SignedIn::Whole(token),
    })
}
