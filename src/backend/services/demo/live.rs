//! The demo while somebody watches: new complaints arrive and are answered.
//!
//! What happens next is decided by [`Stage::next_moves`], a function of the plans and the time;
//! [`Player`] lets it happen, one small transaction a move, always from the case as the database
//! has it, so that people may work on the same cases. After a pause the time in between is told
//! first, as quietly as the month before it.

use super::{
    SEED,
    cast::World,
    chance::{between, seeded},
    generator,
    names::Taken,
    script::{self, Pace, Step},
    tale::Tale,
};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{customers, events, histories, workspace},
    },
    domain::{case::Status, ids::CaseId, time::Instant},
};
use chrono::{Days, TimeDelta};
use rand_chacha::ChaCha8Rng;
use std::{collections::VecDeque, time::Duration};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

/// How often the stage is looked at.
const BEAT: Duration = Duration::from_secs(1);
/// A pause longer than this is told as history.
const PAUSE: TimeDelta = TimeDelta::minutes(10);
/// With fewer open cases after a pause, a fresh present is added.
const FEW: usize = 20;
/// After a failure a step is tried again so much later.
const AGAIN: TimeDelta = TimeDelta::seconds(10);

/// Plays on until `stop` says so. An error is logged and the play goes on.
pub async fn play(ctx: Ctx, mut stop: watch::Receiver<bool>) {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut player = None;
    loop {
        tokio::select! {
            // An error means that nobody can ask any more.
            _asked = stop.wait_for(|stop| *stop) => return,
            _tick = beat.tick() => {}
        }
        let now = ctx.clock.now();
        match &mut player {
            Some(player) => step(&ctx, player, now).await,
            None => match Player::raise(&ctx, now).await {
                Ok(raised) => player = Some(raised),
                Err(Error::Missing) => {
                    tracing::warn!("There is no demo in this database, so none is played");
                    return;
                }
                Err(error) => {
                    tracing::warn!(%error, "The demo can't begin to play yet; it tries again");
                }
            },
        }
    }
}

async fn step(ctx: &Ctx, player: &mut Player, now: Instant) {
    if now - player.stage.last_at > PAUSE {
        match Player::raise(ctx, now).await {
            Ok(raised) => *player = raised,
            Err(error) => tracing::warn!(%error, "The demo couldn't take up its play again"),
        }
        return;
    }
    for it in player.stage.next_moves(&player.world, now, &mut player.rng) {
        if let Err(error) = player.perform(ctx, &it, now).await {
            tracing::warn!(%error, "A move of the demo failed; the play goes on");
            player.stage.postpone(it, now);
        }
    }
}

/// What happens next.
#[derive(Clone, Debug, PartialEq)]
enum Move {
    /// Somebody complains to one of the houses.
    Arrive { house: usize, at: Instant },
    /// A case goes on.
    Go {
        case: CaseId,
        house: usize,
        step: Step,
    },
}

impl Move {
    fn at(&self) -> Instant {
        match self {
            Self::Arrive { at, .. } => *at,
            Self::Go { step, .. } => step.at,
        }
    }
}

/// One case that has something before it.
#[derive(Clone, Debug)]
struct Going {
    case: CaseId,
    house: usize,
    steps: VecDeque<Step>,
}

/// All plans: the pure part.
#[derive(Clone, Debug)]
struct Stage {
    going: Vec<Going>,
    next_arrival_at: Instant,
    last_at: Instant,
}

impl Stage {
    fn new(now: Instant) -> Self {
        Self {
            going: Vec::new(),
            next_arrival_at: now + TimeDelta::seconds(4),
            last_at: now,
        }
    }

    /// Everything that is due by now, oldest first. What is handed out is out of the plans.
    fn next_moves(&mut self, world: &World, now: Instant, rng: &mut ChaCha8Rng) -> Vec<Move> {
        let mut moves = Vec::new();
        for going in &mut self.going {
            while let Some(step) = going.steps.pop_front_if(|step| step.at <= now) {
                moves.push(Move::Go {
                    case: going.case,
                    house: going.house,
                    step,
                });
            }
        }
        self.going.retain(|it| !it.steps.is_empty());
        while self.next_arrival_at <= now {
            let airline = world.airline().role.per_day;
            let both: f64 = world.houses.iter().map(|it| it.role.per_day).sum();
            let house = usize::from(!rand::RngExt::random_bool(rng, airline / both));
            moves.push(Move::Arrive {
                house,
                at: self.next_arrival_at,
            });
            self.next_arrival_at += pause(world, now, rng);
        }
        moves.sort_by_key(Move::at);
        self.last_at = now;
        moves
    }

