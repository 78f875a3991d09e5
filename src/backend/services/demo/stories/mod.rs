//! The seven stories that Sundown is built from, to the minute, with invented people.
//!
//! Each is found by its customer's account; an end-to-end test follows them. They lie in the days
//! before the demo was filled, so that the Board's month holds all of them.

mod after_hours;
mod bag;
mod cheque;
mod deleted;
mod five_minutes;
mod influencer;
mod silence;

use super::{
    cast::{House, World},
    names::{Person, Taken},
    tale::{First, Tale},
};
use crate::domain::{
    calendar::instant_of,
    case::{Kind, Outcome, Priority, Remedy, Tone},
    history::History,
    network::Network,
    time::Instant,
};
use chrono::Days;

/// Story 1, the bag: found within a quarter of an hour.
pub const BAG: &str = "noorwinterhalter.sky.example";
/// Story 2, the influencer: an hour, then 85 minutes.
pub const INFLUENCER: &str = "idamarlow.sky.example";
/// Story 3, four days of silence.
pub const SILENCE: &str = "tomw@toot.example";
/// Story 4, four minutes, after hours.
pub const AFTER_HOURS: &str = "kahu.ellingham";
/// Story 5, the deleted post.
pub const DELETED: &str = "ruth.abernathy";
/// Story 6, five minutes, confirmed.
pub const FIVE_MINUTES: &str = "dee_o";
/// Story 7, the check is in the mail.
pub const CHEQUE: &str = "hassan.karimi@post.example";

/// All of them, in order.
pub const ALL: [&str; 7] = [
    BAG,
    INFLUENCER,
    SILENCE,
    AFTER_HOURS,
    DELETED,
    FIVE_MINUTES,
    CHEQUE,
];

/// Tells all seven, and the few cases beside the fourth.
pub fn tell(world: &World, now: Instant, taken: &mut Taken) -> Vec<History> {
    let mut told = vec![
        bag::tell(world.airline(), now),
        influencer::tell(world.airline(), now),
        silence::tell(world.airline(), now),
    ];
    told.extend(after_hours::tell(world.airline(), now));
    told.push(deleted::tell(world.airline(), now));
    told.push(five_minutes::tell(world.airline(), now));
    told.push(cheque::tell(world.telecom(), now));
    for history in &told {
        for handle in &history.handles {
            taken.insert((handle.brand, handle.network, handle.handle.clone()));
        }
    }
    told
}

/// The wall clock of a desk, so many days before today.
struct Day<'a> {
    house: &'a House,
    now: Instant,
    back: u64,
}

impl Day<'_> {
    fn at(&self, hour: u32, minute: u32) -> Instant {
        let today = self.now.with_timezone(&self.house.zone).date_naive();
        instant_of(
            &self.house.zone,
            today - Days::new(self.back),
            hour * 60 + minute,
        )
    }
}

fn day(house: &House, now: Instant, back: u64) -> Day<'_> {
    Day { house, now, back }
}

fn person(name: &str, handle: &str, followers: i64) -> Person {
    Person {
        name: name.to_owned(),
        handle: handle.to_owned(),
        followers,
    }
}

fn complaint<'a>(
    house: &'a House,
    network: Network,
    who: Person,
    at: Instant,
    topic: &'a str,
) -> First<'a> {
    First {
        person: who,
        language: "en",
        channel: house.channel(network),
        at,
        below: None,
        kind: Kind::Complaint,
        topic: Some(topic),
        tone: Tone::Negative,
        priority: Priority::High,
    }
}

/// The place of a story among the seeds, far away from those of the generator.
fn begin<'a>(house: &'a House, number: u64, first: First<'_>, body: &str) -> Tale<'a> {
    Tale::begin(house, 0x5707_1e00 + number, first, |_| body.to_owned())
}

