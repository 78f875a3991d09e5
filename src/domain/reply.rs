//! A reply and its life: written, queued, on its way, and what became of it.
//!
//! The one thing that may never happen is that the network gets it twice. So a reply goes out only
//! from [`State::Queued`], and goes back there only with proof that the network hasn't got it, by a
//! network's own guard against doubles, or because a person pressed “send again”.
//!
//! Invariant: pure; the model in `tests/it/reply_model.rs` walks through every order of these moves.

use super::{
    case::Remedy,
    ids::{BrandId, CaseId, ChannelId, PersonId, ReplyId},
    outgoing::{Accepted, Outgoing, Sending, pause_s},
    post::Visibility,
    time::Instant,
    words::words,
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

words! {
    /// Where a reply stands.
    State, "a state of a reply", {
        /// Waits to go out; can still be taken back.
        Queued = "queued", "Sending";
        /// Handed to the network; what it says isn't known yet.
        InFlight = "in_flight", "On its way";
        /// The network has it.
        Sent = "sent", "Sent";
        /// The network doesn't take it.
        Rejected = "rejected", "Refused";
        /// Nobody knows whether the network has it.
        Unknown = "unknown", "We can't tell";
        /// Held back until a person says what to do.
        Held = "held", "Held back";
        /// Taken back before it went out, or given up.
        Cancelled = "cancelled", "Taken back";
    }
}

words! {
    /// How a network keeps one reply from becoming two posts.
    Guard, "a guard", {
        /// We choose the post's id: the same id can't be posted twice.
        ChosenId = "chosen_id", "Lets us choose the id";
        /// It remembers keys for a while, though not always.
        Key = "key", "Remembers keys";
        /// Not at all.
        Nothing = "nothing", "Doesn't";
    }
}

/// One try of one run of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hand {
    /// Which run.
    pub run: i64,
    /// The how-manieth try of the reply.
    pub tries: i32,
}

/// One reply of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reply {
    /// Its id.
    pub id: ReplyId,
    /// Whose.
    pub brand: BrandId,
    /// In which case.
    pub case: CaseId,
    /// Through which account.
    pub channel: ChannelId,
    /// Who wrote it.
    pub author: PersonId,
    /// Made when the composer opened: a repeated send finds the first one by it.
    pub key: String,
    /// Who is to read it.
    pub visibility: Visibility,
    /// What it says.
    pub body: String,
    /// The network's id of what it answers.
    pub in_reply_to: String,
    /// Whom it answers, without `@`.
    pub to: String,
    /// What is to be done once it is sent: resolve the case with this remedy.
    pub then_resolve: Option<Remedy>,
    /// Where it stands.
    pub state: State,
    /// When it was queued.
    pub queued_at: Instant,
    /// Not before then it goes out.
    pub send_at: Instant,
    /// How often it was handed to the network.
    pub tries: i32,
    /// When it was first handed to the network.
    pub first_tried_at: Option<Instant>,
    /// When it was last handed to the network.
    pub tried_at: Option<Instant>,
    /// Which run of the server has it in hand.
    pub run: Option<i64>,
    /// The id that it is to have, where the network lets us choose.
    pub chosen_id: Option<String>,
    /// The network's id of it.
    pub external_id: Option<String>,
    /// When the network accepted it.
    pub accepted_at: Option<Instant>,
    /// Why it isn't sent, as a sentence.
    pub why: Option<String>,
    /// How often it was looked for.
    pub looks: i32,
    /// When it is looked for next; none when a person has to decide.
    pub look_at: Option<Instant>,
}

/// Why a reply is held that came back out of a backup.
pub const HELD_BY_BACKUP: &str =
    "It was waiting when a backup was made. Look whether it was sent since.";
/// Looking for a reply begins so many seconds after nobody knew, and goes on so many later.
pub const LOOKS_S: [i64; 3] = [5, 30, 120];
/// A network that remembers keys for an hour is trusted half as long.
pub const KEY_TRUSTED: TimeDelta = TimeDelta::minutes(30);
/// After a failure that proves that nothing was sent, it is tried again so much later, and twice as
/// much each time.
const AGAIN_S: i64 = 15;

impl Reply {
    /// How it travels.
    pub fn outgoing(&self) -> Outgoing {
        Outgoing {
            key: self.id.to_string(),
            chosen_id: self.chosen_id.clone(),
            in_reply_to: self.in_reply_to.clone(),
            to: self.to.clone(),
            visibility: self.visibility,
            body: self.body.clone(),
            since: self.first_tried_at.unwrap_or(self.queued_at),
        }
    }

    /// Whether it may be handed to the network now.
    pub fn is_due(&self, now: Instant) -> bool {
        self.state == State::Queued && self.send_at <= now
    }

    /// Whether the customer may still get it, or has: whoever answers the same case should know.
    pub const fn counts(&self) -> bool {
        !matches!(self.state, State::Rejected | State::Cancelled)
    }

