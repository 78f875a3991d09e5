//! The first start: a link that works once makes the first administrator.

use super::{
    audit, passwords,
    secrets::{self, Token},
    sessions,
    settings::plain::slug,
    sign_in,
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{
            Tx, brands,
            links::{self, Purpose},
            organisation::{self, Organisation},
            people,
        },
    },
    domain::{
        brand::{Brand, Policies, PolicyVersion},
        person::{self, Brands, Person, Role, Standing, Visitor, email_address},
        rejection::Rejection,
        time::from_ms,
    },
};
use chrono::TimeDelta;
use chrono_tz::Tz;

/// So long the link works.
const VALID: TimeDelta = TimeDelta::hours(1);

/// Whether nobody could let anybody in yet.
pub async fn is_needed(ctx: &Ctx) -> Result<bool> {
    let mut tx = ctx.store.read().await?;
    Ok(people::administrators(&mut tx, false).await? == 0)
}

/// A new link while there is no administrator; those made before end.
pub async fn offer(ctx: &Ctx) -> Result<Option<Token>> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    if people::administrators(&mut tx, false).await? > 0 {
        return Ok(None);
    }
    let token = Token::new()?;
    links::remove_setup(&mut tx).await?;
    let id = ctx.ids.next(now);
    links::insert(
        &mut tx,
        id,
        &token.hash(),
        Purpose::Setup,
        None,
        (now, now + VALID),
    )
    .await?;
    tx.commit().await?;
    Ok(Some(token))
}

/// Whether a link still works; then the names of the brands that are here already.
pub async fn look(ctx: &Ctx, token: &str) -> Result<Vec<String>> {
    let mut tx = ctx.store.read().await?;
    let found = links::find(&mut tx, &secrets::hash(token), ctx.clock.now()).await?;
    let is_setup = matches!(found, Some((Purpose::Setup, _)));
    if !is_setup || people::administrators(&mut tx, false).await? > 0 {
        return Err(Error::Missing);
    }
    let there = brands::list(&mut tx).await?;
    Ok(there.into_iter().map(|it| it.name).collect())
}

/// What the first administrator fills in.
#[derive(Clone, Debug, Default)]
pub struct Founding {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their password.
    pub password: String,
    /// The organisation's name.
    pub organisation: String,
    /// The first brand's name; may be empty where there are brands.
    pub brand: String,
    /// The zone of all three.
    pub zone: String,
}

/// Makes the first administrator, the organisation and its first brand, and signs them in.
pub async fn found(ctx: &Ctx, visitor: &Visitor, token: &str, form: &Founding) -> Result<Token> {
    let now = ctx.clock.now();
    let there = look(ctx, token).await?;
    let name = person::name("your name", &form.name)?;
    let email = email_address(&form.email)?;
    let organisation = person::name("the organisation's name", &form.organisation)?;
    let zone = zone(&form.zone)?;
    let brand = match form.brand.trim() {
        "" if !there.is_empty() => None,
        _ => Some(person::name("the brand's name", &form.brand)?),
    };
    passwords::check(&form.password, &[&name, &email, &organisation, &form.brand])?;
    let hash = ctx.passwords.hash(&form.password).await?;

    let mut tx = ctx.store.write().await?;
    if !links::use_up(&mut tx, &secrets::hash(token), now).await? {
        return Err(Error::Missing);
    }
    let founder = Person {
        id: ctx.ids.next(now),
        name,
        email: email.clone(),
        role: Role::Administrator,
        brands: Brands::All,
        teams: Vec::new(),
        zone: zone.clone(),
        standing: Standing::On,
        has_codes: false,
        is_invented: false,
        is_erased: false,
        created_at: now,
    };
    if !people::insert(&mut tx, &founder).await? {
        return Err(Rejection::EmailTaken(email).into());
    }
    people::set_password(&mut tx, founder.id, &hash).await?;
    let organisation = Organisation {
        name: organisation,
        zone: zone.clone(),
        code_roles: Vec::new(),
    };
    organisation::save(&mut tx, &organisation, now).await?;
    if let Some(name) = &brand {
        open_brand(ctx, &mut tx, name, &zone).await?;
    }
    links::remove_setup(&mut tx).await?;
    let session = sessions::begin(ctx, &mut tx, visitor, founder.id, false).await?;
    let who = sign_in::who(&founder, visitor);
    let made = serde_json::json!({
        "administrator": founder.email, "organisation": organisation.name, "brand": brand, "zone": zone,
    });
    audit::record(
        ctx,
        &mut tx,
        who,
        "organisation.founded",
        &organisation.name,
        (&(), &made),
    )
    .await?;
    tx.commit().await?;
    Ok(session)
}

async fn open_brand(ctx: &Ctx, tx: &mut Tx, name: &str, zone: &str) -> Result<()> {
    let now = ctx.clock.now();
    let id = ctx.ids.next(now);
    let key = match slug(name) {
        key if key.is_empty() => format!("brand-{id}"),
        key => key,
    };
    let there = brands::list(tx).await?;
    if there.iter().any(|it| it.key == key || it.name == name) {
        return Err(Rejection::BrandTaken(name.to_owned()).into());
    }
    let brand = Brand {
        id,
        key,
        name: name.to_owned(),
        zone: zone.to_owned(),
    };
    brands::insert(tx, &brand, now).await?;
    let first = PolicyVersion {
        version: 1,
        since: from_ms(0),
        zone: Some(zone.to_owned()),
        policies: Policies::default(),
    };
    brands::insert_policy(tx, ctx.ids.next(now), id, &first).await?;
    Ok(())
}

/// The name of a zone that there is.
pub fn zone(name: &str) -> Result<String, Rejection> {
    let zone: Result<Tz, _> = name.trim().parse();
    zone.map(|it| it.name().to_owned())
        .map_err(|_| Rejection::NotAZone(name.trim().chars().take(60).collect()))
}

/// Every zone there is.
pub fn zones() -> Vec<String> {
    chrono_tz::TZ_VARIANTS
        .iter()
        .map(|it| it.name().to_owned())
        .collect()
}
