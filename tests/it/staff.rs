//! A member of staff, handed out and erased; what they did stays.

use crate::people::{founded, joined, visitor};
use chrono::TimeDelta;
use sundown::{
    backend::{
        Error,
        services::{
            audit::{self, Verdict},
            people::{self, switch_off},
            person::{erase_staff, export_staff},
            sessions, sign_in,
        },
    },
    domain::{
        people::Place,
        person::{Role, Viewer},
        rejection::Rejection,
    },
};

engines! {
    async fn somebody_who_left_is_erased_and_the_chain_stays_whole(world: World) {
        let ctx = &world.ctx;
        let ada = founded(ctx).await;
        let (femi, token) = joined(ctx, &ada, "quetzal", Role::Lead).await;
        let viewer = sessions::viewer(ctx, token.reveal(), &visitor()).await.expect("an answer").expect("in");
        sundown::backend::services::account::change(ctx, &viewer, "Quetzal Adeyemi", "Europe/Lisbon").await.expect("changed");
        assert!(sign_in::by_password(ctx, &visitor(), "quetzal@example.com", "wrong").await.is_err());
        let file = export_staff(ctx, "Quetzal@Example.com").await.expect("a file");
        assert_eq!((file.sign_ins.len(), file.audit.len()), (1, 4), "invited, accepted, changed, refused");
        let early = erase_staff(ctx, &ada, femi, "Asked for it").await;
        assert!(matches!(early, Err(Error::Rejected(Rejection::NotSwitchedOff))));
        switch_off(ctx, &ada, femi).await.expect("off");
        assert!(erase_staff(ctx, &ada, femi, " ").await.is_err(), "a reason is given");
        let whole = |lines| Verdict::Whole { lines };
        assert_eq!(audit::verify(ctx).await.expect("a verdict"), whole(6));
        let done = erase_staff(ctx, &ada, femi, "Asked for it").await.expect("erased");
        assert_eq!((done.name.as_str(), done.lines), ("Former colleague 1", 5));
        assert_eq!(audit::verify(ctx).await.expect("a verdict"), whole(7));
        let left = world.everything().await.join("\n").to_lowercase();
        let traces = left.lines().filter(|it| it.contains("quetzal") || it.contains("adeyemi"));
        assert_eq!(traces.collect::<Vec<_>>(), Vec::<&str>::new());
        let again = people::switch_on(ctx, &ada, femi).await;
        assert!(matches!(again, Err(Error::Rejected(Rejection::IsErased))));
        let twice = erase_staff(ctx, &ada, femi, "Asked for it").await;
        assert!(matches!(twice, Err(Error::Rejected(Rejection::IsErased))));
        assert!(people::link(ctx, &ada, femi).await.is_err());
        // The address is free for somebody new.
        let (lin, _) = joined(ctx, &ada, "quetzal", Role::Agent).await;
        switch_off(ctx, &ada, lin).await.expect("off");
        let next = erase_staff(ctx, &Viewer::operator(), lin, "Asked for it").await.expect("erased");
        assert_eq!(next.name, "Former colleague 2");
        assert!(matches!(audit::verify(ctx).await.expect("a verdict"), Verdict::Whole { .. }));
    }

    async fn a_line_that_nobody_erased_is_missed(world: World) {
        let ctx = &world.ctx;
        let ada = founded(ctx).await;
        let (femi, _) = joined(ctx, &ada, "femi", Role::Agent).await;
        switch_off(ctx, &ada, femi).await.expect("off");
        // Somebody with the database in hand does as an erasure does, but to a line of their own.
        world.change("update audit set name = 'Nobody', salts = '- - ' || substr(salts, 67) where number = 2").await;
        assert_eq!(audit::verify(ctx).await.expect("a verdict"), Verdict::Broken { number: 2 });
        erase_staff(ctx, &ada, femi, "Asked for it").await.expect("erased");
        world.change("update audit set name = 'Nobody', salts = '- - ' || substr(salts, 67) where number = 1").await;
        assert_eq!(audit::verify(ctx).await.expect("a verdict"), Verdict::Broken { number: 1 });
    }

    async fn what_changes_other_people_asks_for_the_password_again(world: World) {
        let ctx = &world.ctx;
        let ada = founded(ctx).await;
        let (femi, _) = joined(ctx, &ada, "femi", Role::Agent).await;
        ctx.clock.set(ctx.clock.now() + TimeDelta::minutes(11));
        let place = || Place::of(Role::Administrator, true, Vec::new(), Vec::new());
        let mut answers = vec![
            people::invite(ctx, &ada, ("Eve", "eve@example.com"), place()).await.map(drop),
            people::change(ctx, &ada, femi, place()).await.map(drop),
            people::switch_off(ctx, &ada, femi).await.map(drop),
            people::switch_on(ctx, &ada, femi).await.map(drop),
            people::link(ctx, &ada, femi).await.map(drop),
            people::forget_codes(ctx, &ada, femi).await,
            people::demand_codes(ctx, &ada, vec![Role::Agent]).await,
            erase_staff(ctx, &ada, femi, "Asked for it").await.map(drop),
        ];
        for answer in answers.drain(..) {
            assert!(matches!(answer, Err(Error::Rejected(Rejection::NotConfirmed))));
        }
        assert_eq!(world.number("select count(*) from audit").await, 3);
    }
}
