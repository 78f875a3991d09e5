//! One's own account: name and zone, password, codes, sign-ins.

use super::{
    audit, codes, passwords,
    period::wire_zone,
    secrets::Token,
    sessions,
    setup::{zone, zones},
    sign_in,
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{Tx, organisation, people, sessions as kept},
    },
    domain::{
        account::{Account, OwnSession},
        ids::SessionId,
        person::{self, Person, Viewer, Visitor},
        rejection::Rejection,
    },
};
use chrono_tz::Tz;

/// One's own account.
pub async fn load(ctx: &Ctx, viewer: &Viewer) -> Result<Account> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let person = me(&mut tx, viewer).await?;
    let sessions = kept::of(&mut tx, person.id).await?;
    let first = sessions.iter().map(|it| it.created_at).min().unwrap_or(now);
    let organisation = organisation::find(&mut tx).await?;
    Ok(Account {
        recovery_left: people::recovery_left(&mut tx, person.id).await?,
        clock: wire_zone(person.zone.parse().unwrap_or(Tz::UTC), first, now),
        needs_codes: organisation.is_some_and(|it| it.code_roles.contains(&person.role)),
        name: person.name,
        email: person.email,
        role: person.role,
        zone: person.zone,
        zones: zones(),
        now,
        has_codes: person.has_codes,
        is_confirmed: is_confirmed(ctx, viewer),
        is_demo: viewer.demo,
        sessions: sessions
            .into_iter()
            .map(|it| OwnSession {
                is_this: Some(it.id) == viewer.session,
                id: it.id,
                browser: browser(&it.browser),
                address: it.address,
                began_at: it.created_at,
                seen_at: it.last_seen_at,
            })
            .collect(),
        outcome: None,
    })
}

async fn me(tx: &mut Tx, viewer: &Viewer) -> Result<Person> {
    people::find(tx, viewer.person).await?.ok_or(Error::Missing)
}

/// Whether somebody gave their password in the last minutes.
pub fn is_confirmed(ctx: &Ctx, viewer: &Viewer) -> bool {
    viewer
        .confirmed_until
        .is_some_and(|it| ctx.clock.now() < it)
}

/// Only for whoever gave their password in the last minutes: what changes other people. In a demo
/// and at the command line nobody has one.
pub fn confirmed_for_others(ctx: &Ctx, viewer: &Viewer) -> Result<(), Rejection> {
    match is_open_to_change(ctx, viewer) {
        true => Ok(()),
        false => Err(Rejection::NotConfirmed),
    }
}

/// Whether [`confirmed_for_others`] holds.
pub fn is_open_to_change(ctx: &Ctx, viewer: &Viewer) -> bool {
    viewer.demo || viewer.session.is_none() || is_confirmed(ctx, viewer)
}

/// Only for whoever gave their password in the last minutes.
pub fn confirmed(ctx: &Ctx, viewer: &Viewer) -> Result<(), Rejection> {
    if viewer.demo {
        return Err(Rejection::OnlyInvented);
    }
    match is_confirmed(ctx, viewer) {
        true => Ok(()),
        false => Err(Rejection::NotConfirmed),
    }
}

/// Gives oneself another name or zone.
pub async fn change(ctx: &Ctx, viewer: &Viewer, name: &str, zone_name: &str) -> Result<()> {
    let (name, zone) = (person::name("your name", name)?, zone(zone_name)?);
    let mut tx = ctx.store.write().await?;
    let before = me(&mut tx, viewer).await?;
    let after = Person {
        name,
        zone,
        ..before.clone()
    };
    people::save(&mut tx, &after).await?;
    let what = (&(&before.name, &before.zone), &(&after.name, &after.zone));
    audit::record(ctx, &mut tx, viewer, "account.changed", viewer.person, what).await?;
    Ok(tx.commit().await?)
}

