//! One person's data, handed out and erased; and the figures that stay.

use crate::world::{Site, World};
use std::{fs, ops::ControlFlow};
use sundown::{
    backend::services::{
        archive::{self, Archive, Outcome, generate},
        demo,
        keys::KeySource,
        person::{self, Erasure, Who},
        report,
    },
    domain::question::{Dimension, Question},
};

const HEADER: &str =
    "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n";

/// Ada complains to two brands, joins in at Ben's, and is mentioned where she didn't write.
const ADA: [&str; 4] = [
    "900000001,AdaLove,True,Tue Oct 31 22:00:00 +0000 2017,My parcel is gone says quetzal,,\n\
     900000002,ParcelCare,False,Tue Oct 31 22:10:00 +0000 2017,Dear quetzal @AdaLove we look,,900000001\n",
    "900000003,AdaLove,True,Tue Oct 31 22:20:00 +0000 2017,Still quetzal,,900000002\n\
     900000004,ParcelCare,False,Tue Oct 31 22:40:00 +0000 2017,Found your quetzal,,900000003\n",
    "900000005,ben,True,Tue Oct 31 23:00:00 +0000 2017,Where is my train,,\n\
     900000006,AdaLove,True,Tue Oct 31 23:05:00 +0000 2017,Mine too quetzal,,900000005\n\
     900000007,TrainCare,False,Tue Oct 31 23:10:00 +0000 2017,Sorry ben and @adalove,,900000005\n",
    "900000008,AdaLove,True,Wed Nov 01 09:00:00 +0000 2017,And my train quetzal,,\n\
     900000009,TrainCare,False,Wed Nov 01 09:30:00 +0000 2017,It comes,,900000008\n\
     900000010,cleo,True,Wed Nov 01 10:00:00 +0000 2017,as @ADALOVE said. Late again,,\n",
];

/// What may be left of her nowhere, and what may.
const TRACES: [&str; 7] = [
    "adalove",
    "quetzal",
    "900000001",
    "900000003",
    "900000006",
    "900000008",
    "AdaLove",
];

fn whole() -> String {
    let mut text = Vec::new();
    generate::twcs(1500, 11, &mut text).expect("room");
    let mut text = String::from_utf8(text).expect("text");
    text.push_str(&ADA.concat());
    text
}

async fn import(world: &World, text: String) -> Outcome {
    let archive = Archive::of("archive.csv", std::io::Cursor::new(text.into_bytes()));
    archive::import_twcs(
        &world.ctx,
        archive,
        None,
        500,
        |_| ControlFlow::Continue(()),
    )
    .await
    .expect("an archive")
}

async fn erase(world: &World, name: &str) -> Erasure {
    person::erase(&world.ctx, &who(name)).await.expect("erased")
}

fn who(name: &str) -> Who {
    Who {
        name: name.to_owned(),
        brand: None,
    }
}

/// All figures, in all cuts, as of one instant.
async fn figures(world: &World) -> String {
    let question = Question::everything(World::noon());
    let mut text = String::new();
    for by in [
        None,
        Some(Dimension::Brand),
        Some(Dimension::Day),
        Some(Dimension::Origin),
    ] {
        let report = report::report(&world.ctx, &question, by)
            .await
            .expect("a report");
        text.push_str(&report::as_json(&report, World::noon()).to_string());
    }
    text
}

async fn assert_gone(world: &World) {
    for row in world.everything().await {
        for trace in TRACES {
            assert!(!row.contains(trace), "{trace} in {row}");
        }
    }
}

