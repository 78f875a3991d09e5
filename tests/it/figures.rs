//! The engine's figures against SQL, and against figures computed elsewhere.

use crate::world::World;
use std::{ops::ControlFlow, path::PathBuf};
use sundown::{
    backend::{
        services::{
            archive::{self, Archive, CHUNK_ROWS, generate},
            report,
        },
        store::Store,
    },
    domain::{
        case::Origin,
        figures::{Figures, Report},
        question::{Dimension, Filter, Question},
        time::Instant,
    },
};

/// The shared test data, where it is.
pub fn shared(file: &str) -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no configuration but this"
    )]
    let folder = std::env::var("SUNDOWN_SHARED").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let path = folder.join("data").join(file);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: there is no shared test data");
    None
}

async fn import(world: &World, file: &std::path::Path) {
    let archive = Archive::open(file).expect("an archive");
    archive::import_twcs(&world.ctx, archive, None, CHUNK_ROWS, |_| {
        ControlFlow::Continue(())
    })
    .await
    .expect("it can be imported");
}

fn customers(as_of: Instant) -> Question {
    let filter = Filter {
        origin: Some(Origin::Customer),
        ..Filter::default()
    };
    Question {
        filter,
        ..Question::everything(as_of)
    }
}

async fn by_brand(world: &World, as_of: Instant) -> Report {
    report::report(&world.ctx, &customers(as_of), Some(Dimension::Brand))
        .await
        .expect("a report")
}

/// Quantiles by rank of the answered, by the engine's own SQL.
async fn sql_quantiles(world: &World, brand: &str) -> String {
    let answered = format!(
        "select (c.first_answer_at - c.opened_at) / 1000 as s
         from   cases c join brands b on b.id = c.brand_id
         where  b.key = '{brand}' and c.origin = 'customer' and c.first_answer_at is not null"
    );
    let sql = match world.ctx.store {
        Store::Postgres(_) => format!(
            "select percentile_disc(0.5) within group (order by s) || ' '
                    || percentile_disc(0.9) within group (order by s) || ' '
                    || percentile_disc(0.95) within group (order by s)
             from ({answered}) answered"
        ),
        // The value at rank ⌈p·n⌉, in whole numbers.
        Store::Sqlite { .. } => format!(
            "with ranked as (
                 select s, row_number() over (order by s) as rank, count(*) over () as n
                 from ({answered}) answered)
             select max(case when rank = (n * 50 + 99) / 100 then s end) || ' '
                    || max(case when rank = (n * 90 + 99) / 100 then s end) || ' '
                    || max(case when rank = (n * 95 + 99) / 100 then s end)
             from ranked"
        ),
    };
    world.texts(&sql).await.pop().unwrap_or_default()
}

engines! {
    async fn every_brands_quantiles_are_those_of_sql(world: World) {
        let file = world.path("archive.csv");
        let mut to = std::fs::File::create(&file).expect("a file");
        generate::twcs(6_000, 11, &mut to).expect("room");
        import(world, &file).await;
        let report = by_brand(world, World::noon()).await;
        let mut compared = 0;
        for group in report.groups.iter().filter(|it| it.figures.answered > 0) {
            let first = group.figures.first_response;
            let ours = [first.p50_s, first.p90_s, first.p95_s].map(|it| it.expect("answered cases").to_string());
            assert_eq!(sql_quantiles(world, &group.key).await, ours.join(" "), "{}", group.key);
            compared += 1;
        }
        assert!(compared > 50, "only {compared} brands");
    }

    async fn real_conversations_give_the_figures_that_were_computed_elsewhere(world: World) {
        let (Some(file), Some(expected)) = (shared("twcs/twcs_head.csv.gz"), shared("expected.json")) else { return };
        import(world, &file).await;
        let expected: serde_json::Value =
            serde_json::from_slice(&std::fs::read(expected).expect("a file")).expect("figures");
        let expected = &expected["files"]["twcs/twcs_head.csv.gz"];
        let report = by_brand(world, World::noon()).await;
        let brands = expected["per_brand"].as_object().expect("brands");
        let with_customers = brands.values().filter(|it| it["by_kind"]["customer"].as_u64() > Some(0));
        assert_eq!(with_customers.count(), report.groups.len());
        for group in &report.groups {
            compare(&group.key, &group.figures, &brands[&group.key]);
        }
        compare("all", &report.total, &expected["overall"]);
        for (as_of, expected) in expected["as_of"].as_object().expect("instants") {
            let figures = by_brand(world, as_of.parse().expect("an instant")).await.total;
            let first = figures.first_response;
            let oldest = expected["oldest_wait_min"].as_f64().map(|it| (it * 60.0).round() as i64);
            assert_eq!(expected["opened"], figures.cases, "{as_of}");
            assert_eq!(expected["events"], figures.answered, "{as_of}");
            assert_eq!(expected["awaiting_first_reply"], figures.waiting, "{as_of}");
            assert_eq!(oldest, figures.oldest_waiting_s, "{as_of}");
            assert_eq!(expected["km_p50_s"].as_i64(), first.km_p50_s, "{as_of}");
            assert_eq!(expected["km_p90_s"].as_i64(), first.km_p90_s, "{as_of}");
            assert_eq!(expected["answered_p50_s"].as_i64(), first.p50_s, "{as_of}");
            assert_eq!(expected["answered_p90_s"].as_i64(), first.p90_s, "{as_of}");
        }
    }
}

fn compare(name: &str, figures: &Figures, expected: &serde_json::Value) {
    let first = figures.first_response;
    let computed = &expected["FRT_conv_min"];
    assert_eq!(
        expected["by_kind"]["customer"].as_u64().unwrap_or(0),
        figures.cases,
        "{name}"
    );
    assert_eq!(
        expected["customer_conversations_answered"], figures.answered,
        "{name}"
    );
    assert_eq!(
        expected["customer_conversations_unanswered"], figures.waiting,
        "{name}"
    );
    assert_eq!(computed["n"], first.n, "{name}");
    assert_eq!(computed["p50_s"].as_i64(), first.p50_s, "{name}");
    assert_eq!(computed["p90_s"].as_i64(), first.p90_s, "{name}");
    assert_eq!(computed["p95_s"].as_i64(), first.p95_s, "{name}");
}
