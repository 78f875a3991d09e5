//! What may still happen in a case: given how it stands, the steps that follow, each with its time.
//!
//! The same function writes a month of history, the first minutes after a start and the way on
//! after a restart: it only looks at the case, never at how it came to be.

use super::{
    cast::House,
    chance::{around, between, one_of, seeded, weighted},
    names::{Taken, invent},
    tale::{Tale, Vow},
    texts,
};
use crate::domain::{
    case::{Kind, Outcome, Remedy, Status, Tone},
    event::Actor,
    network::Network,
    post::Visibility,
    time::Instant,
};
use chrono::TimeDelta;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// What we say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// The first answer.
    First,
    /// The first one with a word of regret, or a later one: on it goes.
    Late,
    /// Another team takes over.
    Department,
    /// It is solved.
    Solved,
    /// Thanks for the praise.
    Welcome,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The customer asks again.
    Chase,
    /// The customer tells more.
    Details,
    /// The customer says that a promise wasn't kept.
    Remind,
    /// Somebody joins in.
    Join,
    /// We answer.
    Answer(Say, Visibility),
    /// We promise something by a moment.
    Promise(Instant),
    /// It arrived.
    Keep,
    /// It didn't.
    Break,
    /// The case is offered to a team.
    Offer(&'static str),
    /// That team takes it.
    Accept,
    /// We say that it is solved.
    Solve(Remedy, Outcome),
    /// The customer is asked.
    Ask,
    /// Yes.
    Confirm,
    /// No.
    Dispute,
    /// The customer writes that it isn't solved.
    Reopen,
    /// Silence.
    Lapse,
    /// Thanks in public.
    Thank,
}

/// Something that happens at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// What.
    pub act: Act,
}

/// How quickly things happen; lengths are medians in seconds.
#[derive(Clone, Debug)]
pub struct Pace {
    /// To the first answer.
    pub answer_s: f64,
    /// How much that varies.
    pub answer_sigma: f64,
    /// Between two turns of a conversation.
    pub turn_s: f64,
    /// Until it is solved, from the last turn.
    pub solve_s: f64,
    /// How much that varies.
    pub solve_sigma: f64,
    /// How often a case takes many times as long.
    pub stubborn: f64,
    /// Until the customer asks again.
    pub patience_s: f64,
    /// Until a case without an answer is closed.
    pub give_up_s: f64,
    /// Until a promise is due.
    pub promise_s: f64,
    /// Until another team takes a case.
    pub dwell_s: f64,
    /// Until the customer is asked, and until they say something.
    pub verdict_s: f64,
    /// Until silence counts as such.
    pub lapse_s: f64,
    /// Whether cases are solved while the desk is staffed, and before the day ends.
    pub keeps_hours: bool,
}

impl Pace {
    /// As it was in the month before `anchor`: slow at first, quicker in the second half.
    pub fn month(house: &House, opened_at: Instant, anchor: Instant) -> Self {
        let days = (anchor - opened_at).num_hours() as f64 / 24.0;
        let era_s = if days > 17.0 { 860.0 } else { 440.0 };
        // One day is better than another, for both brands alike.
        let mut day = seeded((opened_at.timestamp() / 86_400).unsigned_abs());
        let mood = (0.22 * super::chance::normal(&mut day)).exp();
        let (_, weekday) = house.local(opened_at);
        let weekend = if weekday >= 5 { 1.5 } else { 1.0 };
        let night = if house.is_staffed(opened_at) {
            1.0
        } else {
            5.0
        };
        Self {
            answer_s: era_s * mood * house.role.slowness * weekend * night,
            answer_sigma: 0.64,
            turn_s: 600.0,
            solve_s: 3000.0,
            solve_sigma: 1.0,
            stubborn: 0.055,
            patience_s: 3600.0,
            give_up_s: 100_000.0,
            promise_s: 4.0 * 3600.0,
            dwell_s: 1200.0,
            verdict_s: 2400.0,
            lapse_s: 72.0 * 3600.0,
            keeps_hours: true,
        }
    }

