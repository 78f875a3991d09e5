//! A model of {agent, two servers, network, crash, backup} around the real moves of a reply, walked
//! through in every order: nobody says anything twice in public unless a person pressed “send again”.
//!
//! The network is as bad as networks are: it may accept and lose its answer, accept late, forget.
//! One thing is assumed, and stands in docs/ARCHITECTURE.md: a network that remembers neither keys nor ids
//! is never sent anything again without a person.

use chrono::TimeDelta;
use stateright::{Checker, Model, Property};
use sundown::domain::{
    outgoing::{Accepted, Sending},
    post::Visibility,
    reply::{Guard, Hand, KEY_TRUSTED, Reply, State},
    time::{Instant, from_ms},
};

/// Bounds that make the walk end.
const PRESSES: u8 = 1;
const REFUSALS: u8 = 1;
const LATE: u8 = 1;
const STEPS: u8 = 5;

#[derive(Clone, Debug)]
struct Room {
    guard: Guard,
    /// Whether requests may still arrive after their sender gave up.
    is_slow: bool,
    /// Crashes of servers.
    crashes: u8,
    /// Whether a backup is made and brought back.
    has_backup: bool,
}

/// What a server remembers of the try it is busy with; gone when it crashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Busy {
    hand: Hand,
    /// Whether the request has left.
    left: bool,
    /// Whether the network has accepted it.
    landed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct World {
    /// As the store has it.
    reply: Reply,
    now: Instant,
    /// The two servers: their run, and what they are busy with.
    servers: [(i64, Option<Busy>); 2],
    next_run: i64,
    /// Public posts there are of it.
    posts: u8,
    /// Requests on their way whose senders gave up.
    late: u8,
    /// A backup that may be brought back.
    backup: Option<Box<Reply>>,
    crashes: u8,
    presses: u8,
    refusals: u8,
    steps: u8,
    is_restored: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The agent takes it back.
    Undo,
    /// A server claims it.
    Take(usize),
    /// Its request leaves and is accepted.
    Land(usize),
    /// Its request leaves; whether it arrives shows later.
    Leave(usize),
    /// A request arrives after all.
    LandLate,
    /// The network's answer reaches the server.
    Answer(usize, Outcome),
    /// Kill -9 and a new start.
    Crash(usize),
    /// Taken for dead by the other.
    Bury(usize),
    /// Looked for.
    Look,
    /// It comes in through the channel.
    Echo,
    Press(Decision),
    /// Time passes to the next moment that matters.
    Wait,
    /// So long that no key is trusted any more.
    WaitLong,
    Backup,
    Restore,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Sent,
    Rejected,
    Later,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    IsThere,
    Again,
    GiveUp,
}

fn accepted(now: Instant) -> Accepted {
    Accepted {
        external_id: "there".to_owned(),
        published_at: now,
    }
}

impl Room {
    /// The network gets a request: what it guards against is not posted again.
    fn land(&self, world: &mut World) {
        match self.guard {
            Guard::ChosenId | Guard::Key => world.posts = 1,
            Guard::Nothing => world.posts += 1,
        }
    }
}