/// Takes the password again, so that sensitive changes are open for some minutes.
pub async fn confirm(ctx: &Ctx, viewer: &Viewer, visitor: &Visitor, password: &str) -> Result<()> {
    let id = viewer.session.ok_or(Rejection::OnlyInvented)?;
    let account = format!("confirm:{}", viewer.person);
    sign_in::count(ctx, visitor, &account).await?;
    let mut tx = ctx.store.read().await?;
    let hash = people::password(&mut tx, viewer.person).await?;
    drop(tx);
    if !ctx.passwords.is_right(password, hash).await? {
        return Err(Rejection::NotYourPassword.into());
    }
    let mut tx = ctx.store.write().await?;
    crate::backend::store::attempts::forget(&mut tx, &account).await?;
    kept::confirm(&mut tx, id, ctx.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Gives oneself another password; every sign-in ends, and the one that asks goes on anew.
pub async fn change_password(
    ctx: &Ctx,
    viewer: &Viewer,
    visitor: &Visitor,
    (password, again): (&str, &str),
) -> Result<Token> {
    confirmed(ctx, viewer)?;
    if password != again {
        return Err(Rejection::PasswordsDiffer.into());
    }
    let mut tx = ctx.store.read().await?;
    let person = me(&mut tx, viewer).await?;
    drop(tx);
    passwords::check(password, &[&person.name, &person.email])?;
    let hash = ctx.passwords.hash(password).await?;
    let mut tx = ctx.store.write().await?;
    people::set_password(&mut tx, person.id, &hash).await?;
    let token = anew(ctx, &mut tx, viewer, visitor).await?;
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "password.changed",
        person.id,
        (&(), &()),
    )
    .await?;
    tx.commit().await?;
    Ok(token)
}

async fn anew(ctx: &Ctx, tx: &mut Tx, viewer: &Viewer, visitor: &Visitor) -> Result<Token> {
    kept::remove_of(tx, viewer.person).await?;
    sessions::begin(ctx, tx, visitor, viewer.person, false).await
}

/// A new secret for an app, and its picture; nothing is kept before a code of it is given.
pub async fn begin_codes(ctx: &Ctx, viewer: &Viewer) -> Result<(String, String)> {
    confirmed(ctx, viewer)?;
    let mut tx = ctx.store.read().await?;
    let person = me(&mut tx, viewer).await?;
    let secret = codes::secret()?;
    let picture = codes::picture(&secret, &person.email)?;
    Ok((secret, picture))
}

/// The picture of a secret that is being set up.
pub async fn picture_of(ctx: &Ctx, viewer: &Viewer, secret: &str) -> Result<String> {
    let mut tx = ctx.store.read().await?;
    let person = me(&mut tx, viewer).await?;
    codes::picture(secret, &person.email)
}

/// Keeps the secret once a code of it was given; returns recovery codes and the new sign-in.
pub async fn finish_codes(
    ctx: &Ctx,
    viewer: &Viewer,
    visitor: &Visitor,
    (secret, code): (&str, &str),
) -> Result<(Vec<String>, Token)> {
    confirmed(ctx, viewer)?;
    let step = codes::step(secret, code, ctx.clock.now())?.ok_or(Rejection::WrongCode)?;
    let mut tx = ctx.store.write().await?;
    codes::keep(ctx, &mut tx, viewer.person, secret, step).await?;
    let recovery = codes::recovery(ctx, &mut tx, viewer.person).await?;
    let token = anew(ctx, &mut tx, viewer, visitor).await?;
    audit::record(ctx, &mut tx, viewer, "codes.set", viewer.person, (&(), &())).await?;
    tx.commit().await?;
    Ok((recovery, token))
}

/// Removes one's app, unless one's role needs it.
pub async fn stop_codes(ctx: &Ctx, viewer: &Viewer) -> Result<()> {
    confirmed(ctx, viewer)?;
    let mut tx = ctx.store.write().await?;
    let organisation = organisation::find(&mut tx).await?;
    if organisation.is_some_and(|it| it.code_roles.contains(&viewer.role)) {
        return Err(Rejection::CodesNeeded.into());
    }
    people::set_codes(&mut tx, viewer.person, None, 0).await?;
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "codes.removed",
        viewer.person,
        (&(), &()),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Ends one of one's sign-ins.
pub async fn end_session(ctx: &Ctx, viewer: &Viewer, id: SessionId) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    if !kept::remove(&mut tx, id, viewer.person).await? {
        return Err(Error::Missing);
    }
    audit::record(ctx, &mut tx, viewer, "session.ended", id, (&(), &())).await?;
    Ok(tx.commit().await?)
}

/// Ends all of one's sign-ins but the one that asks, which goes on anew.
pub async fn end_others(ctx: &Ctx, viewer: &Viewer, visitor: &Visitor) -> Result<Token> {
    if viewer.demo {
        return Err(Rejection::OnlyInvented.into());
    }
    let mut tx = ctx.store.write().await?;
    let token = anew(ctx, &mut tx, viewer, visitor).await?;
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "session.others_ended",
        viewer.person,
        (&(), &()),
    )
    .await?;
    tx.commit().await?;
    Ok(token)
}

/// A browser as people call it, from what it says of itself.
fn browser(says: &str) -> String {
    let named =
        |names: &[(&str, &'static str)]| names.iter().find(|it| says.contains(it.0)).map(|it| it.1);
    let program = named(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = named(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => "An unknown browser".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn browsers_are_called_by_their_names() {
        let says = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser(says), "Edge on Windows");
        assert_eq!(browser("curl/8"), "An unknown browser");
    }
}
