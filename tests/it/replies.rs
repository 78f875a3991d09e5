//! Replies, from the composer to the network, which counts what it was given.

use crate::{people::founded, world::World};
use async_trait::async_trait;
use chrono::TimeDelta;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use sundown::{
    backend::{
        Error,
        connectors::{Batch, Connector, Trouble},
        ctx::Ctx,
        services::{
            backup,
            intake::receive,
            people,
            reply::{
                self,
                decide::{Decision, decide},
                deliver,
                drafts::{self, Writing},
                look, pause,
                queue::{UNDO, Wish, queue},
            },
        },
        store,
    },
    domain::{
        brand::Policies,
        case::{Case, Kind, Opening, Origin, Priority, Remedy, Status, Tone},
        customer::{Customer, Handle},
        draft::DraftKind,
        event::Actor,
        ids::{CaseId, ChannelId},
        inbound::{Author, Delivery, InboundPost},
        network::{Channel, ChannelSource, Network},
        outgoing::{Accepted, Outgoing, Sending},
        people::Place,
        person::{Role, Viewer},
        post::{Post, Visibility},
        rejection::Rejection,
        reply::{Guard, Reply, State},
        time::Instant,
    },
};

/// What the network does with the next post.
enum Mood {
    /// Takes it and says so.
    Takes,
    /// Takes it, and its answer is lost.
    TakesAndIsLost,
    /// Says this, and takes nothing.
    Says(Sending),
}

/// A network that counts.
pub struct Counting {
    guard: Guard,
    moods: Mutex<VecDeque<Mood>>,
    posts: Mutex<Vec<(Outgoing, Accepted)>>,
    ctx: Ctx,
}

impl Counting {
    fn will(&self, mood: Mood) {
        self.moods.lock().expect("moods").push_back(mood);
    }

    /// How often a text stands there.
    fn count(&self, body: &str) -> usize {
        let posts = self.posts.lock().expect("posts");
        posts.iter().filter(|it| it.0.body == body).count()
    }

    fn take(&self, outgoing: &Outgoing) -> Accepted {
        let mut posts = self.posts.lock().expect("posts");
        let accepted = Accepted {
            external_id: format!("ours-{}", posts.len()),
            published_at: self.ctx.clock.now(),
        };
        posts.push((outgoing.clone(), accepted.clone()));
        accepted
    }
}

#[async_trait]
impl Connector for Counting {
    fn guard(&self) -> Guard {
        self.guard
    }

    fn choose_id(&self, _key: &str) -> Option<String> {
        None
    }

    async fn fetch(&self, _cursor: Option<&str>) -> Result<Batch, Trouble> {
        Ok(Batch::default())
    }

    async fn post(&self, outgoing: &Outgoing) -> Sending {
        let mood = self.moods.lock().expect("moods").pop_front();
        match mood.unwrap_or(Mood::Takes) {
            Mood::Takes => Sending::Sent(self.take(outgoing)),
            Mood::TakesAndIsLost => {
                self.take(outgoing);
                Sending::Unknown("The answer was lost.".to_owned())
            }
            Mood::Says(sending) => sending,
        }
    }

    async fn look_up(&self, outgoing: &Outgoing) -> Result<Option<Accepted>, Trouble> {
        let posts = self.posts.lock().expect("posts");
        let found = posts.iter().find(|it| it.0.key == outgoing.key);
        Ok(found.map(|it| it.1.clone()))
    }

    async fn health(&self) -> Result<(), Trouble> {
        Ok(())
    }
}

/// A desk with a case that waits.
struct Room<'a> {
    world: &'a World,
    ada: Viewer,
    channel: ChannelId,
    case: CaseId,
    network: Arc<Counting>,
}

const RUN: i64 = 7;
const TEXT: &str = "We have found it and are on our way.";

impl<'a> Room<'a> {
    async fn open(world: &'a World, guard: Guard) -> Self {
        let ctx = &world.ctx;
        let ada = founded(ctx).await;
        let now = ctx.clock.now();
        let mut tx = ctx.store.write().await.expect("a change");
        let brand = store::brands::list(&mut tx)
            .await
            .expect("brands")
            .remove(0)
            .id;
        let channel = Channel {
            id: ctx.ids.next(now),
            brand,
            network: Network::Mastodon,
            handle: "parcels".to_owned(),
            source: ChannelSource::Live,
        };
        store::brands::insert_channel(&mut tx, &channel, now)
            .await
            .expect("a channel");
        tx.commit().await.expect("kept");
        let network = Arc::new(Counting {
            guard,
            moods: Mutex::default(),
            posts: Mutex::default(),
            ctx: ctx.clone(),
        });
        ctx.connectors.connect(channel.id, network.clone());
        let mut room = Self {
            world,
            ada,
            channel: channel.id,
            case: CaseId::default(),
            network,
        };
        room.case = room.complaint("grace", "My parcel is lost").await;
        room
    }

