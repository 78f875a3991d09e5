//! What happens around a reply, and the end: told to the services, on both engines.

use crate::{
    people::{founded, visitor},
    world::World,
};
use chrono::TimeDelta;
use proptest::prelude::*;
use std::sync::atomic::{AtomicI64, Ordering};
use sundown::{
    backend::{
        Error,
        ctx::Ctx,
        services::{
            audit, notify, people, promises as list, teams,
            work::{
                self,
                assign::{self, To},
                confirm,
                ending::{self, Ending},
                hand_off, join, load, marks, notes, offers,
                promises::{self, Draft, End},
                snooze,
            },
        },
        store::{self, brands, histories},
    },
    domain::{
        brand::{Brand, Policies},
        case::{
            Ball, Case, Exclusion, Kind, Opening, Origin, Outcome, Priority, Remedy, Status, Tone,
        },
        confirm::ConfirmStep,
        customer::{Customer, Handle},
        event::{Actor, EventKind},
        history::{History, PromiseState},
        ids::{CaseId, CustomerId, PersonId, TeamId},
        network::{Channel, ChannelSource, Network},
        notice::{NoticeKind, QuietHours},
        people::Place,
        person::{Role, Standing, Viewer},
        post::{Post, Visibility},
        promise::{Alarm, earliest_open},
        promise_list::{PromiseQuery, PromiseShelf},
        rejection::Rejection,
        time::Instant,
        work::{Approval, Limit, Money},
    },
};

static NEXT: AtomicI64 = AtomicI64::new(5_000_000_000);

fn next<Id: From<i64>>() -> Id {
    NEXT.fetch_add(1, Ordering::Relaxed).into()
}

/// A desk: Ada leads it, Femi and Maya answer; two teams; a brand with a channel.
struct Desk {
    ada: Viewer,
    femi: Viewer,
    maya: Viewer,
    front: TeamId,
    bags: TeamId,
    brand: Brand,
    channel: Channel,
}

async fn desk(ctx: &Ctx) -> Desk {
    let ada = founded(ctx).await;
    let front = teams::found(ctx, &ada, "Front").await.expect("a team").id;
    let bags = teams::found(ctx, &ada, "Bags").await.expect("a team").id;
    let femi = joined(ctx, &ada, "Femi Adeyemi", front).await;
    let maya = joined(ctx, &ada, "Maya Ross", bags).await;
    let mut tx = ctx.store.write().await.expect("a change");
    let brand = brands::list(&mut tx).await.expect("brands").remove(0);
    let channel = Channel {
        id: next(),
        brand: brand.id,
        network: Network::Mastodon,
        handle: "parcels".to_owned(),
        source: ChannelSource::Live,
    };
    brands::insert_channel(&mut tx, &channel, ctx.clock.now())
        .await
        .expect("a channel");
    tx.commit().await.expect("committed");
    Desk {
        ada,
        femi,
        maya,
        front,
        bags,
        brand,
        channel,
    }
}

async fn joined(ctx: &Ctx, ada: &Viewer, name: &str, team: TeamId) -> Viewer {
    let email = format!("{}@example.com", name.replace(' ', "."));
    let place = Place::of(Role::Agent, true, Vec::new(), vec![team]);
    let (person, _) = people::invite(ctx, ada, (name, &email), place)
        .await
        .expect("an invitation");
    let mut tx = ctx.store.write().await.expect("a change");
    let mut person = person;
    person.standing = Standing::On;
    store::people::save(&mut tx, &person).await.expect("saved");
    tx.commit().await.expect("committed");
    Viewer {
        person: person.id,
        name: person.name,
        role: Role::Agent,
        teams: vec![team],
        ..ada.clone()
    }
}

/// Somebody complained so many minutes ago.
async fn complaint(ctx: &Ctx, desk: &Desk, who: &str, minutes: i64, text: &str) -> Case {
    let at = ctx.clock.now() - TimeDelta::minutes(minutes);
    let customer = Customer {
        id: next(),
        brand: desk.brand.id,
        name: who.to_owned(),
        language: Some("de".to_owned()),
    };
    let handle = Handle {
        id: next(),
        brand: desk.brand.id,
        customer: customer.id,
        network: Network::Mastodon,
        handle: format!("{}{}", who.to_lowercase(), customer.id),
        followers: 10,
    };
    let opening = opening(desk.brand.id.get(), desk.channel.id.get(), customer.id, at);
    let (case, opened) = Case::open(opening, &Policies::default(), &chrono::Utc);
    let post = post(&case, &handle, at, Actor::Customer, text);
    let history = History {
        customer,
        handles: vec![handle],
        joiners: Vec::new(),
        posts: vec![post],
        events: vec![opened],
        episodes: Vec::new(),
        turns: Vec::new(),
        promises: Vec::new(),
        hand_offs: Vec::new(),
        case: case.clone(),
    };
    let mut tx = ctx.store.write().await.expect("a change");
    histories::insert_all(&mut tx, &[history], ctx.clock.now())
        .await
        .expect("kept");
    tx.commit().await.expect("committed");
    case
}

