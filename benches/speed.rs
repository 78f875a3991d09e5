//! Measures Sundown on archives it makes itself, and prints a Markdown report.
//!
//! `cargo xtask bench` builds this as for release and writes the report to docs/BENCHMARKS.md.
//! Every measurement runs in a process of its own, so that memory and CPU time are its own.
//! Figures are CPU time, bytes, growth and ratios; nothing here passes or fails by a clock.

#[path = "../tests/it/labelled.rs"]
mod labelled;

use serde_json::{Value, json};
use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::Command,
    time::Instant as Stopwatch,
};
use sundown::{
    backend::{
        clock::Clock,
        ctx::Ctx,
        services::{
            archive::{self, Archive, CHUNK_ROWS, generate},
            board,
            intake::receive,
        },
        store::brands,
    },
    domain::{
        board_query::{BoardQuery, Preset, Range},
        brand::Brand,
        case::{Kind, Tone},
        ids::{BrandId, ChannelId},
        inbound::{Author, Delivery, InboundPost},
        network::{Channel, ChannelSource, Network},
        person::Viewer,
        post::Visibility,
        question::{Clock as Time, Filter},
        time::{Instant, from_ms},
        triage::{Model, evidence::Evidence, training},
    },
};

/// So many messages each archive has.
const SIZES: [u64; 3] = [10_000, 100_000, 1_000_000];
/// Who brings posts at once, how often, and how many at a time.
const WRITERS: [(usize, usize, usize); 3] = [(1, 400, 1), (32, 200, 1), (32, 30, 100)];
/// So often each question is asked.
const ROUNDS: usize = 100;

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    match args
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["import", file, database] => runtime.block_on(import(file, database)),
        ["board", database] => runtime.block_on(ask(database)),
        ["triage"] => println!("{}", triage()),
        ["intake", writers, calls, piece, database] => {
            let number = |text: &str| text.parse().expect("a number");
            let size = (number(writers), number(calls), number(piece));
            runtime.block_on(take_in(size, database));
        }
        _ => conduct(&args),
    }
}

/// Makes the archives, runs each measurement apart and prints the report.
fn conduct(args: &[String]) {
    let sizes: Vec<u64> = match args
        .iter()
        .map(|it| it.replace('_', "").parse())
        .collect::<Result<Vec<u64>, _>>()
    {
        Ok(sizes) if !sizes.is_empty() => sizes,
        _ => SIZES.to_vec(),
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut imports, mut boards) = (Vec::new(), Vec::new());
    for size in sizes {
        eprintln!("{size} messages …");
        let file = folder.path().join(format!("{size}.csv"));
        let mut to = std::io::BufWriter::new(fs::File::create(&file).expect("a file"));
        generate::twcs(size, 42, &mut to).expect("room for the archive");
        drop(to);
        let database = folder.path().join(format!("{size}.db"));
        imports.push(child(&["import", text(&file), text(&database)]));
        boards.push(child(&["board", text(&database)]));
        fs::remove_file(&file).expect("the archive can go");
    }
    let intakes: Vec<Value> = WRITERS
        .iter()
        .map(|(writers, calls, piece)| {
            let database = folder.path().join(format!("intake-{writers}-{piece}.db"));
            let size = [writers, calls, piece].map(usize::to_string);
            child(&["intake", &size[0], &size[1], &size[2], text(&database)])
        })
        .collect();
    let triage = child(&["triage"]);
    print!(
        "{}{}{}",
        report(&imports, &boards),
        report_intake(&intakes),
        triage_report(&triage)
    );
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in plain letters")
}

fn child(args: &[&str]) -> Value {
    let me: PathBuf = std::env::current_exe().expect("this program");
    let output = Command::new(me)
        .args(args)
        .output()
        .expect("it can be started");
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a measurement")
}

