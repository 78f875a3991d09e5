//! Every case that waits, in memory: where it stands in each view and how urgent it is.
//!
//! Read once, then brought forward by the event log before each look, as the metric engine is.
//!
//! Invariant: nothing here is the truth; it can be read again from the store at any moment.

use crate::{
    backend::{
        Result,
        store::{Tx, events, inbox, inbox::Standing, teams, weights},
    },
    domain::{
        case::{Ball, Exclusion, Kind, Outcome, Status},
        ids::{CaseId, PersonId},
        inbox::{Order, View},
        person::Viewer,
        right::allows_brand,
        time::{Instant, from_ms, seconds_between},
        urgency::{Situation, Weights, points},
    },
};
use chrono::TimeDelta;
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};
use tokio::sync::RwLock;

/// So long without an answer is too long.
const SILENT: TimeDelta = TimeDelta::hours(24);
/// With more changes than this, everything is read again.
const MANY: usize = 2_000;

/// All cases that wait.
#[derive(Debug, Default)]
pub struct Index(RwLock<Content>);

#[derive(Debug, Default)]
struct Content {
    /// The last event that is known.
    last: Option<i64>,
    weights: (i64, Weights),
    standings: HashMap<CaseId, Standing>,
    /// Broken promises of a case, and when the chance to keep one is gone.
    promises: HashMap<CaseId, (u32, Option<Instant>)>,
}

/// What a look finds.
#[derive(Debug)]
pub struct Look {
    /// Every view with how many there are in it.
    pub views: Vec<(View, usize)>,
    /// The chosen view's cases in order, all of them, with their points.
    pub cases: Vec<(CaseId, u32)>,
    /// The last event that this knows.
    pub last: i64,
}

/// What is looked for.
pub struct Wanted<'a> {
    /// Who looks.
    pub viewer: &'a Viewer,
    /// Which cases.
    pub view: View,
    /// In which order.
    pub order: Order,
    /// Only these, where words are looked for.
    pub only: Option<HashSet<CaseId>>,
}

impl Index {
    /// Looks at the cases that wait, as the transaction sees them.
    pub async fn look(&self, tx: &mut Tx, now: Instant, wanted: &Wanted<'_>) -> Result<Look> {
        self.follow(tx).await?;
        let own_teams = own_teams(tx, wanted.viewer).await?;
        let content = self.0.read().await;
        Ok(content.look(now, wanted, &own_teams))
    }

    /// How urgent a case is, where it waits.
    pub async fn situation(
        &self,
        tx: &mut Tx,
        now: Instant,
        case: CaseId,
    ) -> Result<Option<(Situation, Weights)>> {
        self.follow(tx).await?;
        let content = self.0.read().await;
        let found = content.standings.get(&case);
        Ok(found.map(|it| (content.situation(it, now), content.weights.1.clone())))
    }

    /// What decides where some cases stand.
    pub async fn standings(&self, cases: &[CaseId]) -> Vec<(Standing, bool)> {
        let content = self.0.read().await;
        let found = cases.iter().filter_map(|id| content.standings.get(id));
        found
            .map(|it| {
                let broken = content.promises.get(&it.id).is_some_and(|it| it.0 > 0);
                (it.clone(), broken)
            })
            .collect()
    }

    async fn follow(&self, tx: &mut Tx) -> Result<()> {
        let last = events::last(tx).await?;
        let weights = weights::newest(tx).await?;
        {
            let content = self.0.read().await;
            // A snapshot older than what is known is shown what is known: it is newer.
            if content.last.is_some_and(|it| it >= last) && content.weights.0 == weights.0 {
                return Ok(());
            }
        }
        let mut content = self.0.write().await;
        content.weights = weights;
        let changed = match content.last {
            Some(known) if known >= last => return Ok(()),
            Some(known) => Some(events::changed_after(tx, known, last).await?),
            None => None,
        };
        match changed.filter(|it| it.len() <= MANY) {
            Some(changed) => {
                for id in &changed {
                    content.standings.remove(id);
                }
                let again = inbox::of(tx, &changed).await?;
                content
                    .standings
                    .extend(again.into_iter().map(|it| (it.id, it)));
            }
            None => {
                let all = inbox::all(tx).await?;
                content.standings = all.into_iter().map(|it| (it.id, it)).collect();
            }
        }
        let promises = weights::promises(tx).await?.into_iter();
        content.promises = promises
            .map(|(case, broken, perishes)| {
                let broken = u32::try_from(broken).unwrap_or(0);
                (case.into(), (broken, perishes.map(from_ms)))
            })
            .collect();
        content.last = Some(last);
        Ok(())
    }
}

