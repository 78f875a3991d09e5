//! Tells people in the app what concerns them, and what is still unread by mail.

use super::period::wire_zone;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::mail::Mail,
        store::{Tx, people, teams, work::notices},
    },
    domain::{
        case::Case,
        ids::{NoticeId, PersonId, TeamId},
        notice::{Notice, NoticeKind, NoticePage, QuietHours},
        person::{Standing, Viewer},
        right::allows_brand,
        time::{Instant, Zone},
    },
};
use chrono::TimeDelta;
use chrono_tz::Tz;

/// So many are shown.
const SHOWN: i64 = 200;
/// What was looked at within this time isn't mailed.
const GRACE: TimeDelta = TimeDelta::minutes(15);

/// Tells people something about a case, in the transaction of what happened. Whoever did it (`by`)
/// isn't told, and nobody is told twice.
pub async fn tell(
    ctx: &Ctx,
    tx: &mut Tx,
    by: Option<PersonId>,
    to: &[PersonId],
    (kind, case, words): (NoticeKind, &Case, &str),
) -> Result<()> {
    let now = ctx.clock.now();
    let mut to: Vec<PersonId> = to.iter().copied().filter(|it| Some(*it) != by).collect();
    to.sort_unstable();
    to.dedup();
    for person in to {
        let notice = Notice {
            id: ctx.ids.next(now),
            kind,
            words: words.to_owned(),
            case: Some(case.id),
            told_at: now,
            is_read: false,
        };
        notices::insert(tx, person, Some(case.brand), &notice).await?;
    }
    Ok(())
}

/// Everybody in a team who can sign in and sees the case's brand.
pub async fn team(tx: &mut Tx, team: TeamId, case: &Case) -> Result<Vec<PersonId>> {
    let mut found = Vec::new();
    for (_, person) in teams::members(tx)
        .await?
        .into_iter()
        .filter(|it| it.0 == team)
    {
        let person = people::find(tx, person).await?;
        let person = person.filter(|it| it.standing == Standing::On);
        found.extend(
            person
                .filter(|it| it.brands.contains(case.brand))
                .map(|it| it.id),
        );
    }
    Ok(found)
}

/// What somebody was told, the newest first; of brands they don't see any more, nothing.
pub async fn page(ctx: &Ctx, viewer: &Viewer) -> Result<NoticePage> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let notices: Vec<Notice> = notices::of(&mut tx, viewer.person, SHOWN)
        .await?
        .into_iter()
        .filter(|it| it.0.is_none_or(|brand| allows_brand(viewer, brand)))
        .map(|it| it.1)
        .collect();
    let since = notices.last().map_or(now, |it| it.told_at);
    Ok(NoticePage {
        unread: notices::unread(&mut tx, viewer.person).await?,
        quiet: notices::quiet(&mut tx, viewer.person).await?,
        zone: zone_of(viewer, since, now),
        notices,
        as_of: now,
        outcome: None,
    })
}

/// How much somebody hasn't looked at; nothing while they want to be left alone.
pub async fn count(ctx: &Ctx, viewer: &Viewer) -> Result<i64> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let quiet = notices::quiet(&mut tx, viewer.person).await?;
    if quiet.are_now(&zone_of(viewer, now, now), now) {
        return Ok(0);
    }
    Ok(notices::unread(&mut tx, viewer.person).await?)
}

/// Somebody has looked at one thing, or at all.
pub async fn read(ctx: &Ctx, viewer: &Viewer, one: Option<NoticeId>) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    notices::read(&mut tx, viewer.person, one, ctx.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Says when somebody wants to be left alone, and whether they want mail.
pub async fn set_quiet(ctx: &Ctx, viewer: &Viewer, hours: QuietHours) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    notices::set_quiet(&mut tx, viewer.person, hours).await?;
    Ok(tx.commit().await?)
}

/// Mails what is unread to those who want it, outside of their quiet hours; returns how many mails
/// went out. A mail that couldn't be sent is tried again the next time.
pub async fn digest(ctx: &Ctx, mail: &Mail) -> Result<usize> {
    let now = ctx.clock.now();
    let mut letters = Vec::new();
    let mut tx = ctx.store.read().await?;
    for id in notices::want_mail(&mut tx).await? {
        let person = people::find(&mut tx, id).await?;
        let person = person.filter(|it| it.standing == Standing::On && !it.is_invented);
        let Some(person) = person else { continue };
        let zone: Tz = person.zone.parse().unwrap_or(Tz::UTC);
        let quiet = notices::quiet(&mut tx, id).await?;
        if quiet.are_now(&wire_zone(zone, now, now), now) {
            continue;
        }
        let notices = notices::to_mail(&mut tx, id, now - GRACE).await?;
        if !notices.is_empty() {
            letters.push((person, notices));
        }
    }
    drop(tx);
    let mut sent = 0;
    for (person, notices) in letters {
        if let Err(why) = mail.send_digest(&person, &notices).await {
            tracing::warn!(cause = %why, "A digest couldn't be mailed: {why}");
            continue;
        }
        sent += 1;
        let mut tx = ctx.store.write().await?;
        for notice in &notices {
            notices::mailed(&mut tx, notice.id, now).await?;
        }
        tx.commit().await?;
    }
    Ok(sent)
}

/// The wall clock of whoever looks.
pub fn zone_of(viewer: &Viewer, from: Instant, until: Instant) -> Zone {
    wire_zone(viewer.zone.parse().unwrap_or(Tz::UTC), from, until)
}
