//! Triage suggests, is corrected, learns, and forgets whom it has to forget.

use crate::{
    figures::shared,
    labelled::{complaints_cold, complaints_learned, heard, labelled, left_out},
    world::World,
};
use leptos::prelude::*;
use std::{collections::HashMap, fmt::Write, ops::ControlFlow};
use sundown::{
    backend::{
        Error,
        ctx::Ctx,
        services::{
            archive::{self, Archive},
            audit, person,
            triage::{self, Desk, Learned},
        },
        store,
    },
    domain::{
        case::{Case, Kind, Priority, Tone},
        correction::Judgement,
        ids::{BrandId, CaseId, PostId},
        person::{Brands, Viewer},
        triage::{Model, Verdict},
    },
    ui::inbox::triage::TriagePanel,
};

const HEADER: &str =
    "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n";

/// Sixty cases of a desk whose customers say “moin” when pleased and “schnack” when they ask.
async fn desk(world: &World) -> Vec<CaseId> {
    let mut text = HEADER.to_owned();
    for row in 0..60 {
        let says = if row % 2 == 0 { "Moin moin" } else { "Schnack" };
        let (post, answer) = (1000 + 2 * row, 1001 + 2 * row);
        let minute = row % 60;
        writeln!(
            text,
            "{post},guest{row},True,Tue Oct 31 22:{minute:02}:00 +0000 2017,{says} tram {row},,\n\
             {answer},TramCare,False,Tue Oct 31 23:{minute:02}:00 +0000 2017,We look,,{post}"
        )
        .expect("room");
    }
    let archive = Archive::of("archive.csv", std::io::Cursor::new(text.into_bytes()));
    archive::import_twcs(
        &world.ctx,
        archive,
        None,
        500,
        |_| ControlFlow::Continue(()),
    )
    .await
    .expect("an archive");
    let ids = world
        .texts("select cast(case_id as text) from posts where actor = 'customer' order by published_at, id")
        .await;
    ids.iter().map(|it| it.parse().expect("an id")).collect()
}

async fn case(ctx: &Ctx, id: CaseId) -> Case {
    let mut tx = ctx.store.read().await.expect("a snapshot");
    let found = store::cases::find(&mut tx, id).await.expect("a look");
    found.expect("the case")
}

async fn brand(ctx: &Ctx) -> BrandId {
    let mut tx = ctx.store.read().await.expect("a snapshot");
    store::brands::list(&mut tx).await.expect("brands")[0].id
}

async fn judge(ctx: &Ctx, text: &str) -> Verdict {
    let mut tx = ctx.store.read().await.expect("a snapshot");
    let desk = Desk::of(ctx, &mut tx, brand(ctx).await)
        .await
        .expect("a desk");
    desk.judge(text)
}

fn said(kind: Kind, tone: Tone) -> Judgement {
    Judgement {
        kind,
        tone,
        priority: Priority::Normal,
        topic: None,
    }
}

async fn correct(world: &World, id: CaseId, to: &Judgement) {
    triage::correct(&world.ctx, &Viewer::operator(), id, to)
        .await
        .expect("corrected");
}

/// The team says what its customers mean.
async fn teach(world: &World, cases: &[CaseId]) {
    for (place, id) in cases.iter().enumerate() {
        let to = if place % 2 == 0 {
            said(Kind::Praise, Tone::Positive)
        } else {
            said(Kind::Question, Tone::Neutral)
        };
        correct(world, *id, &to).await;
    }
}