    /// Somebody complains twenty minutes ago.
    async fn complaint(&self, who: &str, text: &str) -> CaseId {
        let ctx = &self.world.ctx;
        let now = ctx.clock.now();
        let at = now - TimeDelta::minutes(20);
        let mut tx = ctx.store.write().await.expect("a change");
        let brand = store::brands::list(&mut tx)
            .await
            .expect("brands")
            .remove(0)
            .id;
        let customer = Customer {
            id: ctx.ids.next(now),
            brand,
            name: who.to_owned(),
            language: None,
        };
        let handle = Handle {
            id: ctx.ids.next(now),
            brand,
            customer: customer.id,
            network: Network::Mastodon,
            handle: who.to_owned(),
            followers: 12,
        };
        let (case, opened) = Case::open(
            Opening {
                id: ctx.ids.next(now),
                brand,
                channel: self.channel,
                network: Network::Mastodon,
                customer: customer.id,
                origin: Origin::Customer,
                kind: Kind::Complaint,
                priority: Priority::Normal,
                topic: None,
                tone: Tone::Negative,
                published_at: at,
                seen_at: at,
                reach: 12,
            },
            &Policies::default(),
            &chrono::Utc,
        );
        let post = Post {
            id: ctx.ids.next(now),
            case: Some(case.id),
            channel: self.channel,
            handle: Some(handle.id),
            author: who.to_owned(),
            by: Actor::Customer,
            visibility: Visibility::Public,
            external_id: format!("theirs-{}", case.id),
            parent_external_id: None,
            body: text.to_owned(),
            language: None,
            published_at: at,
            seen_at: at,
            version: 1,
            deleted_at: None,
        };
        store::customers::insert_all(&mut tx, &[customer], now)
            .await
            .expect("kept");
        store::customers::insert_handles(&mut tx, &[handle])
            .await
            .expect("kept");
        store::cases::save(&mut tx, &case, &[opened], now)
            .await
            .expect("kept");
        store::posts::insert_all(&mut tx, &[(brand, post)])
            .await
            .expect("kept");
        tx.commit().await.expect("kept");
        case.id
    }

    fn wish(&self, key: &str) -> Wish {
        Wish {
            case: self.case,
            visibility: Visibility::Public,
            body: TEXT.to_owned(),
            key: key.to_owned(),
            seen: 0,
            anyway: false,
            then_resolve: None,
            origin: "https://care.example".to_owned(),
        }
    }

    async fn send(&self, key: &str) -> Reply {
        queue(&self.world.ctx, &self.ada, self.wish(key))
            .await
            .expect("queued")
    }

    fn later(&self, by: TimeDelta) -> Instant {
        let clock = &self.world.ctx.clock;
        clock.set(clock.now() + by);
        clock.now()
    }

    async fn deliver(&self) -> usize {
        deliver::drain(&self.world.ctx, RUN)
            .await
            .expect("delivered")
    }

    async fn reply(&self, of: &Reply) -> Reply {
        let mut tx = self.world.ctx.store.read().await.expect("a snapshot");
        let found = store::replies::find(&mut tx, of.id)
            .await
            .expect("an answer");
        found.expect("the reply")
    }

    async fn the_case(&self) -> Case {
        let mut tx = self.world.ctx.store.read().await.expect("a snapshot");
        let found = store::cases::find(&mut tx, self.case)
            .await
            .expect("an answer");
        found.expect("the case")
    }

    /// A colleague.
    async fn femi(&self) -> Viewer {
        let place = Place::of(Role::Agent, true, Vec::new(), Vec::new());
        let (femi, _link) = people::invite(
            &self.world.ctx,
            &self.ada,
            ("Femi", "femi@example.com"),
            place,
        )
        .await
        .expect("an invitation");
        Viewer {
            person: femi.id,
            name: femi.name,
            role: Role::Agent,
            ..self.ada.clone()
        }
    }
}

fn rejection(error: Error) -> Rejection {
    match error {
        Error::Rejected(why) => why,
        other => panic!("a sentence was expected, not {other}"),
    }
}

