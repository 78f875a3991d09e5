//! A month that looks lived in, and a desk in the middle of its day.
//!
//! The same seed and the same `now` give the same history. Cases of the past are told to their
//! end; the open ones are placed one by one, so that the horizon is lively whatever the hour.

use super::{
    cast::{House, World},
    chance::{around, between, one_of, poisson, seeded, weighted},
    names::{Person, Taken, invent},
    script::{self, Act, Pace, Say, Step},
    tale::{First, Tale},
    texts::{self, Problem},
};
use crate::domain::{
    calendar::instant_of,
    case::{Kind, Priority, Status, Tone},
    history::History,
    network::Network,
    post::Visibility,
    time::Instant,
};
use chrono::{Days, TimeDelta};
use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// How far back the demo remembers.
pub const DAYS: u64 = 45;

/// Of a hundred complaints of a day, how many come in which hour.
const HOURS: [u32; 24] = [
    1, 1, 0, 0, 1, 1, 3, 5, 7, 7, 6, 6, 6, 5, 6, 7, 8, 7, 6, 5, 4, 4, 3, 2,
];

/// Monday first.
const WEEKDAYS: [f64; 7] = [1.1, 1.0, 0.95, 1.0, 1.2, 0.85, 0.9];

/// What is told of the past between two instants: every case to its end by `now`.
pub fn past(
    world: &World,
    seed: u64,
    from: Instant,
    until: Instant,
    now: Instant,
    taken: &mut Taken,
) -> Vec<History> {
    let mut rng = seeded(seed);
    let mut arrivals = Vec::new();
    for (place, house) in world.houses.iter().enumerate() {
        let mut hour = from;
        while hour < until {
            let (of_day, weekday) = house.local(hour);
            let mut day = seeded((hour.timestamp() / 86_400).unsigned_abs() ^ place as u64);
            let mood = day.random_range(0.75..1.3);
            let mean = house.role.per_day
                * f64::from(HOURS[of_day as usize])
                * WEEKDAYS[weekday as usize]
                * mood
                / 101.0;
            for _ in 0..poisson(&mut rng, mean) {
                let at = hour + between(&mut rng, 0, 3600);
                if at < until {
                    arrivals.push((at, place));
                }
            }
            hour += TimeDelta::hours(1);
        }
    }
    arrivals.sort_unstable();
    arrivals
        .into_iter()
        .filter_map(|(at, place)| finished(world, &world.houses[place], at, now, &mut rng, taken))
        .collect()
}

/// A case that began at an instant and is solved by `now`; `None` where it is too young for that.
fn finished(
    world: &World,
    house: &House,
    at: Instant,
    now: Instant,
    rng: &mut ChaCha8Rng,
    taken: &mut Taken,
) -> Option<History> {
    let first = draw(house, at, rng, taken);
    let pace = Pace::month(house, at, world.anchor);
    for _ in 0..6 {
        let mut tale = begin(house, &first, rng);
        let steps = script::rest(&tale, &pace, at, rng);
        for step in steps.iter().filter(|step| step.at <= now) {
            script::play(&mut tale, step, rng, taken);
        }
        if tale.case().status == Status::Resolved {
            return Some(tale.history);
        }
    }
    None
}

/// Everything about a first post but its words.
#[derive(Clone, Debug)]
pub struct Draw {
    person: Person,
    language: &'static str,
    network: Network,
    at: Instant,
    below: Option<&'static str>,
    kind: Kind,
    topic: Option<&'static str>,
    praise: &'static str,
}

/// Draws who complains about what, and where.
pub fn draw(house: &House, at: Instant, rng: &mut ChaCha8Rng, taken: &mut Taken) -> Draw {
    let lore = &house.role.lore;
    let (kind, language, topic, praise) = match rng.random_range(0..1000) {
        0..80 => {
            let (language, text) = lore.praise.choose(rng).copied().unwrap_or(("en", ""));
            (Kind::Praise, language, None, text)
        }
        80..97 => (Kind::Noise, "en", None, one_of(rng, texts::SPAM)),
        _ => {
            let language = weighted(rng, house.role.languages, "en");
            let fitting: Vec<&Problem> = lore
                .problems
                .iter()
                .chain(lore.abroad)
                .filter(|it| it.language == language)
                .collect();
            match fitting.choose_weighted(rng, |it| it.tellings.len()) {
                Ok(problem) => (problem.kind, language, Some(problem.topic), ""),
                Err(_) => (Kind::Question, "en", None, ""),
            }
        }
    };
    let mut network = script::account(house, language, rng);
    if network == Network::Email && kind != Kind::Complaint {
        network = Network::X;
    }
    let below = (matches!(network, Network::Facebook | Network::Instagram) && rng.random_bool(0.4)
        || rng.random_bool(0.02) && network != Network::Email)
        .then(|| one_of(rng, lore.announcements));
    Draw {
        person: invent(rng, taken, house.brand.id, network, language),
        language,
        network,
        at,
        below,
        kind,
        topic,
        praise,
    }
}

