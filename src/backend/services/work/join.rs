//! Merging two cases, splitting posts off, merging two accounts of one person; each can be undone
//! for a day, because what was joined keeps what it was.

use super::{Held, hold};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::audit,
        store::{
            Tx, cases, customers, erasures, posts, work as kept,
            work::{
                Belonging,
                joins::{self, KeptJoin},
                promises,
            },
        },
    },
    domain::{
        case::Case,
        ids::{CaseId, CustomerId, HandleId, JoinId, PostId},
        person::Viewer,
        post::Post,
        promise::earliest_open,
        rejection::Rejection,
        right::allows_brand,
        work::JoinKind,
    },
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// So long it can be undone.
pub const UNDO: TimeDelta = TimeDelta::days(1);

/// What undoes a merge or a split of cases.
#[derive(Serialize, Deserialize)]
struct Undo {
    /// The case that stayed, as it was.
    stayed: Case,
    /// The other one, as it was (merged) or as it began (split off).
    other: Case,
    /// What went from one to the other, by kind.
    moved: Vec<(usize, Vec<i64>)>,
    /// The last event of the case that stayed, right afterwards.
    event: i64,
}

/// What undoes a merge of two people.
#[derive(Serialize, Deserialize)]
struct Parting {
    accounts: Vec<HandleId>,
    cases: Vec<CaseId>,
}

fn text(it: &impl Serialize) -> Result<String> {
    serde_json::to_string(it).map_err(|why| Error::Task(why.to_string()))
}

fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T> {
    serde_json::from_str(text).map_err(|why| Error::Task(why.to_string()))
}

/// Merges two cases of one brand; the older one stays. Returns it.
pub async fn merge(ctx: &Ctx, viewer: &Viewer, one: CaseId, two: CaseId) -> Result<Case> {
    if one == two {
        return Err(Rejection::NotMergeable.into());
    }
    // Always in the same order, so that two merges don't wait for each other.
    let mut held = hold(ctx, viewer, one.min(two)).await?;
    kept::hold(&mut held.tx, one.max(two)).await?;
    let other = cases::find(&mut held.tx, one.max(two)).await?;
    let mut other = other
        .filter(|it| allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    if (other.opened_at, other.id) < (held.case.opened_at, held.case.id) {
        std::mem::swap(&mut other, &mut held.case);
        held.before = held.case.clone();
    }
    let (stayed, before) = (held.case.clone(), other.clone());
    let rules = held.desk.rules(held.now).clone();
    let business_s = other
        .first_answer_at
        .map(|at| held.desk.business_s(held.case.opened_at, at));
    let told = held.case.absorb(&mut other, held.now, business_s, &rules)?;
    let mut moved = Vec::new();
    for (at, what) in Belonging::ALL.into_iter().enumerate() {
        let ids = kept::belongings(&mut held.tx, other.id, what).await?;
        kept::give(&mut held.tx, what, &ids, held.case.id).await?;
        moved.push((at, ids));
    }
    cases::write(&mut held.tx, std::slice::from_ref(&other)).await?;
    kept::set_merged_into(&mut held.tx, other.id, Some(held.case.id)).await?;
    held.save(ctx, &told).await?;
    let undo = Undo {
        event: kept::last_event(&mut held.tx, held.case.id).await?,
        stayed,
        other: before,
        moved,
    };
    keep(
        ctx,
        viewer,
        &mut held,
        (JoinKind::Merge, other.id.get()),
        &undo,
    )
    .await?;
    let (from, into) = (other.id, held.case.id);
    audit::record(ctx, &mut held.tx, viewer, "case.merged", from, (&(), &into)).await?;
    held.tx.commit().await?;
    Ok(held.case)
}

async fn keep(
    ctx: &Ctx,
    viewer: &Viewer,
    held: &mut Held,
    (kind, from): (JoinKind, i64),
    undo: &impl Serialize,
) -> Result<()> {
    let join = KeptJoin {
        id: ctx.ids.next(held.now),
        brand: held.case.brand,
        kind,
        from,
        into: match kind {
            JoinKind::Merge | JoinKind::Split => held.case.id.get(),
            JoinKind::Person => held.case.customer.get(),
        },
        body: text(undo)?,
        by: viewer.person,
        at: held.now,
    };
    Ok(joins::insert(&mut held.tx, &join).await?)
}

/// Makes a case of its own of some posts; returns it.
pub async fn split(ctx: &Ctx, viewer: &Viewer, id: CaseId, chosen: &[PostId]) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let all = posts::of_case(&mut held.tx, id).await?;
    let (goes, stays): (Vec<Post>, Vec<Post>) =
        all.into_iter().partition(|it| chosen.contains(&it.id));
    let before = held.case.clone();
    let new: CaseId = ctx.ids.next(held.now);
    let (rules, zone) = (held.desk.rules(held.now).clone(), held.desk.zone(held.now));
    let (mut other, told) = held
        .case
        .split(new, (&stays, &goes), held.now, (&rules, &zone))?;
    for case in [&mut held.case, &mut other] {
        if let (Some(at), None) = (case.first_answer_at, case.first_answer_business_s) {
            case.first_answer_business_s = Some(held.desk.business_s(case.opened_at, at));
        }
    }
    cases::write(&mut held.tx, std::slice::from_ref(&other)).await?;
    let ids: Vec<i64> = goes.iter().map(|it| it.id.get()).collect();
    kept::give(&mut held.tx, Belonging::Posts, &ids, new).await?;
    held.save(ctx, &told).await?;
    let undo = Undo {
        event: kept::last_event(&mut held.tx, id).await?,
        stayed: before,
        other: other.clone(),
        moved: vec![(0, ids)],
    };
    keep(ctx, viewer, &mut held, (JoinKind::Split, new.get()), &undo).await?;
    audit::record(ctx, &mut held.tx, viewer, "case.split", id, (&(), &new)).await?;
    held.tx.commit().await?;
    Ok(other)
}

