//! All promises: the list, how well they were kept, and the file.

use super::notify::zone_of;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{
            people, teams,
            work::promises::{self as kept, Listed},
        },
    },
    domain::{
        history::PromiseState,
        person::Viewer,
        promise_list::{PromiseLine, PromisePage, PromiseQuery, PromiseShelf},
        right::{Action, allows, allows_brand},
        time::Instant,
        work::Colleague,
    },
};

/// The list that somebody asks for.
pub async fn page(ctx: &Ctx, viewer: &Viewer, query: PromiseQuery) -> Result<PromisePage> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let all = asked(kept::list(&mut tx, now).await?, viewer, query);
    let of = |shelf: PromiseShelf| all.iter().filter(move |it| it.shelf() == Some(shelf));
    let counts = PromiseShelf::ALL
        .iter()
        .map(|&shelf| (shelf, of(shelf).count() as u64))
        .collect();
    let due: Vec<&PromiseLine> = all.iter().filter(|it| it.due_at <= now).collect();
    let on_time = due.iter().filter(|it| it.state == PromiseState::Kept);
    let on_time = (on_time.count() as u64, due.len() as u64);
    let lines: Vec<PromiseLine> = all
        .iter()
        .filter(|it| query.shelf.is_none_or(|shelf| it.shelf() == Some(shelf)))
        .take(PromisePage::ROWS)
        .cloned()
        .collect();
    let since = lines.iter().map(|it| it.due_at).min().unwrap_or(now);
    let people = people::list(&mut tx).await?;
    Ok(PromisePage {
        query,
        as_of: now,
        zone: zone_of(viewer, since.min(now), now),
        lines,
        counts,
        on_time,
        people: people
            .into_iter()
            .map(|it| Colleague {
                id: it.id,
                name: it.name,
                teams: it.teams,
            })
            .collect(),
        teams: teams::list(&mut tx).await?,
        may_work: allows(viewer, Action::WorkCases),
        outcome: None,
    })
}

/// Those of the brands that somebody sees, and whose they ask for.
fn asked(all: Vec<Listed>, viewer: &Viewer, query: PromiseQuery) -> Vec<PromiseLine> {
    let is_asked = |it: &Listed| {
        allows_brand(viewer, it.brand)
            && query.owner.is_none_or(|who| it.people.contains(&Some(who)))
            && query.team.is_none_or(|team| it.team == Some(team))
    };
    all.into_iter().filter(is_asked).map(|it| it.line).collect()
}

/// What an address asks for.
pub fn query(search: &str) -> PromiseQuery {
    let form = super::settings::fields(search);
    PromiseQuery::parse(|name| form.0.get(name).cloned())
}

/// The same list as CSV, whole; how many rows, and the text.
pub async fn csv(ctx: &Ctx, viewer: &Viewer, query: PromiseQuery) -> Result<(u64, Vec<u8>)> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let all = asked(kept::list(&mut tx, now).await?, viewer, query);
    let mut rows = csv::Writer::from_writer(Vec::new());
    let broken = |why: csv::Error| Error::Task(why.to_string());
    rows.write_record([
        "promise",
        "case",
        "brand",
        "customer",
        "what",
        "promised_by",
        "fulfiller",
        "owner",
        "due_at",
        "perishes_at",
        "state",
        "settled_at",
        "proof",
    ])
    .map_err(broken)?;
    let at = |it: Option<Instant>| it.map(|it| it.to_rfc3339()).unwrap_or_default();
    let mut count = 0;
    for it in all
        .iter()
        .filter(|it| query.shelf.is_none_or(|shelf| it.shelf() == Some(shelf)))
    {
        let texts = [
            it.id.to_string(),
            it.case.to_string(),
            it.brand.clone(),
            it.customer.clone(),
            it.what.clone(),
            it.promised_by.clone(),
            it.fulfiller.clone(),
            it.owner.clone().unwrap_or_default(),
            at(Some(it.due_at)),
            at(it.perishes_at),
            it.state.to_string(),
            at(it.settled_at),
            it.proof.clone().unwrap_or_default(),
        ];
        rows.write_record(texts.map(|it| super::export::defused(&it)))
            .map_err(broken)?;
        count += 1;
    }
    let text = rows.into_inner();
    Ok((count, text.map_err(|why| Error::Task(why.to_string()))?))
}
