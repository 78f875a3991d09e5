//! Promises: logged, kept with a proof, broken, taken back, replaced; and those who answer for them
//! are told in time.

use super::{Held, can_work, hold, hold_any};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::{audit, notify},
        store::{Tx, people, teams, work::promises as kept},
    },
    domain::{
        audit::Who,
        case::Case,
        event::Actor,
        history::{Promise, PromiseState},
        ids::{CaseId, PersonId, PromiseId, TeamId},
        notice::NoticeKind,
        person::Viewer,
        promise::{Alarm, OwnedPromise, earliest_open},
        rejection::Rejection,
        time::Instant,
        work::some_words,
    },
};
use chrono::TimeDelta;

/// What is promised.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What, in words.
    pub what: String,
    /// Who sees to it; whoever logs it when nobody is named.
    pub owner: Option<PersonId>,
    /// Who does it, where that is somebody of ours.
    pub fulfiller: Option<PersonId>,
    /// The team that does it.
    pub team: Option<TeamId>,
    /// Who does it, in words, where it is none of those.
    pub by_whom: String,
    /// By when.
    pub due_at: Instant,
    /// After which it is worth nothing.
    pub perishes_at: Option<Instant>,
}

/// Logs a promise.
pub async fn log(ctx: &Ctx, viewer: &Viewer, case: CaseId, draft: Draft) -> Result<PromiseId> {
    let mut held = hold(ctx, viewer, case).await?;
    let promise = made(ctx, viewer, &mut held, draft, None).await?;
    let id = promise.promise.id;
    kept::save(&mut held.tx, &promise).await?;
    let told = [tell(&mut held, &promise.promise)];
    held.done(ctx, viewer, "promise.made", &told, (&(), &promise))
        .await?;
    Ok(id)
}

async fn made(
    ctx: &Ctx,
    viewer: &Viewer,
    held: &mut Held,
    draft: Draft,
    replaces: Option<PromiseId>,
) -> Result<OwnedPromise> {
    if draft.due_at <= held.now || draft.perishes_at.is_some_and(|it| it < draft.due_at) {
        return Err(Rejection::Past.into());
    }
    let what = some_words("what is promised", &draft.what)?;
    let owner = draft.owner.unwrap_or(viewer.person);
    let mut names = Vec::new();
    for person in [Some(owner), draft.fulfiller].into_iter().flatten() {
        let found = people::find(&mut held.tx, person).await?;
        let able = found.filter(|it| can_work(it, held.case.brand));
        names.push(able.ok_or(Rejection::NotAWorker)?.name);
    }
    let teams = teams::list(&mut held.tx).await?;
    let team = match draft.team {
        Some(id) => Some(
            teams
                .into_iter()
                .find(|it| it.id == id)
                .ok_or(Rejection::NotATeam)?,
        ),
        None => None,
    };
    let fulfiller = match (&team, draft.fulfiller, draft.by_whom.trim()) {
        (_, Some(_), _) => names.pop().unwrap_or_default(),
        (Some(team), None, _) => team.name.clone(),
        (None, None, "") => names.first().cloned().unwrap_or_default(),
        (None, None, words) => some_words("who does it", words)?,
    };
    Ok(OwnedPromise {
        promise: Promise {
            id: ctx.ids.next(held.now),
            brand: held.case.brand,
            case: held.case.id,
            what,
            promised_by: viewer.name.clone(),
            fulfiller,
            promised_at: held.now,
            due_at: draft.due_at,
            perishes_at: draft.perishes_at,
            proof: None,
            state: PromiseState::Open,
            settled_at: None,
            replaces,
        },
        owner: Some(owner),
        fulfiller: draft.fulfiller,
        team: draft.team,
        withdrawn_why: None,
        told: Alarm::Quiet,
    })
}

fn tell(held: &mut Held, promise: &Promise) -> crate::domain::event::CaseEvent {
    let rules = held.desk.rules(held.now).clone();
    let what = promise.what.clone();
    held.case.promise(held.now, what, promise.due_at, &rules)
}

/// What becomes of a promise.
#[derive(Clone, Debug)]
pub enum End {
    /// It arrived at an instant, and this shows it.
    Kept(Instant, String),
    /// It never did.
    Broken,
    /// It is taken back, for a reason.
    Withdrawn(String),
    /// Another one takes its place, for a reason.
    Replaced(String, Draft),
}