    /// As it is played before somebody's eyes: minutes instead of hours.
    pub fn play(house: &House, at: Instant) -> Self {
        let night = if house.is_staffed(at) { 1.0 } else { 1.6 };
        Self {
            answer_s: 210.0 * night,
            answer_sigma: 0.85,
            turn_s: 45.0,
            solve_s: 200.0,
            solve_sigma: 0.8,
            stubborn: 0.025,
            patience_s: 540.0,
            give_up_s: 2400.0,
            promise_s: 800.0,
            dwell_s: 90.0,
            verdict_s: 100.0,
            lapse_s: 5400.0,
            keeps_hours: false,
        }
    }
}

/// Steps in the making.
struct Plan<'t, 'a> {
    tale: &'t Tale<'a>,
    pace: &'t Pace,
    at: Instant,
    steps: Vec<Step>,
}

impl Plan<'_, '_> {
    fn after(&mut self, wait: TimeDelta, act: Act) {
        self.at += wait;
        self.steps.push(Step { at: self.at, act });
    }

    /// Moves on to a moment at which a desk would solve something.
    fn settle_down(&mut self, rng: &mut ChaCha8Rng) {
        if !self.pace.keeps_hours {
            return;
        }
        let house = self.tale.house;
        if let Some(sundown) = self.tale.case().sundown_at {
            let from = self.tale.case().opened_at;
            let before = sundown - between(rng, 180, 4500);
            // Whoever sees the sun sink hurries up.
            if self.at > sundown
                && before > from + TimeDelta::minutes(20)
                && self.steps.last().is_none_or(|last| last.at < before)
                && rng.random_bool(0.62)
            {
                self.at = before;
                return;
            }
        }
        if !house.is_staffed(self.at) && rng.random_bool(0.5) {
            let mut tries = 0;
            while !house.is_staffed(self.at) && tries < 120 {
                self.at += TimeDelta::minutes(30);
                tries += 1;
            }
            self.at += between(rng, 0, 2400);
        }
    }
}

/// What follows in a case after an instant, oldest first.
pub fn rest(tale: &Tale<'_>, pace: &Pace, from: Instant, rng: &mut ChaCha8Rng) -> Vec<Step> {
    let mut plan = Plan {
        tale,
        pace,
        at: tale.last_at().max(from),
        steps: Vec::new(),
    };
    let case = tale.case();
    match (case.kind, case.status) {
        (Kind::Praise | Kind::Noise, Status::Resolved) => return plan.steps,
        (Kind::Praise, Status::Open) => {
            if case.first_answer_at.is_none() && rng.random_bool(0.8) {
                let wait = around(rng, pace.answer_s * 2.0, 0.8);
                plan.after(wait, Act::Answer(Say::Welcome, Visibility::Public));
            }
            plan.after(
                between(rng, 20, 300),
                Act::Solve(Remedy::Explained, Outcome::NotActionable),
            );
            return plan.steps;
        }
        (Kind::Noise, Status::Open) => {
            let wait = around(rng, pace.answer_s, 0.6);
            plan.after(wait, Act::Solve(Remedy::Declined, Outcome::NotActionable));
            return plan.steps;
        }
        (Kind::Complaint | Kind::Question, Status::Open) => {
            if case.first_answer_at.is_none() {
                if !opening(&mut plan, rng) {
                    plan.steps.sort_by_key(|step| step.at);
                    return plan.steps;
                }
            } else if case.unanswered_since.is_some() {
                let wait = around(rng, pace.turn_s, 0.6);
                plan.after(wait, Act::Answer(Say::Late, Visibility::Public));
            }
            middle(&mut plan, rng);
            solve(&mut plan, rng);
            aftermath(&mut plan, rng, true);
        }
        (Kind::Complaint | Kind::Question, Status::Resolved) => {
            if case.outcome == Some(Outcome::Claimed) {
                aftermath(&mut plan, rng, false);
            }
        }
    }
    plan.steps.sort_by_key(|step| step.at);
    plan.steps
}