async fn own_teams(tx: &mut Tx, viewer: &Viewer) -> Result<Vec<String>> {
    let all = teams::list(tx).await?.into_iter();
    let own = all.filter(|it| viewer.teams.contains(&it.id));
    Ok(own.map(|it| it.name).collect())
}

impl Content {
    fn look(&self, now: Instant, wanted: &Wanted<'_>, own_teams: &[String]) -> Look {
        let mut counts = vec![0; View::ALL.len()];
        let mut chosen: Vec<&Standing> = Vec::new();
        for it in self.standings.values() {
            if !allows_brand(wanted.viewer, it.brand) {
                continue;
            }
            for (place, view) in View::ALL.iter().enumerate() {
                if !is_in(*view, it, wanted.viewer.person, own_teams, now) {
                    continue;
                }
                counts[place] += 1;
                let is_found = wanted
                    .only
                    .as_ref()
                    .is_none_or(|only| only.contains(&it.id));
                if *view == wanted.view && is_found {
                    chosen.push(it);
                }
            }
        }
        let mut cases: Vec<(CaseId, u32, Instant)> = chosen
            .into_iter()
            .map(|it| {
                let points = points(&self.weights.1, &self.situation(it, now));
                (it.id, points, it.unanswered_since.unwrap_or(it.opened_at))
            })
            .collect();
        match wanted.order {
            Order::Urgent => cases.sort_unstable_by_key(|it| (Reverse(it.1), it.2, it.0)),
            Order::Oldest => cases.sort_unstable_by_key(|it| (it.2, it.0)),
        }
        Look {
            views: View::ALL.iter().copied().zip(counts).collect(),
            cases: cases.into_iter().map(|it| (it.0, it.1)).collect(),
            last: self.last.unwrap_or(0),
        }
    }

    fn situation(&self, it: &Standing, now: Instant) -> Situation {
        let until = |at: Instant| seconds_between(now.timestamp_millis(), at.timestamp_millis());
        let (broken_promises, perishes_at) = self.promises.get(&it.id).copied().unwrap_or_default();
        Situation {
            waited_s: it.unanswered_since.map(|since| -until(since)),
            target_s: if it.first_answer_at.is_none() {
                it.target_s
            } else {
                it.next_target_s.unwrap_or(it.target_s)
            },
            due_in_s: it.due_at.map(until),
            reach: it.reach,
            tone: (it.tone_first, it.tone_last),
            chasers: it.chasers,
            broken_promises,
            promise_in_s: it.promise_due_at.map(until),
            perishes_in_s: perishes_at.map(until),
            joiners: it.joiners,
        }
    }
}

fn is_in(view: View, it: &Standing, me: PersonId, own_teams: &[String], now: Instant) -> bool {
    let is_open = it.status == Status::Open;
    let is_praise = it.kind == Kind::Praise && it.exclusion == Some(Exclusion::Praise);
    let waits = is_open && it.exclusion.is_none();
    let sleeps = it.snoozed_until.is_some_and(|until| until > now);
    match view {
        View::Snoozed => waits && sleeps,
        View::Awaiting => it.status == Status::Resolved && it.outcome == Some(Outcome::Claimed),
        View::Praise => is_open && is_praise && it.first_answer_at.is_none(),
        View::Mine => waits && !sleeps && it.owner == Some(me),
        View::HandedToUs => {
            let offered = it.offered_to.as_ref();
            waits && offered.is_some_and(|team| own_teams.contains(team))
        }
        _ if !waits || sleeps => false,
        View::Open => true,
        View::Unassigned => it.owner.is_none(),
        View::BeforeSundown => {
            let today = now..=now + TimeDelta::hours(24);
            it.ball == Ball::Us && it.sundown_at.is_some_and(|at| today.contains(&at))
        }
        View::Promises => it.promise_due_at.is_some(),
        View::Chasers => it.chasers > 0 && it.unanswered_since.is_some(),
        View::Silent => it
            .unanswered_since
            .is_some_and(|since| now - since > SILENT),
    }
}
