//! The event log and the engine that follows it.

use chrono::TimeDelta;
use sundown::{
    backend::{services::demo, store},
    domain::{
        case::{Outcome, Remedy},
        event::Actor,
        ids::CaseId,
        post::Visibility,
        question::{Question, Which},
    },
};

engines! {
    async fn the_engine_hears_of_an_answer_as_soon_as_it_is_committed(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let question = Question::everything(ctx.clock.now() + TimeDelta::hours(1));
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let before = ctx.engine.snapshot(&mut tx, ctx.clock.now()).await.expect("the facts");
        let first = before.list(&question, None, Which::Waiting).first().copied().expect("somebody waits");
        drop(tx);

        let mut tx = ctx.store.write().await.expect("a change");
        let mut case = store::cases::find(&mut tx, CaseId::from(first)).await.expect("a read").expect("the case");
        let at = ctx.clock.now() + TimeDelta::minutes(5);
        let rules = Default::default();
        let mut told = vec![case.answer(at, Visibility::Public, Actor::Agent, 300, &rules)];
        told.push(case.resolve(at, Remedy::Fixed, Outcome::Claimed).expect("it was open"));
        let last = store::cases::save(&mut tx, &case, &told, at).await.expect("saved");
        tx.commit().await.expect("committed");
        assert!(last > before.number);

        let mut tx = ctx.store.read().await.expect("a snapshot");
        let after = ctx.engine.snapshot(&mut tx, ctx.clock.now()).await.expect("the facts");
        assert_eq!(after.number, last);
        let (was, is) = (before.figures(&question, None), after.figures(&question, None));
        assert_eq!(is.waiting, was.waiting - 1);
        assert_eq!(is.answered, was.answered + 1);
        assert_eq!(is.resolved, was.resolved + 1);
        assert!(!after.list(&question, None, Which::Waiting).contains(&first));
        // Filled anew from the store, an engine says the same.
        let fresh = sundown::backend::engine::Engine::new();
        let anew = fresh.snapshot(&mut tx, ctx.clock.now()).await.expect("the facts");
        assert_eq!(anew.figures(&question, None), is);
    }

    async fn a_change_that_is_not_committed_leaves_nothing_behind(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let before = store::events::last(&mut tx).await.expect("a number");
        drop(tx);
        let mut tx = ctx.store.write().await.expect("a change");
        let ids = store::events::changed_after(&mut tx, 0, before).await.expect("cases");
        let mut case = store::cases::find(&mut tx, ids[0]).await.expect("a read").expect("the case");
        let told = [case.thank(ctx.clock.now())];
        store::cases::save(&mut tx, &case, &told, ctx.clock.now()).await.expect("saved");
        drop(tx);
        let mut tx = ctx.store.read().await.expect("a snapshot");
        assert_eq!(store::events::last(&mut tx).await.expect("a number"), before);
        let kept = store::cases::find(&mut tx, ids[0]).await.expect("a read").expect("the case");
        assert_eq!(kept.posts, case.posts - 1);
    }

    async fn numbers_of_events_have_no_gaps(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let last = world.number("select last from log_head").await;
        assert!(last > 1000);
        assert_eq!(world.number("select count(*) from events").await, last);
        assert_eq!(world.number("select max(number) from events").await, last);
    }

    async fn a_case_survives_the_store_unchanged(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let mut tx = ctx.store.write().await.expect("a change");
        let last = store::events::last(&mut tx).await.expect("a number");
        let ids = store::events::changed_after(&mut tx, 0, last).await.expect("cases");
        let cases = store::cases::find_all(&mut tx, &ids).await.expect("every row makes sense");
        for case in cases.iter().take(50) {
            store::cases::save(&mut tx, case, &[], ctx.clock.now()).await.expect("saved");
        }
        let again = store::cases::find_all(&mut tx, &ids).await.expect("every row makes sense");
        assert_eq!(cases, again);
    }
}