    /// A worker takes it in hand. Must be lasting before the first byte leaves.
    pub fn take(&mut self, now: Instant, run: i64) -> bool {
        if !self.is_due(now) {
            return false;
        }
        self.state = State::InFlight;
        self.tries += 1;
        self.first_tried_at.get_or_insert(now);
        self.tried_at = Some(now);
        self.run = Some(run);
        self.why = None;
        true
    }

    /// The try that is in hand.
    pub fn hand(&self) -> Option<Hand> {
        self.run
            .filter(|_| self.state == State::InFlight)
            .map(|run| Hand {
                run,
                tries: self.tries,
            })
    }

    /// The network's answer to a try. Proof that it was sent counts whenever it comes; all else
    /// only for the try that is in hand: a server that was taken for dead may come back late.
    pub fn settle(&mut self, hand: Hand, outcome: Sending, now: Instant) -> bool {
        if let Sending::Sent(accepted) = outcome {
            return self.prove(accepted);
        }
        if self.hand() != Some(hand) {
            return false;
        }
        match outcome {
            Sending::Sent(_) => false,
            Sending::Rejected(why) => self.stop(State::Rejected, Some(why)),
            Sending::Later { why, after_s } => {
                let usual = AGAIN_S << self.tries.clamp(1, 8).unsigned_abs();
                self.requeue(now + TimeDelta::seconds(pause_s(after_s, usual)), Some(why))
            }
            Sending::Reconnect(why) => {
                self.requeue(now + TimeDelta::seconds(pause_s(None, 60)), Some(why))
            }
            Sending::Unknown(why) => self.lose(now, why),
        }
    }

    /// The run of the server that had it in hand is over.
    pub fn orphan(&mut self, now: Instant) -> bool {
        self.state == State::InFlight
            && self.lose(
                now,
                "Sundown was stopped while it was being sent.".to_owned(),
            )
    }

    /// It was looked for. Empty looks are counted; after the last one a network's own guard may
    /// let it go out again, and otherwise a person decides.
    pub fn look(&mut self, found: Option<Accepted>, guard: Guard, now: Instant) -> bool {
        if let Some(accepted) = found {
            return self.prove(accepted);
        }
        if self.state != State::Unknown {
            return false;
        }
        self.looks += 1;
        let looked = usize::try_from(self.looks).unwrap_or(usize::MAX);
        self.look_at = LOOKS_S
            .get(looked)
            .map(|after_s| now + TimeDelta::seconds(*after_s));
        if self.look_at.is_some() {
            return true;
        }
        let is_young = self
            .first_tried_at
            .is_some_and(|since| now - since < KEY_TRUSTED);
        match guard {
            Guard::ChosenId if self.chosen_id.is_some() => self.requeue(now, self.why.clone()),
            Guard::Key if is_young => self.requeue(now, self.why.clone()),
            Guard::ChosenId | Guard::Key | Guard::Nothing => true,
        }
    }

    /// The network has it: proven by an answer, by a look, or because it came in through the channel.
    pub fn prove(&mut self, accepted: Accepted) -> bool {
        if matches!(self.state, State::Sent | State::Cancelled) && self.external_id.is_some() {
            return false;
        }
        self.accepted_at.get_or_insert(accepted.published_at);
        self.external_id = Some(accepted.external_id);
        self.stop(State::Sent, None)
    }

    /// Looking failed: it is tried again, without end and without haste.
    pub fn look_later(&mut self, now: Instant) -> bool {
        if self.state != State::Unknown {
            return false;
        }
        self.look_at = Some(now + TimeDelta::seconds(LOOKS_S[2]));
        true
    }

    /// A person takes it back.
    pub fn cancel(&mut self) -> bool {
        matches!(
            self.state,
            State::Queued | State::Held | State::Unknown | State::Rejected
        ) && self.stop(State::Cancelled, None)
    }

    /// A person has seen it on the network.
    pub fn is_there(&mut self, now: Instant) -> bool {
        if !matches!(self.state, State::Unknown | State::Held) {
            return false;
        }
        self.accepted_at = Some(self.tried_at.unwrap_or(now));
        self.stop(State::Sent, None)
    }

    /// A person wants it to go out again, whatever became of it: the one way in which it may be
    /// there twice.
    pub fn send_again(&mut self, now: Instant) -> bool {
        matches!(self.state, State::Unknown | State::Held | State::Rejected) && {
            self.first_tried_at = None;
            self.requeue(now, None)
        }
    }

    /// What came back out of a backup goes nowhere by itself. Even what was refused may have been
    /// sent again since.
    pub fn hold(&mut self) -> bool {
        let may_have_gone = matches!(
            self.state,
            State::Queued | State::InFlight | State::Unknown | State::Rejected
        );
        may_have_gone && self.stop(State::Held, Some(HELD_BY_BACKUP.to_owned()))
    }

    fn lose(&mut self, now: Instant, why: String) -> bool {
        self.looks = 0;
        self.stop(State::Unknown, Some(why));
        self.look_at = Some(now + TimeDelta::seconds(LOOKS_S[0]));
        true
    }

    fn requeue(&mut self, at: Instant, why: Option<String>) -> bool {
        self.stop(State::Queued, why);
        self.send_at = at;
        true
    }

