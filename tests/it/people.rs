//! People, from the first start to the last sign-in.

use chrono::TimeDelta;
use sundown::{
    backend::{
        Error,
        ctx::Ctx,
        services::{
            account, audit, demo, links,
            people::{self, change, invite, switch_off},
            secrets::Token,
            sessions,
            setup::{self, Founding},
            sign_in::{self, SignedIn},
        },
        store::{self, Store},
    },
    domain::{
        ids::PersonId,
        people::Place,
        person::{Brands, Role, Viewer, Visitor},
        rejection::Rejection,
    },
};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "sextant lamp orchard";
const OTHER: &str = "harbour violin thistle";

pub fn visitor() -> Visitor {
    Visitor {
        address: "192.0.2.7".to_owned(),
        browser: "a test".to_owned(),
    }
}

/// Sets up Sundown with Ada as its administrator.
pub async fn founded(ctx: &Ctx) -> Viewer {
    let link = setup::offer(ctx)
        .await
        .expect("an offer")
        .expect("nobody is there");
    let token = setup::found(ctx, &visitor(), link.reveal(), &founding())
        .await
        .expect("a founding");
    seen(ctx, &token).await.expect("Ada is in")
}

fn founding() -> Founding {
    Founding {
        name: "Ada Lovelace".to_owned(),
        email: "Ada@Example.com".to_owned(),
        password: PASSWORD.to_owned(),
        organisation: "Parcel Care".to_owned(),
        brand: "Parcels & Co".to_owned(),
        zone: "Europe/Berlin".to_owned(),
    }
}

async fn seen(ctx: &Ctx, token: &Token) -> Option<Viewer> {
    sessions::viewer(ctx, token.reveal(), &visitor())
        .await
        .expect("an answer")
}

async fn sign_in(ctx: &Ctx, email: &str, password: &str) -> Result<SignedIn, String> {
    let done = sign_in::by_password(ctx, &visitor(), email, password).await;
    done.map_err(|no| no.to_string())
}

fn place(role: Role) -> Place {
    Place::of(role, true, Vec::new(), Vec::new())
}

/// Invites somebody and lets them choose the usual password.
pub async fn joined(ctx: &Ctx, ada: &Viewer, name: &str, role: Role) -> (PersonId, Token) {
    let email = format!("{name}@example.com");
    let (person, link) = invite(ctx, ada, (name, &email), place(role))
        .await
        .expect("an invitation");
    let done = links::take(ctx, &visitor(), link.reveal(), (PASSWORD, PASSWORD)).await;
    let done = done.expect("a way in");
    (person.id, done.token().clone())
}

async fn execute(ctx: &Ctx, sql: &'static str) {
    match &ctx.store {
        Store::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(drop),
        Store::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(drop),
    }
    .expect("a change behind Sundown's back");
}

