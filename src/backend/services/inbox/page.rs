//! The list of the Inbox.

use super::index::Wanted;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::period::wire_zone,
        store::{people, posts, summaries},
    },
    domain::{
        ids::{CaseId, PersonId},
        inbox::{InboxPage, InboxQuery, InboxRow},
        person::Viewer,
    },
};
use chrono::TimeDelta;
use chrono_tz::Tz;
use std::collections::HashMap;

/// The first rows of a view.
pub async fn page(ctx: &Ctx, viewer: &Viewer, query: &InboxQuery) -> Result<InboxPage> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let only = if query.text.is_empty() {
        None
    } else {
        let found = posts::cases_with_text(&mut tx, &query.text).await?;
        Some(found.into_iter().collect())
    };
    let wanted = Wanted {
        viewer,
        view: query.view,
        order: query.order,
        only,
    };
    let look = ctx.inbox.look(&mut tx, now, &wanted).await?;
    let count = look.cases.len();
    let shown: Vec<(CaseId, u32)> = look.cases.into_iter().take(query.rows).collect();
    let ids: Vec<CaseId> = shown.iter().map(|it| it.0).collect();
    let points: HashMap<CaseId, u32> = shown.into_iter().collect();
    let mut standings: HashMap<CaseId, _> = ctx
        .inbox
        .standings(&ids)
        .await
        .into_iter()
        .map(|it| (it.0.id, it))
        .collect();
    let summaries = summaries::of(&mut tx, &ids).await?;
    let names = names(&mut tx).await?;
    let rows = summaries.into_iter().filter_map(|summary| {
        let (standing, has_broken) = standings.remove(&summary.id)?;
        Some(InboxRow {
            points: points.get(&summary.id).copied().unwrap_or(0),
            waiting_since: standing.unanswered_since,
            sundown_at: standing.sundown_at,
            promise: match (standing.promise_due_at, has_broken) {
                (None, false) => None,
                (due_at, broken) => Some((due_at.unwrap_or(now), broken)),
            },
            owner: standing.owner.and_then(|it| names.get(&it).cloned()),
            snoozed_until: standing.snoozed_until,
            summary,
        })
    });
    Ok(InboxPage {
        as_of: now,
        zone: zone(viewer, now),
        views: look.views,
        count,
        rows: rows.collect(),
    })
}

async fn names(tx: &mut crate::backend::store::Tx) -> Result<HashMap<PersonId, String>> {
    let all = people::list(tx).await?.into_iter();
    Ok(all.map(|it| (it.id, it.name)).collect())
}

/// The wall clock of whoever looks.
pub fn zone(viewer: &Viewer, now: crate::domain::time::Instant) -> crate::domain::time::Zone {
    let zone: Tz = viewer.zone.parse().unwrap_or(Tz::UTC);
    wire_zone(zone, now - TimeDelta::days(60), now)
}
