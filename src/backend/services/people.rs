//! Who is who: inviting, changing, switching off. Whoever's rights change signs in anew.

use super::{
    account::{confirmed_for_others, is_open_to_change},
    audit, links,
    secrets::Token,
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{
            audit as log, brands, links as kept_links, organisation, people, sessions, teams,
            work::offers,
        },
    },
    domain::{
        ids::PersonId,
        people::{PeoplePage, PersonPage, Place},
        person::{self, Brands, Person, Role, Standing, Viewer, email_address},
        rejection::Rejection,
        right::Action,
    },
};
use serde_json::{Value, json};

/// Everybody, and what can be chosen for them.
pub async fn page(ctx: &Ctx, viewer: &Viewer) -> Result<PeoplePage> {
    let mut tx = ctx.store.read().await?;
    let mut limits = Vec::new();
    for role in Action::WorkCases.roles() {
        limits.push(offers::limit(&mut tx, *role).await?);
    }
    Ok(PeoplePage {
        limits,
        people: people::list(&mut tx).await?,
        brands: brands::list(&mut tx).await?,
        teams: teams::list(&mut tx).await?,
        me: viewer.person,
        code_roles: organisation::find(&mut tx)
            .await?
            .map(|it| it.code_roles)
            .unwrap_or_default(),
        is_confirmed: is_open_to_change(ctx, viewer),
        outcome: None,
    })
}

/// One person, and what can be chosen for them.
pub async fn one(ctx: &Ctx, viewer: &Viewer, id: PersonId) -> Result<PersonPage> {
    let mut tx = ctx.store.read().await?;
    Ok(PersonPage {
        person: people::find(&mut tx, id).await?.ok_or(Error::Missing)?,
        brands: brands::list(&mut tx).await?,
        teams: teams::list(&mut tx).await?,
        me: viewer.person,
        is_confirmed: is_open_to_change(ctx, viewer),
        outcome: None,
    })
}

/// Invites somebody; returns the token of the link by which they give their password.
pub async fn invite(
    ctx: &Ctx,
    viewer: &Viewer,
    (name, email): (&str, &str),
    place: Place,
) -> Result<(Person, Token)> {
    confirmed_for_others(ctx, viewer)?;
    let now = ctx.clock.now();
    let name = person::name("a name", name)?;
    let email = email_address(email)?;
    check(&place)?;
    let mut tx = ctx.store.write().await?;
    let zone = organisation::find(&mut tx)
        .await?
        .map_or_else(|| viewer.zone.clone(), |it| it.zone);
    let person = Person {
        id: ctx.ids.next(now),
        name,
        email: email.clone(),
        role: place.role,
        brands: place.brands,
        teams: place.teams,
        zone,
        standing: Standing::Invited,
        has_codes: false,
        is_invented: viewer.demo,
        is_erased: false,
        created_at: now,
    };
    if !people::insert(&mut tx, &person).await? {
        return Err(Rejection::EmailTaken(email).into());
    }
    let token = links::make(ctx, &mut tx, &person).await?;
    let after = told(&person);
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "person.invited",
        person.id,
        (&(), &after),
    )
    .await?;
    tx.commit().await?;
    Ok((person, token))
}

/// Makes somebody something else; their sign-ins end when it changes what they may.
pub async fn change(ctx: &Ctx, viewer: &Viewer, id: PersonId, place: Place) -> Result<Person> {
    check(&place)?;
    alter(ctx, viewer, id, "person.changed", |person| {
        person.role = place.role;
        person.brands = place.brands;
        person.teams = place.teams;
    })
    .await
}

/// Switches somebody off: their sign-ins and links end at once.
pub async fn switch_off(ctx: &Ctx, viewer: &Viewer, id: PersonId) -> Result<Person> {
    alter(ctx, viewer, id, "person.switched_off", |person| {
        person.standing = Standing::Off;
    })
    .await
}

/// Lets somebody in again who was switched off.
pub async fn switch_on(ctx: &Ctx, viewer: &Viewer, id: PersonId) -> Result<Person> {
    let has_password = {
        let mut tx = ctx.store.read().await?;
        people::password(&mut tx, id).await?.is_some()
    };
    alter(ctx, viewer, id, "person.switched_on", |person| {
        // Without a password they were never in: a link is the way.
        person.standing = if has_password || person.is_invented {
            Standing::On
        } else {
            Standing::Invited
        };
    })
    .await
}

