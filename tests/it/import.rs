//! Archives of conversations, from the file to the figures.

use crate::world::World;
use std::{io::Write, ops::ControlFlow, path::PathBuf};
use sundown::backend::services::archive::{self, Archive, Outcome, Rejects};

const HEADER: &str =
    "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n";

/// One row: who wrote when, below what. Names with a capital are brands.
fn row(id: u64, author: &str, minute: i64, parent: Option<u64>) -> String {
    let inbound = if author.starts_with(char::is_uppercase) {
        "False"
    } else {
        "True"
    };
    let parent = parent.map(|it| it.to_string()).unwrap_or_default();
    format!(
        "{id},{author},{inbound},Tue Oct 31 {:02}:{:02}:00 +0000 2017,\"Post {id}, with a comma\",,{parent}\n",
        10 + minute / 60,
        minute % 60
    )
}

async fn import(world: &World, text: impl Into<Vec<u8>>) -> Outcome {
    try_import(world, text).await.expect("an archive")
}

async fn try_import(
    world: &World,
    text: impl Into<Vec<u8>>,
) -> Result<Outcome, sundown::backend::Error> {
    import_in_chunks(world, text, archive::CHUNK_ROWS).await
}

async fn import_in_chunks(
    world: &World,
    text: impl Into<Vec<u8>>,
    chunk_rows: usize,
) -> Result<Outcome, sundown::backend::Error> {
    let archive = Archive::of("archive.csv", std::io::Cursor::new(text.into()));
    archive::import_twcs(&world.ctx, archive, None, chunk_rows, |_| {
        ControlFlow::Continue(())
    })
    .await
}

async fn refusal(world: &World, text: impl Into<Vec<u8>>) -> String {
    let why = try_import(world, text).await.expect_err("a refusal");
    assert_eq!(world.number("select count(*) from posts").await, 0);
    why.to_string()
}

/// Everything that figures and pages are made of, without the ids, which differ from run to run.
async fn story(world: &World) -> Vec<String> {
    let mut story = world
        .texts(
            "select 'case ' || b.key || ' ' || ch.network || '/' || ch.handle || ' ' || ch.source
                 || ' ' || cu.name || ' ' || c.origin || ' ' || c.status || ' ' || c.ball
                 || ' ' || c.opened_at || ' ' || c.seen_at
                 || ' ' || coalesce(cast(c.first_answer_at as text), '-')
                 || ' ' || coalesce(cast(c.first_public_answer_at as text), '-')
                 || ' ' || coalesce(cast(c.first_answer_business_s as text), '-')
                 || ' ' || coalesce(cast(c.unanswered_since as text), '-')
                 || ' ' || c.last_customer_post_at || ' ' || coalesce(cast(c.sundown_at as text), '-')
                 || ' ' || coalesce(cast(c.due_at as text), '-') || ' ' || coalesce(c.due_kind, '-')
                 || ' ' || c.joiners || ' ' || c.posts || ' ' || c.chasers || ' ' || c.episode
                 || ' ' || e.number || ' ' || e.opened_at
                 || ' ' || (select count(*) from posts p where p.case_id = c.id)
             from cases c
             join brands b on b.id = c.brand_id
             join channels ch on ch.id = c.channel_id and ch.brand_id = c.brand_id
             join customers cu on cu.id = c.customer_id and cu.brand_id = c.brand_id
             join episodes e on e.case_id = c.id and e.brand_id = c.brand_id",
        )
        .await;
    story.extend(
        world
            .texts(
                "select 'post ' || p.external_id || ' ' || b.key || ' ' || p.author || ' ' || p.actor
                     || ' ' || coalesce(h.handle, '-') || ' ' || p.published_at
                     || ' ' || p.seen_at || ' ' || p.body
                     || ' ' || coalesce(p.parent_external_id, '-')
                     || ' ' || coalesce(cast(c.opened_at as text), 'no case')
                 from posts p
                 join brands b on b.id = p.brand_id
                 join channels ch on ch.id = p.channel_id and ch.brand_id = p.brand_id
                 left join handles h on h.id = p.handle_id and h.brand_id = p.brand_id
                 left join cases c on c.id = p.case_id and c.brand_id = p.brand_id",
            )
            .await,
    );
    story.extend(
        world
            .texts(
                "select 'turn ' || c.opened_at || ' ' || cu.name || ' ' || t.started_at
                     || ' ' || coalesce(cast(t.answered_at as text), '-') || ' ' || t.posts
                 from turns t
                 join cases c on c.id = t.case_id and c.brand_id = t.brand_id
                 join customers cu on cu.id = c.customer_id",
            )
            .await,
    );
    story.extend(
        world
            .texts(
                "select 'waits ' || p.external_id || ' for ' || m.parent_external_id
                 from missing_parents m
                 join posts p on p.id = m.post_id and p.brand_id = m.brand_id",
            )
            .await,
    );
    story.sort();
    story
}