/// “Solved”; every story knows whether it still can be.
fn solve(tale: &mut Tale<'_>, at: Instant, remedy: Remedy, outcome: Outcome) {
    tale.resolves(at, remedy, outcome);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backend::services::demo::replay,
        domain::{
            case::{Case, Origin, Status},
            event::Actor,
            history::PromiseState,
            post::Visibility::Public,
        },
    };
    use chrono::TimeDelta;

    fn now() -> Instant {
        "2026-11-20T00:05:00Z".parse().expect("an instant")
    }

    fn story(handle: &str) -> History {
        let world = World::fresh(1, now());
        tell(&world, now(), &mut Taken::new())
            .into_iter()
            .find(|it| it.handles[0].handle == handle)
            .expect("the story is told")
    }

    fn seconds(from: Instant, until: Option<Instant>) -> i64 {
        (until.expect("it happened") - from).num_seconds()
    }

    fn response_s(case: &Case) -> i64 {
        seconds(case.opened_at, case.first_answer_at)
    }

    #[test]
    fn every_story_agrees_with_its_events_and_lies_in_the_past_at_any_hour() {
        for hours in 0..24 {
            let now = now() + TimeDelta::hours(hours);
            let world = World::fresh(1, now);
            let told = tell(&world, now, &mut Taken::new());
            for history in &told {
                replay::assert_consistent(history, now);
            }
            for handle in ALL {
                assert!(
                    told.iter().any(|it| it.handles[0].handle == handle),
                    "{handle}"
                );
            }
        }
    }

    #[test]
    fn the_bag_is_found_within_a_quarter_of_an_hour_and_becomes_a_win() {
        let it = story(BAG);
        assert_eq!(response_s(&it.case), 4 * 60);
        assert!(seconds(it.case.opened_at, it.case.resolved_at) < 15 * 60);
        assert_eq!(
            (it.case.remedy, it.case.outcome),
            (Some(Remedy::Fixed), Some(Outcome::Confirmed))
        );
        assert!(it.case.thanked_at.is_some());
        assert_eq!(it.hand_offs[0].to_team, "Baggage");
        assert!(it.hand_offs[0].opened_at.is_some());
    }

    #[test]
    fn the_influencer_waits_61_minutes_and_then_85_for_nobody() {
        let it = story(INFLUENCER);
        assert_eq!(it.handles[0].followers, 398_000);
        assert_eq!(response_s(&it.case), 61 * 60);
        assert_eq!(it.case.chasers, 1);
        let promise = &it.promises[0];
        assert_eq!(promise.state, PromiseState::Broken);
        assert_eq!(seconds(promise.promised_at, promise.settled_at), 85 * 60);
        assert!(promise.settled_at > promise.perishes_at);
        assert_eq!(it.case.outcome, Some(Outcome::TooLate));
        assert!(it.case.asked_at.is_none());
    }

    #[test]
    fn four_days_of_silence_are_one_turn_over_two_channels() {
        let it = story(SILENCE);
        assert_eq!(response_s(&it.case), 9 * 60);
        let channels: std::collections::HashSet<_> = it.posts.iter().map(|it| it.channel).collect();
        assert_eq!(channels.len(), 2);
        let turn = &it.turns[1];
        assert_eq!(turn.posts, 2);
        assert_eq!(
            seconds(turn.started_at, turn.answered_at),
            4 * 86_400 + 21 * 60
        );
        assert_eq!(it.hand_offs[0].opened_at, None);
        assert_eq!(it.promises[0].state, PromiseState::Kept);
        assert!(it.promises[0].proof.is_some());
    }

    #[test]
    fn after_hours_the_answer_comes_in_four_minutes_and_no_staffed_time() {
        let it = story(AFTER_HOURS);
        assert_eq!(response_s(&it.case), 4 * 60);
        assert_eq!(it.case.first_answer_business_s, Some(0));
        assert_eq!(it.case.outcome, Some(Outcome::Confirmed));
        assert!(it.posts.last().is_some_and(|it| it.is_ours()));
    }

    #[test]
    fn the_deleted_question_keeps_its_place_and_is_denied_after_75_minutes() {
        let it = story(DELETED);
        assert_eq!(it.case.origin, Origin::Brand);
        assert!(it.posts[0].is_ours());
        let deleted = it.posts[1].deleted_at;
        assert_eq!(seconds(it.posts[1].published_at, deleted), 14 * 60);
        assert_eq!(response_s(&it.case), 75 * 60);
        assert_eq!((it.case.joiners, it.case.episode), (4, 2));
        assert!(it.case.disputed_at.is_some());
        assert_eq!(it.case.outcome, Some(Outcome::Lapsed));
    }

    #[test]
    fn five_minutes_are_enough_and_the_customer_is_asked_before_any_thanks() {
        let it = story(FIVE_MINUTES);
        assert_eq!(response_s(&it.case), 50);
        assert_eq!(it.case.first_public_answer_at, None);
        assert!(seconds(it.case.opened_at, it.case.resolved_at) < 300);
        assert!(it.case.asked_at < it.case.confirmed_at);
        assert!(it.case.confirmed_at < it.case.thanked_at);
        assert_eq!(it.case.status, Status::Resolved);
    }

    #[test]
    fn the_check_is_in_the_mail_three_times_and_then_everybody_reads_it() {
        let it = story(CHEQUE);
        use PromiseState::{Broken, Kept};
        let states: Vec<_> = it.promises.iter().map(|it| it.state).collect();
        assert_eq!(states, [Broken, Broken, Broken, Broken, Kept]);
        for pair in it.promises.windows(2) {
            assert_eq!(pair[1].replaces, Some(pair[0].id));
        }
        let public: Vec<_> = it
            .posts
            .iter()
            .filter(|it| it.by == Actor::Customer && it.visibility == Public)
            .collect();
        let networks: std::collections::HashSet<_> = public.iter().map(|it| it.channel).collect();
        assert_eq!(networks.len(), 3);
        let call = it
            .posts
            .iter()
            .find(|it| it.by == Actor::Department)
            .expect("a call");
        assert!(seconds(public[0].published_at, Some(call.published_at)) < 30 * 60);
        assert_eq!(it.case.joiners, 5);
        assert!(it.case.reach > 60_000);
        assert_eq!(it.case.outcome, Some(Outcome::Confirmed));
    }
}