/// Says that a case's customer and another one are one person: their accounts and cases become the
/// case's customer's.
pub async fn merge_people(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    other: CustomerId,
) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let found = customers::find_all(&mut held.tx, &[other]).await?.pop();
    let found = found.filter(|it| it.brand == held.case.brand && it.id != held.case.customer);
    if found.is_none() {
        return Err(Error::Missing);
    }
    let accounts = customers::handles_of(&mut held.tx, &[other]).await?;
    let parting = Parting {
        accounts: accounts.iter().map(|it| it.id).collect(),
        cases: erasures::cases_of(&mut held.tx, &[other]).await?,
    };
    let own = held.case.customer;
    give_person(&mut held, &parting, own).await?;
    keep(
        ctx,
        viewer,
        &mut held,
        (JoinKind::Person, other.get()),
        &parting,
    )
    .await?;
    let what = (&(), &own);
    audit::record(ctx, &mut held.tx, viewer, "customer.merged", other, what).await?;
    held.tx.commit().await?;
    Ok(held.case)
}

/// Gives accounts and cases to a person, each case with its event.
async fn give_person(held: &mut Held, parting: &Parting, to: CustomerId) -> Result<()> {
    joins::give_accounts(&mut held.tx, &parting.accounts, to).await?;
    for mut case in cases::find_all(&mut held.tx, &parting.cases).await? {
        let told = case.change_person(held.now, to);
        cases::save(&mut held.tx, &case, &[told], held.now).await?;
    }
    Ok(())
}

/// Undoes a merge or a split within a day.
pub async fn undo(ctx: &Ctx, viewer: &Viewer, id: JoinId) -> Result<CaseId> {
    let since = ctx.clock.now() - UNDO;
    let join = {
        let mut tx = ctx.store.read().await?;
        let found = joins::find(&mut tx, id, since).await?;
        let found = found.ok_or(Rejection::NotUndoable)?;
        if !allows_brand(viewer, found.brand) {
            return Err(Error::Missing);
        }
        found
    };
    match join.kind {
        JoinKind::Merge => undo_merge(ctx, viewer, &join).await,
        JoinKind::Split => undo_split(ctx, viewer, &join).await,
        JoinKind::Person => undo_person(ctx, viewer, &join).await,
    }
}