fn opening(brand: i64, channel: i64, customer: CustomerId, at: Instant) -> Opening {
    Opening {
        id: next(),
        brand: brand.into(),
        channel: channel.into(),
        network: Network::Mastodon,
        customer,
        origin: Origin::Customer,
        kind: Kind::Complaint,
        priority: Priority::Normal,
        topic: None,
        tone: Tone::Negative,
        published_at: at,
        seen_at: at,
        reach: 10,
    }
}

fn post(case: &Case, handle: &Handle, at: Instant, by: Actor, text: &str) -> Post {
    let id = next::<sundown::domain::ids::PostId>();
    Post {
        id,
        case: Some(case.id),
        channel: case.channel,
        handle: (by == Actor::Customer).then_some(handle.id),
        author: handle.handle.clone(),
        by,
        visibility: Visibility::Public,
        external_id: format!("https://m.example/{id}"),
        parent_external_id: None,
        body: text.to_owned(),
        language: None,
        published_at: at,
        seen_at: at,
        version: 1,
        deleted_at: None,
    }
}

/// Something is written in a case, by the customer or by us.
async fn write(ctx: &Ctx, id: CaseId, by: Actor, tone: Tone, text: &str) -> Post {
    let now = ctx.clock.now();
    let mut tx = ctx.store.write().await.expect("a change");
    let mut history = histories::find(&mut tx, id)
        .await
        .expect("read")
        .expect("a case");
    let kept = history.as_kept();
    let rules = Policies::default();
    let told = match by {
        Actor::Customer => history.case.hear(now, tone, &rules),
        _ => vec![history.case.answer(now, Visibility::Public, by, 60, &rules)],
    };
    history.events.extend(told);
    let handle = history.handles[0].clone();
    let post = post(&history.case, &handle, now, by, text);
    history.posts.push(post.clone());
    histories::save(&mut tx, &history, kept, now)
        .await
        .expect("saved");
    tx.commit().await.expect("committed");
    post
}

async fn case(ctx: &Ctx, id: CaseId) -> Case {
    let mut tx = ctx.store.read().await.expect("a snapshot");
    let found = store::cases::find(&mut tx, id).await.expect("read");
    found.expect("a case")
}

/// What somebody was told, the newest first.
async fn told(ctx: &Ctx, who: &Viewer) -> Vec<NoticeKind> {
    let page = notify::page(ctx, who).await.expect("a page");
    page.notices.iter().map(|it| it.kind).collect()
}

fn no<T: std::fmt::Debug>(answer: Result<T, Error>) -> Rejection {
    match answer {
        Err(Error::Rejected(no)) => no,
        other => panic!("not a no: {other:?}"),
    }
}

fn later(ctx: &Ctx, by: TimeDelta) -> Instant {
    let at = ctx.clock.now() + by;
    ctx.clock.set(at);
    at
}

fn vow(ctx: &Ctx, what: &str, hours: i64) -> Draft {
    Draft {
        what: what.to_owned(),
        due_at: ctx.clock.now() + TimeDelta::hours(hours),
        ..Draft::default()
    }
}

fn solved() -> Ending {
    Ending {
        remedy: Remedy::Fixed,
        outcome: Outcome::Claimed,
        topic: None,
        cause: "the label came off".to_owned(),
        tone: Some(Tone::Neutral),
    }
}

fn token(link: &str) -> &str {
    link.strip_prefix("/confirm/").expect("a path")
}

