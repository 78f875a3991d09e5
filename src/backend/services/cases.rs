//! The cases behind a figure, and one case with its whole story.

use super::{
    board,
    period::{Period, wire_zone},
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        engine::{Snapshot, Texts},
        store,
    },
    domain::{
        board::{CasePage, CaseStory, CaseSummary, Clocks, Mark, StoryEntry},
        board_query::BoardQuery,
        case::{Case, Kind, Priority, Tone},
        event::{CaseEvent, EventKind},
        ids::CaseId,
        person::Viewer,
        post::Post,
        question::{Question, Which},
        right::allows_brand,
        time::{Instant, seconds_between},
        wording::duration,
    },
};
use chrono_tz::Tz;
use std::sync::Arc;

/// The cases behind a figure, all of them, newest first; the question they answer stands beside.
pub struct Found {
    /// What was known.
    pub snapshot: Arc<Snapshot>,
    /// The period.
    pub period: Period,
    /// The question.
    pub question: Question,
    /// The cases.
    pub ids: Vec<i64>,
}

/// Finds the cases behind a figure.
pub async fn behind(ctx: &Ctx, viewer: &Viewer, query: &BoardQuery, which: Which) -> Result<Found> {
    let query = &query.within(&viewer.brands);
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let snapshot = ctx.engine.snapshot(&mut tx, now).await?;
    let texts: Option<Texts> = board::texts(&mut tx, &query.filter).await?;
    let period = Period::of(query, &snapshot, texts.as_ref(), now);
    let question = period.question(query, now);
    let ids = snapshot.list(&question, texts.as_ref(), which);
    Ok(Found {
        snapshot,
        period,
        question,
        ids,
    })
}

/// One page of the cases behind a figure; pages count from 1, one too high is the last.
pub async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    query: &BoardQuery,
    which: Which,
    page: u64,
) -> Result<CasePage> {
    let found = behind(ctx, viewer, query, which).await?;
    let count = found.ids.len() as u64;
    let pages = count.div_ceil(CasePage::ROWS).max(1);
    let page = page.clamp(1, pages);
    let first = usize::try_from((page - 1) * CasePage::ROWS).unwrap_or(usize::MAX);
    let ids = found
        .ids
        .iter()
        .skip(first)
        .take(CasePage::ROWS as usize)
        .copied();
    let cases = summaries(ctx, &ids.collect::<Vec<_>>()).await?;
    let now = found.question.as_of;
    let since = cases.iter().map(|it| it.opened_at).min().unwrap_or(now);
    Ok(CasePage {
        as_of: now,
        zone: found.period.wire_zone(since, now),
        from: found.period.from,
        until: found.period.until,
        which,
        count,
        page,
        pages,
        cases,
        choices: board::choices(&found.snapshot, &found.question.filter),
    })
}

/// Some of the cases behind a figure, for programs.
pub struct Slice {
    /// What was known at this instant.
    pub as_of: Instant,
    /// The period, both ends known.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// How many there are in all.
    pub count: u64,
    /// These, the newest id first.
    pub cases: Vec<CaseSummary>,
    /// The cursor of those that follow; `None` at the end.
    pub next: Option<CaseId>,
}

/// The cases behind a figure whose ids come before the cursor, at most so many. Cases that come
/// meanwhile have larger ids, so whoever goes from page to page sees none twice.
pub async fn slice(
    ctx: &Ctx,
    viewer: &Viewer,
    query: &BoardQuery,
    which: Which,
    (cursor, limit): (Option<CaseId>, usize),
) -> Result<Slice> {
    let found = behind(ctx, viewer, query, which).await?;
    let count = found.ids.len() as u64;
    let mut ids = found.ids;
    ids.retain(|it| cursor.is_none_or(|cursor| *it < cursor.get()));
    ids.sort_unstable_by(|a, b| b.cmp(a));
    let is_more = ids.len() > limit;
    ids.truncate(limit);
    let next = ids.last().filter(|_| is_more).map(|it| CaseId::from(*it));
    Ok(Slice {
        as_of: found.question.as_of,
        from: found.period.from,
        until: found.period.until,
        count,
        cases: summaries(ctx, &ids).await?,
        next,
    })
}