    /// Plans what follows in a case.
    fn plan(&mut self, house: usize, tale: &Tale<'_>, steps: Vec<Step>) {
        let case = tale.case().id;
        self.going.retain(|it| it.case != case);
        if !steps.is_empty() {
            self.going.push(Going {
                case,
                house,
                steps: steps.into(),
            });
        }
    }

    /// Puts a move back that failed.
    fn postpone(&mut self, failed: Move, now: Instant) {
        let Move::Go {
            case,
            house,
            mut step,
        } = failed
        else {
            return;
        };
        step.at = now + AGAIN;
        match self.going.iter_mut().find(|it| it.case == case) {
            Some(going) => going.steps.push_front(step),
            None => self.going.push(Going {
                case,
                house,
                steps: VecDeque::from([step]),
            }),
        }
    }
}

/// How long until the next complaint: shorter by day, longer by night.
fn pause(world: &World, now: Instant, rng: &mut ChaCha8Rng) -> TimeDelta {
    match world.airline().local(now).0 {
        7..10 | 16..20 => between(rng, 10, 18),
        10..16 | 20..22 => between(rng, 12, 24),
        _ => between(rng, 16, 26),
    }
}

/// The play with everything it needs.
struct Player {
    world: World,
    stage: Stage,
    taken: Taken,
    rng: ChaCha8Rng,
}

impl Player {
    /// Raises the curtain: tells what happened since the last time, and plans what follows.
    async fn raise(ctx: &Ctx, now: Instant) -> Result<Self> {
        let mut tx = ctx.store.read().await?;
        let anchor = workspace::find(&mut tx, workspace::DEMO)
            .await?
            .and_then(|it| it.parse::<Instant>().ok())
            .ok_or(Error::Missing)?;
        let world = World::load(&mut tx, anchor, now)
            .await?
            .ok_or(Error::Missing)?;
        let taken = customers::accounts(&mut tx).await?.into_iter().collect();
        let since = events::last_recorded_at(&mut tx).await?.unwrap_or(anchor);
        drop(tx);
        let mut player = Self {
            world,
            stage: Stage::new(now),
            taken,
            rng: seeded(SEED ^ now.timestamp_millis().unsigned_abs()),
        };
        if now - since > PAUSE {
            player.catch_up(ctx, since, now).await?;
        }
        player.plan_all(ctx, now).await?;
        Ok(player)
    }

    /// Tells what happened in a pause: what was open went on, others came and were answered.
    async fn catch_up(&mut self, ctx: &Ctx, since: Instant, now: Instant) -> Result<()> {
        let Self {
            world, taken, rng, ..
        } = self;
        let mut tx = ctx.store.write().await?;
        let mut open = 0;
        for id in histories::going_on(&mut tx, since - Days::new(4)).await? {
            let Some((_, mut tale)) = read(&mut tx, world, id).await? else {
                continue;
            };
            let pace = if now - since > TimeDelta::hours(6) {
                Pace::month(tale.house, since, world.anchor)
            } else {
                Pace::play(tale.house, since)
            };
            let steps = script::rest(&tale, &pace, since, rng);
            for step in steps.iter().filter(|step| step.at <= now) {
                script::play(&mut tale, step, rng, taken);
            }
            histories::save(&mut tx, &tale.history, tale.kept, now).await?;
            if tale.case().status == Status::Open && tale.case().excluded.is_none() {
                open += 1;
            }
        }
        let seed = SEED ^ now.timestamp().unsigned_abs();
        let mut missed = generator::past(world, seed, since, now, now, taken);
        if open < FEW {
            missed.extend(generator::present(world, seed, now, taken));
        }
        missed.sort_by_key(|it| it.case.opened_at);
        histories::insert_all(&mut tx, &missed, now).await?;
        tx.commit().await?;
        tracing::info!(
            cases = missed.len(),
            "The demo has told what happened since it last played"
        );
        Ok(())
    }