impl Model for Room {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        let now = from_ms(0);
        vec![World {
            reply: Reply {
                id: 1.into(),
                brand: 1.into(),
                case: 1.into(),
                channel: 1.into(),
                author: 1.into(),
                key: "key".to_owned(),
                visibility: Visibility::Public,
                body: "On our way".to_owned(),
                in_reply_to: "post".to_owned(),
                to: "ada".to_owned(),
                then_resolve: None,
                state: State::Queued,
                queued_at: now,
                send_at: now + TimeDelta::seconds(8),
                tries: 0,
                first_tried_at: None,
                tried_at: None,
                run: None,
                chosen_id: (self.guard == Guard::ChosenId).then(|| "there".to_owned()),
                external_id: None,
                accepted_at: None,
                why: None,
                looks: 0,
                look_at: None,
            },
            now,
            servers: [(1, None), (2, None)],
            next_run: 3,
            posts: 0,
            late: 0,
            backup: None,
            crashes: 0,
            presses: 0,
            refusals: 0,
            steps: 0,
            is_restored: false,
        }]
    }

    fn actions(&self, world: &World, all: &mut Vec<Step>) {
        all.extend([Step::Undo, Step::Echo, Step::Look]);
        // With backups one server is enough: all of them are down when one is brought back.
        for which in 0..if self.has_backup { 1 } else { 2 } {
            match world.servers[which].1 {
                None => all.push(Step::Take(which)),
                Some(busy) => {
                    if !busy.left {
                        all.extend([Step::Land(which), Step::Leave(which)]);
                        all.push(Step::Answer(which, Outcome::Later));
                    }
                    all.push(Step::Answer(which, Outcome::Unknown));
                    if busy.landed {
                        all.push(Step::Answer(which, Outcome::Sent));
                    } else {
                        all.push(Step::Answer(which, Outcome::Rejected));
                    }
                    if world.crashes < self.crashes {
                        all.extend([Step::Crash(which), Step::Bury(which)]);
                    }
                }
            }
        }
        if world.late > 0 {
            all.push(Step::LandLate);
        }
        for decision in [Decision::IsThere, Decision::Again, Decision::GiveUp] {
            all.push(Step::Press(decision));
        }
        if world.steps < STEPS {
            all.push(Step::Wait);
            if world.now < from_ms(0) + KEY_TRUSTED {
                all.push(Step::WaitLong);
            }
        }
        if !self.has_backup {
        } else if world.backup.is_none() {
            all.push(Step::Backup);
        } else if !world.is_restored {
            all.push(Step::Restore);
        }
    }

    fn next_state(&self, before: &World, step: Step) -> Option<World> {
        let mut world = before.clone();
        let now = world.now;
        let moved = match step {
            Step::Undo => world.reply.state == State::Queued && world.reply.cancel(),
            Step::Take(which) => {
                let moved = world.reply.take(now, world.servers[which].0);
                world.servers[which].1 = world.reply.hand().map(|hand| Busy {
                    hand,
                    left: false,
                    landed: false,
                });
                moved
            }
            Step::Land(which) => {
                self.land(&mut world);
                world.servers[which].1.as_mut().is_some_and(|busy| {
                    (busy.left, busy.landed) = (true, true);
                    true
                })
            }
            Step::Leave(which) => {
                world.late = (world.late + u8::from(self.is_slow)).min(LATE);
                world.servers[which].1.as_mut().is_some_and(|busy| {
                    busy.left = true;
                    true
                })
            }
            Step::LandLate => {
                world.late -= 1;
                self.land(&mut world);
                true
            }
            Step::Answer(which, outcome) => {
                let busy = world.servers[which].1.take()?;
                // A refusal proves that nothing of this request is or will be there.
                let sending = match outcome {
                    Outcome::Sent => Sending::Sent(accepted(now)),
                    Outcome::Unknown => Sending::Unknown(String::new()),
                    Outcome::Rejected | Outcome::Later => {
                        if busy.left && self.is_slow || world.refusals >= REFUSALS {
                            return None;
                        }
                        world.refusals += 1;
                        if outcome == Outcome::Rejected {
                            Sending::Rejected(String::new())
                        } else {
                            Sending::Later {
                                why: String::new(),
                                after_s: None,
                            }
                        }
                    }
                };
                world.reply.settle(busy.hand, sending, now);
                true
            }
            Step::Crash(which) => {
                world.crashes += 1;
                let run = world.servers[which].0;
                world.servers[which] = (world.next_run, None);
                world.next_run += 1;
                if world.reply.run == Some(run) {
                    world.reply.orphan(now);
                }
                true
            }
            // It only stood still: what it is busy with goes on later.
            Step::Bury(which) => {
                world.crashes += 1;
                let run = world.servers[which].0;
                world.reply.run == Some(run) && world.reply.orphan(now)
            }
            Step::Look => {
                let is_due = world.reply.look_at.is_some_and(|at| at <= now);
                let found = (world.posts > 0).then(|| accepted(now));
                is_due && world.reply.look(found, self.guard, now)
            }
            Step::Echo => world.posts > 0 && world.reply.prove(accepted(now)),
            Step::Press(decision) => {
                // The card is there when looking is over, or nothing happens by itself.
                let asks = world.reply.look_at.is_none();
                asks && match decision {
                    Decision::IsThere => world.posts > 0 && world.reply.is_there(now),
                    Decision::GiveUp => world.reply.state != State::Queued && world.reply.cancel(),
                    Decision::Again => {
                        let had_gone = world.reply.state != State::Rejected;
                        world.presses += u8::from(had_gone);
                        world.presses <= PRESSES && world.reply.send_again(now)
                    }
                }
            }
            Step::Wait => {
                let next = [Some(world.reply.send_at), world.reply.look_at];
                let next = next.into_iter().flatten().filter(|it| *it > now).min()?;
                world.now = next;
                world.steps += 1;
                true
            }
            Step::WaitLong => {
                world.now = now + KEY_TRUSTED;
                world.steps += 1;
                true
            }
            Step::Backup => {
                world.backup = Some(Box::new(world.reply.clone()));
                true
            }
            Step::Restore => {
                // All servers were down for it.
                let mut back = *world.backup.clone()?;
                back.hold();
                world.reply = back;
                world.servers = [(world.next_run, None), (world.next_run + 1, None)];
                world.next_run += 2;
                world.is_restored = true;
                true
            }
        };
        moved.then_some(world)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "nothing is said twice unless a person wanted it",
                |_, world: &World| world.posts <= 1 + world.presses,
            ),
            Property::always("what is said to be sent is there", |_, world: &World| {
                world.reply.state != State::Sent || world.posts > 0
            }),
            Property::always("nothing is forgotten", |_, world: &World| {
                // Whatever isn't over has somebody who goes on with it.
                let it = &world.reply;
                match it.state {
                    State::Queued => true,
                    State::InFlight => it.run.is_some(),
                    State::Unknown => true,
                    State::Held | State::Sent | State::Rejected | State::Cancelled => {
                        it.look_at.is_none() && it.run.is_none()
                    }
                }
            }),
            Property::sometimes("it is sent", |_, world: &World| {
                world.reply.state == State::Sent
            }),
            Property::sometimes("a person has to decide", |room: &Self, world: &World| {
                // Never where we choose the id.
                (world.reply.state == State::Unknown && world.reply.look_at.is_none())
                    || room.guard == Guard::ChosenId
            }),
            Property::sometimes("a second try goes out", |_, world: &World| {
                world.reply.tries > 1
            }),
            Property::sometimes("a restored reply is held", |room: &Self, world: &World| {
                world.reply.state == State::Held || !room.has_backup
            }),
        ]
    }
}