    fn stop(&mut self, state: State, why: Option<String>) -> bool {
        self.state = state;
        self.why = why;
        self.run = None;
        self.look_at = None;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    fn at(second: i64) -> Instant {
        from_ms(second * 1000)
    }

    fn reply() -> Reply {
        Reply {
            id: 1.into(),
            brand: 1.into(),
            case: 1.into(),
            channel: 1.into(),
            author: 1.into(),
            key: "k".to_owned(),
            visibility: Visibility::Public,
            body: "On our way".to_owned(),
            in_reply_to: "post".to_owned(),
            to: "ada".to_owned(),
            then_resolve: None,
            state: State::Queued,
            queued_at: at(0),
            send_at: at(10),
            tries: 0,
            first_tried_at: None,
            tried_at: None,
            run: None,
            chosen_id: None,
            external_id: None,
            accepted_at: None,
            why: None,
            looks: 0,
            look_at: None,
        }
    }

    fn lost() -> Reply {
        let mut it = reply();
        assert!(it.take(at(10), 1));
        let hand = it.hand().expect("in hand");
        assert!(it.settle(hand, Sending::Unknown("500".to_owned()), at(11)));
        it
    }

    fn accepted() -> Accepted {
        Accepted {
            external_id: "x".to_owned(),
            published_at: at(12),
        }
    }

    #[test]
    fn it_waits_for_the_undo_to_pass_and_can_be_taken_back_until_then() {
        let mut it = reply();
        assert!(!it.take(at(9), 1));
        assert!(it.cancel());
        assert!(!it.take(at(60), 1));
    }

    #[test]
    fn it_is_handed_over_once_however_many_workers_want_it() {
        let mut it = reply();
        assert!(it.take(at(10), 1));
        assert!(!it.take(at(10), 2));
        assert!(!it.cancel());
    }

    #[test]
    fn when_nobody_knows_it_is_looked_for_three_times_and_then_a_person_decides() {
        let mut it = lost();
        assert_eq!(it.look_at, Some(at(16)));
        assert!(it.look(None, Guard::Nothing, at(16)));
        assert_eq!(it.look_at, Some(at(46)));
        assert!(it.look(None, Guard::Nothing, at(46)));
        assert_eq!(it.look_at, Some(at(166)));
        assert!(it.look(None, Guard::Nothing, at(166)));
        assert_eq!((it.state, it.look_at), (State::Unknown, None));
        assert!(!it.take(at(1000), 1));
        assert!(it.send_again(at(1000)));
        assert!(it.take(at(1000), 1));
    }

    #[test]
    fn a_network_that_remembers_keys_is_trusted_for_half_an_hour() {
        let look_three_times = |it: &mut Reply, from: i64| {
            for later in 0..3 {
                it.look(None, Guard::Key, at(from + later));
            }
        };
        let mut young = lost();
        look_three_times(&mut young, 100);
        assert_eq!(young.state, State::Queued);
        let mut old = lost();
        look_three_times(&mut old, 10 + 30 * 60);
        assert_eq!(old.state, State::Unknown);
    }

    #[test]
    fn a_chosen_id_can_go_out_again_whenever() {
        let mut it = lost();
        it.chosen_id = Some("3k".to_owned());
        for later in 0..3 {
            it.look(None, Guard::ChosenId, at(90_000 + later));
        }
        assert_eq!(it.state, State::Queued);
    }

    #[test]
    fn proof_counts_whenever_it_comes() {
        let mut it = lost();
        assert!(it.look(Some(accepted()), Guard::Nothing, at(16)));
        assert_eq!(it.state, State::Sent);
        assert_eq!(it.accepted_at, Some(at(12)));
        let mut late = lost();
        let hand = Hand { run: 1, tries: 1 };
        assert!(late.settle(hand, Sending::Sent(accepted()), at(400)));
        assert_eq!(late.state, State::Sent);
        assert!(!late.send_again(at(500)));
    }

    #[test]
    fn a_server_that_comes_back_late_says_nothing_about_another_try() {
        let mut it = lost();
        it.send_again(at(300));
        it.take(at(300), 2);
        let late = Hand { run: 1, tries: 1 };
        assert!(!it.settle(late, Sending::Rejected("no".to_owned()), at(301)));
        assert_eq!(it.state, State::InFlight);
    }

    #[test]
    fn a_failure_that_proves_that_nothing_went_out_is_tried_again_later() {
        let mut it = reply();
        it.take(at(10), 1);
        it.settle(
            Hand { run: 1, tries: 1 },
            Sending::Later {
                why: "wait".to_owned(),
                after_s: Some(1 << 40),
            },
            at(11),
        );
        assert_eq!((it.state, it.send_at), (State::Queued, at(3611)));
    }

    #[test]
    fn what_comes_out_of_a_backup_goes_nowhere_by_itself() {
        for mut it in [reply(), lost()] {
            assert!(it.hold());
            assert!(!it.take(at(9999), 1));
            assert!(!it.look(None, Guard::ChosenId, at(9999)));
            assert_eq!(it.state, State::Held);
        }
    }
}