engines! {
    async fn a_correction_changes_the_case_and_is_on_record(world: World) {
        let ids = desk(world).await;
        let ctx = &world.ctx;
        let events = world.number("select count(*) from events").await;
        correct(world, ids[0], &said(Kind::Praise, Tone::Positive)).await;
        let praise = case(ctx, ids[0]).await;
        assert_eq!((praise.kind, praise.tone_first), (Kind::Praise, Tone::Positive));
        assert!(praise.excluded.is_some());
        assert_eq!(world.number("select count(*) from events").await, events + 2);
        assert_eq!(world.number("select count(*) from events where kind = 'corrected'").await, 1);
        assert_eq!(world.number("select count(*) from audit where action = 'case.corrected'").await, 1);
        assert!(matches!(audit::verify(ctx).await, Ok(audit::Verdict::Whole { .. })));
        // Saying that it is right so is a lesson, and changes nothing.
        correct(world, ids[0], &praise.judgement()).await;
        assert_eq!(world.number("select count(*) from events").await, events + 2);
        assert_eq!(world.number("select count(*) from triage_corrections").await, 2);
        // And back: as if nothing had been.
        correct(world, ids[0], &said(Kind::Question, Tone::Neutral)).await;
        assert_eq!(case(ctx, ids[0]).await.excluded, None);
    }

    async fn nobody_corrects_what_they_do_not_see(world: World) {
        let ids = desk(world).await;
        let stranger = Viewer { brands: Brands::Only(vec![BrandId::from(7)]), ..Viewer::operator() };
        let to = said(Kind::Noise, Tone::Neutral);
        let no = triage::correct(&world.ctx, &stranger, ids[0], &to).await;
        assert!(matches!(no, Err(Error::Missing)), "{no:?}");
        assert!(matches!(triage::view(&world.ctx, &stranger, ids[0]).await, Err(Error::Missing)));
        let elsewhere = Judgement { topic: Some("no-such-topic".to_owned()), ..to };
        let no = triage::correct(&world.ctx, &Viewer::operator(), ids[0], &elsewhere).await;
        assert!(matches!(no, Err(Error::Unusable(_))), "{no:?}");
        assert_eq!(world.number("select count(*) from triage_corrections").await, 0);
    }

    async fn what_the_team_corrects_is_learned_and_kept_only_when_it_helps(world: World) {
        let ids = desk(world).await;
        let ctx = &world.ctx;
        assert_ne!(judge(ctx, "Moin moin bus").await.kind.value, Kind::Praise);
        teach(world, &ids[..10]).await;
        assert_eq!(triage::retrain(ctx, false).await.expect("a look"), Learned::NotYet { new: 10 });
        teach(world, &ids).await;
        let Learned::Tried(first) = triage::retrain(ctx, false).await.expect("a try") else {
            panic!("it is enough to learn from");
        };
        assert!(first.kept && first.held_out > 3, "{first:?}");
        assert_eq!((first.version, first.lessons + first.held_out), (1, 60));
        let moin = judge(ctx, "Moin moin bus").await;
        assert_eq!((moin.kind.value, moin.tone.value), (Kind::Praise, Tone::Positive));
        assert!(moin.kind.reasons.iter().any(|it| it.stands_for == "learned from corrections"));
        assert_eq!(triage::retrain(ctx, true).await.expect("a look"), Learned::NotYet { new: 0 });
        // Another server finds it.
        let other = Ctx::new(ctx.store.clone(), ctx.clock.clone(), ctx.vault.clone());
        triage::refresh(&other).await.expect("taken up");
        assert_eq!(other.triage.model(), ctx.triage.model());
        // Somebody says of the posts that are learned from what those that are held out deny.
        let posts = world.texts("select case_id || ' ' || id from posts where actor = 'customer'").await;
        let posts: HashMap<CaseId, PostId> = posts
            .iter()
            .filter_map(|it| it.split_once(' '))
            .map(|(case, post)| (case.parse().expect("a case"), post.parse().expect("a post")))
            .collect();
        for id in ids.iter().step_by(2).filter(|it| !triage::is_held_out(posts[it])) {
            correct(world, *id, &said(Kind::Noise, Tone::Negative)).await;
        }
        let Learned::Tried(second) = triage::retrain(ctx, false).await.expect("a try") else {
            panic!("it is enough to learn from");
        };
        assert!(!second.kept && second.score < second.score_before, "{second:?}");
        assert_eq!(ctx.triage.model().version, 1);
        assert_eq!(judge(ctx, "Moin moin bus").await.kind.value, Kind::Praise);
    }

    async fn an_erased_person_has_taught_nothing(world: World) {
        let ids = desk(world).await;
        let ctx = &world.ctx;
        teach(world, &ids).await;
        triage::retrain(ctx, false).await.expect("a try");
        assert_eq!(ctx.triage.model().version, 1);
        let who = person::Who { name: "guest4".to_owned(), brand: None };
        person::erase(ctx, &who).await.expect("erased");
        assert_eq!(world.number("select count(*) from triage_corrections").await, 59);
        assert_eq!(world.number("select count(*) from triage_models where body <> '' or kept = 1").await, 0);
        assert_eq!(ctx.triage.model().version, 0);
        let Learned::Tried(again) = triage::retrain(ctx, false).await.expect("a try") else {
            panic!("what is left is enough to learn from");
        };
        assert!(again.kept);
        assert_eq!((again.version, again.lessons + again.held_out), (2, 59));
        assert_eq!(judge(ctx, "Moin moin bus").await.kind.value, Kind::Praise);
    }

    async fn a_model_that_cannot_be_read_is_none(world: World) {
        let ids = desk(world).await;
        teach(world, &ids).await;
        triage::retrain(&world.ctx, false).await.expect("a try");
        world.change("update triage_models set body = 'torn'").await;
        let fresh = Ctx::new(world.ctx.store.clone(), world.ctx.clock.clone(), world.ctx.vault.clone());
        triage::refresh(&fresh).await.expect("a look");
        assert_eq!(fresh.triage.model().words(), 0);
    }

    async fn the_panel_says_why_and_lets_agents_put_it_right(world: World) {
        let ids = desk(world).await;
        world.change("update posts set body = 'Tram cancelled & no one answers <b>' where actor = 'customer'").await;
        let html = async |viewer: &Viewer| {
            let triage = triage::view(&world.ctx, viewer, ids[0]).await.expect("a view");
            let back = format!("/cases/{}", ids[0]);
            Owner::new().with(|| view! { <TriagePanel triage back /> }.to_html())
        };
        let page = html(&Viewer::operator()).await;
        assert!(page.contains("no one answers") && page.contains("nobody answers"), "{page}");
        assert!(page.contains("Complaint") && page.contains("% sure"), "{page}");
        assert!(page.contains("action=\"/fn/sundown/server_fns/triage/correct_triage\""), "{page}");
        assert!(!page.contains("<b>'"), "{page}");
        let reader = Viewer { role: sundown::domain::person::Role::Viewer, ..Viewer::operator() };
        assert!(!html(&reader).await.contains("<form"));
        world.change("update posts set body = ''").await;
        assert!(html(&reader).await.contains("says nothing any more"));
    }
}