/// Until the first answer. Says whether there is one.
fn opening(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng) -> bool {
    let (pace, case) = (plan.pace, plan.tale.case());
    let (began, told) = (case.opened_at, plan.at);
    let is_ignored = rng.random_bool(0.022);
    let wait = if is_ignored {
        around(rng, pace.give_up_s, 0.4)
    } else {
        around(rng, pace.answer_s, pace.answer_sigma)
    };
    // What should have happened while nobody played happens soon.
    let first = (began + wait).max(told + between(rng, 15, 240));
    let mut chase = told + around(rng, pace.patience_s, 0.7);
    let mut chasers = 0;
    while chase < first - TimeDelta::seconds(30) && chasers < 3 {
        plan.steps.push(Step {
            at: chase,
            act: Act::Chase,
        });
        chasers += 1;
        chase += around(rng, pace.patience_s, 0.5);
    }
    let is_public = plan.tale.channel().network != Network::Email;
    if is_public && rng.random_bool(if case.reach > 20_000 { 0.8 } else { 0.13 }) {
        let span = (first - told).num_seconds().max(30);
        for _ in 0..rng.random_range(1..4) {
            plan.steps.push(Step {
                at: told + between(rng, 10, span),
                act: Act::Join,
            });
        }
    }
    plan.at = first;
    if is_ignored {
        plan.after(
            TimeDelta::zero(),
            Act::Solve(Remedy::Declined, Outcome::NotActionable),
        );
        return false;
    }
    let say = if chasers > 0 { Say::Late } else { Say::First };
    let visibility = if rng.random_bool(0.2) {
        Visibility::Private
    } else {
        Visibility::Public
    };
    plan.after(TimeDelta::zero(), Act::Answer(say, visibility));
    true
}

/// Between the first answer and the last.
fn middle(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng) {
    let (tale, pace) = (plan.tale, plan.pace);
    if let Some(promise) = tale.open_promise() {
        plan.at = plan.at.max(promise.due_at - TimeDelta::minutes(3));
        fate(plan, rng, promise.due_at);
    }
    if tale.open_hand_off().is_some() {
        taken(plan, rng, pace.dwell_s);
        return;
    }
    let problem = tale.voice.problem;
    let mut path = rng.random_range(0..100);
    if !tale.history.hand_offs.is_empty() || !tale.history.promises.is_empty() {
        path = 99;
    }
    if let Some(team) = problem.and_then(|it| it.team)
        && path < 27
    {
        let dwell_s = match team {
            "Refunds" | "Billing" => pace.dwell_s * 5.0,
            "Baggage" => pace.dwell_s * 0.45,
            _ => pace.dwell_s,
        };
        plan.after(around(rng, pace.turn_s * 0.4, 0.5), Act::Offer(team));
        taken(plan, rng, dwell_s);
        if team == "Baggage" && rng.random_bool(0.28) {
            plan.after(around(rng, pace.turn_s, 0.5), Act::Offer("Partner airline"));
            plan.after(around(rng, pace.dwell_s * 16.0, 0.6), Act::Accept);
        } else if rng.random_bool(0.2) {
            plan.after(around(rng, pace.turn_s * 2.0, 0.5), Act::Offer("Social"));
            plan.after(around(rng, pace.dwell_s * 1.3, 0.6), Act::Accept);
        }
    } else if problem.is_some_and(|it| !it.promise.is_empty()) && path < 48 {
        plan.after(around(rng, pace.turn_s, 0.5), Act::Details);
        let due = promise(plan, rng);
        fate(plan, rng, due);
    } else if path < 78 {
        plan.after(around(rng, pace.turn_s, 0.6), Act::Details);
    }
}

