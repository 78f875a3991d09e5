//! Who is in: from a token to a viewer, for every request.

use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::secrets::{self, Token},
        store::{
            Tx, organisation, people,
            sessions::{self, Session},
        },
    },
    domain::{
        ids::{PersonId, SessionId},
        person::{Person, Standing, Viewer, Visitor},
        time::Instant,
    },
};
use chrono::TimeDelta;

/// So long without being used, and a sign-in has ended.
pub const IDLE: TimeDelta = TimeDelta::hours(12);
/// So long after it began it has ended, used or not.
pub const ABSOLUTE: TimeDelta = TimeDelta::days(7);
/// So long may somebody look for the code.
const HALF: TimeDelta = TimeDelta::minutes(5);
/// So long a given password counts as just given.
const CONFIRMED: TimeDelta = TimeDelta::minutes(10);
/// How exactly it is known when a sign-in was last used.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Begins a sign-in; a half one still waits for a code.
pub async fn begin(
    ctx: &Ctx,
    tx: &mut Tx,
    visitor: &Visitor,
    person: PersonId,
    is_half: bool,
) -> Result<Token> {
    let now = ctx.clock.now();
    let token = Token::new()?;
    sessions::remove_old(tx, now - IDLE, now - ABSOLUTE).await?;
    let session = Session {
        id: ctx.ids.next(now),
        person,
        is_half,
        created_at: now,
        last_seen_at: now,
        confirmed_at: now,
        address: visitor.address.clone(),
        browser: visitor.browser.chars().take(300).collect(),
    };
    sessions::insert(tx, &session, &token.hash()).await?;
    Ok(token)
}

/// Whoever has this token, or nobody: unknown, ended, half, or switched off in the meantime.
pub async fn viewer(ctx: &Ctx, token: &str, visitor: &Visitor) -> Result<Option<Viewer>> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let Some(session) = sessions::find(&mut tx, &secrets::hash(token)).await? else {
        return Ok(None);
    };
    if session.is_half || has_ended(&session, now) {
        return Ok(None);
    }
    let Some(person) = people::find(&mut tx, session.person).await? else {
        return Ok(None);
    };
    if person.standing != Standing::On || person.is_invented {
        return Ok(None);
    }
    let organisation = organisation::find(&mut tx).await?;
    let needs_codes = organisation.is_some_and(|it| it.code_roles.contains(&person.role));
    drop(tx);
    if now - session.last_seen_at >= SEEN_EVERY {
        mark_seen(ctx, session.id, now);
    }
    Ok(Some(Viewer {
        session: Some(session.id),
        confirmed_until: Some(session.confirmed_at + CONFIRMED),
        owes_codes: needs_codes && !person.has_codes,
        ..viewer_of(person, visitor)
    }))
}

/// A person as whoever is looking.
pub fn viewer_of(person: Person, visitor: &Visitor) -> Viewer {
    Viewer {
        person: person.id,
        name: person.name,
        role: person.role,
        brands: person.brands,
        teams: person.teams,
        zone: person.zone,
        demo: person.is_invented,
        session: None,
        confirmed_until: None,
        owes_codes: false,
        address: visitor.address.clone(),
    }
}

fn has_ended(session: &Session, now: Instant) -> bool {
    now - session.last_seen_at >= IDLE || now - session.created_at >= ABSOLUTE
}

/// Beside the answer, which doesn't wait for it: where it fails, reading goes on.
fn mark_seen(ctx: &Ctx, id: SessionId, now: Instant) {
    let ctx = ctx.clone();
    tokio::spawn(async move {
        let marked: Result<()> = async {
            let mut tx = ctx.store.write().await?;
            sessions::seen(&mut tx, id, now).await?;
            Ok(tx.commit().await?)
        }
        .await;
        if let Err(why) = marked {
            tracing::warn!(cause = %why, "A sign-in couldn't be marked as used: {why}");
        }
    });
}

/// The half sign-in of a token, while its code may still be given.
pub async fn half(ctx: &Ctx, token: &str) -> Result<Option<Session>> {
    let mut tx = ctx.store.read().await?;
    let found = sessions::find(&mut tx, &secrets::hash(token)).await?;
    Ok(found.filter(|it| it.is_half && ctx.clock.now() - it.created_at < HALF))
}

/// Ends the sign-in of a viewer.
pub async fn end(ctx: &Ctx, viewer: &Viewer) -> Result<()> {
    let Some(id) = viewer.session else {
        return Ok(());
    };
    let mut tx = ctx.store.write().await?;
    if sessions::remove(&mut tx, id, viewer.person).await? {
        super::audit::record(ctx, &mut tx, viewer, "session.ended", id, (&(), &())).await?;
    }
    Ok(tx.commit().await?)
}