/// Nothing in the log or beside cases points at what doesn't exist, but for merged cases.
async fn assert_whole(world: &World) {
    for (what, sql) in [
        (
            "cases whose last event doesn't say that they exist",
            "select count(*) from cases c where not exists
                 (select 1 from events e where e.case_id = c.id and e.kind = 'imported')",
        ),
        (
            "cases that are gone and not said to be merged",
            "select count(*) from events e where e.kind <> 'merged'
                 and not exists (select 1 from cases c where c.id = e.case_id)
                 and not exists (select 1 from events m
                     where m.case_id = e.case_id and m.kind = 'merged' and m.number > e.number)",
        ),
        (
            "turns of no case",
            "select count(*) from turns t where not exists
                 (select 1 from cases c where c.id = t.case_id and c.brand_id = t.brand_id)",
        ),
        (
            "customers' posts without an account or a case",
            "select count(*) from posts where actor in ('customer', 'joiner')
                 and (handle_id is null or case_id is null)",
        ),
        (
            "posts that wait although their parent is there",
            "select count(*) from missing_parents m
                 join posts p on p.external_id = m.parent_external_id",
        ),
    ] {
        assert_eq!(world.number(sql).await, 0, "{what}");
    }
}

fn conversations() -> Vec<String> {
    vec![
        // Answered, out of order, with somebody who joins in.
        row(3, "Acme", 40, Some(1)),
        row(1, "ada", 0, None),
        row(2, "ben", 20, Some(1)),
        row(4, "ada", 50, Some(3)),
        // Never answered.
        row(10, "cyd", 5, None),
        row(11, "cyd", 6, Some(10)),
        // Below a brand's post.
        row(20, "Bolt", 0, None),
        row(21, "Bolt", 1, Some(20)),
        row(22, "dee", 10, Some(20)),
        row(23, "Bolt", 14, Some(22)),
        // A brand's post that nobody answers.
        row(30, "Acme", 9, None),
        // Whose beginning is missing.
        row(40, "Acme", 3, Some(999)),
        row(41, "eve", 12, Some(40)),
        // Answers of two brands.
        row(50, "fay", 0, None),
        row(51, "Bolt", 7, Some(50)),
        row(52, "Acme", 7, Some(50)),
    ]
}