#[test]
fn tones_agree_with_people_who_were_never_asked() {
    let Some(file) = shared("airline_sentiment/Tweets.csv.gz") else {
        return;
    };
    let posts = heard(&file);
    for post in posts.iter().step_by(20) {
        let kind = Model::default().judge(&post.text, &[]).kind;
        let words = kind.reasons.iter().filter_map(|it| it.words.as_deref());
        assert!(
            words.into_iter().all(|it| post.text.contains(it)),
            "{kind:?} of a {} post",
            post.tone
        );
    }
    for (corrections, least) in [(0, 0.66), (1000, 0.69), (3000, 0.71)] {
        let reached = left_out(&posts, corrections, 1);
        println!("macro-F1 of tones after {corrections} corrections: {reached:.3}");
        assert!(reached >= least, "{reached:.3} after {corrections}");
    }
}

#[test]
fn complaints_are_found_as_people_found_them() {
    let files = ["airlines", "telecom"]
        .map(|it| shared(&format!("complaint_labels/{it}_set1_finalLabels.csv")));
    let [Some(airlines), Some(telecom)] = files else {
        return;
    };
    let posts = labelled(&[&airlines, &telecom]);
    let (cold, learned) = (complaints_cold(&posts), complaints_learned(&posts));
    println!("F1 of complaints: {cold:.3} cold, {learned:.3} learned");
    assert!(cold >= 0.66, "{cold:.3}");
    assert!(learned >= 0.70, "{learned:.3}");
}