engines! {
    async fn a_case_is_taken_given_and_released_and_its_clock_goes_on(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let before = complaint(ctx, &desk, "Ada", 20, "where is it").await;
        assign::take(ctx, &desk.femi, before.id).await.expect("taken");
        let panel = load::load(ctx, &desk.maya, before.id).await.expect("a panel");
        assert_eq!(panel.assignment.owner, Some(desk.femi.person));
        assert!(told(ctx, &desk.femi).await.is_empty(), "nobody is told what they did themselves");

        assign::assign(ctx, &desk.femi, before.id, To::Person(desk.maya.person)).await.expect("given");
        assert_eq!(told(ctx, &desk.maya).await, [NoticeKind::Assigned]);
        assign::assign(ctx, &desk.maya, before.id, To::Team(desk.bags)).await.expect("given");
        let panel = load::load(ctx, &desk.maya, before.id).await.expect("a panel");
        assert_eq!((panel.assignment.owner, panel.assignment.team), (None, Some(desk.bags)));
        let nobody = PersonId::from(7);
        assert_eq!(no(assign::assign(ctx, &desk.maya, before.id, To::Person(nobody)).await), Rejection::NotAWorker);

        assert_eq!(case(ctx, before.id).await, before, "no clock moves");
        let reader = Viewer { brands: sundown::domain::person::Brands::Only(Vec::new()), ..desk.femi.clone() };
        assert!(matches!(assign::take(ctx, &reader, before.id).await, Err(Error::Missing)));
        assert!(matches!(load::load(ctx, &reader, before.id).await, Err(Error::Missing)));
        audit::verify(ctx).await.expect("sealed");
    }

    async fn a_hand_off_is_offered_read_taken_and_given_back(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let before = complaint(ctx, &desk, "Ada", 20, "my bag").await;
        let id = before.id;
        assign::assign(ctx, &desk.femi, id, To::Team(desk.front)).await.expect("given");
        hand_off::offer(ctx, &desk.femi, id, desk.bags, "find the bag").await.expect("offered");
        assert_eq!(no(hand_off::offer(ctx, &desk.femi, id, desk.bags, "again").await), Rejection::HandOffOpen);
        assert_eq!(told(ctx, &desk.maya).await, [NoticeKind::HandedToUs]);
        assert_eq!(no(hand_off::accept(ctx, &desk.femi, id).await), Rejection::NoHandOff);

        later(ctx, TimeDelta::minutes(30));
        hand_off::accept(ctx, &desk.maya, id).await.expect("taken");
        let mut tx = ctx.store.read().await.expect("a snapshot");
        assert_eq!(no(hand_off::may_contact(&mut tx, id, &desk.maya).await), Rejection::PacketUnread);
        hand_off::may_contact(&mut tx, id, &desk.femi).await.expect("it was theirs before");
        drop(tx);
        assert!(load::load(ctx, &desk.maya, id).await.expect("a panel").must_read);
        later(ctx, TimeDelta::minutes(1));
        hand_off::open_packet(ctx, &desk.maya, id).await.expect("read");
        let mut tx = ctx.store.read().await.expect("a snapshot");
        hand_off::may_contact(&mut tx, id, &desk.maya).await.expect("now they may");
        drop(tx);
        let panel = load::load(ctx, &desk.maya, id).await.expect("a panel");
        let hop = &panel.hops[0];
        let dwell = hop.hop.accepted_at.map(|it| it - hop.hop.offered_at);
        assert_eq!(dwell, Some(TimeDelta::minutes(30)), "the dwell is from the offer until it is taken");
        assert_eq!(hop.ask, "find the bag");
        assert_eq!(panel.assignment.owner, Some(desk.maya.person));

        hand_off::give_back(ctx, &desk.maya, id, "not a bag at all").await.expect("returned");
        assert_eq!(told(ctx, &desk.femi).await, [NoticeKind::Returned]);
        let panel = load::load(ctx, &desk.femi, id).await.expect("a panel");
        assert_eq!((panel.assignment.owner, panel.assignment.team), (None, Some(desk.front)));
        assert_eq!(case(ctx, id).await, before, "the customer's clock never stopped");
    }

    async fn a_case_is_due_with_the_earliest_promise_still_open(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 20, "money").await.id;
        let late = promises::log(ctx, &desk.femi, id, vow(ctx, "a letter", 9)).await.expect("logged");
        let early = promises::log(ctx, &desk.femi, id, vow(ctx, "a call", 2)).await.expect("logged");
        let start = ctx.clock.now();
        assert_eq!(case(ctx, id).await.promise_due_at, Some(start + TimeDelta::hours(2)));
        let none = End::Kept(start, "  ".to_owned());
        assert_eq!(no(promises::settle(ctx, &desk.femi, early, none).await), Rejection::NoProof);
        later(ctx, TimeDelta::hours(1));
        let kept = End::Kept(ctx.clock.now(), "they picked up".to_owned());
        promises::settle(ctx, &desk.femi, early, kept.clone()).await.expect("kept");
        assert_eq!(no(promises::settle(ctx, &desk.femi, early, kept).await), Rejection::PromiseSettled);
        assert_eq!(case(ctx, id).await.promise_due_at, Some(start + TimeDelta::hours(9)), "the letter is still to come");

        let instead = End::Replaced("the printer broke".to_owned(), vow(ctx, "an e-mail", 1));
        promises::settle(ctx, &desk.femi, late, instead).await.expect("replaced");
        assert_eq!(case(ctx, id).await.promise_due_at, Some(start + TimeDelta::hours(2)));
        let panel = load::load(ctx, &desk.femi, id).await.expect("a panel");
        let states: Vec<PromiseState> = panel.promises.iter().map(|it| it.promise.state).collect();
        assert_eq!(states, [PromiseState::Withdrawn, PromiseState::Kept, PromiseState::Open]);
        assert_eq!(panel.promises[2].promise.replaces, Some(late));

        // A resolved case may still owe something; opened again, it is due with it.
        ending::resolve(ctx, &desk.femi, id, solved()).await.expect("resolved");
        let again = ending::reopen(ctx, &desk.femi, id).await.expect("reopened");
        assert_eq!(again.promise_due_at, Some(start + TimeDelta::hours(2)));
        assert_eq!(again.episode, 2);
    }

    async fn whoever_answers_for_a_promise_is_told_in_time_and_once(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 20, "money").await.id;
        let start = ctx.clock.now();
        let draft = Draft {
            owner: Some(desk.femi.person),
            team: Some(desk.bags),
            perishes_at: Some(start + TimeDelta::hours(20)),
            ..vow(ctx, "the bag", 10)
        };
        let bag = promises::log(ctx, &desk.ada, id, draft).await.expect("logged");
        for (hours, kinds) in [
            (4, vec![]),
            (5, vec![NoticeKind::DueSoon]),
            (6, vec![NoticeKind::DueSoon]),
            (8, vec![NoticeKind::DueSoon; 2]),
            (10, vec![NoticeKind::Overdue, NoticeKind::DueSoon, NoticeKind::DueSoon]),
            (11, vec![NoticeKind::Overdue, NoticeKind::DueSoon, NoticeKind::DueSoon]),
        ] {
            ctx.clock.set(start + TimeDelta::hours(hours));
            work::tick(ctx).await.expect("a tick");
            work::tick(ctx).await.expect("another");
            assert_eq!(told(ctx, &desk.femi).await, kinds, "after {hours} h");
            assert_eq!(told(ctx, &desk.maya).await, kinds, "her team does it");
        }
        ctx.clock.set(start + TimeDelta::hours(21));
        work::tick(ctx).await.expect("a tick");
        let panel = load::load(ctx, &desk.femi, id).await.expect("a panel");
        assert_eq!(panel.promises[0].promise.state, PromiseState::Broken);
        assert_eq!(panel.promises[0].promise.settled_at, Some(start + TimeDelta::hours(20)), "when it perished, not when this looked");
        assert_eq!(told(ctx, &desk.femi).await[0], NoticeKind::PromiseBroken);
        assert_eq!(case(ctx, id).await.promise_due_at, None);
        assert_eq!(no(promises::settle(ctx, &desk.femi, bag, End::Broken).await), Rejection::PromiseSettled);

        let call = promises::log(ctx, &desk.femi, id, vow(ctx, "a call", 3)).await.expect("logged");
        let kept = End::Kept(ctx.clock.now(), "receipt 7".to_owned());
        promises::settle(ctx, &desk.femi, call, kept).await.expect("kept");
        later(ctx, TimeDelta::hours(24));
        work::tick(ctx).await.expect("a tick");
        work::tick(ctx).await.expect("another");
        let asked = told(ctx, &desk.femi).await.into_iter().filter(|it| *it == NoticeKind::DidItArrive).count();
        assert_eq!(asked, 1);

        let page = list::page(ctx, &desk.femi, PromiseQuery::default()).await.expect("a list");
        assert_eq!(page.on_time, (1, 2), "the call was kept, the bag never came");
        let broken = PromiseQuery { shelf: Some(PromiseShelf::Broken), team: Some(desk.bags), owner: None };
        let page = list::page(ctx, &desk.femi, broken).await.expect("a list");
        assert_eq!(page.lines.len(), 1);
        let (rows, text) = list::csv(ctx, &desk.femi, broken).await.expect("a file");
        let text = String::from_utf8(text).expect("text");
        assert_eq!(rows, 1);
        assert!(text.contains("the bag") && text.lines().count() == 2, "{text}");
    }

    async fn a_snooze_never_stops_the_customers_clock(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let before = complaint(ctx, &desk, "Ada", 1, "hello").await;
        let id = before.id;
        let until = ctx.clock.now() + TimeDelta::days(2);
        assert_eq!(no(snooze::snooze(ctx, &desk.femi, id, ctx.clock.now(), "later").await), Rejection::Past);
        snooze::snooze(ctx, &desk.femi, id, until, "waiting for the depot").await.expect("put aside");
        assert_eq!(case(ctx, id).await, before);
        work::tick(ctx).await.expect("a tick");
        assert!(load::load(ctx, &desk.femi, id).await.expect("a panel").assignment.snooze.is_some());

        later(ctx, TimeDelta::minutes(1));
        write(ctx, id, Actor::Customer, Tone::Negative, "anybody there?").await;
        let panel = load::load(ctx, &desk.femi, id).await.expect("a panel");
        assert_eq!(panel.assignment.snooze, None, "the customer wrote");
        work::tick(ctx).await.expect("a tick");
        assert_eq!(world.number("select count(*) from case_work where snoozed_until is not null").await, 0);
        assert_eq!(world.number("select count(*) from events where kind = 'woken'").await, 1);

        snooze::snooze(ctx, &desk.femi, id, ctx.clock.now() + TimeDelta::days(9), "later").await.expect("put aside");
        let due = case(ctx, id).await.due_at.expect("something is due");
        ctx.clock.set(due);
        work::tick(ctx).await.expect("a tick");
        assert_eq!(world.number("select count(*) from events where kind = 'woken'").await, 2, "something fell due");
    }

    async fn notes_stay_in_the_house_and_keep_what_they_said(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 20, "hello").await.id;
        notes::write(ctx, &desk.femi, id, "@Maya can you look?").await.expect("noted");
        assert_eq!(told(ctx, &desk.maya).await, [NoticeKind::Mentioned]);
        let note = load::load(ctx, &desk.maya, id).await.expect("a panel").notes.remove(0);
        let theirs = notes::change(ctx, &desk.maya, id, note.id, "mine now").await;
        assert!(matches!(theirs, Err(Error::Missing)), "nobody changes another's note");
        notes::change(ctx, &desk.femi, id, note.id, "@Maya Ross, please look").await.expect("changed");
        let note = load::load(ctx, &desk.maya, id).await.expect("a panel").notes.remove(0);
        assert_eq!((note.body.as_str(), note.version), ("@Maya Ross, please look", 2));
        assert_eq!(note.earlier, ["@Maya can you look?"]);
        assert_eq!(told(ctx, &desk.maya).await.len(), 1, "she is called once");
        assert_eq!(world.number("select count(*) from events where body like '%look%'").await, 0, "the log carries no words");
    }

    async fn an_offer_beyond_the_limit_waits_for_somebody_else(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 20, "money").await.id;
        let sum = |minor| Some(Money { minor, currency: "EUR".to_owned() });
        offers::name(ctx, &desk.femi, id, false, Remedy::Explained, ("why it happened", None)).await.expect("wanted");
        let small = offers::name(ctx, &desk.femi, id, true, Remedy::Goodwill, ("a voucher", sum(5_000))).await.expect("offered");
        assert_eq!(small.approval, Approval::Free);
        assert!(load::load(ctx, &desk.femi, id).await.expect("a panel").mismatch, "a voucher isn't an explanation");
        let large = offers::name(ctx, &desk.femi, id, true, Remedy::Compensated, ("", sum(5_001))).await.expect("offered");
        assert_eq!(large.approval, Approval::Asked);
        assert_eq!(told(ctx, &desk.ada).await, [NoticeKind::ApprovalWanted]);
        assert_eq!(no(offers::decide(ctx, &desk.maya, id, large.id, (true, "")).await), Rejection::BeyondLimit);
        offers::decide(ctx, &desk.ada, id, large.id, (true, "fair")).await.expect("decided");
        assert_eq!(no(offers::decide(ctx, &desk.ada, id, large.id, (false, "")).await), Rejection::Decided);
        assert_eq!(told(ctx, &desk.femi).await, [NoticeKind::Decided]);

        offers::set_limit(ctx, &desk.ada, Limit { role: Role::Administrator, most: sum(100) }).await.expect("set");
        let own = offers::name(ctx, &desk.ada, id, true, Remedy::Goodwill, ("", sum(200))).await.expect("offered");
        assert_eq!(no(offers::decide(ctx, &desk.ada, id, own.id, (true, "")).await), Rejection::NeedsAnother);
    }

    async fn two_cases_become_one_and_two_again(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let old = complaint(ctx, &desk, "Ada", 60, "my parcel is lost").await;
        let new = complaint(ctx, &desk, "Ada", 20, "still lost").await;
        later(ctx, TimeDelta::minutes(1));
        write(ctx, new.id, Actor::Agent, Tone::Neutral, "we look").await;
        promises::log(ctx, &desk.femi, new.id, vow(ctx, "a call", 2)).await.expect("logged");
        notes::write(ctx, &desk.femi, new.id, "a note").await.expect("noted");
        let (was_old, was_new) = (case(ctx, old.id).await, case(ctx, new.id).await);
        // The younger one is named first: the older one stays all the same.
        let merged = join::merge(ctx, &desk.femi, new.id, old.id).await.expect("merged");
        assert_eq!(merged.id, old.id, "the older clock counts");
        assert_eq!(merged.opened_at, old.opened_at);
        assert_eq!(merged.first_answer_at, was_new.first_answer_at);
        assert_eq!(merged.unanswered_since, was_old.unanswered_since, "the first complaint still waits");
        assert_eq!(merged.promise_due_at, was_new.promise_due_at);
        let gone = case(ctx, new.id).await;
        assert!(matches!(gone.excluded, Some((_, Exclusion::Merged))));
        let panel = load::load(ctx, &desk.femi, old.id).await.expect("a panel");
        assert_eq!((panel.posts.len(), panel.promises.len(), panel.notes.len()), (3, 1, 1));
        assert_eq!(load::load(ctx, &desk.femi, new.id).await.expect("a panel").merged_into, Some(old.id));
        assert_eq!(no(join::merge(ctx, &desk.femi, new.id, old.id).await), Rejection::NotMergeable);

        let join = panel.joins[0].id;
        join::undo(ctx, &desk.femi, join).await.expect("undone");
        assert_eq!((case(ctx, old.id).await, case(ctx, new.id).await), (was_old, was_new));
        assert_eq!(load::load(ctx, &desk.femi, new.id).await.expect("a panel").promises.len(), 1);
        assert_eq!(no(join::undo(ctx, &desk.femi, join).await), Rejection::NotUndoable);

        join::merge(ctx, &desk.femi, old.id, new.id).await.expect("merged");
        let join = load::load(ctx, &desk.femi, old.id).await.expect("a panel").joins[0].id;
        later(ctx, TimeDelta::hours(25));
        assert_eq!(no(join::undo(ctx, &desk.femi, join).await), Rejection::NotUndoable);
    }

    async fn posts_are_split_off_and_come_back(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 60, "my parcel is lost").await.id;
        later(ctx, TimeDelta::minutes(5));
        write(ctx, id, Actor::Agent, Tone::Neutral, "we look").await;
        later(ctx, TimeDelta::minutes(5));
        let other = write(ctx, id, Actor::Customer, Tone::Negative, "and your app is broken").await;
        let before = case(ctx, id).await;
        let first = load::load(ctx, &desk.femi, id).await.expect("a panel").posts[0].id;
        assert_eq!(no(join::split(ctx, &desk.femi, id, &[first]).await), Rejection::NotSplittable);
        let new = join::split(ctx, &desk.femi, id, &[other.id]).await.expect("split");
        assert_eq!(new.opened_at, other.published_at);
        assert_eq!(new.unanswered_since, Some(other.published_at), "it waits from its own first post");
        let left = case(ctx, id).await;
        assert_eq!((left.posts, left.unanswered_since, left.ball), (2, None, Ball::Customer));
        assert_eq!(left.first_answer_at, before.first_answer_at);
        let join = load::load(ctx, &desk.femi, id).await.expect("a panel").joins[0].id;
        join::undo(ctx, &desk.femi, join).await.expect("undone");
        assert_eq!(case(ctx, id).await, before);
        assert_eq!(load::load(ctx, &desk.femi, id).await.expect("a panel").posts.len(), 3);
        assert!(matches!(case(ctx, new.id).await.excluded, Some((_, Exclusion::Merged))));
    }

    async fn two_accounts_are_suggested_as_one_person_and_merged_by_hand(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let one = complaint(ctx, &desk, "Ben", 60, "my suitcase is still missing after the lisbon flight").await;
        let two = complaint(ctx, &desk, "Ben", 30, "suitcase missing since the lisbon flight, still").await;
        let three = complaint(ctx, &desk, "Ben", 20, "do you sell gift cards?").await;
        let panel = load::load(ctx, &desk.femi, one.id).await.expect("a panel");
        let same: Vec<CustomerId> = panel.same.iter().map(|it| it.customer).collect();
        assert_eq!(same, [two.customer], "a namesake who writes of something else is left alone");
        assert_eq!(case(ctx, two.id).await.customer, two.customer, "never by itself");
        join::merge_people(ctx, &desk.femi, one.id, two.customer).await.expect("merged");
        assert_eq!(case(ctx, two.id).await.customer, one.customer);
        let panel = load::load(ctx, &desk.femi, one.id).await.expect("a panel");
        assert_eq!(panel.siblings.len(), 1);
        join::undo(ctx, &desk.femi, panel.joins[0].id).await.expect("undone");
        assert_eq!(case(ctx, two.id).await.customer, two.customer);
        assert_eq!(case(ctx, three.id).await.customer, three.customer);
    }

    async fn what_needs_no_answer_waits_no_longer(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let thanks = complaint(ctx, &desk, "Ada", 20, "ok").await.id;
        let done = ending::no_answer(ctx, &desk.femi, thanks, false).await.expect("said");
        assert_eq!((done.unanswered_since, done.ball), (None, Ball::Nobody));
        assert_eq!(done.outcome, Some(Outcome::NotActionable));
        assert!(done.excluded.is_none(), "it still counts");
        assert_eq!(no(ending::no_answer(ctx, &desk.femi, thanks, false).await), Rejection::NothingWaits);
        let spam = complaint(ctx, &desk, "Bot", 20, "buy now").await.id;
        let done = ending::no_answer(ctx, &desk.femi, spam, true).await.expect("said");
        assert!(matches!(done.excluded, Some((_, Exclusion::Spam))));
        let later_turn = complaint(ctx, &desk, "Ben", 20, "help").await.id;
        later(ctx, TimeDelta::minutes(1));
        write(ctx, later_turn, Actor::Agent, Tone::Neutral, "here").await;
        later(ctx, TimeDelta::minutes(1));
        write(ctx, later_turn, Actor::Customer, Tone::Neutral, "fine").await;
        let done = ending::no_answer(ctx, &desk.femi, later_turn, false).await.expect("said");
        assert_eq!((done.status, done.unanswered_since), (Status::Open, None));
    }

    async fn a_bad_actor_needs_a_second_opinion_and_an_end(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let before = complaint(ctx, &desk, "Troll", 20, "…").await;
        let id = before.id;
        marks::suggest(ctx, &desk.femi, id, "threatens people", 30).await.expect("said");
        assert_eq!(case(ctx, id).await, before, "nothing follows yet");
        assert_eq!(no(marks::agree(ctx, &desk.femi, id).await), Rejection::NeedsAnother);
        let agreed = marks::agree(ctx, &desk.maya, id).await.expect("agreed");
        assert!(matches!(agreed.excluded, Some((_, Exclusion::BadActor))));
        let lifted = marks::lift(ctx, &desk.maya, id).await.expect("lifted");
        assert_eq!((lifted.excluded, lifted.unanswered_since), (None, Some(before.opened_at)));
        marks::suggest(ctx, &desk.femi, id, "again", 1).await.expect("said");
        later(ctx, TimeDelta::days(2));
        assert_eq!(load::load(ctx, &desk.femi, id).await.expect("a panel").mark, None, "it ends by itself");
    }

    async fn the_customer_has_the_last_word(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 20, "broken").await.id;
        assign::take(ctx, &desk.femi, id).await.expect("taken");
        assert_eq!(no(confirm::ask(ctx, &desk.femi, id).await), Rejection::NotResolved);
        let resolved = ending::resolve(ctx, &desk.femi, id, solved()).await.expect("resolved");
        assert_eq!((resolved.outcome, resolved.tone_first, resolved.tone_last), (Some(Outcome::Claimed), Tone::Negative, Tone::Neutral));
        let link = confirm::ask(ctx, &desk.femi, id).await.expect("asked");
        assert_eq!(no(confirm::ask(ctx, &desk.femi, id).await), Rejection::AskedAlready);
        let before = case(ctx, id).await;
        let page = confirm::page(ctx, token(&link)).await.expect("a page");
        assert_eq!((page.step, page.language.as_deref()), (ConfirmStep::Asked, Some("de")));
        assert_eq!(case(ctx, id).await, before, "looking says nothing");
        let mut bent = token(&link).to_owned();
        bent.replace_range(20..21, if &bent[20..21] == "A" { "B" } else { "A" });
        for wrong in ["", "x", bent.as_str(), &token(&link)[..30]] {
            assert!(matches!(confirm::page(ctx, wrong).await, Err(Error::Missing)), "{wrong}");
        }

        confirm::answer(ctx, &visitor(), token(&link), true, "danke").await.expect("yes");
        let yes = case(ctx, id).await;
        assert_eq!((yes.outcome, yes.confirmed_at), (Some(Outcome::Confirmed), Some(ctx.clock.now())));
        assert_eq!(told(ctx, &desk.femi).await, [NoticeKind::CustomerSpoke]);

        later(ctx, TimeDelta::minutes(30));
        confirm::answer(ctx, &visitor(), token(&link), false, "").await.expect("no after all");
        let disputed = case(ctx, id).await;
        assert_eq!((disputed.status, disputed.episode, disputed.confirmed_at), (Status::Open, 2, None));
        assert_eq!(disputed.opened_at, before.opened_at, "the clock is intact");
        assert!(disputed.unanswered_since.is_some());
        confirm::answer(ctx, &visitor(), token(&link), true, "").await.expect("yes after all");
        let yes = case(ctx, id).await;
        assert_eq!((yes.outcome, yes.remedy, yes.disputed_at), (Some(Outcome::Confirmed), Some(Remedy::Fixed), None));
        later(ctx, TimeDelta::minutes(31));
        assert_eq!(no(confirm::answer(ctx, &visitor(), token(&link), false, "").await), Rejection::Decided);
        let panel = load::load(ctx, &desk.femi, id).await.expect("a panel");
        assert_eq!(panel.answer.map(|it| (it.is_solved, it.said)), Some((true, "danke".to_owned())));

        let post = write(ctx, id, Actor::Customer, Tone::Positive, "they fixed it!").await;
        let panel = load::load(ctx, &desk.femi, id).await.expect("a panel");
        let may: Vec<_> = panel.posts.iter().filter(|it| it.may_thank).map(|it| it.id).collect();
        assert_eq!(may, [post.id]);
        let won = ending::thanks(ctx, &desk.femi, id, post.id).await.expect("a win");
        assert_eq!(won.thanked_at, Some(post.published_at));
        assert_eq!(world.number("select count(*) from confirmation_key where key_sealed like '%.%.%'").await, 1);
        later(ctx, TimeDelta::days(14));
        assert!(matches!(confirm::page(ctx, token(&link)).await, Err(Error::Missing)), "its time is over");
    }

    async fn whoever_stays_silent_for_a_week_lets_it_lapse(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 20, "broken").await.id;
        ending::resolve(ctx, &desk.femi, id, solved()).await.expect("resolved");
        let link = confirm::ask(ctx, &desk.femi, id).await.expect("asked");
        later(ctx, TimeDelta::days(7) - TimeDelta::seconds(1));
        work::tick(ctx).await.expect("a tick");
        assert_eq!(case(ctx, id).await.outcome, Some(Outcome::Claimed));
        later(ctx, TimeDelta::seconds(1));
        work::tick(ctx).await.expect("a tick");
        work::tick(ctx).await.expect("another");
        assert_eq!(case(ctx, id).await.outcome, Some(Outcome::Lapsed));
        assert_eq!(world.number("select count(*) from events where kind = 'lapsed'").await, 1);
        confirm::answer(ctx, &visitor(), token(&link), false, "no!").await.expect("late, but theirs");
        assert_eq!(case(ctx, id).await.status, Status::Open);
    }

    async fn one_address_cant_try_links_out(world: World) {
        let ctx = &world.ctx;
        founded(ctx).await;
        for _ in 0..60 {
            let tried = confirm::answer(ctx, &visitor(), "nothing", true, "").await;
            assert!(matches!(tried, Err(Error::Missing)));
        }
        let no = no(confirm::answer(ctx, &visitor(), "nothing", true, "").await);
        assert!(matches!(no, Rejection::TooManyAttempts(_)));
    }

    async fn quiet_hours_hold_the_count_back_and_lose_nothing(world: World) {
        let ctx = &world.ctx;
        let desk = desk(ctx).await;
        let id = complaint(ctx, &desk, "Ada", 20, "hello").await.id;
        assign::assign(ctx, &desk.femi, id, To::Person(desk.maya.person)).await.expect("given");
        assert_eq!(notify::count(ctx, &desk.maya).await.expect("a count"), 1);
        // It is two in the afternoon in Berlin.
        let hours = QuietHours { from_minute: 14 * 60, until_minute: 15 * 60, wants_mail: false };
        notify::set_quiet(ctx, &desk.maya, hours).await.expect("set");
        assert_eq!(notify::count(ctx, &desk.maya).await.expect("a count"), 0);
        assert_eq!(notify::page(ctx, &desk.maya).await.expect("a page").unread, 1);
        later(ctx, TimeDelta::hours(1));
        assert_eq!(notify::count(ctx, &desk.maya).await.expect("a count"), 1);
        let other = notify::page(ctx, &desk.maya).await.expect("a page").notices[0].id;
        notify::read(ctx, &desk.femi, Some(other)).await.expect("nothing of theirs");
        assert_eq!(notify::count(ctx, &desk.maya).await.expect("a count"), 1, "nobody reads for another");
        notify::read(ctx, &desk.maya, None).await.expect("read");
        assert_eq!(notify::count(ctx, &desk.maya).await.expect("a count"), 0);
    }
}