engines! {
    async fn an_erased_person_is_gone_and_every_figure_stays(world: World) {
        import(world, whole()).await;
        let before = figures(world).await;
        let done = erase(world, "@AdaLove").await;
        assert_eq!(done, Erasure { accounts: 2, posts: 4, answers: 3, mentions: 2, cases: 3 });
        assert_eq!(figures(world).await, before);
        assert_gone(world).await;
        // Others stay as they were, and what happened is on record.
        assert_eq!(world.number("select count(*) from posts where body = 'Where is my train'").await, 1);
        assert_eq!(world.number("select count(*) from posts where body = 'Sorry ben and @erased'").await, 1);
        assert_eq!(world.number("select count(*) from events where kind = 'erased'").await, 3);
        assert_eq!(world.number("select posts from erasures").await, 4);
        assert_eq!(world.number("select count(*) from posts where author like 'erased-%' and deleted_at is not null and published_at > 0").await, 4);
        // A server that knew the cases before says the same as one that reads them anew.
        let fresh = sundown::backend::ctx::Ctx::new(world.ctx.store.clone(), world.ctx.clock.clone(), world.ctx.vault.clone());
        let report = report::report(&fresh, &Question::everything(World::noon()), None).await.expect("a report");
        assert!(before.contains(&report::as_json(&report, World::noon()).to_string()));
        let why = person::erase(&world.ctx, &who("AdaLove")).await.expect_err("she isn't there");
        assert!(why.to_string().contains("Nobody is known"), "{why}");
    }

    async fn an_import_does_not_bring_an_erased_person_back(world: World) {
        let outcome = import(world, whole()).await;
        let before = figures(world).await;
        erase(world, "adalove").await;
        let again = import(world, whole()).await;
        assert_eq!((again.tally.accepted, again.tally.repeated), (0, outcome.tally.accepted));
        assert_eq!(figures(world).await, before);
        assert_gone(world).await;
    }

    async fn what_an_erased_person_wrote_before_comes_in_as_a_tombstone_in_any_order(world: World) {
        let expected = world.site().await.open().await;
        import(&expected, HEADER.to_owned() + &ADA.concat()).await;
        let expected_figures = figures(&expected).await;
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2]] {
            let other = world.site().await.open().await;
            let world = &other;
            import(world, format!("{HEADER}{}", ADA[order[0]])).await;
            erase(world, "AdaLove").await;
            for part in &order[1..] {
                import(world, format!("{HEADER}{}", ADA[*part])).await;
            }
            assert_eq!(figures(world).await, expected_figures, "in the order {order:?}");
            assert_gone(world).await;
            assert_eq!(world.number("select count(*) from posts where author like 'erased-%' and deleted_at is null").await, 0);
            other.end().await;
        }
        // Answers may come before what they answer.
        import(world, format!("{HEADER}{}", ADA[0])).await;
        erase(world, "AdaLove").await;
        let (question, answer) = ADA[1].split_once('\n').expect("two rows");
        import(world, format!("{HEADER}{answer}{}", ADA[2])).await;
        import(world, format!("{HEADER}{question}\n{}", ADA[3])).await;
        assert_eq!(figures(world).await, expected_figures);
        assert_eq!(world.number("select count(*) from missing_parents").await, 0);
        expected.end().await;
    }

    async fn what_a_person_writes_after_an_erasure_begins_anew(world: World) {
        world.ctx.clock.set("2017-11-01T12:00:00Z".parse().expect("an instant"));
        import(world, HEADER.to_owned() + &ADA.concat()).await;
        erase(world, "AdaLove").await;
        import(world, format!("{HEADER}900000011,AdaLove,True,Thu Nov 02 09:00:00 +0000 2017,It is me again,,\n")).await;
        assert_eq!(world.number("select count(*) from customers where name = 'AdaLove'").await, 1);
        assert_eq!(world.number("select count(*) from posts where author = 'AdaLove' and body = 'It is me again'").await, 1);
    }

    async fn an_export_holds_what_is_theirs_and_nothing_of_others(world: World) {
        import(world, HEADER.to_owned() + &ADA.concat()).await;
        let file = person::export(&world.ctx, &who("x/AdaLove")).await.expect("her file");
        assert_eq!((file.customers.len(), file.handles.len()), (2, 2));
        assert_eq!((file.cases.len(), file.posts_elsewhere.len()), (2, 1));
        let text = serde_json::to_string(&file).expect("JSON");
        for own in ["My parcel is gone", "Dear quetzal", "Still quetzal", "Mine too", "And my train", "It comes", "episodes", "turns"] {
            assert!(text.contains(own), "{own} is missing");
        }
        for other in ["Where is my train", "Sorry ben", "Late again"] {
            assert!(!text.contains(other), "{other} is somebody else's");
        }
        let id = file.customers[0].id.to_string();
        let same = person::export(&world.ctx, &who(&id)).await.expect("by number");
        assert_eq!(same.cases.len(), 2);
        let of_brand = |brand: &str| Who { name: "AdaLove".to_owned(), brand: Some(brand.to_owned()) };
        assert!(person::export(&world.ctx, &of_brand("TrainCare")).await.is_ok());
        let why = person::export(&world.ctx, &of_brand("BoatCare")).await.expect_err("not theirs");
        assert!(why.to_string().contains("BoatCare"), "{why}");
    }

    async fn what_was_promised_to_an_erased_person_goes_too(world: World) {
        demo::fill(&world.ctx).await.expect("the demo");
        let before = figures(world).await;
        let name = world.texts("select h.network || '/' || h.handle from promises p join cases c on c.id = p.case_id
             join handles h on h.customer_id = c.customer_id order by p.id limit 1").await.remove(0);
        let case = world.number("select case_id from promises order by id limit 1").await;
        let kept = world.number(&format!("select count(*) from promises where case_id = {case}")).await;
        erase(world, &name).await;
        assert_eq!(world.number(&format!("select count(*) from promises where case_id = {case} and what = ''")).await, kept);
        for body in world.texts(&format!("select body from events where kind = 'promised' and case_id = {case}")).await {
            assert!(body.contains("\"what\":\"\""), "{body}");
        }
        assert_eq!(figures(world).await, before);
    }
}

#[tokio::test]
async fn on_sqlite_not_even_the_file_remembers() {
    let world = World::on_sqlite().await;
    import(&world, whole()).await;
    let file = world.path("sundown.db");
    world.ctx.store.forget_log().await.expect("folded");
    let holds = |word: &str| {
        let bytes = fs::read(&file).expect("the database");
        bytes.windows(word.len()).any(|it| it == word.as_bytes())
    };
    assert!(holds("quetzal") && holds("AdaLove") && holds("900000003"));
    erase(&world, "AdaLove").await;
    for trace in TRACES {
        assert!(!holds(trace), "the file still holds {trace}");
    }
    world.end().await;
}

#[tokio::test]
async fn without_a_key_nobody_can_be_erased_on_a_server() {
    let Some(mut site) = Site::on_postgres().await else {
        return;
    };
    site.place.key = KeySource::Unsaid;
    let world = site.open().await;
    import(&world, HEADER.to_owned() + &ADA.concat()).await;
    let why = person::erase(&world.ctx, &who("AdaLove"))
        .await
        .expect_err("no key");
    assert!(why.to_string().contains("sundown key new"), "{why}");
    assert_eq!(
        world
            .number("select count(*) from customers where name = 'AdaLove'")
            .await,
        2
    );
    world.end().await;
}