engines! {
    async fn conversations_become_cases_by_how_they_began(world: World) {
        let text = HEADER.to_owned() + &conversations().concat();
        let outcome = import(world, text).await;
        assert_eq!((outcome.tally.rows, outcome.tally.accepted), (16, 16));
        let opened = outcome.opened;
        assert_eq!((opened.customer, opened.brand, opened.dangling), (3, 1, 1));
        let cases = world
            .texts(
                "select b.key || ' ' || cu.name || ' ' || c.origin || ' '
                     || coalesce(cast((c.first_answer_at - c.opened_at) / 60000 as text), 'waits')
                     || ' ' || c.posts || ' ' || c.joiners || ' ' || c.ball
                 from cases c join brands b on b.id = c.brand_id
                 join customers cu on cu.id = c.customer_id order by c.opened_at, cu.name",
            )
            .await;
        assert_eq!(
            cases,
            [
                "Acme ada customer 40 4 1 us",
                "Bolt fay customer 7 3 0 customer",
                "(none) cyd customer waits 2 0 us",
                "Bolt dee brand 4 4 0 customer",
                "Acme eve dangling waits 2 0 us",
            ]
        );
        assert_eq!(world.number("select count(*) from posts where case_id is null").await, 1);
        assert_whole(world).await;
    }

    async fn the_same_archive_twice_changes_nothing_more(world: World) {
        let text = HEADER.to_owned() + &conversations().concat();
        import(world, text.clone()).await;
        let (before, last) = (story(world).await, world.number("select last from log_head").await);
        let again = import(world, text).await;
        assert_eq!((again.tally.repeated, again.tally.accepted), (16, 0));
        assert_eq!(again.opened, archive::Opened::default());
        assert_eq!(story(world).await, before);
        assert_eq!(world.number("select last from log_head").await, last);
        assert_eq!(
            world.number("select count(*) from imports where finished_at is not null").await,
            2
        );
    }

    async fn a_post_that_comes_later_joins_two_cases_into_the_older(world: World) {
        let text = HEADER.to_owned() + &row(2, "ada", 5, Some(1)) + &row(3, "ben", 9, Some(1));
        let first = import(world, text).await;
        assert_eq!(first.opened.dangling, 2);
        let oldest = world.number("select min(id) from cases").await;
        let outcome = import(world, HEADER.to_owned() + &row(1, "cyd", 0, None)).await;
        assert_eq!((outcome.opened.customer, outcome.opened.dangling), (1, -2));
        assert_eq!(world.number("select id from cases").await, oldest);
        assert_eq!(world.number("select count(*) from events where kind = 'merged'").await, 1);
        assert_eq!(
            world.texts("select name from customers where id = (select customer_id from cases)").await,
            ["cyd"]
        );
        assert_whole(world).await;
    }

    async fn a_customer_below_posts_that_nobody_had_answered_opens_a_case_with_all_of_them(world: World) {
        let ours = HEADER.to_owned()
            + &row(1, "Acme", 0, None)
            + &row(2, "Acme", 1, Some(1))
            + &row(3, "Acme", 30, Some(2));
        let outcome = import(world, ours).await;
        assert_eq!(outcome.opened, archive::Opened::default());
        let outcome = import(world, HEADER.to_owned() + &row(4, "ada", 10, Some(2))).await;
        assert_eq!(outcome.opened.brand, 1);
        assert_eq!(world.number("select posts from cases").await, 4);
        assert_eq!(
            world.number("select (first_answer_at - opened_at) / 60000 from cases").await,
            20
        );
        assert_whole(world).await;
    }

    async fn an_archive_in_seven_shuffled_parts_says_what_the_whole_says(world: World) {
        let whole = World::on_sqlite().await;
        import(&whole, HEADER.to_owned() + &conversations().concat()).await;
        let mut rows = conversations();
        shuffle(&mut rows, 3);
        for part in rows.chunks(rows.len().div_ceil(7)) {
            import(world, HEADER.to_owned() + &part.concat()).await;
            assert_whole(world).await;
        }
        assert_eq!(story(world).await, story(&whole).await);
        whole.end().await;
    }

    async fn any_trees_in_any_order_and_any_parts_say_what_one_import_says(world: World) {
        for seed in 0..12 {
            let mut rows = random_trees(seed, 1000 * seed);
            let whole = World::on_sqlite().await;
            import(&whole, HEADER.to_owned() + &rows.concat()).await;
            let expected = story(&whole).await;
            let parts = World::on_sqlite().await;
            shuffle(&mut rows, seed + 100);
            let mut rest = &rows[..];
            let mut dice = Dice(seed);
            let mut net = archive::Opened::default();
            while !rest.is_empty() {
                let (part, others) = rest.split_at(1 + dice.below(rest.len().min(9)));
                rest = others;
                let text = HEADER.to_owned() + &part.concat();
                let outcome = import_in_chunks(&parts, text.clone(), 1 + dice.below(4))
                    .await
                    .expect("an archive");
                net.customer += outcome.opened.customer;
                net.brand += outcome.opened.brand;
                net.dangling += outcome.opened.dangling;
            }
            assert_eq!(story(&parts).await, expected, "seed {seed}");
            assert_whole(&parts).await;
            let count = |origin: &str| format!("select count(*) from cases where origin = '{origin}'");
            assert_eq!(parts.number(&count("customer")).await, net.customer);
            assert_eq!(parts.number(&count("brand")).await, net.brand);
            assert_eq!(parts.number(&count("dangling")).await, net.dangling);
            whole.end().await;
            parts.end().await;
            // And once more where the engine is the one under test.
            let before = story(world).await.len();
            import_in_chunks(world, HEADER.to_owned() + &rows.concat(), 3)
                .await
                .expect("an archive");
            let after = story(world).await;
            assert_eq!(after.len() - before, expected.len(), "seed {seed}");
            assert!(expected.iter().all(|it| after.contains(it)), "seed {seed}");
        }
        assert_whole(world).await;
    }

    async fn an_import_that_is_interrupted_and_started_again_says_what_one_import_says(world: World) {
        let whole = World::on_sqlite().await;
        let text = HEADER.to_owned() + &conversations().concat();
        import(&whole, text.clone()).await;
        for stop_after in 1..4 {
            let archive = Archive::of("archive.csv", std::io::Cursor::new(text.clone().into_bytes()));
            let mut chunks = 0;
            archive::import_twcs(&world.ctx, archive, None, 3, |_| {
                chunks += 1;
                if chunks == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })
            .await
            .expect("a part of an archive");
            assert_whole(world).await;
        }
        assert_eq!(
            world.number("select count(*) from imports where finished_at is null").await,
            3
        );
        import_in_chunks(world, text, 3).await.expect("an archive");
        assert_eq!(story(world).await, story(&whole).await);
        whole.end().await;
    }

    async fn an_import_whose_transaction_dies_leaves_nothing_of_that_chunk(world: World) {
        let text = HEADER.to_owned() + &conversations().concat();
        let ctx = world.ctx.clone();
        let archive = Archive::of("archive.csv", std::io::Cursor::new(text.clone().into_bytes()));
        let import_task = tokio::spawn(async move {
            archive::import_twcs(&ctx, archive, None, 4, |_| ControlFlow::Continue(())).await
        });
        import_task.abort();
        let _ = import_task.await;
        assert_whole(world).await;
        import_in_chunks(world, text, 4).await.expect("an archive");
        assert_eq!(world.number("select count(*) from posts").await, 16);
        assert_whole(world).await;
    }

    async fn bad_rows_are_rejected_with_their_lines_and_stop_nothing(world: World) {
        let mut text = HEADER.as_bytes().to_vec();
        text.extend_from_slice(row(1, "ada", 0, None).as_bytes());
        text.extend_from_slice(b",,,,,,\n");
        text.extend_from_slice(b"7,ada,True,Tue Oct 31 22:10:47 +0000 2017,\"two\nlines\",,\n");
        text.extend_from_slice(b"8,ada,True,Tue Oct 31 22:10:47 +0000 2017,caf\xe9,,\n");
        text.extend_from_slice(b"5.70306E+17,ada,True,Tue Oct 31 22:10:47 +0000 2017,hi,,\n");
        text.extend_from_slice(b"9,ada,True\n");
        text.extend_from_slice(b"10,ada,perhaps,Tue Oct 31 22:10:47 +0000 2017,hi,,\n");
        text.extend_from_slice(b"11,ada,True,yesterday,hi,,\n");
        text.extend_from_slice(row(12, "Acme", 3, Some(1)).as_bytes());
        text.extend_from_slice(row(1, "ben", 9, None).as_bytes());
        text.extend_from_slice(b"13,ada,True,Tue Oct 31 22:10:47 +0000 2017,\"never closed,,\n");
        let path = world.path("rejects.csv");
        let file: Rejects = Box::new(std::fs::File::create(&path).expect("a file"));
        let archive = Archive::of("archive.csv", std::io::Cursor::new(text));
        let outcome = archive::import_twcs(&world.ctx, archive, Some(file), 100, |_| {
            ControlFlow::Continue(())
        })
        .await
        .expect("some rows are good");
        let tally = outcome.tally;
        assert_eq!(
            (tally.rows, tally.accepted, tally.repeated, tally.rejected),
            (11, 3, 1, 7)
        );
        assert_eq!(world.texts("select author from posts where external_id = '1'").await, ["ada"]);
        let rejects = std::fs::read(path).expect("the rejects");
        let rejects = String::from_utf8_lossy(&rejects);
        let begins = |line: &str| assert!(rejects.lines().any(|it| it.starts_with(line)), "{line}\n{rejects}");
        begins("line,reason,tweet_id,author_id");
        begins("3,tweet_id is empty,,,");
        begins("6,not UTF-8 text,8,ada,");
        begins("7,tweet_id was rounded by a spreadsheet: 5.70306E+17,5.70306E+17,");
        begins("8,3 fields where the header has 7,9,ada,True");
        begins("9,inbound is neither true nor false: perhaps,10,");
        begins("10,");
        begins("13,a quote is opened and never closed,");
        assert_eq!(outcome.troubles.iter().map(|it| it.rows).sum::<u64>(), 7);
    }

    async fn a_packed_archive_is_unpacked_whatever_it_is_called(world: World) {
        let pack = |text: &str| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(text.as_bytes()).expect("memory");
            packer.finish().expect("memory")
        };
        let mut packed = pack(&(HEADER.to_owned() + &row(1, "ada", 0, None)));
        packed.extend(pack(&row(2, "Acme", 4, Some(1))));
        let outcome = import(world, packed).await;
        assert_eq!((outcome.tally.accepted, outcome.opened.customer), (2, 1));
    }

    async fn marks_and_line_ends_of_other_systems_are_read(world: World) {
        let text = format!(
            "\u{feff}{}{}{}{}",
            HEADER.replace('\n', "\r\n"),
            row(1, "ada", 0, None).replace('\n', "\r\n"),
            "2,ada,TRUE,Tue Oct 31 12:00:00 +0000 2017,one\rpost,,1.0\r\n",
            row(3, "Acme", 4, Some(2)).replace(",2\n", ",2.0\r\n"),
        );
        let outcome = import(world, text).await;
        assert_eq!((outcome.tally.accepted, outcome.tally.rejected), (3, 0));
        assert_eq!(outcome.opened.customer, 1);
        assert_eq!(
            world.texts("select body from posts where external_id = '2'").await,
            ["one\rpost"]
        );
    }

    async fn what_is_no_archive_is_refused_with_a_sentence_that_says_what_to_do(world: World) {
        for (text, expected) in [
            (&b""[..], "is empty"),
            (b"tweet_id,airline_sentiment,name,text\n1,bad,ada,hello\n", "the columns author_id, inbound, created_at and in_response_to_tweet_id are missing"),
            (b"tweet_id,name,text\n5.70306E+17,ada,hello\n", "the true ids are gone"),
            (b"name,age\nada,7\n", "none of its columns is there"),
            (b"[{\"dialogHeader\": {}}]", "is JSON"),
            (b"PK\x03\x04xyz", "is a ZIP file or a spreadsheet"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "isn't text"),
            (b"\xff\xfet\0w\0", "UTF-16"),
            (HEADER.as_bytes(), "no rows"),
        ] {
            let why = refusal(world, text).await;
            assert!(why.contains(expected), "{why}");
        }
        let rounded = HEADER.to_owned()
            + "5.70306E+17,ada,True,Tue Oct 31 22:10:47 +0000 2017,hello,,\n";
        assert!(refusal(world, rounded).await.contains("the true ids are gone"));
        assert!(refusal(world, HEADER.to_owned() + ",,,,,,\n").await.contains("tweet_id is empty"));
        assert_eq!(world.number("select count(*) from imports").await, 0);
    }

    async fn the_head_of_the_public_archive_gives_the_figures_computed_elsewhere(world: World) {
        let Some(folder) = shared() else { return };
        let expected: serde_json::Value = serde_json::from_slice(
            &std::fs::read(folder.join("expected.json")).expect("figures"),
        )
        .expect("figures");
        for file in ["twcs/twcs_head.csv.gz", "twcs_defects/head_plus_2000_empty_rows.csv"] {
            let truth = &expected["files"][file];
            let world = if file.starts_with("twcs/") { world } else { &World::on_sqlite().await };
            let archive = Archive::open(&folder.join(file)).expect("a file");
            let outcome = archive::import_twcs(&world.ctx, archive, None, 500, |_| ControlFlow::Continue(()))
                .await
                .expect("an archive");
            assert_eq!(outcome.tally.rows, truth["parsing"]["rows_in_file"]);
            assert_eq!(outcome.tally.rejected, truth["parsing"]["rows_rejected"]);
            let loose = |brand: &str, parent: &str| format!(
                "select count(*) from posts p join brands b on b.id = p.brand_id
                 where p.case_id is null and b.key like '{brand}' and {parent}"
            );
            let (at_root, missing) = (
                "p.parent_external_id is null",
                "p.id in (select post_id from missing_parents)",
            );
            // The figures count conversations; those in which no customer wrote have no case.
            let kinds = &truth["overall"]["by_kind"];
            assert_eq!(outcome.opened.customer, kinds["customer"]);
            assert_eq!(
                outcome.opened.brand + world.number(&loose("%", at_root)).await,
                kinds["brand"]
            );
            assert_eq!(
                outcome.opened.dangling + world.number(&loose("%", missing)).await,
                kinds["dangling"]
            );
            for (brand, figures) in truth["per_brand"].as_object().expect("brands") {
                let count = |what: &str| format!(
                    "select count(*) from cases c join brands b on b.id = c.brand_id
                     where b.key = '{brand}' and {what}"
                );
                for (kind, loose) in [
                    ("customer", 0),
                    ("brand", world.number(&loose(brand, at_root)).await),
                    ("dangling", world.number(&loose(brand, missing)).await),
                ] {
                    let expected = figures["by_kind"][kind].as_i64().unwrap_or(0);
                    let found = world.number(&count(&format!("c.origin = '{kind}'"))).await;
                    assert_eq!(found + loose, expected, "{brand} {kind}");
                }
                let answered = count("c.origin = 'customer' and c.first_answer_at is not null");
                assert_eq!(
                    world.number(&answered).await,
                    figures["customer_conversations_answered"],
                    "{brand}"
                );
                let mut waits: Vec<i64> = Vec::new();
                for wait in world.texts(&format!(
                    "select cast((c.first_answer_at - c.opened_at) / 1000 as text) from cases c
                     join brands b on b.id = c.brand_id
                     where b.key = '{brand}' and c.origin = 'customer'
                     and c.first_answer_at is not null"
                )).await {
                    waits.push(wait.parse().expect("a number"));
                }
                waits.sort_unstable();
                for (name, share) in [("p50_s", 50), ("p90_s", 90), ("p95_s", 95)] {
                    if let Some(expected) = figures["FRT_conv_min"][name].as_i64() {
                        let rank = (waits.len() * share).div_ceil(100).max(1);
                        assert_eq!(waits[rank - 1], expected, "{brand} {name}");
                    }
                }
            }
            assert_whole(world).await;
        }
    }

    async fn a_brands_answers_alone_open_no_case_and_are_known_again(world: World) {
        let Some(folder) = shared() else { return };
        let file = folder.join("twcs_outbound_only/AppleSupport.csv.gz");
        for (accepted, repeated) in [(10_983, 0), (0, 10_983)] {
            let archive = Archive::open(&file).expect("a file");
            let outcome = archive::import_twcs(&world.ctx, archive, None, 4000, |_| ControlFlow::Continue(()))
                .await
                .expect("an archive");
            assert_eq!((outcome.tally.accepted, outcome.tally.repeated), (accepted, repeated));
            assert_eq!(outcome.opened, archive::Opened::default());
        }
        assert_eq!(world.number("select count(*) from cases").await, 0);
        assert_eq!(world.number("select count(*) from posts").await, 10_983);
    }

    async fn other_public_files_are_refused_and_not_guessed_at(world: World) {
        let Some(folder) = shared() else { return };
        for (file, expected) in [
            ("airline_sentiment/Tweets.csv.gz", "author_id, inbound, created_at"),
            ("airline_sentiment_defects/excel_scientific_ids.csv", "the true ids are gone"),
            ("ibm_cdp/dev.json.gz", "is JSON"),
        ] {
            let archive = Archive::open(&folder.join(file)).expect("a file");
            let why = archive::import_twcs(&world.ctx, archive, None, 500, |_| ControlFlow::Continue(()))
                .await
                .expect_err("a refusal");
            assert!(why.to_string().contains(expected), "{why}");
        }
    }
}