impl Draw {
    /// The same, from somebody whom many people follow.
    fn watched_by(mut self, followers: i64) -> Self {
        if self.network == Network::Email {
            self.network = Network::X;
            self.person.handle = self.person.handle.replace("@post.example", "_post");
        }
        self.person.followers = followers;
        self
    }

    /// Whether it needs an answer.
    fn needs_answer(&self) -> bool {
        matches!(self.kind, Kind::Complaint | Kind::Question)
    }
}

/// Opens the case that a draw describes.
pub fn begin<'a>(house: &'a House, draw: &Draw, rng: &mut ChaCha8Rng) -> Tale<'a> {
    let channel = house.channel(draw.network);
    let tone = match draw.kind {
        Kind::Praise => Tone::Positive,
        Kind::Noise => Tone::Neutral,
        Kind::Question => Tone::Neutral,
        Kind::Complaint if rng.random_bool(0.86) => Tone::Negative,
        Kind::Complaint => Tone::Neutral,
    };
    let priority = match draw.person.followers {
        100_000.. => Priority::Urgent,
        10_000.. => Priority::High,
        _ if draw.kind == Kind::Question => Priority::Low,
        _ => Priority::Normal,
    };
    let seed = rng.random();
    let mut words = seeded(seed);
    // The announcement's own slots belong to nobody's case; they are filled with any values.
    let below = draw.below.map(|text| {
        texts::Slots::of(
            &mut words,
            "en",
            [&house.brand.name, house.role.agents[0]],
            ["09:00", "12:00"],
        )
        .fill(text)
    });
    let first = First {
        person: draw.person.clone(),
        language: draw.language,
        channel,
        at: draw.at,
        below,
        kind: draw.kind,
        topic: draw.topic,
        tone,
        priority,
    };
    Tale::begin(house, seed, first, |voice| {
        let core = voice
            .slots
            .fill(voice.telling.map_or(draw.praise, |it| it.post));
        let is_social = matches!(
            draw.network,
            Network::X | Network::Bluesky | Network::Mastodon
        );
        if draw.network == Network::Email {
            return mail(
                &core,
                &voice.slots.fill("{ref}"),
                &draw.person.name,
                &house.brand.name,
            );
        }
        let mut closer = String::new();
        let closers = match draw.kind {
            Kind::Complaint => [0.6, 0.2],
            Kind::Question | Kind::Praise | Kind::Noise => [0.0, 0.0],
        };
        for chance in closers {
            let more = voice.slots.fill(one_of(&mut words, voice.talk.closers));
            if words.random_bool(chance) && !closer.contains(&more) {
                closer.push(' ');
                closer.push_str(&more);
            }
        }
        let mention = if is_social && words.random_bool(0.5) {
            format!("@{} ", channel.handle)
        } else {
            String::new()
        };
        format!("{mention}{core}{closer}")
    })
}

fn mail(core: &str, reference: &str, name: &str, brand: &str) -> String {
    format!(
        "Dear {brand} team,\n\n{core}\n\nMy reference is {reference}. Please tell me what happens next.\n\nKind regards\n{name}"
    )
}

/// How an open case stands on the horizon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    /// Answered; what is due next lies hours away.
    Calm,
    /// Just arrived, the first answer is due soon.
    Fresh,
    /// The customer has written again.
    Turn,
    /// A promise falls due soon.
    Promise,
    /// The day ends soon.
    Evening,
    /// No answer in time.
    LateFirst,
    /// A promise has not been kept.
    LatePromise,
    /// From the day before, not closed when it ended.
    LateDay,
}

/// The open cases of this moment.
pub fn present(world: &World, seed: u64, now: Instant, taken: &mut Taken) -> Vec<History> {
    let mut rng = seeded(seed ^ 0x0b5e);
    let window_s = (now - day_began(world.airline(), now)).num_seconds();
    let calm = usize::try_from((window_s / 240).clamp(8, 21)).unwrap_or(8);
    let mut stands = vec![Stand::Calm; calm];
    stands.extend([Stand::Fresh; 8]);
    stands.extend([
        Stand::Promise,
        Stand::Promise,
        Stand::LateFirst,
        Stand::LateFirst,
    ]);
    stands.extend([Stand::LatePromise, Stand::LateDay]);
    if window_s > 3 * 3600 {
        stands.extend([Stand::Turn, Stand::Turn]);
    }
    let (hour, _) = world.airline().local(now);
    if hour == 17 && calm < 21 {
        stands.extend([Stand::Evening; 7]);
    }
    stands
        .into_iter()
        .enumerate()
        .map(|(place, stand)| open_case(world, stand, place, now, window_s, &mut rng, taken))
        .collect()
}