fn taken(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng, dwell_s: f64) {
    plan.after(around(rng, dwell_s, 0.7), Act::Accept);
    plan.after(
        around(rng, plan.pace.turn_s * 0.5, 0.5),
        Act::Answer(Say::Department, Visibility::Public),
    );
}

fn promise(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng) -> Instant {
    let at = plan.at + around(rng, plan.pace.turn_s, 0.5);
    // People promise a quarter of an hour, never 14:07.
    let due = at + around(rng, plan.pace.promise_s, 0.4);
    let due = crate::domain::time::from_ms((due.timestamp() / 900 + 1) * 900_000);
    plan.at = at;
    plan.after(TimeDelta::zero(), Act::Promise(due));
    due
}

/// What becomes of a promise.
fn fate(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng, due: Instant) {
    let left = (due - plan.at).num_seconds();
    match rng.random_range(0..100) {
        0..70 if left > 60 => plan.after(between(rng, left / 3, left - 20), Act::Keep),
        0..84 => {
            plan.at = plan.at.max(due);
            plan.after(around(rng, plan.pace.promise_s * 0.2, 0.7), Act::Keep);
        }
        _ => {
            plan.at = plan.at.max(due);
            plan.after(around(rng, plan.pace.turn_s * 2.0, 0.6), Act::Break);
            plan.after(around(rng, plan.pace.turn_s, 0.6), Act::Remind);
            let again = promise(plan, rng);
            let left = (again - plan.at).num_seconds().max(120);
            plan.after(between(rng, left / 3, left - 20), Act::Keep);
        }
    }
}

fn solve(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng) {
    let pace = plan.pace;
    let longer = if rng.random_bool(pace.stubborn) {
        22.0
    } else {
        1.0
    };
    plan.at += around(rng, pace.solve_s * longer, pace.solve_sigma);
    plan.settle_down(rng);
    let visibility = if rng.random_bool(0.15) {
        Visibility::Private
    } else {
        Visibility::Public
    };
    plan.after(TimeDelta::zero(), Act::Answer(Say::Solved, visibility));
    let remedy = plan
        .tale
        .voice
        .problem
        .map_or(Remedy::Explained, |it| it.remedy);
    plan.after(between(rng, 3, 40), Act::Solve(remedy, Outcome::Claimed));
}

/// After it was said to be solved.
fn aftermath(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng, may_come_back: bool) {
    let pace = plan.pace;
    let is_asked = plan.steps.is_empty() && plan.tale.case().asked_at.is_some();
    if !is_asked {
        if !rng.random_bool(0.95) {
            return;
        }
        plan.after(around(rng, pace.verdict_s * 0.3, 0.5), Act::Ask);
    }
    let comes_back = if may_come_back {
        rng.random_range(0..100)
    } else {
        99
    };
    match comes_back {
        0..4 => {
            plan.after(around(rng, pace.verdict_s, 0.9), Act::Dispute);
            again(plan, rng);
        }
        4..7 => {
            plan.after(around(rng, pace.verdict_s * 2.0, 0.9), Act::Reopen);
            again(plan, rng);
        }
        _ => verdict(plan, rng),
    }
}

fn again(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng) {
    plan.after(
        around(rng, plan.pace.turn_s, 0.6),
        Act::Answer(Say::Late, Visibility::Public),
    );
    solve(plan, rng);
    aftermath(plan, rng, false);
}

fn verdict(plan: &mut Plan<'_, '_>, rng: &mut ChaCha8Rng) {
    if !rng.random_bool(0.62) {
        plan.after(TimeDelta::seconds(plan.pace.lapse_s as i64), Act::Lapse);
        return;
    }
    plan.after(around(rng, plan.pace.verdict_s, 0.9), Act::Confirm);
    let is_public = plan.tale.channel().network != Network::Email;
    if is_public && rng.random_bool(0.22) {
        plan.after(around(rng, plan.pace.verdict_s * 0.4, 0.8), Act::Thank);
    }
}

