//! Settings without versions: topics, urgency, macros, retention, brands.

use crate::world::World;
use sundown::{
    backend::{
        engine::Engine,
        services::{
            demo,
            settings::{
                self,
                plain::{self, Changed},
                policies, retention,
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
            PlainSection, PolicySection,
            plain::{PlainPage, PlainPreview},
        },
        time::Instant,
    },
};

async fn page(world: &World, section: PlainSection) -> PlainPage {
    let form = settings::fields("brand=fairlark");
    plain::page(&world.ctx, &Viewer::operator(), section, &form)
        .await
        .expect("a page")
}

async fn form(world: &World, section: PlainSection, fields: &[(&str, &str)]) -> Form {
    let mut form = page(world, section).await.form;
    for (name, value) in fields {
        form.set(*name, *value);
    }
    form
}

async fn change(world: &World, section: PlainSection, fields: &[(&str, &str)]) -> Changed {
    let form = form(world, section, fields).await;
    plain::change(&world.ctx, &Viewer::operator(), section, &form)
        .await
        .expect("an answer")
}

async fn preview(world: &World, section: PlainSection, fields: &[(&str, &str)]) -> PlainPreview {
    let form = form(world, section, fields).await;
    plain::page(&world.ctx, &Viewer::operator(), section, &form)
        .await
        .expect("a page")
        .preview
}

async fn figures(world: &World, as_of: Instant) -> Vec<Figures> {
    let mut tx = world.ctx.store.read().await.expect("a snapshot");
    let snapshot = Engine::new()
        .snapshot(&mut tx, world.ctx.clock.now())
        .await
        .expect("the facts");
    [Clock::Calendar, Clock::Business]
        .map(|clock| {
            snapshot.figures(
                &Question {
                    clock,
                    ..Question::everything(as_of)
                },
                None,
            )
        })
        .to_vec()
}

engines! {
    async fn a_topics_words_show_the_posts_that_would_get_it(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let topics = page(world, PlainSection::Topics).await.form.rows("t").len();
        assert!(topics > 2);
        let row = format!("t.{topics}");
        let fields = [(format!("{row}.name"), "Everything".to_owned()), (format!("{row}.words"), "*a*\n*e*".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let shown = preview(world, PlainSection::Topics, &fields).await;
        assert!(shown.faults.is_empty(), "{:?}", shown.faults);
        assert!(shown.notes[0].starts_with("Of the last 200 posts"), "{}", shown.notes[0]);
        assert!(!shown.rows.is_empty() && shown.rows.iter().all(|it| it.mark == "Everything"));
        assert_eq!(change(world, PlainSection::Topics, &fields).await, Changed::Saved);
        let now = page(world, PlainSection::Topics).await.form;
        assert_eq!(now.rows("t").len(), topics + 1);
        assert!(now.0.values().any(|it| it == "*a*\n*e*"));
        // What cases are about keeps its name; what none is about can go.
        assert_eq!(change(world, PlainSection::Topics, &[("t.0.name", "")]).await, Changed::Refused);
        let place = (0..=topics).find(|row| now.get(&format!("t.{row}.key")) == "everything").expect("it is there");
        let gone = change(world, PlainSection::Topics, &[(&format!("t.{place}.name"), "")]).await;
        assert_eq!(gone, Changed::Saved);
        assert_eq!(page(world, PlainSection::Topics).await.form.rows("t").len(), topics);
    }

    async fn weights_show_the_order_before_and_after(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let usual = preview(world, PlainSection::Urgency, &[]).await;
        assert!(usual.rows.len() > 5);
        assert!(usual.rows.iter().all(|it| it.mark.ends_with("as before")), "{:?}", usual.rows);
        assert!(usual.rows[0].text.contains('+'), "{}", usual.rows[0].text);
        let other = [("waiting", "0"), ("due", "0"), ("reach", "100"), ("tone", "0")];
        let shown = preview(world, PlainSection::Urgency, &other).await;
        assert!(shown.rows.iter().any(|it| it.mark.contains("was")), "{:?}", shown.rows);
        assert_eq!(change(world, PlainSection::Urgency, &other).await, Changed::Saved);
        assert_eq!(page(world, PlainSection::Urgency).await.form.get("reach"), "100");
        assert_eq!(change(world, PlainSection::Urgency, &[("tone", "101")]).await, Changed::Refused);
        assert_eq!(world.number("select count(*) from weights").await, 1);
    }

    async fn macros_are_kept_when_their_variables_are_known(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let good = [("m.0.name", "Greeting"), ("m.0.language", "en"), ("m.0.body", "Hello {{customer.name}}, {{agent.name}} of {{brand.name}} here.")];
        let shown = preview(world, PlainSection::Macros, &good).await;
        assert!(shown.rows[0].text.ends_with("Femi of Fairlark Air here."), "{}", shown.rows[0].text);
        assert_eq!(change(world, PlainSection::Macros, &good).await, Changed::Saved);
        let odd = [("m.1.name", "Odd"), ("m.1.body", "Hello {{customer.nane}}")];
        let shown = preview(world, PlainSection::Macros, &odd).await;
        assert_eq!(shown.faults[0].field, "m.1.body");
        assert!(shown.faults[0].says.contains("customer.nane"));
        assert_eq!(change(world, PlainSection::Macros, &odd).await, Changed::Refused);
        assert_eq!(change(world, PlainSection::Macros, &[("m.0.name", "Hello")]).await, Changed::Saved);
        assert_eq!(world.texts("select name from macros").await, ["Hello"]);
    }

    async fn texts_that_need_not_be_kept_go_and_every_figure_stays(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let now = ctx.clock.now();
        let before = figures(world, now).await;
        assert_eq!(retention::purge(ctx).await.expect("nothing to do"), 0);
        let shown = preview(world, PlainSection::Retention, &[("days", "10")]).await;
        assert_eq!(change(world, PlainSection::Retention, &[("days", "3")]).await, Changed::Refused);
        assert_eq!(change(world, PlainSection::Retention, &[("days", "10")]).await, Changed::Saved);
        let of_others = "select count(*) from posts p join brands b on b.id = p.brand_id where b.key <> 'fairlark' and p.body <> ''";
        let others = world.number(of_others).await;
        let purged = retention::purge(ctx).await.expect("a purge");
        assert!(purged > 100, "{purged}");
        assert!(shown.notes[0].contains(&format!("{purged} posts")), "{}", shown.notes[0]);
        assert_eq!(retention::purge(ctx).await.expect("done"), 0);
        assert_eq!(world.number("select count(*) from posts where purged_at is not null and body = ''").await, i64::try_from(purged).expect("few"));
        assert_eq!(world.number(of_others).await, others);
        assert_eq!(figures(world, now).await, before);
        // What is open, or was closed since, keeps its texts.
        let kept = "select count(*) from posts p join cases c on c.id = p.case_id join brands b on b.id = c.brand_id
             where b.key = 'fairlark' and p.purged_at is not null and c.status = 'open' and c.excluded_at is null";
        assert_eq!(world.number(kept).await, 0);
    }

    async fn a_brand_moves_to_another_zone_and_nothing_old_moves_with_it(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let now = ctx.clock.now();
        let before = figures(world, now).await;
        let shown = preview(world, PlainSection::Brands, &[("b.0.zone", "Lisbon")]).await;
        assert!(shown.faults[0].says.contains("Europe/Lisbon"), "{}", shown.faults[0].says);
        let moved = [("b.0.zone", "Pacific/Auckland"), ("b.0.languages", "en, mi"), ("b.0.name", "Fairlark NZ")];
        assert_eq!(change(world, PlainSection::Brands, &moved).await, Changed::Saved);
        assert_eq!(figures(world, now).await, before);
        let rules = policies::page(ctx, &Viewer::operator(), PolicySection::Calendar, &settings::fields("brand=fairlark")).await.expect("a page");
        assert_eq!(rules.zone.name, "Pacific/Auckland");
        assert_eq!(rules.versions.len(), 2);
        // The engine that runs hears of the name.
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let snapshot = ctx.engine.snapshot(&mut tx, now).await.expect("the facts");
        assert!(snapshot.atlas.brands.iter().any(|it| it.brand.name == "Fairlark NZ"));
    }

    async fn a_new_brand_begins_with_the_usual_rules(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let twice = [("b.2.name", "Fairlark"), ("b.2.zone", "UTC")];
        assert_eq!(change(world, PlainSection::Brands, &twice).await, Changed::Refused);
        let new = [("b.2.name", "Marlow & Sons"), ("b.2.zone", "Europe/Lisbon")];
        assert_eq!(change(world, PlainSection::Brands, &new).await, Changed::Saved);
        let page = policies::page(ctx, &Viewer::operator(), PolicySection::Targets, &settings::fields("brand=marlow-sons")).await.expect("its rules");
        assert_eq!(page.form.get("first"), "1 h");
        assert_eq!(page.zone.name, "Europe/Lisbon");
    }

    async fn the_first_brand_is_added_to_an_empty_workspace(world: World) {
        let mut form = page(world, PlainSection::Brands).await.form;
        assert!(form.rows("b").is_empty());
        form.set("b.0.name", "Halcyon");
        form.set("b.0.zone", "Europe/Lisbon");
        assert_eq!(plain::change(&world.ctx, &Viewer::operator(), PlainSection::Brands, &form).await.expect("an answer"), Changed::Saved);
        assert_eq!(world.texts("select key from brands").await, ["halcyon"]);
    }

    async fn two_who_change_a_list_at_once_hear_of_each_other(world: World) {
        let ctx = &world.ctx;
        demo::fill(ctx).await.expect("the demo");
        let hers = form(world, PlainSection::Retention, &[("days", "30")]).await;
        let his = form(world, PlainSection::Retention, &[("days", "90")]).await;
        assert_eq!(plain::change(ctx, &Viewer::operator(), PlainSection::Retention, &hers).await.expect("an answer"), Changed::Saved);
        let refused = plain::change(ctx, &Viewer::operator(), PlainSection::Retention, &his).await.expect("an answer");
        assert_eq!(refused, Changed::Refused);
        let address = plain::address_after(PlainSection::Retention, &his, &refused);
        let (_, search) = address.split_once('?').expect("a query");
        let again = plain::page(ctx, &Viewer::operator(), PlainSection::Retention, &settings::fields(search)).await.expect("a page");
        assert!(again.preview.is_stale);
        assert_eq!(again.form.get("days"), "90");
        assert_eq!(plain::change(ctx, &Viewer::operator(), PlainSection::Retention, &again.form).await.expect("an answer"), Changed::Saved);
        let mut tx = ctx.store.read().await.expect("a snapshot");
        let brand = store::brands::list(&mut tx).await.expect("brands").remove(0);
        assert_eq!(store::retention::find(&mut tx, brand.id).await.expect("days"), Some(90));
    }
}
