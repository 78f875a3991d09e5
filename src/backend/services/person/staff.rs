//! A member of staff: handed out, or erased. Their name becomes “Former colleague N”; their e-mail
//! address, password, app, sign-ins, brands and teams go. What they did stays in the figures, and the
//! audit log keeps its lines without the name: its chain stays whole (see `store/audit.rs`).

use crate::{
    backend::{
        ctx::Ctx,
        error::{Error, Result},
        services::{account::confirmed_for_others, audit},
        store::{Tx, audit as log, erasures, people, sessions},
    },
    domain::{
        audit::AuditEntry,
        ids::PersonId,
        person::{self, Person, Standing, Viewer},
        rejection::Rejection,
        time::Instant,
    },
};
use serde::Serialize;
use serde_json::json;

/// Everything that is kept about a member of staff.
#[derive(Clone, Debug, Serialize)]
pub struct StaffFile {
    /// When it was put together.
    pub exported_at: Instant,
    /// Who they are.
    pub person: Person,
    /// Where they are signed in.
    pub sign_ins: Vec<SignInFile>,
    /// Every line of the audit log by or about them, oldest first.
    pub audit: Vec<AuditEntry>,
}

/// One sign-in of theirs.
#[derive(Clone, Debug, Serialize)]
pub struct SignInFile {
    /// Since when.
    pub began_at: Instant,
    /// Last used, to about a minute.
    pub seen_at: Instant,
    /// From where.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

/// What an erasure left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffErasure {
    /// What they are called now.
    pub name: String,
    /// How many lines of the audit log were emptied.
    pub lines: i64,
}

/// Somebody by e-mail address or number.
///
/// # Errors
/// When there is nobody of that address or number.
pub async fn find_staff(tx: &mut Tx, who: &str) -> Result<Person> {
    let found = match who.parse::<PersonId>() {
        Ok(id) => people::find(tx, id).await?,
        Err(_) => people::find_by_email(tx, &who.trim().to_lowercase()).await?,
    };
    found.ok_or_else(|| {
        Error::Unusable(format!(
            "Nobody here has the e-mail address or number “{who}”. Settings, People lists everybody."
        ))
    })
}

/// Puts together everything that is kept about a member of staff.
///
/// # Errors
/// When there is nobody of that address or number.
pub async fn export_staff(ctx: &Ctx, who: &str) -> Result<StaffFile> {
    let mut tx = ctx.store.read().await?;
    let person = find_staff(&mut tx, who).await?;
    let sign_ins = sessions::of(&mut tx, person.id).await?.into_iter();
    Ok(StaffFile {
        exported_at: ctx.clock.now(),
        sign_ins: sign_ins
            .map(|it| SignInFile {
                began_at: it.created_at,
                seen_at: it.last_seen_at,
                address: it.address,
                browser: it.browser,
            })
            .collect(),
        audit: log::about(&mut tx, person.id, &person.email).await?,
        person,
    })
}

/// Erases a member of staff who is switched off.
///
/// # Errors
/// When they aren't switched off, were erased before, or no reason is given.
pub async fn erase_staff(
    ctx: &Ctx,
    viewer: &Viewer,
    id: PersonId,
    reason: &str,
) -> Result<StaffErasure> {
    confirmed_for_others(ctx, viewer)?;
    let reason = person::name("a reason", reason)?;
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await?;
    erasures::overwrite(&mut tx).await?;
    // Two at once must not get the same number.
    log::wait_for_turn(&mut tx).await?;
    let person = people::find(&mut tx, id).await?.ok_or(Error::Missing)?;
    if person.is_erased {
        return Err(Rejection::IsErased.into());
    }
    if person.standing != Standing::Off {
        return Err(Rejection::NotSwitchedOff.into());
    }
    let number = people::erased(&mut tx).await? + 1;
    let name = format!("Former colleague {number}");
    // No mail reaches `.invalid`, and nobody signs in by it.
    let email = format!("former-colleague-{number}@erased.invalid");
    people::erase(&mut tx, id, (&name, &email), now).await?;
    let lines = log::empty(&mut tx, id, (&person.email, &person.name), &name).await?;
    let after = json!({"name": name, "reason": reason, "lines": lines});
    audit::record(ctx, &mut tx, viewer, log::ERASED, id, (&(), &after)).await?;
    tx.commit().await?;
    ctx.store.forget_log().await?;
    Ok(StaffErasure {
        name,
        lines: lines.iter().map(|(first, last)| last - first + 1).sum(),
    })
}