async fn import(file: &str, database: &str) {
    let ctx = Ctx::open(&format!("sqlite://{database}"), Clock::System)
        .await
        .expect("a new database");
    let archive = Archive::open(Path::new(file)).expect("the archive");
    let started = Stopwatch::now();
    let outcome = archive::import_twcs(&ctx, archive, None, CHUNK_ROWS, |_| {
        ControlFlow::Continue(())
    })
    .await
    .expect("it can be imported");
    let (rows, cpu_s) = (outcome.tally.rows, cpu_s());
    println!(
        "{}",
        json!({
            "rows": rows,
            "wall_s": started.elapsed().as_secs_f64(),
            "cpu_s": cpu_s,
            "rows_per_cpu_s": rows as f64 / cpu_s,
            "peak_mb": memory_mb("VmHWM"),
            "database_mb": fs::metadata(database).map_or(0.0, |it| it.len() as f64 / 1e6),
        })
    );
    ctx.store.close().await;
}

/// A question with its name in the report.
fn questions(brand: String) -> Vec<(&'static str, BoardQuery)> {
    let of = |preset| BoardQuery {
        range: Range::Preset(preset),
        ..BoardQuery::default()
    };
    let with_brand = Filter {
        brand: Some(brand),
        ..Filter::default()
    };
    vec![
        ("30 days", of(Preset::Month)),
        ("90 days", of(Preset::Quarter)),
        ("all of time", of(Preset::All)),
        (
            "30 days, one brand",
            BoardQuery {
                filter: with_brand,
                ..of(Preset::Month)
            },
        ),
        (
            "30 days, business time",
            BoardQuery {
                clock: Time::Business,
                ..of(Preset::Month)
            },
        ),
        (
            "all of time, business time",
            BoardQuery {
                clock: Time::Business,
                ..of(Preset::All)
            },
        ),
    ]
}

async fn ask(database: &str) {
    let url = format!("sqlite://{database}");
    let ctx = Ctx::open(&url, Clock::System).await.expect("the database");
    let before_mb = memory_mb("VmRSS");
    let started = Stopwatch::now();
    let first = board::report(&ctx, &Viewer::operator(), &all_of_time())
        .await
        .expect("a Board");
    let first_board_ms = started.elapsed().as_secs_f64() * 1000.0;
    let brand = first
        .brands
        .iter()
        .max_by_key(|it| it.figures.cases)
        .map(|it| it.key.clone())
        .unwrap_or_default();
    // The archive's own present: a minute after the last that is known of it.
    let long_after = Clock::System.now();
    let mut tx = ctx.store.read().await.expect("a snapshot");
    let snapshot = ctx
        .engine
        .snapshot(&mut tx, long_after)
        .await
        .expect("the facts");
    drop(tx);
    let now: Instant = from_ms(snapshot.latest + 60_000);
    let ctx = Ctx {
        clock: Clock::fixed(now),
        ..ctx
    };
    let mut asked = Vec::new();
    for (name, query) in questions(brand) {
        let mut engine = Vec::with_capacity(ROUNDS);
        let mut whole = Vec::with_capacity(ROUNDS);
        let cpu_before = cpu_s();
        for _ in 0..ROUNDS {
            let started = Stopwatch::now();
            let drawn = board::draw(&snapshot, None, &query, now);
            engine.push(started.elapsed().as_secs_f64() * 1000.0);
            drop(drawn);
        }
        let cpu_ms = (cpu_s() - cpu_before) * 1000.0 / ROUNDS as f64;
        for _ in 0..ROUNDS {
            let started = Stopwatch::now();
            let report = board::report(&ctx, &Viewer::operator(), &query)
                .await
                .expect("a Board");
            whole.push(started.elapsed().as_secs_f64() * 1000.0);
            drop(report);
        }
        asked.push(json!({
            "name": name,
            "engine_cpu_ms": cpu_ms,
            "engine_p50_ms": at(&mut engine, 0.5),
            "engine_p99_ms": at(&mut engine, 0.99),
            "whole_p50_ms": at(&mut whole, 0.5),
            "whole_p99_ms": at(&mut whole, 0.99),
        }));
    }
    let columns_mb = snapshot.bytes() as f64 / 1e6;
    println!(
        "{}",
        json!({
            "cases": first.total.cases,
            "first_board_ms": first_board_ms,
            "asked": asked,
            "before_mb": before_mb,
            "after_mb": memory_mb("VmRSS"),
            "columns_mb": columns_mb,
        })
    );
    ctx.store.close().await;
}