async fn once(tx: &mut Tx, ctx: &Ctx, join: &KeptJoin) -> Result<()> {
    if joins::undo(tx, join.id, ctx.clock.now()).await? {
        Ok(())
    } else {
        Err(Rejection::NotUndoable.into())
    }
}

async fn undo_merge(ctx: &Ctx, viewer: &Viewer, join: &KeptJoin) -> Result<CaseId> {
    let undo: Undo = read(&join.body)?;
    let mut held = hold(ctx, viewer, join.into.into()).await?;
    once(&mut held.tx, ctx, join).await?;
    let is_whole = kept::last_event(&mut held.tx, held.case.id).await? == undo.event;
    for (at, ids) in &undo.moved {
        if let Some(what) = Belonging::ALL.get(*at) {
            kept::give(&mut held.tx, *what, ids, undo.other.id).await?;
        }
    }
    let left = promises::of_case(&mut held.tx, held.case.id).await?;
    let next_due = earliest_open(left.iter().map(|it| &it.promise));
    let rules = held.desk.rules(held.now).clone();
    let told = held.case.give_back(
        undo.stayed,
        &undo.other,
        is_whole,
        next_due,
        held.now,
        &rules,
    );
    cases::write(&mut held.tx, std::slice::from_ref(&undo.other)).await?;
    kept::set_merged_into(&mut held.tx, undo.other.id, None).await?;
    let what = (&join.into, &());
    held.save(ctx, &told).await?;
    audit::record(
        ctx,
        &mut held.tx,
        viewer,
        "case.unmerged",
        undo.other.id,
        what,
    )
    .await?;
    held.tx.commit().await?;
    Ok(undo.other.id)
}

async fn undo_split(ctx: &Ctx, viewer: &Viewer, join: &KeptJoin) -> Result<CaseId> {
    let undo: Undo = read(&join.body)?;
    let mut held = hold(ctx, viewer, join.into.into()).await?;
    once(&mut held.tx, ctx, join).await?;
    kept::hold(&mut held.tx, undo.other.id).await?;
    let other = cases::find(&mut held.tx, undo.other.id).await?;
    let mut other = other.ok_or(Error::Missing)?;
    let is_whole =
        kept::last_event(&mut held.tx, held.case.id).await? == undo.event && other == undo.other;
    let rules = held.desk.rules(held.now).clone();
    let business_s = other
        .first_answer_at
        .map(|at| held.desk.business_s(held.case.opened_at, at));
    let told = held.case.absorb(&mut other, held.now, business_s, &rules)?;
    if is_whole {
        held.case = undo.stayed;
    }
    for what in Belonging::ALL {
        let ids = kept::belongings(&mut held.tx, other.id, what).await?;
        kept::give(&mut held.tx, what, &ids, held.case.id).await?;
    }
    cases::write(&mut held.tx, std::slice::from_ref(&other)).await?;
    kept::set_merged_into(&mut held.tx, other.id, Some(held.case.id)).await?;
    held.save(ctx, &told).await?;
    let (id, what) = (held.case.id, (&join.from, &()));
    audit::record(ctx, &mut held.tx, viewer, "case.unsplit", id, what).await?;
    held.tx.commit().await?;
    Ok(id)
}

async fn undo_person(ctx: &Ctx, viewer: &Viewer, join: &KeptJoin) -> Result<CaseId> {
    let parting: Parting = read(&join.body)?;
    let first = parting.cases.first().copied();
    let mut held = hold(ctx, viewer, first.ok_or(Rejection::NotUndoable)?).await?;
    once(&mut held.tx, ctx, join).await?;
    give_person(&mut held, &parting, join.from.into()).await?;
    let what = (&join.into, &());
    audit::record(
        ctx,
        &mut held.tx,
        viewer,
        "customer.unmerged",
        join.from,
        what,
    )
    .await?;
    held.tx.commit().await?;
    Ok(held.case.id)
}
