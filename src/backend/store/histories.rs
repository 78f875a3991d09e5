//! Many whole cases at once: how the demo comes in.

use super::{
    cases, customers,
    error::Result,
    events, posts,
    tx::{Tx, insert_rows},
};
use crate::domain::{
    history::{Episode, HandOff, History, Promise, Turn},
    time::Instant,
};

/// Keeps whole cases with everything that belongs to them; returns the number of the last event.
pub async fn insert_all(tx: &mut Tx, histories: &[History], now: Instant) -> Result<i64> {
    let people: Vec<_> = histories
        .iter()
        .flat_map(|it| std::iter::once(&it.customer).chain(&it.joiners))
        .cloned()
        .collect();
    let handles: Vec<_> = histories
        .iter()
        .flat_map(|it| &it.handles)
        .cloned()
        .collect();
    let all_cases: Vec<_> = histories.iter().map(|it| it.case.clone()).collect();
    let all_posts: Vec<_> = histories
        .iter()
        .flat_map(|it| it.posts.iter().map(|post| (it.case.brand, post.clone())))
        .collect();
    let mut told: Vec<_> = histories
        .iter()
        .flat_map(|it| it.events.iter().cloned())
        .collect();
    told.sort_by_key(|event| event.at);
    customers::insert_all(tx, &people, now).await?;
    customers::insert_handles(tx, &handles).await?;
    cases::write(tx, &all_cases).await?;
    posts::insert_all(tx, &all_posts).await?;
    insert_episodes(tx, &flat(histories, |it| &it.episodes)).await?;
    insert_turns(tx, &flat(histories, |it| &it.turns)).await?;
    insert_promises(tx, &flat(histories, |it| &it.promises)).await?;
    insert_hand_offs(tx, &flat(histories, |it| &it.hand_offs)).await?;
    events::append(tx, &told, now).await
}

fn flat<T: Clone>(histories: &[History], part: impl Fn(&History) -> &Vec<T>) -> Vec<T> {
    histories
        .iter()
        .flat_map(|it| part(it).iter().cloned())
        .collect()
}

/// Keeps episodes; one that is there already is brought up to date.
pub async fn insert_episodes(tx: &mut Tx, episodes: &[Episode]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into episodes (id, brand_id, case_id, number, opened_at, resolved_at, outcome, remedy) ",
        episodes,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(i64::from(row.number))
                .push_bind(row.opened_at.timestamp_millis())
                .push_bind(row.resolved_at.map(|it| it.timestamp_millis()))
                .push_bind(row.outcome.map(|it| it.as_str()))
                .push_bind(row.remedy.map(|it| it.as_str()));
        },
        " on conflict (case_id, number, brand_id) do update set
            resolved_at = excluded.resolved_at, outcome = excluded.outcome, remedy = excluded.remedy"
    );
    Ok(())
}

/// Keeps turns; one that is there already is brought up to date.
pub async fn insert_turns(tx: &mut Tx, turns: &[Turn]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into turns (id, brand_id, case_id, started_at, answered_at, posts) ",
        turns,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(row.started_at.timestamp_millis())
                .push_bind(row.answered_at.map(|it| it.timestamp_millis()))
                .push_bind(i64::from(row.posts));
        },
        " on conflict (id) do update set answered_at = excluded.answered_at, posts = excluded.posts"
    );
    Ok(())
}

/// Keeps promises; one that is there already is brought up to date.
pub async fn insert_promises(tx: &mut Tx, promises: &[Promise]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into promises (id, brand_id, case_id, what, promised_by, fulfiller, promised_at,
             due_at, perishes_at, proof, state, settled_at, replaces) ",
        promises,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(&row.what)
                .push_bind(&row.promised_by)
                .push_bind(&row.fulfiller)
                .push_bind(row.promised_at.timestamp_millis())
                .push_bind(row.due_at.timestamp_millis())
                .push_bind(row.perishes_at.map(|it| it.timestamp_millis()))
                .push_bind(&row.proof)
                .push_bind(row.state.as_str())
                .push_bind(row.settled_at.map(|it| it.timestamp_millis()))
                .push_bind(row.replaces.map(|it| it.get()));
        },
        " on conflict (id) do update set
            state = excluded.state, settled_at = excluded.settled_at, proof = excluded.proof"
    );
    Ok(())
}

/// Keeps hand-offs; one that is there already is brought up to date.
pub async fn insert_hand_offs(tx: &mut Tx, hand_offs: &[HandOff]) -> Result<()> {
    insert_rows!(
        tx,
        "insert into hand_offs (id, brand_id, case_id, from_team, to_team, offered_at, accepted_at,
             returned_at, opened_at) ",
        hand_offs,
        |b, row| {
            b.push_bind(row.id.get())
                .push_bind(row.brand.get())
                .push_bind(row.case.get())
                .push_bind(&row.from_team)
                .push_bind(&row.to_team)
                .push_bind(row.offered_at.timestamp_millis())
                .push_bind(row.accepted_at.map(|it| it.timestamp_millis()))
                .push_bind(row.returned_at.map(|it| it.timestamp_millis()))
                .push_bind(row.opened_at.map(|it| it.timestamp_millis()));
        },
        " on conflict (id) do update set
            accepted_at = excluded.accepted_at, returned_at = excluded.returned_at,
            opened_at = excluded.opened_at"
    );
    Ok(())
}