engines! {
    async fn a_reply_answers_the_case_when_the_network_has_accepted_it(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        assert_eq!(room.deliver().await, 0, "it can still be taken back");
        assert_eq!(room.the_case().await.first_answer_at, None);
        let sent_at = room.later(UNDO);
        assert_eq!(room.deliver().await, 1);
        assert_eq!(room.network.count(TEXT), 1);
        let case = room.the_case().await;
        assert_eq!(case.first_answer_at, Some(sent_at));
        assert_eq!(case.first_public_answer_at, Some(sent_at));
        assert_eq!(case.unanswered_since, None);
        assert_eq!(case.posts, 2);
        let reply = room.reply(&reply).await;
        assert_eq!((reply.state, reply.external_id.as_deref()), (State::Sent, Some("ours-0")));
        assert_eq!(room.deliver().await, 0);
        assert_eq!(world.number("select count(*) from posts where actor = 'agent'").await, 1);
    }

    async fn pressing_send_twice_sends_once(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let (one, two) = (room.send("one").await, room.send("one").await);
        assert_eq!(one.id, two.id);
        let other = Wish { body: "Something else".to_owned(), ..room.wish("one") };
        let no = queue(&world.ctx, &room.ada, other).await.expect_err("another text");
        assert_eq!(rejection(no), Rejection::KeyUsed);
        room.later(UNDO);
        room.deliver().await;
        room.send("one").await;
        room.later(UNDO);
        room.deliver().await;
        assert_eq!(room.network.count(TEXT), 1);
    }

    async fn what_is_taken_back_in_time_never_goes_out(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        decide(&world.ctx, &room.ada, reply.id, Decision::TakeBack).await.expect("taken back");
        room.later(UNDO);
        assert_eq!(room.deliver().await, 0);
        assert_eq!(room.network.count(TEXT), 0);
        let sent = room.send("two").await;
        room.later(UNDO);
        room.deliver().await;
        let no = decide(&world.ctx, &room.ada, sent.id, Decision::TakeBack).await;
        assert_eq!(
            rejection(no.expect_err("too late")),
            Rejection::ReplyMoved("Sent".to_owned())
        );
    }

    async fn an_answer_that_was_lost_is_looked_for_and_found(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.network.will(Mood::TakesAndIsLost);
        let sent_at = room.later(UNDO);
        room.deliver().await;
        assert_eq!(room.reply(&reply).await.state, State::Unknown);
        assert_eq!(room.the_case().await.first_answer_at, None);
        assert_eq!(look::look_due(&world.ctx).await.expect("looked"), 0);
        room.later(TimeDelta::seconds(5));
        assert_eq!(look::look_due(&world.ctx).await.expect("looked"), 1);
        assert_eq!(room.reply(&reply).await.state, State::Sent);
        // By the network's clock, not by when we found it.
        assert_eq!(room.the_case().await.first_answer_at, Some(sent_at));
        assert_eq!(room.network.count(TEXT), 1);
    }

    async fn what_the_network_said_isnt_forgotten_while_the_store_is_away(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.later(UNDO);
        let claimed = deliver::claim(&world.ctx, RUN).await.expect("an answer");
        world.change("alter table replies rename to replies_away").await;
        let mut sending = std::pin::pin!(deliver::send(&world.ctx, claimed.expect("it is due")));
        let soon = std::time::Duration::from_millis(500);
        let still = tokio::time::timeout(soon, &mut sending).await;
        still.expect_err("it goes on trying");
        world.change("alter table replies_away rename to replies").await;
        sending.await.expect("settled");
        assert_eq!(room.reply(&reply).await.state, State::Sent);
        assert_eq!(room.network.count(TEXT), 1);
    }

    async fn an_answer_that_the_network_tells_first_is_counted_once(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.network.will(Mood::TakesAndIsLost);
        let sent_at = room.later(UNDO);
        room.deliver().await;
        // Nobody can tell from it which reply it is.
        let told = Delivery::Post(InboundPost {
            external_id: "ours-0".to_owned(),
            parent_external_id: Some(reply.in_reply_to.clone()),
            author: Author {
                handle: "parcels".to_owned(),
                name: "Parcels".to_owned(),
                followers: 12,
            },
            visibility: Visibility::Public,
            body: TEXT.to_owned(),
            language: None,
            mentions: Vec::new(),
            published_at: sent_at,
            version: 1,
            sent_with: None,
        });
        receive(&world.ctx, room.channel, &[told]).await.expect("taken");
        assert_eq!(room.the_case().await.posts, 2);
        room.later(TimeDelta::seconds(5));
        look::look_due(&world.ctx).await.expect("looked");
        assert_eq!(room.reply(&reply).await.state, State::Sent);
        let case = room.the_case().await;
        assert_eq!((case.posts, case.first_answer_at), (2, Some(sent_at)));
        let told = world.number("select count(*) from events where kind = 'answered'").await;
        assert_eq!(told, 1);
        let open = world.number("select count(*) from turns where answered_at is null").await;
        assert_eq!(open, 0);
    }

    async fn what_isnt_found_waits_for_a_person(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.network.will(Mood::Says(Sending::Unknown("500".to_owned())));
        room.later(UNDO);
        room.deliver().await;
        for pause in [5, 30, 120] {
            room.later(TimeDelta::seconds(pause));
            look::look_due(&world.ctx).await.expect("looked");
            room.deliver().await;
        }
        room.later(TimeDelta::days(1));
        look::look_due(&world.ctx).await.expect("looked");
        assert_eq!(room.deliver().await, 0);
        let stuck = room.reply(&reply).await;
        assert_eq!((stuck.state, stuck.look_at), (State::Unknown, None));
        decide(&world.ctx, &room.ada, reply.id, Decision::SendAgain).await.expect("again");
        room.deliver().await;
        assert_eq!(room.network.count(TEXT), 1);
        assert_eq!(room.reply(&reply).await.state, State::Sent);
    }

    async fn a_network_that_remembers_keys_is_asked_again_when_looking_finds_nothing(world: World) {
        let room = Room::open(world, Guard::Key).await;
        let reply = room.send("one").await;
        room.network.will(Mood::Says(Sending::Unknown("reset".to_owned())));
        room.later(UNDO);
        room.deliver().await;
        for pause in [5, 30, 120] {
            room.later(TimeDelta::seconds(pause));
            look::look_due(&world.ctx).await.expect("looked");
        }
        room.deliver().await;
        assert_eq!(room.network.count(TEXT), 1);
        let sent = room.reply(&reply).await;
        assert_eq!((sent.state, sent.tries), (State::Sent, 2));
    }

    async fn a_person_who_saw_it_there_settles_it(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.network.will(Mood::Says(Sending::Unknown("500".to_owned())));
        let tried_at = room.later(UNDO);
        room.deliver().await;
        room.later(TimeDelta::hours(1));
        decide(&world.ctx, &room.ada, reply.id, Decision::IsThere).await.expect("settled");
        assert_eq!(room.reply(&reply).await.state, State::Sent);
        assert_eq!(room.the_case().await.first_public_answer_at, Some(tried_at));
    }

    async fn a_refusal_says_why_and_leaves_the_case_waiting(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.network.will(Mood::Says(Sending::Rejected("It is too long.".to_owned())));
        room.later(UNDO);
        room.deliver().await;
        let refused = room.reply(&reply).await;
        assert_eq!(
            (refused.state, refused.why.as_deref()),
            (State::Rejected, Some("It is too long."))
        );
        assert!(room.the_case().await.awaits_first_answer());
        room.later(TimeDelta::hours(2));
        assert_eq!(room.deliver().await, 0);
    }

    async fn a_network_that_asks_to_wait_is_obeyed_by_everything_on_its_channel(world: World) {
        let mut room = Room::open(world, Guard::Nothing).await;
        let first = room.send("one").await;
        room.network.will(Mood::Says(Sending::Later {
            why: "Wait.".to_owned(),
            after_s: Some(600),
        }));
        room.later(UNDO);
        room.deliver().await;
        room.case = room.complaint("joan", "Where is mine?").await;
        room.send("two").await;
        room.later(TimeDelta::seconds(599));
        assert_eq!(room.deliver().await, 0);
        room.later(TimeDelta::seconds(2));
        assert_eq!(room.deliver().await, 2);
        assert_eq!(room.network.count(TEXT), 2);
        assert_eq!(room.reply(&first).await.state, State::Sent);
    }

    async fn a_paused_channel_keeps_what_is_written(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        pause::pause(&world.ctx, &room.ada, room.channel).await.expect("paused");
        room.send("one").await;
        room.later(TimeDelta::hours(1));
        assert_eq!(room.deliver().await, 0);
        pause::resume(&world.ctx, &room.ada, room.channel).await.expect("resumed");
        assert_eq!(room.deliver().await, 1);
        pause::pause(&world.ctx, &room.ada, pause::everything()).await.expect("paused");
        room.send("two").await;
        room.later(TimeDelta::hours(1));
        assert_eq!(room.deliver().await, 0);
    }

    async fn whoever_answers_second_is_asked_first(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let femi = room.femi().await;
        let mut tx = world.ctx.store.read().await.expect("a snapshot");
        let seen = store::events::last(&mut tx).await.expect("a number");
        drop(tx);
        let wish = |key: &str| Wish { seen, ..room.wish(key) };
        queue(&world.ctx, &room.ada, wish("ada")).await.expect("queued");
        let no = queue(&world.ctx, &femi, wish("femi")).await.expect_err("asked");
        assert_eq!(rejection(no), Rejection::SomebodyAnswered("Ada Lovelace".to_owned()));
        room.later(UNDO);
        room.deliver().await;
        let no = queue(&world.ctx, &femi, wish("femi")).await.expect_err("asked");
        assert_eq!(rejection(no), Rejection::SomebodyAnswered("Ada Lovelace".to_owned()));
        assert_eq!(room.network.count(TEXT), 1);
        let anyway = Wish { anyway: true, ..wish("femi") };
        queue(&world.ctx, &femi, anyway).await.expect("both know now");
        room.later(UNDO);
        room.deliver().await;
        assert_eq!(room.network.count(TEXT), 2);
    }

    async fn of_two_who_send_at_once_one_is_asked(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let femi = room.femi().await;
        let mut tx = world.ctx.store.read().await.expect("a snapshot");
        let seen = store::events::last(&mut tx).await.expect("a number");
        drop(tx);
        let wish = |key: &str| Wish { seen, ..room.wish(key) };
        let (one, two) = tokio::join!(
            queue(&world.ctx, &room.ada, wish("ada")),
            queue(&world.ctx, &femi, wish("femi")),
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
    }

    async fn what_a_dead_server_had_in_hand_is_looked_for_and_not_sent_again(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.later(UNDO);
        look::find_orphans(&world.ctx, RUN).await.expect("alive");
        let claimed = deliver::claim(&world.ctx, RUN).await.expect("claimed").expect("due");
        // It lands, and the server dies before it hears of it.
        room.network.take(&claimed.outgoing());
        let other = RUN + 1;
        assert_eq!(look::find_orphans(&world.ctx, other).await.expect("looked"), 0);
        assert_eq!(deliver::drain(&world.ctx, other).await.expect("nothing"), 0);
        room.later(TimeDelta::seconds(61));
        assert_eq!(look::find_orphans(&world.ctx, other).await.expect("looked"), 1);
        assert_eq!(room.reply(&reply).await.state, State::Unknown);
        assert_eq!(deliver::drain(&world.ctx, other).await.expect("nothing"), 0);
        room.later(TimeDelta::seconds(5));
        look::look_due(&world.ctx).await.expect("looked");
        assert_eq!(room.reply(&reply).await.state, State::Sent);
        assert_eq!(room.network.count(TEXT), 1);
    }

    async fn two_servers_send_a_queue_once(world: World) {
        let mut room = Room::open(world, Guard::Nothing).await;
        for it in 0..20 {
            room.case = room.complaint(&format!("customer{it}"), "Where is it?").await;
            room.send(&format!("key{it}")).await;
        }
        room.later(UNDO);
        let (one, two) = tokio::join!(
            deliver::drain(&world.ctx, 1),
            deliver::drain(&world.ctx, 2),
        );
        assert_eq!(one.expect("sent") + two.expect("sent"), 20);
        assert_eq!(room.network.count(TEXT), 20);
    }

    async fn our_post_that_comes_in_settles_what_nobody_knew(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let reply = room.send("one").await;
        room.network.will(Mood::Says(Sending::Unknown("reset".to_owned())));
        room.later(UNDO);
        room.deliver().await;
        let accepted = Accepted {
            external_id: "there".to_owned(),
            published_at: world.ctx.clock.now(),
        };
        for _ in 0..2 {
            let mut tx = world.ctx.store.write().await.expect("a change");
            let key = reply.id.to_string();
            let ours = reply::echo(&world.ctx, &mut tx, room.channel, &accepted, Some(&key)).await;
            assert!(ours.expect("an answer"));
            tx.commit().await.expect("kept");
        }
        assert_eq!(room.reply(&reply).await.state, State::Sent);
        assert_eq!(room.the_case().await.posts, 2);
    }

    async fn sending_and_resolving_waits_for_the_network(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let wish = Wish { then_resolve: Some(Remedy::Fixed), ..room.wish("one") };
        queue(&world.ctx, &room.ada, wish).await.expect("queued");
        assert_eq!(room.the_case().await.status, Status::Open);
        let sent_at = room.later(UNDO);
        room.deliver().await;
        let case = room.the_case().await;
        assert_eq!((case.status, case.resolved_at), (Status::Resolved, Some(sent_at)));
        assert_eq!(case.remedy, Some(Remedy::Fixed));
    }

    async fn a_post_that_was_deleted_isnt_answered_in_public(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        world.change("update posts set deleted_at = 1, body = '' where actor = 'customer'").await;
        let no = queue(&world.ctx, &room.ada, room.wish("one")).await.expect_err("gone");
        assert_eq!(rejection(no), Rejection::PostGone);
    }

    async fn a_draft_is_kept_until_it_is_sent(world: World) {
        let room = Room::open(world, Guard::Nothing).await;
        let keep = |body: &str| {
            let writing = Writing {
                case: room.case,
                kind: DraftKind::Public,
                key: "one".to_owned(),
                body: body.to_owned(),
            };
            drafts::keep(&world.ctx, &room.ada, writing)
        };
        keep("We are lo").await.expect("kept");
        keep("We are looking").await.expect("kept");
        let mut tx = world.ctx.store.read().await.expect("a snapshot");
        let kept = store::drafts::find(&mut tx, room.ada.person, room.case).await.expect("drafts");
        drop(tx);
        let kept = kept.expect("a draft");
        assert_eq!((kept.body.as_str(), kept.key.as_str()), ("We are looking", "one"));
        room.send("one").await;
        assert_eq!(world.number("select count(*) from drafts").await, 0);
    }

    async fn a_restored_backup_sends_nothing_by_itself(world: World) {
        let mut room = Room::open(world, Guard::Nothing).await;
        let sent = room.send("one").await;
        room.later(UNDO);
        room.deliver().await;
        room.case = room.complaint("joan", "Where is mine?").await;
        let waiting = room.send("two").await;
        room.case = room.complaint("ruth", "And mine?").await;
        let lost = room.send("three").await;
        room.network.will(Mood::TakesAndIsLost);
        room.later(UNDO);
        let claimed = deliver::claim(&world.ctx, RUN).await.expect("claimed").expect("due");
        deliver::send(&world.ctx, claimed).await.expect("sent");
        let file = world.path("care.backup");
        let clock = &world.ctx.clock;
        backup::back_up(&world.place, clock, &file, &mut |_| ()).await.expect("a backup");
        let mut site = world.site().await;
        site.place.key = crate::care::key_of(world);
        backup::restore(&site.place, clock, &file, &mut |_| ()).await.expect("restored");
        let again = site.open_at(clock.clone()).await;
        again.ctx.connectors.connect(room.channel, room.network.clone());
        room.later(TimeDelta::days(1));
        look::find_orphans(&again.ctx, 9).await.expect("looked");
        look::look_due(&again.ctx).await.expect("looked");
        assert_eq!(deliver::drain(&again.ctx, 9).await.expect("nothing"), 0);
        let states = again.texts("select state from replies order by id").await;
        assert_eq!(states, ["sent", "held", "held"]);
        assert!(sent.id < waiting.id && waiting.id < lost.id);
        decide(&again.ctx, &room.ada, waiting.id, Decision::SendAgain).await.expect("again");
        assert_eq!(deliver::drain(&again.ctx, 9).await.expect("sent"), 1);
        again.end().await;
    }

    async fn nobody_answers_for_a_brand_that_isnt_theirs(world: World) {
        use sundown::domain::person::Brands;
        let room = Room::open(world, Guard::Nothing).await;
        let reader = Viewer { role: Role::Viewer, ..room.ada.clone() };
        let stranger = Viewer { brands: Brands::Only(vec![1.into()]), ..room.ada.clone() };
        let reply = room.send("one").await;
        for viewer in [reader, stranger] {
            let no = queue(&world.ctx, &viewer, room.wish("two")).await;
            assert!(matches!(no, Err(Error::Missing)));
            let no = decide(&world.ctx, &viewer, reply.id, Decision::TakeBack).await;
            assert!(matches!(no, Err(Error::Missing)));
        }
    }
}
