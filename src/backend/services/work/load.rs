//! Everything around a case that isn't a post, for the panel beside it.

use super::{acts, colleagues, confirm, hand_off, join, same_person};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::notify::{self, zone_of},
        store::{
            Tx, cases, posts, summaries, teams, topics, work as kept,
            work::{confirmations, hand_offs, joins, marks, notes, offers, promises},
        },
    },
    domain::{
        case::{Case, Status},
        event::Actor,
        ids::CaseId,
        person::Viewer,
        post::{Post, Visibility},
        promise::OwnedPromise,
        promise_words,
        right::{Action, allows, allows_brand},
        time::Instant,
        work::{CaseWork, Join, PostChoice, is_mismatch},
    },
};
use chrono_tz::Tz;

/// So many letters of a post are enough to know it by.
const EXCERPT: usize = 120;

/// What is around a case. Of a brand that somebody may not see there is no case.
pub async fn load(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<CaseWork> {
    let now = ctx.clock.now();
    let unread = notify::count(ctx, viewer).await?;
    let mut tx = ctx.store.read().await?;
    let case = cases::find(&mut tx, id)
        .await?
        .filter(|it| allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    let thread = posts::of_case(&mut tx, id).await?;
    let promises = promises::of_case(&mut tx, id).await?;
    let hops = hand_offs::of_case(&mut tx, id).await?;
    let offers = offers::of_case(&mut tx, id).await?;
    let mut assignment = kept::find(&mut tx, id).await?;
    assignment.snooze = assignment.snooze.filter(|it| it.holds(&case, now));
    let asked = confirmations::of_case(&mut tx, id).await?;
    let last = asked.first();
    let link = match last.filter(|it| it.expires_at > now && it.answer.is_none()) {
        Some(open) => confirm::find_link(ctx, &mut tx, id, open.episode).await?,
        None => None,
    };
    let joins = joins::of_case(&mut tx, (id, case.customer), now - join::UNDO).await?;
    let topics = topics::list(&mut tx, case.brand).await?;
    Ok(CaseWork {
        case: id,
        as_of: now,
        zone: zone_of(viewer, case.opened_at, now),
        status: case.status,
        outcome: case.outcome,
        is_waiting: case.unanswered_since.is_some(),
        merged_into: kept::merged_into(&mut tx, id).await?,
        noticed: noticed(viewer, &thread, &promises),
        must_read: hand_off::unread(viewer, &hops).is_some(),
        notes: notes::of_case(&mut tx, id).await?,
        attempts: notes::attempts(&mut tx, id).await?,
        mismatch: is_mismatch(&offers),
        limit: offers::limit(&mut tx, viewer.role).await?,
        joins: joins
            .into_iter()
            .map(|it| Join {
                id: it.id,
                kind: it.kind,
                by: it.by,
                until: it.at + join::UNDO,
            })
            .collect(),
        siblings: siblings(&mut tx, id).await?,
        same: same_person::suggestions(&mut tx, case.customer).await?,
        mark: marks::of(&mut tx, case.customer, now).await?,
        answer: last.and_then(|it| it.answer.clone()),
        posts: choices(&case, thread),
        people: colleagues(&mut tx, case.brand).await?,
        teams: teams::list(&mut tx).await?,
        topics: topics.into_iter().map(|it| (it.key, it.name)).collect(),
        me: viewer.person,
        my_teams: viewer.teams.clone(),
        may_work: allows(viewer, Action::WorkCases),
        may_approve: allows(viewer, Action::ApproveOffers),
        unread,
        told: None,
        assignment,
        promises,
        hops,
        offers,
        link,
    })
}

/// What our last answer seems to promise, unless something was promised since.
fn noticed(
    viewer: &Viewer,
    thread: &[Post],
    promises: &[OwnedPromise],
) -> Option<(String, Instant)> {
    let last = thread.iter().rfind(|it| it.by == Actor::Agent)?;
    let is_logged = promises
        .iter()
        .any(|it| it.promise.promised_at >= last.published_at);
    if is_logged {
        return None;
    }
    let zone: Tz = viewer.zone.parse().unwrap_or(Tz::UTC);
    let local = last.published_at.with_timezone(&zone).naive_local();
    let found = promise_words::notice(&last.body, local)?;
    let due = acts::instant(zone, found.due).ok()?;
    Some((found.what, due))
}

async fn siblings(tx: &mut Tx, case: CaseId) -> Result<Vec<(CaseId, String)>> {
    let ids = kept::siblings(tx, case).await?;
    let found = summaries::of(tx, &ids).await?;
    Ok(found
        .into_iter()
        .map(|it| (it.id, begin(&it.excerpt)))
        .collect())
}

fn begin(text: &str) -> String {
    let mut begin: String = text.chars().take(EXCERPT).collect();
    if begin.len() < text.len() {
        begin.push('…');
    }
    begin
}

fn choices(case: &Case, thread: Vec<Post>) -> Vec<PostChoice> {
    let yes = case
        .confirmed_at
        .filter(|_| case.status == Status::Resolved);
    thread
        .into_iter()
        .map(|it| PostChoice {
            id: it.id,
            may_thank: it.by == Actor::Customer
                && it.visibility == Visibility::Public
                && case.thanked_at.is_none()
                && yes.is_some_and(|yes| it.published_at >= yes),
            excerpt: begin(&it.body),
            at: it.published_at,
        })
        .collect()
}
