//! The people of the demo. A visitor is one of them without a password; without the demo nobody is.

use crate::{
    backend::{Result, ctx::Ctx, services::sessions, store::people},
    domain::{
        person::{Brands, Person, Role, Standing, Viewer, Visitor},
        time::Instant,
    },
};

/// Whom a visitor can be; the first one until they choose.
pub const CAST: [(Role, &str, &str); 3] = [
    (Role::Lead, "Maya Ross", "maya@sundown.invalid"),
    (Role::Agent, "Femi Adeyemi", "femi@sundown.invalid"),
    (Role::Administrator, "Ingrid Voss", "ingrid@sundown.invalid"),
];

/// Puts the people of the demo into its database, where they aren't yet.
pub async fn fill(ctx: &Ctx) -> Result<()> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    for (role, name, email) in CAST {
        let person = invented(ctx, now, role, name, email);
        people::insert(&mut tx, &person).await?;
    }
    Ok(tx.commit().await?)
}

fn invented(ctx: &Ctx, now: Instant, role: Role, name: &str, email: &str) -> Person {
    Person {
        id: ctx.ids.next(now),
        name: name.to_owned(),
        email: email.to_owned(),
        role,
        brands: Brands::All,
        teams: Vec::new(),
        zone: "Pacific/Auckland".to_owned(),
        standing: Standing::On,
        has_codes: false,
        is_invented: true,
        is_erased: false,
        created_at: now,
    }
}

/// A visitor of the demo, as whom they chose to be. The role is the demo's own, whatever somebody
/// made of its person in the meantime, so that no visitor can lock the others out.
pub async fn viewer(ctx: &Ctx, role: Option<Role>, visitor: &Visitor) -> Result<Option<Viewer>> {
    let wanted = CAST.iter().find(|it| Some(it.0) == role);
    let (role, _, email) = wanted.unwrap_or(&CAST[0]);
    let mut tx = ctx.store.read().await?;
    let person = people::find_by_email(&mut tx, email).await?;
    Ok(person.filter(|it| it.is_invented).map(|person| Viewer {
        role: *role,
        brands: Brands::All,
        demo: true,
        ..sessions::viewer_of(person, visitor)
    }))
}