/// The shared posts that were labelled by hand, where they are.
fn shared(file: &str) -> Option<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data");
    Some(Path::new(folder).join(file)).filter(|it| it.exists())
}

/// How triage agrees with people, and how long it takes; null where there is nothing to measure by.
fn triage() -> Value {
    let complaints = ["airlines", "telecom"]
        .map(|it| shared(&format!("complaint_labels/{it}_set1_finalLabels.csv")));
    let tones = shared("airline_sentiment/Tweets.csv.gz");
    let (Some(tones), [Some(airlines), Some(telecom)]) = (tones, complaints) else {
        return Value::Null;
    };
    let posts = labelled::heard(&tones);
    let labels = labelled::labelled(&[&airlines, &telecom]);
    let lessons: Vec<training::Lesson> = posts
        .iter()
        .cycle()
        .take(10_000)
        .map(|it| training::Lesson {
            evidence: Evidence::of(&it.text),
            tone: Some(it.tone),
            kind: Some(match it.tone {
                Tone::Negative => Kind::Complaint,
                Tone::Neutral => Kind::Question,
                Tone::Positive => Kind::Praise,
            }),
        })
        .collect();
    let before = cpu_s();
    let learned = training::train(&lessons, 1);
    let training_ms = (cpu_s() - before) * 1000.0;
    let each = |model: &Model| {
        let before = cpu_s();
        for post in posts.iter().cycle().take(posts.len() * 10) {
            std::hint::black_box(model.judge(&post.text, &[]));
        }
        (cpu_s() - before) * 1e6 / (posts.len() * 10) as f64
    };
    let tones: Vec<Value> = [0, 100, 300, 1000, 3000]
        .map(|it| json!([it, labelled::left_out(&posts, it, 3)]))
        .to_vec();
    json!({
        "tones": tones,
        "complaints_cold": labelled::complaints_cold(&labels),
        "complaints_learned": labelled::complaints_learned(&labels),
        "cold_us": each(&Model::default()),
        "learned_us": each(&learned),
        "lessons": lessons.len(),
        "training_ms": training_ms,
        "kilobytes": learned.pack().len() as f64 / 1000.0,
    })
}

fn triage_report(it: &Value) -> String {
    let mut text = String::from("\n## Triage\n\n");
    if it.is_null() {
        text += "Not measured: the posts that were labelled by hand are not here.\n";
        return text;
    }
    text += "Tones (negative, neutral, positive) of 9,659 posts to four airlines that were labelled by hand: macro-F1 on one airline after corrections from the others, mean over the airlines and three draws. Nothing of these posts is shipped.\n\n| corrections | macro-F1 | target |\n|--:|--:|--:|\n";
    for row in it["tones"].as_array().into_iter().flatten() {
        let target = match row[0].as_u64() {
            Some(0) => "0.50",
            Some(1000) => "0.60",
            Some(3000) => "0.65",
            _ => "",
        };
        let reached = row[1].as_f64().unwrap_or(f64::NAN);
        text += &format!("| {} | {reached:.3} | {target} |\n", row[0]);
    }
    text += &format!(
        "\nF1 of “complaint” on 3,000 labelled posts to airlines and telecoms: {:.3} before any correction (target 0.57), {:.3} learned, five-fold (target 0.70).\n\n",
        number(it, "complaints_cold"),
        number(it, "complaints_learned"),
    );
    text += &format!(
        "One post is judged, with its reasons, in {:.1} µs of CPU time before any correction and in {:.1} µs by a model of {} lessons (target 50 µs), which was learned in {:.0} ms (target 2 s) and is kept in {:.0} KB.\n",
        number(it, "cold_us"),
        number(it, "learned_us"),
        it["lessons"],
        number(it, "training_ms"),
        number(it, "kilobytes"),
    );
    text
}

fn all_of_time() -> BoardQuery {
    BoardQuery {
        range: Range::Preset(Preset::All),
        ..BoardQuery::default()
    }
}

/// The value at a share of the sorted measurements.
fn at(measured: &mut [f64], share: f64) -> f64 {
    measured.sort_unstable_by(f64::total_cmp);
    measured[((measured.len() as f64 * share).ceil() as usize).clamp(1, measured.len()) - 1]
}