engines! {
    async fn a_setup_link_makes_one_administrator_once(world: World) {
        let ctx = &world.ctx;
        let old = setup::offer(ctx).await.expect("an offer").expect("nobody is there");
        let link = setup::offer(ctx).await.expect("an offer").expect("nobody is there");
        let gone = setup::found(ctx, &visitor(), old.reveal(), &founding()).await;
        assert!(matches!(gone, Err(Error::Missing)), "a newer link ends the older");
        let weak = Founding { password: "parcelcare123".to_owned(), ..founding() };
        let no = setup::found(ctx, &visitor(), link.reveal(), &weak).await;
        assert!(matches!(no, Err(Error::Rejected(Rejection::PasswordWeak(_)))));

        let token = setup::found(ctx, &visitor(), link.reveal(), &founding()).await.expect("a founding");
        let ada = seen(ctx, &token).await.expect("she is in at once");
        assert_eq!((ada.role, ada.zone.as_str()), (Role::Administrator, "Europe/Berlin"));
        let again = setup::found(ctx, &visitor(), link.reveal(), &founding()).await;
        assert!(matches!(again, Err(Error::Missing)), "a link works once");
        assert!(setup::offer(ctx).await.expect("an answer").is_none());
        assert_eq!(world.texts("select key || ' ' || zone from brands").await, ["parcels-co Europe/Berlin"]);
    }

    async fn a_setup_link_lives_for_an_hour(world: World) {
        let ctx = &world.ctx;
        let link = setup::offer(ctx).await.expect("an offer").expect("nobody is there");
        ctx.clock.set(ctx.clock.now() + TimeDelta::minutes(60));
        let late = setup::found(ctx, &visitor(), link.reveal(), &founding()).await;
        assert!(matches!(late, Err(Error::Missing)));
    }

    async fn whoever_is_unknown_hears_the_same_as_whoever_is_wrong(world: World) {
        let ctx = &world.ctx;
        founded(ctx).await;
        let wrong = sign_in(ctx, "ada@example.com", "not her password").await.err();
        assert_eq!(wrong, Some(Rejection::WrongPassword.to_string()));
        for email in ["nobody@example.com", "no address", ""] {
            assert_eq!(sign_in(ctx, email, PASSWORD).await.err(), wrong, "{email}");
        }
        assert!(sign_in(ctx, " ADA@example.com ", PASSWORD).await.is_ok());
    }

    async fn attempts_are_limited_even_after_a_restart(world: World) {
        founded(&world.ctx).await;
        for _ in 0..5 {
            assert!(sign_in(&world.ctx, "ada@example.com", "wrong").await.is_err());
        }
        let restarted = &Ctx::new(world.ctx.store.clone(), world.ctx.clock.clone(), world.ctx.vault.clone());
        restarted.clock.set(restarted.clock.now() + TimeDelta::seconds(70));
        let no = sign_in(restarted, "ada@example.com", PASSWORD).await.err();
        assert_eq!(no.as_deref(), Some("Too many attempts. Try again in 4 minutes."));
        restarted.clock.set(restarted.clock.now() + TimeDelta::minutes(4));
        assert!(sign_in(restarted, "ada@example.com", PASSWORD).await.is_ok());
    }

    async fn one_address_cannot_try_all_accounts(world: World) {
        let ctx = &world.ctx;
        founded(ctx).await;
        for number in 0..30 {
            let email = format!("somebody{number}@example.com");
            assert_eq!(sign_in(ctx, &email, "x").await.err(), Some(Rejection::WrongPassword.to_string()));
        }
        let no = sign_in(ctx, "ada@example.com", PASSWORD).await.err().expect("a no");
        assert!(no.starts_with("Too many attempts"), "{no}");
    }

    async fn a_sign_in_ends_when_it_is_not_used_and_after_a_week(world: World) {
        let ctx = &world.ctx;
        founded(ctx).await;
        let begin = ctx.clock.now();
        let idle = sign_in(ctx, "ada@example.com", PASSWORD).await.expect("in").token().clone();
        ctx.clock.set(begin + TimeDelta::hours(12) - TimeDelta::seconds(1));
        assert!(seen(ctx, &idle).await.is_some());
        // Marked beside the answer; written here to be sure of it.
        let mut tx = ctx.store.write().await.expect("a change");
        let id = seen(ctx, &idle).await.and_then(|it| it.session).expect("a sign-in");
        store::sessions::seen(&mut tx, id, ctx.clock.now()).await.expect("marked");
        tx.commit().await.expect("committed");
        for hours in 1..14 {
            ctx.clock.set(begin + TimeDelta::hours(12 * hours));
            let mut tx = ctx.store.write().await.expect("a change");
            store::sessions::seen(&mut tx, id, ctx.clock.now()).await.expect("marked");
            tx.commit().await.expect("committed");
            assert!(seen(ctx, &idle).await.is_some(), "used every twelve hours");
        }
        ctx.clock.set(begin + TimeDelta::days(7));
        assert!(seen(ctx, &idle).await.is_none(), "a week is the end");
        let other = sign_in(ctx, "ada@example.com", PASSWORD).await.expect("in").token().clone();
        ctx.clock.set(ctx.clock.now() + TimeDelta::hours(12));
        assert!(seen(ctx, &other).await.is_none(), "twelve hours unused are the end");
    }

    async fn an_invitation_works_once_and_for_a_week(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (_, link) = invite(ctx, ada, ("Femi", "femi@example.com"), place(Role::Agent)).await.expect("an invitation");
        assert!(sign_in(ctx, "femi@example.com", PASSWORD).await.is_err(), "not yet");
        let differ = links::take(ctx, &visitor(), link.reveal(), (PASSWORD, OTHER)).await;
        assert!(matches!(differ, Err(Error::Rejected(Rejection::PasswordsDiffer))));
        let done = links::take(ctx, &visitor(), link.reveal(), (PASSWORD, PASSWORD)).await.expect("in");
        assert_eq!(seen(ctx, done.token()).await.expect("in").role, Role::Agent);
        let again = links::take(ctx, &visitor(), link.reveal(), (OTHER, OTHER)).await;
        assert!(matches!(again, Err(Error::Missing)));
        let (_, late) = invite(ctx, ada, ("Lin", "lin@example.com"), place(Role::Agent)).await.expect("an invitation");
        let twice = invite(ctx, ada, ("Femi", "FEMI@example.com"), place(Role::Agent)).await;
        assert!(matches!(twice, Err(Error::Rejected(Rejection::EmailTaken(_)))));
        ctx.clock.set(ctx.clock.now() + TimeDelta::days(7));
        assert!(matches!(links::open(ctx, late.reveal()).await, Err(Error::Missing)));
    }

    async fn a_link_of_one_purpose_opens_no_other_door(world: World) {
        let ctx = &world.ctx;
        let link = setup::offer(ctx).await.expect("an offer").expect("nobody is there");
        assert!(matches!(links::open(ctx, link.reveal()).await, Err(Error::Missing)));
        let ada = &founded(ctx).await;
        let (_, link) = invite(ctx, ada, ("Femi", "femi@example.com"), place(Role::Agent)).await.expect("an invitation");
        assert!(matches!(setup::look(ctx, link.reveal()).await, Err(Error::Missing)));
    }

    async fn a_new_password_by_a_link_ends_every_sign_in(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (femi, before) = joined(ctx, ada, "femi", Role::Agent).await;
        let (_, link) = people::link(ctx, ada, femi).await.expect("a link");
        assert!(seen(ctx, &before).await.is_some(), "making a link does nothing by itself");
        let after = links::take(ctx, &visitor(), link.reveal(), (OTHER, OTHER)).await.expect("in");
        assert!(seen(ctx, &before).await.is_none());
        assert!(seen(ctx, after.token()).await.is_some());
        assert!(sign_in(ctx, "femi@example.com", PASSWORD).await.is_err());
    }

    async fn whoever_may_less_is_signed_out_at_once(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (femi, token) = joined(ctx, ada, "femi", Role::Lead).await;
        change(ctx, ada, femi, place(Role::Lead)).await.expect("nothing changes");
        assert!(seen(ctx, &token).await.is_some());
        change(ctx, ada, femi, place(Role::Viewer)).await.expect("a change");
        assert!(seen(ctx, &token).await.is_none());
        let token = sign_in(ctx, "femi@example.com", PASSWORD).await.expect("in").token().clone();
        switch_off(ctx, ada, femi).await.expect("off");
        assert!(seen(ctx, &token).await.is_none());
        assert!(sign_in(ctx, "femi@example.com", PASSWORD).await.is_err());
        people::switch_on(ctx, ada, femi).await.expect("on");
        assert!(sign_in(ctx, "femi@example.com", PASSWORD).await.is_ok());
        let none = Place::of(Role::Agent, false, Vec::new(), Vec::new());
        let no = change(ctx, ada, femi, none).await;
        assert!(matches!(no, Err(Error::Rejected(Rejection::NoBrand))));
    }

    async fn the_last_administrator_stays(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let last = |done: Result<_, Error>| matches!(done, Err(Error::Rejected(Rejection::LastAdministrator)));
        assert!(last(switch_off(ctx, ada, ada.person).await));
        assert!(last(change(ctx, ada, ada.person, place(Role::Lead)).await));
        let (_, link) = invite(ctx, ada, ("Lin", "lin@example.com"), place(Role::Administrator)).await.expect("an invitation");
        assert!(last(switch_off(ctx, ada, ada.person).await), "an invitation is nobody yet");
        links::take(ctx, &visitor(), link.reveal(), (PASSWORD, PASSWORD)).await.expect("in");
        switch_off(ctx, ada, ada.person).await.expect("somebody else is there now");
    }

    async fn a_code_works_once_and_so_does_a_recovery_code(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (secret, _) = account::begin_codes(ctx, ada).await.expect("a secret");
        let app = Builder::new().with_secret(Secret::try_from_base32(&secret).expect("base32")).build_noncompliant();
        let code = || app.generate(ctx.clock.now().timestamp() as u64).to_string();
        let (recovery, token) = account::finish_codes(ctx, ada, &visitor(), (&secret, &code())).await.expect("on");
        assert!(seen(ctx, &token).await.is_some());

        let half = async || match sign_in(ctx, "ada@example.com", PASSWORD).await.expect("half in") {
            SignedIn::Half(token) => token,
            SignedIn::Whole(_) => panic!("a code is needed"),
        };
        let first = half().await;
        assert!(seen(ctx, &first).await.is_none(), "half in is not in");
        let used = sign_in::by_code(ctx, &visitor(), first.reveal(), &code()).await;
        assert!(matches!(used, Err(Error::Rejected(Rejection::WrongCode))), "the code of the setup is used up");
        ctx.clock.set(ctx.clock.now() + TimeDelta::seconds(30));
        let whole = sign_in::by_code(ctx, &visitor(), first.reveal(), &code()).await.expect("in");
        assert!(seen(ctx, &whole).await.is_some());
        assert!(matches!(sign_in::by_code(ctx, &visitor(), first.reveal(), &code()).await, Err(Error::Missing)));

        let spoken = recovery[0].to_uppercase();
        sign_in::by_code(ctx, &visitor(), half().await.reveal(), &spoken).await.expect("in");
        let again = sign_in::by_code(ctx, &visitor(), half().await.reveal(), &spoken).await;
        assert!(matches!(again, Err(Error::Rejected(Rejection::WrongCode))));
        let late = half().await;
        ctx.clock.set(ctx.clock.now() + TimeDelta::minutes(5));
        let late = sign_in::by_code(ctx, &visitor(), late.reveal(), &code()).await;
        assert!(matches!(late, Err(Error::Missing)), "five minutes to find the phone");
    }

    async fn what_protects_an_account_needs_the_password_again(world: World) {
        let ctx = &world.ctx;
        founded(ctx).await;
        let token = sign_in(ctx, "ada@example.com", PASSWORD).await.expect("in").token().clone();
        ctx.clock.set(ctx.clock.now() + TimeDelta::minutes(10));
        let ada = &seen(ctx, &token).await.expect("in");
        let no = account::change_password(ctx, ada, &visitor(), (OTHER, OTHER)).await;
        assert!(matches!(no, Err(Error::Rejected(Rejection::NotConfirmed))));
        let no = account::confirm(ctx, ada, &visitor(), "wrong").await;
        assert!(matches!(no, Err(Error::Rejected(Rejection::NotYourPassword))));
        account::confirm(ctx, ada, &visitor(), PASSWORD).await.expect("her password");
        let ada = &seen(ctx, &token).await.expect("in");
        let after = account::change_password(ctx, ada, &visitor(), (OTHER, OTHER)).await.expect("changed");
        assert!(seen(ctx, &token).await.is_none(), "the token changes");
        assert!(seen(ctx, &after).await.is_some());
    }

    async fn a_role_may_need_codes(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (_, token) = joined(ctx, ada, "femi", Role::Lead).await;
        assert!(!seen(ctx, &token).await.expect("in").owes_codes);
        people::demand_codes(ctx, ada, vec![Role::Lead]).await.expect("saved");
        assert!(seen(ctx, &token).await.expect("in").owes_codes);
    }

    async fn nobody_ends_the_sign_in_of_somebody_else(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (_, token) = joined(ctx, ada, "femi", Role::Agent).await;
        let femi = &seen(ctx, &token).await.expect("in");
        let hers = ada.session.expect("a sign-in");
        assert!(matches!(account::end_session(ctx, femi, hers).await, Err(Error::Missing)));
        account::end_session(ctx, ada, hers).await.expect("her own");
    }

    async fn the_people_of_the_demo_stay_in_the_demo(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        demo::people::fill(ctx).await.expect("its people");
        demo::people::fill(ctx).await.expect("once");
        assert_eq!(world.number("select count(*) from people").await, 3);
        assert!(setup::is_needed(ctx).await.expect("an answer"), "none of them is an administrator");
        let ingrid = demo::people::viewer(ctx, Some(Role::Administrator), &visitor()).await.expect("an answer").expect("she is there");
        let (_, link) = invite(ctx, &ingrid, ("Eve", "eve@example.com"), place(Role::Administrator)).await.expect("in the demo");
        let no = links::take(ctx, &visitor(), link.reveal(), (PASSWORD, PASSWORD)).await;
        assert!(matches!(no, Err(Error::Missing)), "whom the demo invites it keeps");
        assert!(sign_in(ctx, "ingrid@sundown.invalid", "").await.is_err());
        let mut tx = ctx.store.write().await.expect("a change");
        let token = sessions::begin(ctx, &mut tx, &visitor(), ingrid.person, false).await.expect("forced");
        tx.commit().await.expect("committed");
        assert!(seen(ctx, &token).await.is_none());
    }

    async fn the_audit_log_names_the_first_line_that_was_changed(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (femi, _) = joined(ctx, ada, "femi", Role::Agent).await;
        switch_off(ctx, ada, femi).await.expect("off");
        let verdict = async || audit::verify(ctx).await.expect("a verdict");
        let lines = world.number("select count(*) from audit").await;
        assert_eq!(verdict().await, audit::Verdict::Whole { lines });
        let told = world.texts("select action || ' ' || name from audit order by number").await;
        assert_eq!(told, [
            "organisation.founded Ada Lovelace", "person.invited Ada Lovelace",
            "invitation.accepted femi", "person.switched_off Ada Lovelace",
        ]);
        execute(ctx, "update audit set subject = 'x' where number = 2").await;
        assert_eq!(verdict().await, audit::Verdict::Broken { number: 2 });
        execute(ctx, "delete from audit where number = 2").await;
        assert_eq!(verdict().await, audit::Verdict::Broken { number: 2 });
        execute(ctx, "delete from audit where number > 1").await;
        assert_eq!(verdict().await, audit::Verdict::Broken { number: 2 }, "what was cut off is missed");
    }

    async fn lines_of_the_audit_log_stay_in_order_when_many_write(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let all = (0..20).map(|number| {
            let (ctx, ada) = (ctx.clone(), ada.clone());
            tokio::spawn(async move {
                let email = format!("person{number}@example.com");
                invite(&ctx, &ada, ("Somebody", &email), place(Role::Agent)).await.expect("an invitation");
            })
        });
        for one in all.collect::<Vec<_>>() {
            one.await.expect("it ends");
        }
        assert_eq!(audit::verify(ctx).await.expect("a verdict"), audit::Verdict::Whole { lines: 21 });
    }

    async fn no_secret_is_kept_as_it_is(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let (_, link) = invite(ctx, ada, ("Femi", "femi@example.com"), place(Role::Agent)).await.expect("an invitation");
        let token = sign_in(ctx, "ada@example.com", PASSWORD).await.expect("in").token().clone();
        let mut kept = world.texts("select token from sessions").await;
        kept.extend(world.texts("select token from links").await);
        kept.extend(world.texts("select coalesce(password, '') from people").await);
        kept.extend(world.texts("select before || after || subject || name from audit").await);
        for secret in [link.reveal(), token.reveal(), PASSWORD] {
            assert!(kept.iter().all(|it| !it.contains(secret)));
        }
        assert!(kept.contains(&link.hash()) && kept.contains(&token.hash()));
    }

    async fn brands_of_a_person_survive_the_store(world: World) {
        let ctx = &world.ctx;
        let ada = &founded(ctx).await;
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let brand = store::brands::list(&mut tx).await.expect("brands")[0].id;
        drop(tx);
        let some = Place::of(Role::Lead, false, vec![brand], Vec::new());
        let (person, _) = invite(ctx, ada, ("Femi", "femi@example.com"), some).await.expect("an invitation");
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let kept = store::people::find(&mut tx, person.id).await.expect("a read").expect("him");
        assert_eq!(kept, person);
        assert_eq!(kept.brands, Brands::Only(vec![brand]));
    }
}
