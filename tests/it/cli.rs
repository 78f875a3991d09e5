//! The command line as programs and people call it: its contract, its errors, its endurance.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use sundown::backend::services::archive::generate;
use tempfile::TempDir;

/// An empty folder with a database of its own.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: TempDir::new().expect("a temporary folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).expect("a file");
        path
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sundown"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_remove("SUNDOWN_DATABASE_URL")
            .env_remove("SUNDOWN_LISTEN");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program")
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        let output = self.run(args);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).expect("JSON")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("plain letters")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const ARCHIVE: &str = "\
tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
1,ada,True,Tue Oct 31 22:00:00 +0000 2017,My parcel is lost,2,
2,ParcelCare,False,Tue Oct 31 22:10:00 +0000 2017,We look for it,,1
3,femi,True,Tue Oct 31 23:00:00 +0000 2017,And mine?,,
x,femi,True,Tue Oct 31 23:00:00 +0000 2017,not a number,,
5,femi,perhaps,Tue Oct 31 23:00:00 +0000 2017,neither,,
";

#[test]
fn an_import_counts_every_row_and_names_the_bad_ones() {
    let desk = Desk::new();
    let file = desk.write("archive.csv", ARCHIVE);
    let rejects = desk.path("rejects.csv");
    let counts = desk.json(&[
        "import",
        "twcs",
        text(&file),
        "--json",
        "--rejects",
        text(&rejects),
    ]);
    let expected = serde_json::json!({
        "rows": 5, "accepted": 3, "repeated": 0, "rejected": 2,
        "cases": {"customer": 2, "brand": 0, "dangling": 0},
    });
    assert_eq!(counts, expected);
    let rejected = fs::read_to_string(rejects).expect("the rejects");
    assert!(
        rejected.lines().any(|line| line.starts_with("5,")),
        "{rejected}"
    );
    assert!(
        rejected.lines().any(|line| line.starts_with("6,")),
        "{rejected}"
    );
    let again = desk.json(&["import", "twcs", text(&file), "--json"]);
    assert_eq!(again["repeated"], 3);
    assert_eq!(
        again["cases"],
        serde_json::json!({"customer": 0, "brand": 0, "dangling": 0})
    );
}

#[test]
fn the_default_database_is_a_file_below_data() {
    let desk = Desk::new();
    let file = desk.write("archive.csv", ARCHIVE);
    assert!(desk.run(&["import", "twcs", text(&file)]).status.success());
    assert!(desk.path("data/sundown.db").exists());
}

#[test]
fn a_report_has_the_shape_that_programs_rely_on() {
    let desk = Desk::new();
    let file = desk.write("archive.csv", ARCHIVE);
    assert!(desk.run(&["import", "twcs", text(&file)]).status.success());
    let report = desk.json(&[
        "report",
        "--json",
        "--by",
        "brand",
        "--as-of",
        "2017-11-01T00:00:00Z",
    ]);
    let first_response = |n: u64, s: Option<u64>| serde_json::json!({"n": n, "p50_s": s, "p90_s": s, "p95_s": s, "km_p50_s": s, "km_p90_s": s});
    let expected = serde_json::json!({
        "as_of": "2017-11-01T00:00:00Z",
        "total": {
            "cases": 2, "answered": 1, "waiting": 1, "oldest_waiting_s": 3600,
            "first_response": {
                "n": 1, "p50_s": 600, "p90_s": 600, "p95_s": 600, "km_p50_s": 600, "km_p90_s": null,
            },
        },
        "groups": [
            {
                "key": "(none)", "cases": 1, "answered": 0, "waiting": 1, "oldest_waiting_s": 3600,
                "first_response": first_response(0, None),
            },
            {
                "key": "ParcelCare", "cases": 1, "answered": 1, "waiting": 0, "oldest_waiting_s": null,
                "first_response": first_response(1, Some(600)),
            },
        ],
    });
    assert_eq!(report, expected);
    let table = desk.run(&["report", "--by", "brand"]);
    assert!(String::from_utf8_lossy(&table.stdout).contains("ParcelCare"));
}

#[test]
fn what_cannot_be_used_ends_with_one_and_a_sentence() {
    let desk = Desk::new();
    for (name, content, word) in [
        ("wrong.csv", "id,text\n1,hello\n", "columns"),
        (
            "mangled.csv",
            &ARCHIVE
                .lines()
                .take(1)
                .chain(["5.70306E+17,ada,True,Tue Oct 31 22:00:00 +0000 2017,x,,"])
                .collect::<Vec<_>>()
                .join("\n"),
            "spreadsheet",
        ),
        ("list.json", "[{\"a\": 1}]", "JSON"),
        ("empty.csv", "", "empty"),
    ] {
        let file = desk.write(name, content);
        let output = desk.run(&["import", "twcs", text(&file)]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(said(&output).contains(word), "{name}: {}", said(&output));
    }
    let missing = desk.run(&["import", "twcs", "nowhere.csv"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(said(&missing).contains("nowhere.csv"));
}

#[test]
fn a_setting_nobody_knows_is_named_at_start() {
    let desk = Desk::new();
    let output = desk
        .command(&["report"])
        .env("SUNDOWN_DATABSE_URL", "x")
        .output()
        .expect("the program");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("SUNDOWN_DATABSE_URL"));
    let output = desk
        .command(&["report"])
        .env("SUNDOWN_DATABASE_URL", "mysql://x")
        .output()
        .expect("the program");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("SUNDOWN_DATABASE_URL"));
}

#[test]
fn a_name_nobody_knows_is_an_error_and_not_an_empty_table() {
    let desk = Desk::new();
    let output = desk.run(&["report", "--brand", "nobody"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nobody"));
}

#[test]
fn the_demo_stays_on_the_loopback_address() {
    let desk = Desk::new();
    let output = desk.run(&["serve", "--demo", "--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("loopback"), "{}", said(&output));
}

#[test]
fn an_import_that_was_killed_and_started_again_gives_the_same_figures() {
    let whole = Desk::new();
    let file = whole.path("archive.csv");
    let mut to = fs::File::create(&file).expect("a file");
    generate::twcs(60_000, 5, &mut to).expect("room");
    drop(to);
    let report = ["report", "--json", "--by", "brand", "--as-of", "2018-06-01"];
    assert!(
        whole
            .run(&["import", "twcs", text(&file), "--json"])
            .status
            .success()
    );
    let expected = whole.json(&report);

    let killed = Desk::new();
    let log = killed.path("data/sundown.db-wal");
    let written = || fs::metadata(&log).map_or(0, |it| it.len());
    let mut was_cut = 0;
    for bytes in [500_000, 2_000_000, 4_000_000] {
        let mut child = killed
            .command(&["import", "twcs", text(&file), "--json"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program");
        // In the middle of a transaction: as soon as so much stands in the write-ahead log.
        let mut is_running = true;
        while is_running && written() < bytes {
            is_running = child.try_wait().expect("a child").is_none();
            std::thread::yield_now();
        }
        was_cut += u32::from(is_running);
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }
    assert!(was_cut > 0, "every run was over before it could be killed");
    assert!(
        killed
            .run(&["import", "twcs", text(&file), "--json"])
            .status
            .success()
    );
    assert_eq!(killed.json(&report), expected);
}