    /// Plans what follows in every case that has something before it.
    async fn plan_all(&mut self, ctx: &Ctx, now: Instant) -> Result<()> {
        let Self {
            world, stage, rng, ..
        } = self;
        let mut tx = ctx.store.read().await?;
        for id in histories::going_on(&mut tx, now - Days::new(2)).await? {
            if let Some((house, tale)) = read(&mut tx, world, id).await? {
                let mut pace = Pace::play(tale.house, now);
                // Those of before thin out slowly, so that the horizon stays old and new.
                pace.solve_s *= 4.0;
                pace.verdict_s *= 10.0;
                let steps = script::rest(&tale, &pace, now, rng);
                stage.plan(house, &tale, steps);
            }
        }
        Ok(())
    }

    /// Lets a move happen.
    async fn perform(&mut self, ctx: &Ctx, it: &Move, now: Instant) -> Result<()> {
        let Self {
            world,
            stage,
            taken,
            rng,
        } = self;
        let mut tx = ctx.store.write().await?;
        // Somebody may have changed them while it plays.
        world.follow_rules(&mut tx, now).await?;
        match it {
            Move::Arrive { house, at } => {
                // Written a moment ago, seen just now.
                let at = *at - TimeDelta::milliseconds(2500);
                let tale = arrive(world, *house, at, rng, taken);
                histories::insert_all(&mut tx, std::slice::from_ref(&tale.history), now).await?;
                tx.commit().await?;
                let pace = Pace::play(tale.house, at);
                let steps = script::rest(&tale, &pace, at, rng);
                stage.plan(*house, &tale, steps);
            }
            Move::Go { case, house, step } => {
                let Some((_, mut tale)) = read(&mut tx, world, *case).await? else {
                    return Ok(());
                };
                // Whoever else worked on the case was first.
                let mut step = step.clone();
                step.at = step.at.max(tale.last_at());
                if script::play(&mut tale, &step, rng, taken) {
                    histories::save(&mut tx, &tale.history, tale.kept, now).await?;
                    tx.commit().await?;
                } else {
                    let pace = Pace::play(tale.house, now);
                    let steps = script::rest(&tale, &pace, now, rng);
                    stage.plan(*house, &tale, steps);
                }
            }
        }
        Ok(())
    }
}

/// Somebody complains.
fn arrive<'a>(
    world: &'a World,
    house: usize,
    at: Instant,
    rng: &mut ChaCha8Rng,
    taken: &mut Taken,
) -> Tale<'a> {
    let house = world.houses.get(house).unwrap_or(world.airline());
    let drawn = generator::draw(house, at, rng, taken);
    generator::begin(house, &drawn, rng)
}