async fn alter(
    ctx: &Ctx,
    viewer: &Viewer,
    id: PersonId,
    action: &str,
    change: impl FnOnce(&mut Person),
) -> Result<Person> {
    confirmed_for_others(ctx, viewer)?;
    let mut tx = ctx.store.write().await?;
    // Two at once must not take the last two administrators away.
    log::wait_for_turn(&mut tx).await?;
    let before = people::find(&mut tx, id).await?.ok_or(Error::Missing)?;
    if before.is_erased {
        return Err(Rejection::IsErased.into());
    }
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return Ok(after);
    }
    let led = |it: &Person| it.role == Role::Administrator && it.standing == Standing::On;
    if led(&before)
        && !led(&after)
        && people::administrators(&mut tx, before.is_invented).await? <= 1
    {
        return Err(Rejection::LastAdministrator.into());
    }
    people::save(&mut tx, &after).await?;
    let rights = |it: &Person| (it.role, it.brands.clone(), it.teams.clone(), it.standing);
    if rights(&before) != rights(&after) {
        sessions::remove_of(&mut tx, id).await?;
    }
    if after.standing == Standing::Off {
        kept_links::remove_of(&mut tx, id).await?;
    }
    let what = (&told(&before), &told(&after));
    audit::record(ctx, &mut tx, viewer, action, id, what).await?;
    tx.commit().await?;
    Ok(after)
}

/// Whether somebody's e-mail address was typed exactly, which keeps people from erasing the wrong one.
pub async fn check_typed(ctx: &Ctx, id: PersonId, typed: &str) -> Result<()> {
    let mut tx = ctx.store.read().await?;
    let person = people::find(&mut tx, id).await?.ok_or(Error::Missing)?;
    if typed.trim() == person.email {
        Ok(())
    } else {
        Err(Rejection::NotTyped.into())
    }
}

/// A new link for somebody: their invitation again, or a reset of their password.
pub async fn link(ctx: &Ctx, viewer: &Viewer, id: PersonId) -> Result<(Person, Token)> {
    confirmed_for_others(ctx, viewer)?;
    let mut tx = ctx.store.write().await?;
    let person = people::find(&mut tx, id)
        .await?
        .filter(|it| it.standing != Standing::Off)
        .ok_or(Error::Missing)?;
    let token = links::make(ctx, &mut tx, &person).await?;
    audit::record(ctx, &mut tx, viewer, "person.link_made", id, (&(), &())).await?;
    tx.commit().await?;
    Ok((person, token))
}

/// Takes somebody's app away, so that they get in by their password alone: for a lost phone.
pub async fn forget_codes(ctx: &Ctx, viewer: &Viewer, id: PersonId) -> Result<()> {
    confirmed_for_others(ctx, viewer)?;
    let mut tx = ctx.store.write().await?;
    people::find(&mut tx, id).await?.ok_or(Error::Missing)?;
    people::set_codes(&mut tx, id, None, 0).await?;
    sessions::remove_of(&mut tx, id).await?;
    audit::record(ctx, &mut tx, viewer, "person.codes_removed", id, (&(), &())).await?;
    Ok(tx.commit().await?)
}

/// Which roles need a code of an app beside their password.
pub async fn demand_codes(ctx: &Ctx, viewer: &Viewer, roles: Vec<Role>) -> Result<()> {
    confirmed_for_others(ctx, viewer)?;
    let mut tx = ctx.store.write().await?;
    let before = organisation::find(&mut tx).await?.ok_or(Error::Missing)?;
    let after = organisation::Organisation {
        code_roles: roles,
        ..before.clone()
    };
    organisation::save(&mut tx, &after, ctx.clock.now()).await?;
    let what = (&before.code_roles, &after.code_roles);
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "organisation.codes_demanded",
        "roles",
        what,
    )
    .await?;
    Ok(tx.commit().await?)
}

fn check(place: &Place) -> Result<(), Rejection> {
    match &place.brands {
        Brands::Only(some) if some.is_empty() => Err(Rejection::NoBrand),
        Brands::Only(_) if place.role == Role::Administrator => Err(Rejection::AdministratorOfSome),
        Brands::Only(_) | Brands::All => Ok(()),
    }
}

fn told(person: &Person) -> Value {
    json!({
        "name": person.name, "email": person.email, "role": person.role,
        "brands": person.brands, "teams": person.teams, "standing": person.standing,
    })
}