fn explore(room: Room) -> usize {
    let checker = room.checker().spawn_dfs().join();
    checker.assert_properties();
    checker.unique_state_count()
}

/// A network with two servers, of which two crash, and one whose backup is brought back.
fn explore_all(guard: Guard) {
    let crashing = Room {
        guard,
        is_slow: true,
        crashes: 2,
        has_backup: false,
    };
    let restored = Room {
        crashes: 0,
        has_backup: true,
        ..crashing.clone()
    };
    for room in [crashing, restored] {
        let states = explore(room.clone());
        println!("{room:?}: {states} states");
        assert!(states > 1000, "{room:?}: {states}");
    }
}

#[test]
fn a_network_that_guards_nothing_gets_nothing_twice() {
    explore_all(Guard::Nothing);
}

#[test]
fn a_network_that_remembers_keys_gets_nothing_twice() {
    explore_all(Guard::Key);
}

#[test]
fn a_network_that_lets_us_choose_the_id_gets_nothing_twice() {
    explore_all(Guard::ChosenId);
}

/// A network that says that it remembers keys and doesn't: it is sent something again only when
/// looking for it found nothing, so it has to show what it has.
#[test]
fn a_network_that_forgets_keys_gets_nothing_twice_as_long_as_it_shows_what_it_has() {
    let forgetful = Forgetful(Room {
        guard: Guard::Key,
        is_slow: false,
        crashes: 1,
        has_backup: false,
    });
    let checker = forgetful.checker().spawn_dfs().join();
    checker.assert_properties();
    assert!(checker.unique_state_count() > 1000);
}

struct Forgetful(Room);

impl Model for Forgetful {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        self.0.init_states()
    }

    fn actions(&self, world: &World, all: &mut Vec<Step>) {
        self.0.actions(world, all);
        // A server that stands still before its request leaves, and goes on after the look, is
        // beyond what looking can see.
        all.retain(|it| !matches!(it, Step::Bury(_)));
    }

    fn next_state(&self, before: &World, step: Step) -> Option<World> {
        let mut after = self.0.next_state(before, step)?;
        if let Step::Land(_) = step {
            after.posts = before.posts + 1;
        }
        Some(after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "nothing is said twice unless a person wanted it",
                |_, world: &World| world.posts <= 1 + world.presses,
            ),
            Property::sometimes("a second try goes out", |_, world: &World| {
                world.reply.tries > 1
            }),
        ]
    }
}