/// A case of one of our houses as the database has it.
async fn read<'a>(
    tx: &mut crate::backend::store::Tx,
    world: &'a World,
    id: CaseId,
) -> Result<Option<(usize, Tale<'a>)>> {
    let Some(history) = histories::find(tx, id).await? else {
        return Ok(None);
    };
    let house = world
        .houses
        .iter()
        .position(|it| it.brand.id == history.case.brand);
    Ok(house.map(|place| (place, Tale::resume(&world.houses[place], history))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backend::{
            clock::Clock,
            services::demo::{everything, fill, replay},
        },
        domain::history::History,
    };
    use std::collections::HashMap;

    fn noon() -> Instant {
        "2026-11-20T13:30:00Z".parse().expect("an instant")
    }

    async fn ctx(folder: &tempfile::TempDir) -> Ctx {
        let url = format!("sqlite://{}/demo.db", folder.path().display());
        let ctx = Ctx::open(&url, Clock::fixed(noon()))
            .await
            .expect("a store");
        fill(&ctx).await.expect("the demo");
        ctx
    }

    async fn all(ctx: &Ctx) -> Vec<History> {
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let long_ago = noon() - Days::new(100);
        let mut all = Vec::new();
        for id in histories::going_on(&mut tx, long_ago).await.expect("cases") {
            all.extend(histories::find(&mut tx, id).await.expect("a case"));
        }
        all
    }

    fn is_waiting(it: &History) -> bool {
        it.case.status == Status::Open && it.case.excluded.is_none()
    }

    #[test]
    fn the_same_plans_and_moment_give_the_same_moves() {
        let (world, _) = everything(1, noon());
        let stage = Stage::new(noon());
        let soon = noon() + TimeDelta::seconds(90);
        let moves = |mut stage: Stage| stage.next_moves(&world, soon, &mut seeded(3));
        assert_eq!(moves(stage.clone()), moves(stage.clone()));
        assert!((3..=9).contains(&moves(stage).len()));
    }

    #[test]
    fn a_quiet_moment_has_no_moves() {
        let (world, _) = everything(1, noon());
        let mut stage = Stage::new(noon());
        assert_eq!(stage.next_moves(&world, noon(), &mut seeded(3)), []);
    }

    /// Plays without a database.
    #[test]
    fn after_hours_of_play_the_horizon_is_still_lively() {
        let (world, histories) = everything(1, noon());
        let (mut rng, mut taken) = (seeded(5), Taken::new());
        let mut stage = Stage::new(noon());
        let mut kept: HashMap<CaseId, History> = HashMap::new();
        for history in histories.into_iter().filter(is_waiting) {
            let place = usize::from(history.case.brand != world.airline().brand.id);
            let tale = Tale::resume(&world.houses[place], history);
            let pace = Pace::play(tale.house, noon());
            let steps = script::rest(&tale, &pace, noon(), &mut rng);
            stage.plan(place, &tale, steps);
            kept.insert(tale.case().id, tale.history);
        }
        let mut first_minute = 0;
        for second in (0..3 * 3600 + 1).step_by(10) {
            let now = noon() + TimeDelta::seconds(second);
            for it in stage.next_moves(&world, now, &mut rng) {
                first_minute += usize::from(second <= 60);
                match it {
                    Move::Arrive { house, at } => {
                        let tale = arrive(&world, house, at, &mut rng, &mut taken);
                        let pace = Pace::play(tale.house, at);
                        let steps = script::rest(&tale, &pace, at, &mut rng);
                        stage.plan(house, &tale, steps);
                        kept.insert(tale.case().id, tale.history);
                    }
                    Move::Go { case, house, step } => {
                        let history = kept.remove(&case).expect("a case");
                        let mut tale = Tale::resume(&world.houses[house], history);
                        script::play(&mut tale, &step, &mut rng, &mut taken);
                        kept.insert(case, tale.history);
                    }
                }
            }
            if second % 1800 == 0 {
                let open: Vec<_> = kept.values().filter(|it| is_waiting(it)).collect();
                let late = open.iter().filter(|it| it.case.due_at < Some(now)).count();
                println!(
                    "after {} min: {} open, {late} late",
                    second / 60,
                    open.len()
                );
                assert!((25..=80).contains(&open.len()), "{} open", open.len());
                assert!(late <= 25, "{late} late");
            }
        }
        assert!(
            first_minute >= 6,
            "{first_minute} moves in the first minute"
        );
        let end = noon() + TimeDelta::hours(5);
        for history in kept.values() {
            replay::assert_consistent(history, end);
        }
    }

    #[tokio::test]
    async fn ten_minutes_of_play_are_kept_case_by_case() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = ctx(&folder).await;
        let mut player = Player::raise(&ctx, noon()).await.expect("the curtain");
        let before = all(&ctx).await.len();
        let mut done = 0;
        for second in (0..600).step_by(10) {
            let now = noon() + TimeDelta::seconds(second);
            for it in player.stage.next_moves(&player.world, now, &mut player.rng) {
                player.perform(&ctx, &it, now).await.expect("a move");
                done += 1;
            }
        }
        assert!(done > 60, "{done} moves");
        let after = all(&ctx).await;
        assert!(after.len() > before);
        for history in after {
            replay::assert_consistent(&history, noon() + TimeDelta::minutes(10));
        }
    }

    #[tokio::test]
    async fn a_week_without_the_server_is_told_when_it_starts_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = ctx(&folder).await;
        let later = noon() + Days::new(7);
        Player::raise(&ctx, later).await.expect("the curtain");
        let known = all(&ctx).await;
        let open = known.iter().filter(|it| is_waiting(it)).count();
        assert!((20..=60).contains(&open), "{open} open");
        for history in &known {
            replay::assert_consistent(history, later);
        }
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let told = crate::backend::store::cases::count(&mut tx)
            .await
            .expect("a count");
        assert!(told > 900, "{told} cases");
        drop(tx);
        // Raised again at once there is nothing more to tell.
        Player::raise(&ctx, later).await.expect("the curtain");
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let again = crate::backend::store::cases::count(&mut tx)
            .await
            .expect("a count");
        assert_eq!(again, told);
    }

    #[tokio::test]
    async fn the_play_stops_when_it_is_asked_to() {
        let folder = tempfile::tempdir().expect("a folder");
        let ctx = ctx(&folder).await;
        let (stop, stopping) = watch::channel(false);
        let playing = tokio::spawn(play(ctx, stopping));
        stop.send_replace(true);
        playing.await.expect("an end");
    }
}
