//! Rules with versions: what a change does, and what it leaves as it was.

use crate::world::World;
use chrono::{Datelike, TimeDelta};
use std::{io::Cursor, ops::ControlFlow};
use sundown::{
    backend::{
        Error,
        engine::Engine,
        services::{
            archive::{self, Archive},
            demo,
            settings::{
                self, holidays,
                policies::{self, Changed},
            },
        },
        store,
    },
    domain::{
        figures::Figures,
        forms::Form,
        person::Viewer,
        question::{Clock, Question},
        settings::{
            PolicySection,
            policies::{PolicyPage, PolicyPreview, VersionState},
        },
        time::{Bounds, Instant},
    },
};

/// A brand's page of rules, as its fields are filled.
async fn page(world: &World, section: PolicySection) -> PolicyPage {
    let form = settings::fields("brand=fairlark");
    policies::page(&world.ctx, &Viewer::operator(), section, &form)
        .await
        .expect("a page")
}

/// The page's form with some fields changed.
async fn form(world: &World, section: PolicySection, fields: &[(&str, &str)]) -> Form {
    let mut form = page(world, section).await.form;
    for (name, value) in fields {
        form.set(*name, *value);
    }
    form
}

async fn change(world: &World, section: PolicySection, fields: &[(&str, &str)]) -> Changed {
    let form = form(world, section, fields).await;
    policies::change(&world.ctx, &Viewer::operator(), section, &form)
        .await
        .expect("an answer")
}

fn refused(changed: Changed) -> PolicyPreview {
    match changed {
        Changed::Refused(preview) => *preview,
        Changed::Saved(version) => panic!("saved as {version}"),
    }
}

/// Figures of everything and of the last week, by both clocks, as known at an instant.
async fn figures(world: &World, engine: &Engine, as_of: Instant) -> Vec<Figures> {
    let mut tx = world.ctx.store.read().await.expect("a snapshot");
    let now = world.ctx.clock.now();
    let snapshot = engine.snapshot(&mut tx, now).await.expect("the facts");
    let mut figures = Vec::new();
    for clock in [Clock::Calendar, Clock::Business] {
        for bounds in [
            Bounds::ALWAYS,
            Bounds::between(as_of - TimeDelta::days(7), as_of),
        ] {
            let question = Question {
                bounds,
                clock,
                ..Question::everything(as_of)
            };
            figures.push(snapshot.figures(&question, None));
        }
    }
    figures
}

/// An archive of one brand: a question at a minute of the 3rd of July 2026, answered after `wait`.
fn archive(id: u64, minute: i64, wait: i64) -> String {
    let at = |minute: i64| {
        format!(
            "Fri Jul 03 {:02}:{:02}:00 +0000 2026",
            minute / 60,
            minute % 60
        )
    };
    format!(
        "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n\
         {id},ada,True,{},Where is my kettle,,\n{},fairlark,False,{},On its way,,{id}\n",
        at(minute),
        id + 1,
        at(minute + wait)
    )
}

async fn import(world: &World, text: String) {
    let archive = Archive::of("archive.csv", Cursor::new(text.into_bytes()));
    archive::import_twcs(&world.ctx, archive, None, archive::CHUNK_ROWS, |_| {
        ControlFlow::Continue(())
    })
    .await
    .expect("an archive");
}

const HOLIDAYS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
    BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas Day\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261226\r\nSUMMARY:Boxing Day\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nDTSTART:20261231T160000Z\r\nDTEND:20261231T220000Z\r\nSUMMARY:New Year's Eve\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