/// CPU seconds of this process so far, its own and the kernel's for it.
fn cpu_s() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |it| it.1);
    let ticks: f64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|it| it.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

/// A line of this process' memory account in megabytes.
fn memory_mb(line: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|it| {
        it.strip_prefix(line)?
            .split_whitespace()
            .nth(1)?
            .parse::<f64>()
            .ok()
    });
    found.unwrap_or(0.0) / 1000.0
}

/// The exponent of growth: the slope of log(cost) over log(size).
fn exponent(points: &[(f64, f64)]) -> f64 {
    let points: Vec<(f64, f64)> = points.iter().map(|(n, cost)| (n.ln(), cost.ln())).collect();
    let n = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|it| it.0), mean(|it| it.1));
    let above: f64 = points.iter().map(|it| (it.0 - x) * (it.1 - y)).sum();
    let below: f64 = points.iter().map(|it| (it.0 - x).powi(2)).sum();
    above / below
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or(f64::NAN)
}

fn report(imports: &[Value], boards: &[Value]) -> String {
    let mut text = String::from("## Import of a conversation archive, SQLite\n\n");
    text += "| messages | CPU s | rows per CPU second | wall s | peak memory MB | database MB |\n|--:|--:|--:|--:|--:|--:|\n";
    for it in imports {
        text += &format!(
            "| {} | {:.2} | {:.0} | {:.2} | {:.1} | {:.1} |\n",
            it["rows"],
            number(it, "cpu_s"),
            number(it, "rows_per_cpu_s"),
            number(it, "wall_s"),
            number(it, "peak_mb"),
            number(it, "database_mb"),
        );
    }
    text += "\nTarget: at least 50,000 rows per CPU second, memory flat.\n\n## The Board's whole report\n\n";
    text += "Server time in milliseconds over 100 rounds each. *Engine* is every figure of the page from the columns in memory; *whole* adds what is read from SQLite for it (names, texts, the first open cases).\n\n";
    text += "| question | messages | engine p50 | engine p99 | engine CPU | whole p50 | whole p99 |\n|---|--:|--:|--:|--:|--:|--:|\n";
    let asked = |board: &Value| board["asked"].as_array().cloned().unwrap_or_default();
    let names: Vec<String> = boards
        .first()
        .map(asked)
        .unwrap_or_default()
        .iter()
        .map(|it| it["name"].as_str().unwrap_or_default().to_owned())
        .collect();
    for (nth, name) in names.iter().enumerate() {
        for (import, board) in imports.iter().zip(boards) {
            let it = &asked(board)[nth];
            text += &format!(
                "| {name} | {} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |\n",
                import["rows"],
                number(it, "engine_p50_ms"),
                number(it, "engine_p99_ms"),
                number(it, "engine_cpu_ms"),
                number(it, "whole_p50_ms"),
                number(it, "whole_p99_ms"),
            );
        }
    }
    text += "\nTarget: whole p99 at most 20 ms at 1 M messages.\n\n| question | growth exponent, engine | growth exponent, whole |\n|---|--:|--:|\n";
    for (nth, name) in names.iter().enumerate() {
        let fit = |key: &str| {
            let points: Vec<(f64, f64)> = imports
                .iter()
                .zip(boards)
                .map(|(import, board)| (number(import, "rows"), number(&asked(board)[nth], key)))
                .collect();
            exponent(&points)
        };
        text += &format!(
            "| {name} | {:.2} | {:.2} |\n",
            fit("engine_p50_ms"),
            fit("whole_p50_ms")
        );
    }
    text += "\nTarget: below 0.5 from 10 k to 1 M.\n\n## Memory and start\n\n";
    text += "| messages | cases | resident MB | engine's columns MB | beyond them MB | to the first Board, ms |\n|--:|--:|--:|--:|--:|--:|\n";
    for (import, it) in imports.iter().zip(boards) {
        let (after, columns) = (number(it, "after_mb"), number(it, "columns_mb"));
        text += &format!(
            "| {} | {} | {after:.1} | {columns:.1} | {:.1} | {:.0} |\n",
            import["rows"],
            it["cases"],
            after - columns,
            number(it, "first_board_ms"),
        );
    }
    text += "\nTarget: at most 60 MB beyond the engine's own columns at 1 M messages.\n";
    text
}