/// Some cases as lists show them, in the order asked for.
pub async fn summaries(ctx: &Ctx, ids: &[i64]) -> Result<Vec<CaseSummary>> {
    let ids: Vec<CaseId> = ids.iter().map(|id| CaseId::from(*id)).collect();
    let mut tx = ctx.store.read().await?;
    Ok(store::summaries::of(&mut tx, &ids).await?)
}

/// One case with its whole story. Of a brand that somebody may not see there is no case.
pub async fn story(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<CaseStory> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let case = store::cases::find(&mut tx, id)
        .await?
        .filter(|it| allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    let summary = store::summaries::of(&mut tx, &[id])
        .await?
        .pop()
        .ok_or(Error::Missing)?;
    let posts = store::posts::of_case(&mut tx, id).await?;
    let events = store::events::of_case(&mut tx, id).await?;
    let brands = store::brands::list(&mut tx).await?;
    let brand = brands.iter().find(|it| it.id == case.brand);
    let zone: Tz = brand.and_then(|it| it.zone.parse().ok()).unwrap_or(Tz::UTC);
    Ok(CaseStory {
        summary,
        as_of: now,
        zone: wire_zone(zone, case.opened_at, now),
        clocks: clocks(&case),
        entries: entries(posts, &events),
    })
}

fn clocks(case: &Case) -> Clocks {
    let has_beginning = case.origin != crate::domain::case::Origin::Dangling;
    let since_opening = |at: Option<Instant>| {
        at.filter(|_| has_beginning)
            .map(|at| seconds_between(case.opened_at.timestamp_millis(), at.timestamp_millis()))
    };
    Clocks {
        first_response_s: since_opening(case.first_answer_at),
        first_response_business_s: case.first_answer_business_s.filter(|_| has_beginning),
        target_s: case.target_s,
        first_public_response_s: since_opening(case.first_public_answer_at),
        resolution_s: since_opening(case.resolved_at),
        confirmed_s: since_opening(case.confirmed_at),
        sundown_at: case.sundown_at,
        episodes: case.episode,
        joiners: case.joiners,
    }
}

/// Posts and what happened between, oldest first. Events that only repeat a post are left out.
fn entries(posts: Vec<Post>, events: &[CaseEvent]) -> Vec<StoryEntry> {
    let mut entries: Vec<(Instant, u8, StoryEntry)> = posts
        .into_iter()
        .map(|post| (post.published_at, 0, StoryEntry::Post(post)))
        .collect();
    for event in events {
        if let Some((text, mark)) = tell(&event.kind) {
            entries.push((
                event.at,
                1,
                StoryEntry::Event {
                    at: event.at,
                    by: event.by,
                    text,
                    mark,
                },
            ));
        }
    }
    entries.sort_by_key(|&(at, order, _)| (at, order));
    entries.into_iter().map(|(_, _, entry)| entry).collect()
}

/// An event in words; `None` for one that its post tells already.
fn tell(kind: &EventKind) -> Option<(String, Mark)> {
    let (text, mark) = match kind {
        EventKind::Posted | EventKind::Joined | EventKind::Opened { .. } | EventKind::Thanked => {
            return None;
        }
        EventKind::Answered {
            is_first: false, ..
        } => return None,
        EventKind::Answered { after_s, .. } => (
            format!("First answer after {}", duration(*after_s)),
            Mark::Plain,
        ),
        EventKind::Imported { posts, .. } => (
            format!("Imported from an archive with {posts} posts"),
            Mark::Plain,
        ),
        EventKind::Chased => ("Asked again while waiting".to_owned(), Mark::Bad),
        EventKind::Promised { what, .. } => (format!("Promised: {what}"), Mark::Promise),
        EventKind::PromiseKept => ("Promise kept".to_owned(), Mark::Good),
        EventKind::PromiseBroken => ("Promise broken".to_owned(), Mark::Bad),
        EventKind::HandOffOffered { to } => (format!("Handed to {to}"), Mark::Plain),
        EventKind::HandOffAccepted { by } => (format!("Picked up by {by}"), Mark::Plain),
        EventKind::Resolved { remedy, outcome } => (
            format!(
                "Resolved: {}, {}",
                remedy.label().to_lowercase(),
                outcome.label().to_lowercase()
            ),
            Mark::Plain,
        ),
        EventKind::Asked => ("Asked whether it is solved".to_owned(), Mark::Plain),
        EventKind::Confirmed => ("Confirmed by the customer".to_owned(), Mark::Good),
        EventKind::Disputed => ("Disputed by the customer".to_owned(), Mark::Bad),
        EventKind::Lapsed => (
            "No answer to our question whether it is solved".to_owned(),
            Mark::Plain,
        ),
        EventKind::Reopened { episode } => (format!("Reopened, episode {episode}"), Mark::Bad),
        EventKind::Excluded { why } => (
            format!("Left out of times: {}", why.label().to_lowercase()),
            Mark::Plain,
        ),
        EventKind::Merged { .. } => ("Merged into another case".to_owned(), Mark::Plain),
        EventKind::Withdrawn => ("Withdrawn by the customer".to_owned(), Mark::Plain),
        // The reply itself is shown, as it stands.
        EventKind::Replying { .. } => return None,
        EventKind::Edited => ("A post was edited or deleted".to_owned(), Mark::Plain),
        EventKind::Erased => ("A person's data was erased here".to_owned(), Mark::Plain),
        EventKind::Corrected {
            kind,
            tone,
            priority,
            topic,
        } => (
            corrected(*kind, *tone, *priority, topic.as_deref()),
            Mark::Plain,
        ),
        EventKind::Assigned { person, team } => (
            match (person, team) {
                (Some(_), _) => "Taken by a colleague",
                (None, Some(_)) => "Given to a team",
                (None, None) => "Given back to everybody",
            }
            .to_owned(),
            Mark::Plain,
        ),
        EventKind::HandOffOpened { by } => (format!("{by} read the whole story"), Mark::Plain),
        EventKind::HandOffReturned { by } => (format!("Given back by {by}"), Mark::Bad),
        EventKind::PromiseWithdrawn => ("Promise withdrawn".to_owned(), Mark::Bad),
        EventKind::Snoozed { .. } => ("Put aside; the clock goes on".to_owned(), Mark::Plain),
        EventKind::Woken => ("Back from being put aside".to_owned(), Mark::Plain),
        EventKind::NoAnswerNeeded => ("Needs no answer".to_owned(), Mark::Plain),
        EventKind::Noted => ("A note for colleagues".to_owned(), Mark::Plain),
        EventKind::TriedElsewhere => ("Had tried another way before".to_owned(), Mark::Bad),
        EventKind::RemedyNamed { remedy, is_offer } => (
            format!(
                "{}: {}",
                if *is_offer { "Offered" } else { "Wanted" },
                remedy.label().to_lowercase()
            ),
            Mark::Plain,
        ),
        EventKind::OfferDecided { is_approved: true } => ("Offer approved".to_owned(), Mark::Good),
        EventKind::OfferDecided { is_approved: false } => ("Offer declined".to_owned(), Mark::Bad),
        EventKind::Split { .. } => ("Some posts became another case".to_owned(), Mark::Plain),
        EventKind::Unmerged { .. } => ("A merge was undone".to_owned(), Mark::Plain),
        EventKind::Included => ("Counts again".to_owned(), Mark::Plain),
        EventKind::PersonChanged { .. } => (
            "Two accounts were found to be one person, or two after all".to_owned(),
            Mark::Plain,
        ),
    };
    Some((text, mark))
}

/// A correction in words: “Corrected: question, high priority, topic bags”.
fn corrected(
    kind: Option<Kind>,
    tone: Option<Tone>,
    priority: Option<Priority>,
    topic: Option<&str>,
) -> String {
    let parts = [
        kind.map(|it| it.label().to_lowercase()),
        tone.map(|it| format!("sounds {}", it.label().to_lowercase())),
        priority.map(|it| format!("{} priority", it.label().to_lowercase())),
        topic.map(|it| {
            if it.is_empty() {
                "no topic".to_owned()
            } else {
                format!("topic {it}")
            }
        }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("Corrected: {}", parts.join(", "))
}