/// Settles a promise.
///
/// # Errors
/// When there is none, when it is settled already, when the proof or the reason is missing.
pub async fn settle(ctx: &Ctx, viewer: &Viewer, id: PromiseId, end: End) -> Result<Case> {
    let case = {
        let mut tx = ctx.store.read().await?;
        kept::case_of(&mut tx, id).await?.ok_or(Error::Missing)?
    };
    let mut held = hold(ctx, viewer, case).await?;
    let mut all = kept::of_case(&mut held.tx, case).await?;
    let at = all.iter().position(|it| it.promise.id == id);
    let at = at.ok_or(Error::Missing)?;
    let (now, rules) = (held.now, held.desk.rules(held.now).clone());
    let before = all[at].promise.state;
    let mut told = Vec::new();
    let action = match end {
        End::Kept(arrived, proof) => {
            let arrived = arrived.min(now).max(all[at].promise.promised_at);
            let proof = some_words("what shows that it arrived", &proof);
            let proof = proof.map_err(|_| Rejection::NoProof)?;
            all[at].promise.keep(arrived, &proof)?;
            let next = next_of(&all);
            told.push(held.case.settle_promise(arrived, true, next, &rules));
            "promise.kept"
        }
        End::Broken => {
            all[at].promise.break_it(now)?;
            let mut event = held.case.settle_promise(now, false, next_of(&all), &rules);
            event.by = Actor::Agent;
            told.push(event);
            "promise.broken"
        }
        End::Withdrawn(why) => {
            all[at].withdrawn_why = Some(some_words("a reason", &why)?);
            all[at].promise.withdraw(now)?;
            told.push(held.case.withdraw_promise(now, next_of(&all), &rules));
            "promise.withdrawn"
        }
        End::Replaced(why, draft) => {
            let new = made(ctx, viewer, &mut held, draft, Some(id)).await?;
            if all[at].promise.due_at < now {
                all[at].promise.break_it(now)?;
                told.push(held.case.settle_promise(now, false, next_of(&all), &rules));
            } else {
                all[at].withdrawn_why = Some(some_words("a reason", &why)?);
                all[at].promise.withdraw(now)?;
                told.push(held.case.withdraw_promise(now, next_of(&all), &rules));
            }
            kept::save(&mut held.tx, &new).await?;
            told.push(tell(&mut held, &new.promise));
            "promise.replaced"
        }
    };
    kept::save(&mut held.tx, &all[at]).await?;
    if all[at].promise.state == PromiseState::Broken {
        warn(
            ctx,
            &mut held.tx,
            Some(viewer.person),
            (&held.case, &all[at]),
            NoticeKind::PromiseBroken,
        )
        .await?;
    }
    let what = (before, &all[at]);
    held.done(ctx, viewer, action, &told, (&what.0, &what.1))
        .await
}

fn next_of(all: &[OwnedPromise]) -> Option<Instant> {
    earliest_open(all.iter().map(|it| &it.promise))
}

/// Tells those who answer for a promise.
async fn warn(
    ctx: &Ctx,
    tx: &mut Tx,
    by: Option<PersonId>,
    (case, it): (&Case, &OwnedPromise),
    kind: NoticeKind,
) -> Result<()> {
    let mut to: Vec<PersonId> = it.owner.into_iter().chain(it.fulfiller).collect();
    if let Some(team) = it.team {
        to.extend(notify::team(tx, team, case).await?);
    }
    let what = &it.promise.what;
    let words = match kind {
        NoticeKind::DueSoon => format!("Soon due: {what}"),
        NoticeKind::Overdue => format!("Overdue: {what}"),
        NoticeKind::DidItArrive => format!("Kept a day ago. Did it arrive? {what}"),
        _ => format!("A promise was broken: {what}"),
    };
    notify::tell(ctx, tx, by, &to, (kind, case, &words)).await
}

/// Looks at every promise somebody answers for: tells them at half of the time, at four fifths,
/// when it is due, and a day after it was kept; what has perished is broken. Returns how many were
/// told about.
pub async fn tick(ctx: &Ctx) -> Result<usize> {
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let mut pressing = Vec::new();
    for case in kept::to_tell(&mut tx, now, now - TimeDelta::days(1)).await? {
        let all = kept::of_case(&mut tx, case).await?;
        if all.iter().any(|it| is_news(it, now)) {
            pressing.push(case);
        }
    }
    drop(tx);
    let mut count = 0;
    for case in pressing {
        count += tell_of(ctx, case).await?;
    }
    Ok(count)
}

fn is_news(it: &OwnedPromise, now: Instant) -> bool {
    it.promise.has_perished(now) || it.promise.alarm(now) > it.told
}

async fn tell_of(ctx: &Ctx, case: CaseId) -> Result<usize> {
    let mut held = hold_any(ctx, case).await?;
    let (now, rules) = (held.now, held.desk.rules(held.now).clone());
    let mut all = kept::of_case(&mut held.tx, case).await?;
    let (mut told, mut broken, mut count) = (Vec::new(), Vec::new(), 0);
    for at in 0..all.len() {
        if !is_news(&all[at], now) {
            continue;
        }
        count += 1;
        let alarm = all[at].promise.alarm(now);
        let kind = if all[at].promise.has_perished(now) {
            // The moment is the promise's own, whenever this looks.
            let over = all[at].promise.perishes_at.unwrap_or(now);
            all[at].promise.break_it(over)?;
            let next = next_of(&all);
            told.push(held.case.settle_promise(over, false, next, &rules));
            broken.push(all[at].promise.id);
            NoticeKind::PromiseBroken
        } else {
            match alarm {
                Alarm::Quiet | Alarm::Half | Alarm::Most => NoticeKind::DueSoon,
                Alarm::Overdue => NoticeKind::Overdue,
                Alarm::Arrived => NoticeKind::DidItArrive,
            }
        };
        all[at].told = alarm.max(all[at].told);
        kept::save(&mut held.tx, &all[at]).await?;
        warn(ctx, &mut held.tx, None, (&held.case, &all[at]), kind).await?;
    }
    held.save(ctx, &told).await?;
    for id in broken {
        let who = Who {
            person: PersonId::default(),
            name: "Sundown".to_owned(),
            address: String::new(),
        };
        let what = (&(), &"perished");
        audit::record(ctx, &mut held.tx, who, "promise.broken", id, what).await?;
    }
    held.tx.commit().await?;
    Ok(count)
}