/// The folder of real archives, where there is one: they aren't ours to keep in the repository.
fn shared() -> Option<PathBuf> {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no configuration but this"
    )]
    let named = std::env::var("SUNDOWN_SHARED").ok();
    let folder = named.map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")),
        PathBuf::from,
    );
    let data = folder.join("data");
    if data.is_dir() {
        Some(data)
    } else {
        eprintln!("Skipped: {} is not here", data.display());
        None
    }
}

/// A small generator, so that a seed is a test case.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(end).expect("small")).expect("small")
    }
}

fn shuffle(rows: &mut [String], seed: u64) {
    let mut dice = Dice(seed);
    for place in (1..rows.len()).rev() {
        rows.swap(place, dice.below(place + 1));
    }
}

/// Trees of all shapes: with and without customers, brands and beginnings, a circle now and then,
/// clocks that lie.
fn random_trees(seed: u64, first_id: u64) -> Vec<String> {
    const AUTHORS: [&str; 7] = ["ada", "ben", "cyd", "dee", "Acme", "Bolt", "Core"];
    let mut dice = Dice(seed ^ 0x5eed);
    let mut rows = Vec::new();
    let mut next = first_id + 1;
    for _ in 0..8 {
        let size = 1 + dice.below(7);
        let ids: Vec<u64> = (next..).take(size).collect();
        next += 100;
        for (place, &id) in ids.iter().enumerate() {
            let parent = match (place, dice.below(6)) {
                (0, 0) => Some(next - 1),
                (0, 1) => ids.last().copied(),
                (0, _) => None,
                _ => Some(ids[dice.below(place)]),
            };
            let author = AUTHORS[dice.below(AUTHORS.len())];
            let minute = i64::try_from(place * 10 + dice.below(25)).expect("small");
            rows.push(row(id, author, minute, parent));
        }
    }
    rows
}