/// Since when complaints belong to a sundown that is still comfortably far.
fn day_began(house: &House, now: Instant) -> Instant {
    let last_call = house.rules.sundown.cut_off_minute - house.rules.sundown.last_call_minutes;
    let today = now.with_timezone(&house.zone).date_naive();
    let soon =
        instant_of(&house.zone, today, house.rules.sundown.cut_off_minute) - TimeDelta::minutes(40);
    let began = instant_of(&house.zone, today, last_call);
    if now < soon {
        instant_of(&house.zone, today - Days::new(1), last_call)
    } else {
        began
    }
}

fn open_case(
    world: &World,
    stand: Stand,
    place: usize,
    now: Instant,
    window_s: i64,
    rng: &mut ChaCha8Rng,
    taken: &mut Taken,
) -> History {
    let house = match stand {
        Stand::LateDay => world.airline(),
        Stand::Turn => world.telecom(),
        _ => &world.houses[usize::from(place % 5 > 2)],
    };
    let target = house.rules.targets.first_response_s;
    let next = house.rules.targets.next_response_s;
    let age = match stand {
        // Older ones are rarer: most of a day's complaints are solved by its evening.
        Stand::Calm => {
            let share: f64 = rng.random::<f64>().powf(1.7);
            TimeDelta::seconds(600 + (share * (window_s - 900) as f64).max(0.0) as i64)
        }
        Stand::Fresh => between(rng, 25, target - 150),
        Stand::Turn => between(rng, next + 1200, next + 4000),
        Stand::Promise | Stand::LatePromise => {
            between(rng, 3000.min(window_s - 400), 9000.min(window_s - 300))
        }
        Stand::Evening => between(rng, window_s + 1800, window_s + 6 * 3600),
        Stand::LateFirst => between(rng, target + 400, target + 2400),
        Stand::LateDay => {
            let began = day_began(house, now);
            (now - began) + between(rng, 2 * 3600, 6 * 3600)
        }
    };
    let at = now - age;
    let mut drawn = draw(house, at, rng, taken);
    // Promises are made in English, and only some problems call for one.
    let promising = matches!(stand, Stand::Promise | Stand::LatePromise);
    let suits = |it: &Draw| {
        it.needs_answer() && (!promising || it.language == "en" && it.network != Network::Email)
    };
    while !suits(&drawn) {
        drawn = draw(house, at, rng, taken);
    }
    drawn = match place {
        2 => drawn.watched_by(146_000),
        9 => drawn.watched_by(212_000),
        24 => drawn.watched_by(121_000),
        30 => drawn.watched_by(318_000),
        _ => drawn,
    };
    let mut tale = begin(house, &drawn, rng);
    if promising {
        while tale.voice.problem.is_none_or(|it| it.promise.is_empty()) {
            let again = draw(house, at, rng, taken);
            if suits(&again) {
                tale = begin(house, &again, rng);
            }
        }
    }
    let after = |rng: &mut ChaCha8Rng, median_s: f64, most: f64| {
        let limit = TimeDelta::seconds((age.num_seconds() as f64 * most) as i64);
        around(rng, median_s, 0.6).min(limit)
    };
    let answered = at + after(rng, 480.0, 0.3);
    let first = Act::Answer(Say::First, Visibility::Public);
    let mut steps = Vec::new();
    let mut add = |at: Instant, act: Act| steps.push(Step { at, act });
    match stand {
        Stand::Calm | Stand::Evening | Stand::LateDay => {
            add(answered, first);
            let team = tale.voice.problem.and_then(|it| it.team);
            match (team, rng.random_range(0..10)) {
                (Some(team), 0..5) => {
                    let offered = answered + after(rng, 300.0, 0.2);
                    add(offered, Act::Offer(team));
                    if rng.random_bool(0.7) {
                        add(offered + after(rng, 600.0, 0.25), Act::Accept);
                    }
                }
                (_, 5..8) => {
                    let told = answered + after(rng, 600.0, 0.2);
                    add(told, Act::Details);
                    let say = Act::Answer(Say::Late, Visibility::Public);
                    add(told + after(rng, 400.0, 0.2), say);
                }
                _ => {}
            }
            if stand == Stand::LateDay {
                add(now - between(rng, 3600, 7200), Act::Chase);
            }
        }
        Stand::Fresh => {
            if tale.case().reach > 100_000 {
                add(at + age / 2, Act::Join);
            }
        }
        Stand::Turn => {
            add(answered.min(now - TimeDelta::seconds(next)), first);
            add(
                now - TimeDelta::seconds(next) + between(rng, 300, 1500),
                Act::Details,
            );
        }
        Stand::Promise => {
            add(answered, first);
            let due = now + between(rng, 360, 1600);
            add(answered + after(rng, 500.0, 0.3), Act::Promise(due));
        }
        Stand::LatePromise => {
            add(answered, first);
            let due = now - between(rng, 600, 1300.min(age.num_seconds() / 4).max(700));
            add(answered + after(rng, 300.0, 0.2), Act::Promise(due));
        }
        Stand::LateFirst => {
            add(at + (age * 2) / 3, Act::Chase);
            if tale.channel().network != Network::Email {
                add(at + age / 2, Act::Join);
                add(at + (age * 3) / 4, Act::Join);
            }
        }
    }
    steps.sort_by_key(|step| step.at);
    for step in steps.iter().filter(|step| step.at < now) {
        script::play(&mut tale, step, rng, taken);
    }
    tale.history
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backend::services::demo::{everything, replay},
        domain::{
            board::Urgency, case::Case, event::EventKind, ids::CaseId, time::seconds_between,
        },
    };
    use std::collections::HashSet;

    fn noon() -> Instant {
        "2026-11-20T13:30:00Z".parse().expect("an instant")
    }

    fn needing(histories: &[History]) -> impl Iterator<Item = &Case> {
        histories
            .iter()
            .map(|it| &it.case)
            .filter(|it| it.excluded.is_none())
    }

    fn response_s(case: &Case) -> Option<i64> {
        let first = case.first_answer_at?;
        Some(seconds_between(
            case.opened_at.timestamp_millis(),
            first.timestamp_millis(),
        ))
    }

    fn share(part: usize, whole: usize) -> f64 {
        part as f64 * 100.0 / whole as f64
    }

    fn median(mut values: Vec<i64>) -> i64 {
        values.sort_unstable();
        values[values.len().div_ceil(2) - 1]
    }

    #[test]
    fn the_same_seed_and_moment_give_the_same_history() {
        let (one, other) = (everything(7, noon()), everything(7, noon()));
        assert!(one.1 == other.1);
        assert!(one.1 != everything(8, noon()).1);
    }

    #[test]
    fn every_case_says_what_replaying_its_events_says() {
        for history in everything(7, noon()).1 {
            replay::assert_consistent(&history, noon());
        }
    }

    #[test]
    fn the_month_looks_like_a_month() {
        for hours in [0, 77, 1001] {
            assert_looks_like_a_month(noon() + TimeDelta::hours(hours));
        }
    }

    fn assert_looks_like_a_month(now: Instant) {
        let (_, histories) = everything(crate::backend::services::demo::SEED, now);
        let month = now - TimeDelta::days(30);
        let cohort: Vec<_> = needing(&histories)
            .filter(|it| it.opened_at >= month)
            .collect();
        let n = cohort.len();
        assert!((860..1300).contains(&n), "{n} cases in 30 days");
        let early: Vec<_> = cohort
            .iter()
            .filter(|it| it.opened_at < now - TimeDelta::days(18))
            .filter_map(|it| response_s(it))
            .collect();
        let recent: Vec<_> = cohort
            .iter()
            .filter(|it| it.opened_at > now - TimeDelta::days(15))
            .filter_map(|it| response_s(it))
            .collect();
        let (early, recent) = (median(early) / 60, median(recent) / 60);
        let all: Vec<_> = cohort.iter().filter_map(|it| response_s(it)).collect();
        let mut sorted = all.clone();
        sorted.sort_unstable();
        let p90 = sorted[sorted.len() * 9 / 10] / 60;
        let answered = share(all.len(), n);
        let decided: Vec<_> = cohort
            .iter()
            .filter(|it| it.sundown_at < Some(now) || it.resolved_at.is_some())
            .collect();
        let kept = decided
            .iter()
            .filter(|it| it.resolved_at.is_some_and(|at| Some(at) <= it.sundown_at))
            .count();
        let kept = share(kept, decided.len());
        let asked = cohort.iter().filter(|it| it.asked_at.is_some()).count();
        let confirmed = cohort.iter().filter(|it| it.confirmed_at.is_some()).count();
        let thanked = cohort.iter().filter(|it| it.thanked_at.is_some()).count();
        let (said_yes, thanked) = (share(confirmed, asked), share(thanked, n));
        println!(
            "{n} cases, median {early} → {recent} (all {}), p90 {p90}, answered {answered:.1} %, sundown {kept:.1} %, confirmed {said_yes:.1} %, thanked {thanked:.1} %",
            median(all) / 60
        );
        assert!((14..=27).contains(&early), "median before: {early} min");
        assert!((6..=13).contains(&recent), "median after: {recent} min");
        assert!((94.0..99.0).contains(&answered), "{answered} % answered");
        assert!((84.0..91.5).contains(&kept), "{kept} % kept their sundown");
        assert!((54.0..67.0).contains(&said_yes), "{said_yes} % confirmed");
        assert!((9.0..16.5).contains(&thanked), "{thanked} % thanked");
        let excluded = histories
            .iter()
            .filter(|it| it.case.excluded.is_some())
            .count();
        assert!(
            (5.0..14.0).contains(&share(excluded, histories.len())),
            "{excluded} excluded"
        );
    }

    #[test]
    fn the_horizon_is_lively_at_any_hour() {
        // Sixteen moments round the clock, those around the last call and sundown among them.
        for hours in 0..16 {
            let now = noon() + TimeDelta::minutes(hours * 92);
            let (_, histories) = everything(hours as u64, now);
            let mut counts = [0; 3];
            for case in needing(&histories).filter(|it| it.status == Status::Open) {
                let Some(due) = case.due_at else { continue };
                counts[Urgency::of((due - now).num_seconds()) as usize] += 1;
            }
            let [calm, due, late] = counts;
            let open: usize = counts.iter().sum();
            assert!((22..=46).contains(&open), "{open} open at {now}");
            assert!((3..=6).contains(&late), "{late} late at {now}");
            assert!(due >= 7 && calm >= 7, "{calm} calm, {due} due at {now}");
        }
    }

    #[test]
    fn hardly_any_complaint_is_said_twice() {
        let (_, histories) = everything(7, noon());
        let said: Vec<_> = histories
            .iter()
            .filter(|it| it.case.kind == Kind::Complaint)
            .filter_map(|it| it.posts.iter().find(|post| !post.is_ours()))
            .map(|it| it.body.as_str())
            .collect();
        let different = said.iter().collect::<HashSet<_>>().len();
        assert!(
            share(different, said.len()) > 93.0,
            "{different} of {}",
            said.len()
        );
    }

    #[test]
    fn ids_accounts_and_network_ids_are_all_different() {
        let (_, histories) = everything(7, noon());
        let cases: HashSet<CaseId> = histories.iter().map(|it| it.case.id).collect();
        assert_eq!(cases.len(), histories.len());
        let handles: Vec<_> = histories.iter().flat_map(|it| &it.handles).collect();
        let names: HashSet<_> = handles
            .iter()
            .map(|it| (it.brand, it.network, &it.handle))
            .collect();
        assert_eq!(names.len(), handles.len());
        let posts: Vec<_> = histories.iter().flat_map(|it| &it.posts).collect();
        let ids: HashSet<_> = posts.iter().map(|it| it.id).collect();
        assert_eq!(ids.len(), posts.len());
    }

    #[test]
    fn there_is_something_of_everything() {
        let (_, histories) = everything(7, noon());
        let some = |what: &str, is: &dyn Fn(&History) -> bool| {
            assert!(histories.iter().filter(|it| is(it)).count() >= 3, "{what}");
        };
        some("joiners", &|it| it.case.joiners > 0);
        some("chasers", &|it| it.case.chasers > 0);
        some("reopened", &|it| it.case.episode > 1);
        some("disputed", &|it| it.case.disputed_at.is_some());
        some("hand-offs", &|it| it.hand_offs.len() > 1);
        some("chained promises", &|it| {
            it.promises.iter().any(|it| it.replaces.is_some())
        });
        some("influencers", &|it| it.case.reach > 100_000);
        some("below our posts", &|it| {
            it.posts.first().is_some_and(|it| it.is_ours())
        });
        some("private answers", &|it| {
            it.posts
                .iter()
                .any(|it| it.is_ours() && it.visibility == Visibility::Private)
        });
        some("lapsed", &|it| {
            it.events.iter().any(|it| it.kind == EventKind::Lapsed)
        });
        for language in ["en", "de", "fr", "es", "pt", "ja", "ar", "pl"] {
            some(language, &|it| {
                it.customer.language.as_deref() == Some(language)
            });
        }
    }
}