engines! {
    async fn changing_the_rules_leaves_every_old_figure_as_it_was(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let (now, earlier) = (ctx.clock.now(), ctx.clock.now() - TimeDelta::days(3));
        let before = (figures(world, &ctx.engine, now).await, figures(world, &ctx.engine, earlier).await);
        let targets = change(world, PolicySection::Targets, &[("first", "1 min"), ("next", "2 min")]).await;
        assert_eq!(targets, Changed::Saved(2));
        let sundown = change(world, PolicySection::Sundown, &[("at", "09:00"), ("off.fri", "on")]).await;
        assert_eq!(sundown, Changed::Saved(3));
        let hours = [("day.mon", ""), ("day.tue", "22:00–06:00"), ("day.wed", "08:00–24:00"), ("day.thu", ""), ("day.fri", "")];
        assert_eq!(change(world, PolicySection::Calendar, &hours).await, Changed::Saved(4));
        // The one that knew it before, and one that reads everything anew.
        for engine in [ctx.engine.as_ref(), &Engine::new()] {
            let after = (figures(world, engine, now).await, figures(world, engine, earlier).await);
            assert_eq!(after, before);
        }
        // From now on other hours count: who waited over a closed night waits on.
        let later = now + TimeDelta::days(1);
        ctx.clock.set(later);
        let business = figures(world, &ctx.engine, later).await.remove(2);
        let unchanged = World::on_sqlite().await;
        demo::fill(&unchanged.ctx).await.expect("the demo");
        unchanged.ctx.clock.set(later);
        let other = figures(&unchanged, &unchanged.ctx.engine, later).await.remove(2);
        assert_ne!(business, other);
        unchanged.end().await;
    }

    async fn a_case_is_due_by_the_rules_of_its_time(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        // From noon of the 3rd of July by the desk's clock, which is an hour ahead of UTC.
        let later = [("first", "10 min"), ("solved", "1 d"), ("since", "2026-07-03T12:00")];
        assert_eq!(change(world, PolicySection::Targets, &later).await, Changed::Saved(2));
        let hours = [("day.fri", "13:00–14:00"), ("since", "2026-07-03T12:00")];
        assert_eq!(change(world, PolicySection::Calendar, &hours).await, Changed::Saved(3));
        ctx.clock.set("2026-07-05T00:00:00Z".parse().expect("an instant"));
        // An hour before the change, just before it, and an hour after.
        import(world, archive(100, 10 * 60, 5)).await;
        import(world, archive(200, 10 * 60 + 50, 60)).await;
        import(world, archive(300, 12 * 60, 5)).await;
        let told = world.texts(
            "select c.target_s || ' ' || c.resolution_target_s || ' ' || c.first_answer_business_s
             from posts p join cases c on c.id = p.case_id
             where p.external_id in ('100', '200', '300') order by p.external_id",
        ).await;
        // The second was answered an hour later, but the desk closed after ten minutes of it.
        assert_eq!(told, ["900 172800 300", "900 172800 600", "600 86400 300"]);
    }

    async fn two_who_change_at_once_hear_of_each_other(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let hers = form(world, PolicySection::Sundown, &[("at", "17:30")]).await;
        let his = form(world, PolicySection::Sundown, &[("at", "19:00")]).await;
        let ctx = &world.ctx;
        let first = policies::change(ctx, &Viewer::operator(), PolicySection::Sundown, &hers).await.expect("an answer");
        assert_eq!(first, Changed::Saved(2));
        let second = policies::change(ctx, &Viewer::operator(), PolicySection::Sundown, &his).await.expect("an answer");
        let preview = refused(second.clone());
        assert_eq!(preview.newer, ["Sundown: 17:30 instead of 18:00."]);
        // The browser goes back to what he typed, with what she changed.
        let address = policies::address_after(PolicySection::Sundown, &his, &second);
        let (path, search) = address.split_once('?').expect("a query");
        assert_eq!(path, "/settings/rules/sundown");
        let again = policies::page(ctx, &Viewer::operator(), PolicySection::Sundown, &settings::fields(search)).await.expect("a page");
        assert_eq!(again.form.get("at"), "19:00");
        assert_eq!(again.preview.newer.len(), 1);
        let third = policies::change(ctx, &Viewer::operator(), PolicySection::Sundown, &again.form).await.expect("an answer");
        assert_eq!(third, Changed::Saved(3));
        assert_eq!(world.number("select count(*) from policies").await, 4);
    }

    async fn many_at_once_make_one_version_each_or_none(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let mut tasks = Vec::new();
        for minute in 10..16 {
            let draft = form(world, PolicySection::Sundown, &[("at", &format!("17:{minute}"))]).await;
            let ctx = ctx.clone();
            tasks.push(tokio::spawn(async move { policies::change(&ctx, &Viewer::operator(), PolicySection::Sundown, &draft).await }));
        }
        let mut saved = 0;
        for task in tasks {
            let changed = task.await.expect("no panic").expect("an answer");
            saved += usize::from(changed == Changed::Saved(2));
        }
        assert_eq!(saved, 1);
    }

    async fn a_version_can_begin_later_and_be_replaced_before_it_does(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let later = [("at", "17:00"), ("since", "2026-07-10T00:00")];
        assert_eq!(change(world, PolicySection::Sundown, &later).await, Changed::Saved(2));
        let states = |page: PolicyPage| page.versions.iter().map(|it| it.state).collect::<Vec<_>>();
        let listed = states(page(world, PolicySection::Sundown).await);
        assert_eq!(listed, [VersionState::Scheduled, VersionState::InForce]);
        let draft = form(world, PolicySection::Sundown, &[("at", "16:00")]).await;
        let preview = policies::preview(&world.ctx, &Viewer::operator(), PolicySection::Sundown, &draft).await.expect("a preview");
        assert_eq!(preview.replaces, Some(2));
        assert_eq!(change(world, PolicySection::Sundown, &[("at", "16:00")]).await, Changed::Saved(3));
        let listed = states(page(world, PolicySection::Sundown).await);
        assert_eq!(listed, [VersionState::InForce, VersionState::NeverBegan, VersionState::Past]);
    }

    async fn nothing_is_changed_for_the_past_or_by_half(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let past = [("at", "17:00"), ("since", "2026-06-01T09:00")];
        let preview = refused(change(world, PolicySection::Sundown, &past).await);
        assert_eq!(preview.faults[0].field, "since");
        let odd = [("first", "soon"), ("solved", "3 d")];
        let preview = refused(change(world, PolicySection::Targets, &odd).await);
        assert_eq!(preview.faults.len(), 1);
        assert_eq!(preview.faults[0].field, "first");
        assert_eq!(change(world, PolicySection::Targets, &[]).await, Changed::Saved(1), "nothing to change");
        assert_eq!(world.number("select count(*) from policies").await, 2);
        let nowhere = settings::fields("brand=nobody");
        let missing = policies::page(&world.ctx, &Viewer::operator(), PolicySection::Targets, &nowhere).await;
        assert!(matches!(missing, Err(Error::Missing)));
    }

    async fn a_preview_shows_what_a_change_would_do_and_does_nothing(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let draft = form(world, PolicySection::Sundown, &[
            ("kind", "sunset"), ("place", "London"), ("latitude", "51.5074"), ("longitude", "-0.1278"),
            ("latest", "21:15"), ("off.sun", "on"),
        ]).await;
        let preview = policies::preview(ctx, &Viewer::operator(), PolicySection::Sundown, &draft).await.expect("a preview");
        assert!(preview.faults.is_empty());
        assert_eq!(preview.changes.len(), 2, "{:?}", preview.changes);
        assert_eq!(preview.sundowns.len(), 14);
        // London's sun sets at 21:21 on the 1st of July and earlier every day; no later than 21:15.
        let minutes: Vec<u32> = preview.sundowns.iter().map(|it| it.minute).collect();
        assert_eq!(minutes[0], 21 * 60 + 15);
        assert!(minutes.windows(2).all(|it| it[1] <= it[0]) && minutes[13] < minutes[0], "{minutes:?}");
        for it in &preview.sundowns {
            assert_eq!(it.is_off, it.date.weekday() == chrono::Weekday::Sun);
            assert_eq!(it.before_minute, 18 * 60);
            assert_eq!(it.at - it.last_call, TimeDelta::minutes(60));
        }
        let tight = form(world, PolicySection::Targets, &[("first", "1 min"), ("next", "1 min")]).await;
        let preview = policies::preview(ctx, &Viewer::operator(), PolicySection::Targets, &tight).await.expect("a preview");
        assert!(preview.open.open > 0 && preview.open.moved > 0, "{:?}", preview.open);
        assert!(preview.open.late_after > preview.open.late_before, "{:?}", preview.open);
        assert!(preview.open.examples.iter().all(|it| !it.customer.is_empty() && it.before != it.after));
        let night = form(world, PolicySection::Calendar, &[("day.mon", "22:00–07:00")]).await;
        let preview = policies::preview(ctx, &Viewer::operator(), PolicySection::Calendar, &night).await.expect("a preview");
        assert_eq!(preview.faults[0].field, "day.tue", "Tuesday begins at six");
        let night = form(world, PolicySection::Calendar, &[("day.mon", "20:00–06:00")]).await;
        let preview = policies::preview(ctx, &Viewer::operator(), PolicySection::Calendar, &night).await.expect("a preview");
        assert_eq!(preview.week_minutes, (7 * 17 * 60, 6 * 17 * 60 + 10 * 60));
        assert_eq!(world.number("select count(*) from policies").await, 2);
    }

    async fn holidays_of_a_file_become_exceptions_when_they_are_ticked(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let brand = settings::fields("brand=fairlark");
        let id = holidays::take_in(ctx, &Viewer::operator(), &brand, "england.ics", HOLIDAYS.into()).await.expect("a file");
        let search = settings::fields(&format!("brand=fairlark&holidays={id}"));
        let shown = policies::page(ctx, &Viewer::operator(), PolicySection::Calendar, &search).await.expect("a page");
        let file = shown.holidays.expect("the file");
        assert_eq!(file.holidays.len(), 3);
        assert_eq!(file.fault, None);
        // Boxing Day stays unticked.
        let mut chosen = search.clone();
        chosen.set("seen", "1");
        chosen.set("h.0", "on");
        chosen.set("h.2", "on");
        assert_eq!(holidays::choose(ctx, &Viewer::operator(), &chosen).await.expect("an answer"), Changed::Saved(2));
        let form = page(world, PolicySection::Calendar).await.form;
        let row = |row: u32| ["date", "hours", "name"].map(|it| form.get(&format!("x.{row}.{it}")).to_owned());
        assert_eq!(row(0), ["2026-12-25", "", "Christmas Day"]);
        assert_eq!(row(1), ["2026-12-31", "06:00–16:00, 22:00–23:00", "New Year's Eve"]);
        assert_eq!(form.rows("x"), [0, 1]);
        // Another brand's page doesn't show it, and it is gone once it was used.
        assert!(matches!(holidays::choose(ctx, &Viewer::operator(), &chosen).await, Err(Error::Missing)));
        assert_eq!(world.number("select count(*) from holiday_files").await, 0);
    }

    async fn a_holiday_file_of_one_brand_is_not_anothers(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let brand = settings::fields("brand=fairlark");
        let id = holidays::take_in(ctx, &Viewer::operator(), &brand, "england.ics", HOLIDAYS.into()).await.expect("a file");
        let other = settings::fields(&format!("brand=wrenfield&holidays={id}&h.0=on"));
        let shown = policies::page(ctx, &Viewer::operator(), PolicySection::Calendar, &other).await.expect("a page");
        assert_eq!(shown.holidays, None);
        assert!(matches!(holidays::choose(ctx, &Viewer::operator(), &other).await, Err(Error::Missing)));
    }

    async fn a_bad_holiday_file_says_which_line(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let brand = settings::fields("brand=fairlark");
        for (bytes, says) in [
            (&b"date;name\n"[..], "Line 1"),
            (&b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:caf\xe9\n"[..], "Line 3 isn't UTF-8"),
            (&b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261225\n"[..], "Line 2"),
        ] {
            let id = holidays::take_in(ctx, &Viewer::operator(), &brand, "bad.ics", bytes.to_vec()).await.expect("kept");
            let search = settings::fields(&format!("brand=fairlark&holidays={id}"));
            let shown = policies::page(ctx, &Viewer::operator(), PolicySection::Calendar, &search).await.expect("a page");
            let fault = shown.holidays.and_then(|it| it.fault).expect("a fault");
            assert!(fault.starts_with(says), "{fault}");
        }
        // They are forgotten after a day.
        ctx.clock.set(ctx.clock.now() + TimeDelta::days(2));
        holidays::take_in(ctx, &Viewer::operator(), &brand, "england.ics", HOLIDAYS.into()).await.expect("a file");
        assert_eq!(world.number("select count(*) from holiday_files").await, 1);
    }

    async fn rules_survive_the_store_unchanged(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let sunset = [("kind", "sunset"), ("place", "Tromsø"), ("latitude", "69.6492"), ("longitude", "18.9553")];
        assert_eq!(change(world, PolicySection::Sundown, &sunset).await, Changed::Saved(2));
        let form = page(world, PolicySection::Sundown).await.form;
        assert_eq!(form.get("place"), "Tromsø");
        assert_eq!(form.get("latitude"), "69.6492");
        let mut tx = world.ctx.store.read().await.expect("a snapshot");
        let versions = store::brands::policies(&mut tx).await.expect("versions");
        let newest = versions.iter().rfind(|(_, it)| it.version == 2).expect("the second");
        assert_eq!(newest.1.zone.as_deref(), Some("Europe/London"));
    }
}