/// Brings posts from many sides at once: kept, threaded, triaged and told as cases, each answered
/// only once it is durable.
async fn take_in((writers, calls, piece): (usize, usize, usize), database: &str) {
    let ctx = Ctx::open(&format!("sqlite://{database}"), Clock::System)
        .await
        .expect("a new database");
    let (now, channel) = (ctx.clock.now(), ChannelId::from(7));
    let mut tx = ctx.store.write().await.expect("a change");
    let brand = Brand {
        id: BrandId::from(1),
        key: "fairlark".to_owned(),
        name: "Fairlark".to_owned(),
        zone: "UTC".to_owned(),
    };
    brands::insert(&mut tx, &brand, now).await.expect("a brand");
    let account = Channel {
        id: channel,
        brand: brand.id,
        network: Network::Bluesky,
        handle: "fairlark.example".to_owned(),
        source: ChannelSource::Live,
    };
    brands::insert_channel(&mut tx, &account, now)
        .await
        .expect("a channel");
    tx.commit().await.expect("kept");
    let started = Stopwatch::now();
    let mut all = tokio::task::JoinSet::new();
    for writer in 0..writers {
        let ctx = ctx.clone();
        all.spawn(async move {
            let mut took = Vec::with_capacity(calls);
            for call in 0..calls {
                let posts: Vec<Delivery> = (0..piece)
                    .map(|nth| invented(writer, call * piece + nth, now))
                    .collect();
                let began = Stopwatch::now();
                receive(&ctx, channel, &posts).await.expect("taken");
                took.push(began.elapsed().as_secs_f64() * 1000.0);
            }
            took
        });
    }
    let mut took: Vec<f64> = Vec::new();
    while let Some(of_one) = all.join_next().await {
        took.extend(of_one.expect("a writer"));
    }
    let wall_s = started.elapsed().as_secs_f64();
    let count = writers * calls * piece;
    println!(
        "{}",
        json!({
            "writers": writers,
            "piece": piece,
            "messages": count,
            "per_s": count as f64 / wall_s,
            "per_cpu_s": count as f64 / cpu_s(),
            "p50_ms": at(&mut took, 0.5),
            "p99_ms": at(&mut took, 0.99),
        })
    );
    ctx.store.close().await;
}

/// A post of somebody; every third answers the one before.
fn invented(writer: usize, nth: usize, now: Instant) -> Delivery {
    let answers = (nth % 3 == 2).then(|| format!("{writer}-{}", nth - 1));
    let who = if answers.is_some() { nth - 1 } else { nth };
    Delivery::Post(InboundPost {
        external_id: format!("{writer}-{nth}"),
        parent_external_id: answers,
        author: Author {
            handle: format!("somebody-{writer}-{who}"),
            name: "Somebody".to_owned(),
            followers: 100,
        },
        visibility: Visibility::Public,
        body: format!("Flight f{writer}n{nth}x was delayed and is still waiting for its refund"),
        language: None,
        mentions: Vec::new(),
        published_at: now,
        version: 1,
        sent_with: None,
    })
}

fn report_intake(all: &[Value]) -> String {
    let mut text = String::from("\n## Intake, SQLite with `synchronous=FULL`\n\n");
    text +=
        "Every message is deduplicated, threaded, triaged and durable before it is answered.\n\n";
    text += "| writers | at a time | messages | per second | per CPU second | p50 ms | p99 ms |\n|--:|--:|--:|--:|--:|--:|--:|\n";
    for it in all {
        text += &format!(
            "| {} | {} | {} | {:.0} | {:.0} | {:.2} | {:.2} |\n",
            it["writers"],
            it["piece"],
            it["messages"],
            number(it, "per_s"),
            number(it, "per_cpu_s"),
            number(it, "p50_ms"),
            number(it, "p99_ms"),
        );
    }
    text += "\nTarget: at least 10,000 messages a second at 32 writers, alone at most 3 ms.\n";
    text
}