/// One step of a case's working day.
#[derive(Clone, Debug)]
enum Step {
    Snooze(i64),
    HandOff,
    Assign,
    Note,
    Promise(i64),
    Keep(usize),
    Break(usize),
    Withdraw(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1i64..500).prop_map(Step::Snooze),
        Just(Step::HandOff),
        Just(Step::Assign),
        Just(Step::Note),
        (1i64..500).prop_map(Step::Promise),
        (0usize..6).prop_map(Step::Keep),
        (0usize..6).prop_map(Step::Break),
        (0usize..6).prop_map(Step::Withdraw),
    ]
}

proptest! {
    #[test]
    fn no_work_among_colleagues_stops_a_clock(steps in prop::collection::vec(step(), 0..30)) {
        let rules = Policies::default();
        let start = World::noon();
        let (mut case, _) = Case::open(opening(1, 1, 1.into(), start), &rules, &chrono::Utc);
        let waiting = case.unanswered_since;
        let mut promises: Vec<sundown::domain::history::Promise> = Vec::new();
        let response = case.due_at;
        for (minute, step) in steps.into_iter().enumerate() {
            let now = start + TimeDelta::minutes(i64::try_from(minute).expect("few"));
            let place = |at: usize, all: usize| (all > 0).then(|| at % all.max(1));
            match step {
                Step::Snooze(minutes) => {
                    let told = case.snooze(now, now + TimeDelta::minutes(minutes)).expect("open");
                    let is_snoozed = matches!(told.kind, EventKind::Snoozed { .. });
                    prop_assert!(is_snoozed);
                }
                Step::HandOff => {
                    case.offer_to(now, "Bags");
                    case.taken_by(now, "Bags");
                    case.read_by(now, "Bags");
                    case.returned_by(now, "Bags");
                }
                Step::Assign => drop(case.assign(now, Some(7.into()), None)),
                Step::Note => drop(case.note(now)),
                Step::Promise(minutes) => {
                    let due_at = now + TimeDelta::minutes(minutes);
                    case.promise(now, "it".to_owned(), due_at, &rules);
                    promises.push(promise(now, due_at));
                }
                Step::Keep(at) | Step::Break(at) | Step::Withdraw(at) => {
                    let Some(at) = place(at, promises.len()) else { continue };
                    let settled = match step {
                        Step::Keep(_) => promises[at].keep(now, "seen"),
                        Step::Break(_) => promises[at].break_it(now),
                        _ => promises[at].withdraw(now),
                    };
                    let next = earliest_open(&promises);
                    match (settled, &step) {
                        (Err(no), _) => prop_assert_eq!(no, Rejection::PromiseSettled),
                        (Ok(()), Step::Withdraw(_)) => drop(case.withdraw_promise(now, next, &rules)),
                        (Ok(()), _) => drop(case.settle_promise(now, true, next, &rules)),
                    }
                }
            }
            prop_assert_eq!(case.unanswered_since, waiting);
            prop_assert_eq!(case.promise_due_at, earliest_open(&promises));
            let due = case.due_at.expect("something is always due");
            prop_assert!(response.is_none_or(|it| due <= it));
        }
    }

    #[test]
    fn alarms_only_ever_rise_while_a_promise_is_open(minutes in prop::collection::vec(0i64..200, 1..20)) {
        let start = World::noon();
        let promise = promise(start, start + TimeDelta::minutes(100));
        let mut minutes = minutes;
        minutes.sort_unstable();
        let alarms: Vec<Alarm> = minutes.iter().map(|it| promise.alarm(start + TimeDelta::minutes(*it))).collect();
        prop_assert!(alarms.is_sorted());
        for (minute, alarm) in minutes.iter().zip(&alarms) {
            let expected = match minute {
                ..50 => Alarm::Quiet,
                50..80 => Alarm::Half,
                80..100 => Alarm::Most,
                _ => Alarm::Overdue,
            };
            prop_assert_eq!(*alarm, expected);
        }
    }
}

fn promise(at: Instant, due_at: Instant) -> sundown::domain::history::Promise {
    sundown::domain::history::Promise {
        id: next(),
        brand: 1.into(),
        case: 1.into(),
        what: "it".to_owned(),
        promised_by: "Femi".to_owned(),
        fulfiller: "Femi".to_owned(),
        promised_at: at,
        due_at,
        perishes_at: None,
        proof: None,
        state: PromiseState::Open,
        settled_at: None,
        replaces: None,
    }
}