/// Lets a step happen, where the case still allows it; says whether it did.
pub fn play(tale: &mut Tale<'_>, step: &Step, rng: &mut ChaCha8Rng, taken: &mut Taken) -> bool {
    let (at, voice) = (step.at, tale.voice.clone());
    let is_open = tale.case().status == Status::Open;
    let is_waiting = is_open && tale.case().unanswered_since.is_some();
    let say = |rng: &mut ChaCha8Rng, list: &[&'static str]| voice.slots.fill(one_of(rng, list));
    match &step.act {
        Act::Chase if is_waiting => {
            let body = say(rng, voice.talk.chasers);
            tale.hears(at, Tone::Negative, body);
        }
        Act::Details if is_open && !is_waiting => {
            // Who has told everything has only to ask.
            let body = match voice
                .telling
                .filter(|it| !has_said(tale, &voice.slots.fill(it.details)))
            {
                Some(telling) => voice.slots.fill(telling.details),
                None => say(rng, voice.talk.chasers),
            };
            tale.hears(at, Tone::Neutral, body);
        }
        Act::Remind if is_open => {
            let due = due_words(tale);
            let body = say(rng, texts::BROKEN).replace("[due]", &due);
            tale.hears(at, Tone::Negative, body);
        }
        Act::Join => {
            let (brand, network) = (tale.house.brand.id, tale.channel().network);
            let person = invent(rng, taken, brand, network, voice.talk.language);
            let body = say(rng, voice.talk.joiners);
            tale.joins(at, &person, body);
        }
        Act::Answer(what, visibility) if is_open => {
            let (by, body) = answer(tale, *what, rng);
            tale.answers(at, *visibility, by, body);
        }
        Act::Promise(due_at) if is_open && tale.open_promise().is_none() => {
            let body = promise_words(tale, *due_at, rng);
            let what = voice
                .problem
                .map(|it| voice.slots.fill(it.promise))
                .unwrap_or_default();
            tale.answers(at, Visibility::Public, Actor::Agent, body);
            let vow = Vow {
                what,
                by: voice.agent.to_owned(),
                fulfiller: voice
                    .problem
                    .and_then(|it| it.team)
                    .unwrap_or("Social")
                    .to_owned(),
                due_at: *due_at,
                perishes_at: None,
            };
            tale.promises(at, vow);
        }
        Act::Keep if tale.open_promise().is_some() => {
            tale.keeps(at, one_of(rng, PROOFS));
        }
        Act::Break if tale.open_promise().is_some() => tale.breaks(at),
        Act::Offer(to) if is_open && tale.open_hand_off().is_none() => {
            let from = tale
                .history
                .hand_offs
                .last()
                .map_or_else(|| "Social".to_owned(), |it| it.to_team.clone());
            tale.offers(at, &from, to);
        }
        Act::Accept if tale.open_hand_off().is_some() => {
            let opens = rng
                .random_bool(0.97)
                .then(|| TimeDelta::seconds(rng.random_range(0..20)));
            tale.accepts(at, opens);
        }
        Act::Solve(remedy, outcome) if is_open => {
            if tale.open_promise().is_some() {
                tale.keeps(at, "Closed together with the case");
            }
            return tale.resolves(at, *remedy, *outcome);
        }
        Act::Ask if !is_open && tale.case().asked_at.is_none() => tale.asks(at),
        Act::Confirm if tale.case().outcome == Some(Outcome::Claimed) => return tale.confirms(at),
        Act::Dispute if tale.case().outcome == Some(Outcome::Claimed) => return tale.disputes(at),
        Act::Reopen if tale.case().outcome == Some(Outcome::Claimed) => {
            let body = say(rng, voice.talk.disputes);
            tale.hears(at, Tone::Negative, body);
        }
        Act::Lapse if tale.case().outcome == Some(Outcome::Claimed) => tale.lapses(at),
        Act::Thank if tale.case().confirmed_at.is_some() && tale.case().thanked_at.is_none() => {
            let body = say(rng, voice.talk.thanks);
            tale.thanks(at, body);
        }
        Act::Chase
        | Act::Details
        | Act::Remind
        | Act::Answer(..)
        | Act::Promise(_)
        | Act::Keep
        | Act::Break
        | Act::Offer(_)
        | Act::Accept
        | Act::Solve(..)
        | Act::Ask
        | Act::Confirm
        | Act::Dispute
        | Act::Reopen
        | Act::Lapse
        | Act::Thank => return false,
    }
    true
}

const PROOFS: &[&str] = &[
    "Signed for at the door",
    "Bank reference in the thread",
    "Photo from the courier",
    "Customer said so in a private message",
    "Scan at the counter",
    "Read receipt of the mail",
];

fn answer(tale: &Tale<'_>, what: Say, rng: &mut ChaCha8Rng) -> (Actor, String) {
    let voice = &tale.voice;
    let team = tale
        .history
        .hand_offs
        .last()
        .map(|it| it.to_team.clone())
        .filter(|_| voice.talk.language == "en");
    let (late, working) = (
        one_of(rng, voice.talk.late),
        one_of(rng, voice.talk.working),
    );
    let is_first = tale.case().first_answer_at.is_none();
    let text = match (what, voice.telling) {
        (Say::First, Some(telling)) => telling.answer.to_owned(),
        (Say::Late, Some(telling)) if is_first => format!("{late} {}", telling.answer),
        (Say::Solved, Some(telling)) if !has_said(tale, &voice.slots.fill(telling.solved)) => {
            telling.solved.to_owned()
        }
        (Say::Solved, _) => one_of(rng, voice.talk.done).to_owned(),
        (Say::Welcome, _) => one_of(rng, voice.talk.welcome).to_owned(),
        (Say::Department, Some(_)) if team.is_some() => one_of(rng, texts::DEPARTMENT).to_owned(),
        (Say::First | Say::Late | Say::Department, _) => working.to_owned(),
    };
    let body = voice.slots.fill(&text);
    match (what, team) {
        (Say::Department, Some(team)) => (Actor::Department, body.replace("[team]", &team)),
        (Say::Department, None) => (Actor::Department, body),
        (Say::First | Say::Late | Say::Solved | Say::Welcome, _) => (Actor::Agent, body),
    }
}

fn has_said(tale: &Tale<'_>, body: &str) -> bool {
    tale.history.posts.iter().any(|it| it.body == body)
}

fn promise_words(tale: &Tale<'_>, due_at: Instant, rng: &mut ChaCha8Rng) -> String {
    let what = tale
        .voice
        .problem
        .map(|it| tale.voice.slots.fill(it.promise))
        .unwrap_or_default();
    let due = clock_words(tale.house, due_at);
    tale.voice
        .slots
        .fill(one_of(rng, texts::PROMISES))
        .replace("[promise]", &what)
        .replace("[due]", &due)
}

fn due_words(tale: &Tale<'_>) -> String {
    tale.history
        .promises
        .last()
        .map(|it| clock_words(tale.house, it.due_at))
        .unwrap_or_default()
}

/// A moment as people write it.
fn clock_words(house: &House, at: Instant) -> String {
    at.with_timezone(&house.zone).format("%H:%M").to_string()
}

/// Where somebody complains who speaks a language: mail is for those who write English.
pub fn account(house: &House, language: &str, rng: &mut ChaCha8Rng) -> Network {
    let list: Vec<(Network, u32)> = house
        .role
        .accounts
        .iter()
        .filter(|it| language == "en" || it.0 != Network::Email)
        .map(|&(network, _, share)| (network, share))
        .collect();
    weighted(rng, &list, Network::X)
}
