//! Canaries: secrets that are planted in every setting that may hold one, and looked for in all that
//! the program prints.

use crate::world::Site;
use std::{fs, process::Command, time::Duration};
use sundown::backend::vault::{Key, KeyFile};

const PASSWORD: &str = "canary-hush-4711";

/// Everything a run prints, at the log's most talkative; a server is stopped after a while.
fn print(site: &Site, url: &str, key: (&str, &str), args: &[&str]) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sundown"))
        .args(args)
        .current_dir(site.path(""))
        .env_remove("SUNDOWN_SECRET_KEY")
        .env_remove("SUNDOWN_SECRET_KEY_FILE")
        .env("SUNDOWN_DATABASE_URL", url)
        .env("SUNDOWN_BACKUP_DIR", site.path("kept"))
        .env("SUNDOWN_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .env(key.0, key.1)
        .stdout(fs::File::create(site.path("out")).expect("a file"))
        .stderr(fs::File::create(site.path("err")).expect("a file"))
        .spawn()
        .expect("the program");
    if args.first() == Some(&"serve") {
        for _ in 0..20 {
            std::thread::sleep(Duration::from_millis(50));
            if child.try_wait().expect("a child").is_some() {
                break;
            }
        }
        // It may have ended by itself.
        let _ = child.kill();
    }
    child.wait().expect("it ends");
    let read = |name: &str| fs::read(site.path(name)).expect("what it printed");
    String::from_utf8_lossy(&[read("out"), read("err")].concat()).into_owned()
}

/// Calls the program in many ways, right and wrong; nothing it says may hold a canary.
fn look_for(site: &Site, urls: &[String], key: &Key, canaries: &[&str]) {
    let text = key.to_text();
    let mut said = 0;
    let calls: &[&[&str]] = &[
        &["--help"],
        &["help", "serve"],
        &["help", "key", "rotate"],
        &["migrate"],
        &["demo"],
        &["report"],
        &["report", "--by", "moon"],
        &["report", "--brand", "nobody"],
        &["import", "twcs", "missing.csv"],
        &["backup", "whole.sundown"],
        &["backup", "whole.sundown"],
        &["restore", "whole.sundown"],
        &["restore", "missing.sundown"],
        &["person", "export", "--customer", "nobody"],
        &["person", "erase", "--customer", "nobody", "--yes"],
        &["key", "new", "new.key"],
        &["key", "rotate", "--to", "next.key"],
        &["serve", "--listen", "127.0.0.1:0"],
        &["serve", "--listen", "nowhere"],
        &["nonsense"],
    ];
    for url in urls {
        for (place, &args) in calls.iter().enumerate() {
            let wrong = format!("{PASSWORD}-as-a-key");
            let keys = [
                ("SUNDOWN_SECRET_KEY", text.expose().as_str()),
                ("SUNDOWN_SECRET_KEY_FILE", "the.key"),
                ("SUNDOWN_SECRET_KEY", wrong.as_str()),
            ];
            // The right key in one form or the other, and now and then a wrong one.
            let wanted = if place % 4 == 3 {
                vec![keys[place % 2], keys[2]]
            } else {
                vec![keys[place % 2]]
            };
            for key in wanted {
                let shown = print(site, url, key, args);
                said += shown.len();
                for canary in canaries.iter().copied().chain([PASSWORD]) {
                    assert!(
                        !shown.contains(canary),
                        "{args:?} shows a secret: {}",
                        shown.replace(canary, "•••")
                    );
                }
            }
        }
    }
    assert!(said > 10_000, "hardly anything was said");
}

#[tokio::test]
async fn nothing_that_is_printed_holds_a_secret() {
    let site = Site::on_sqlite();
    let key = Key::random();
    KeyFile(site.path("the.key")).keep(&key).expect("kept");
    let text = key.to_text();
    let urls = [
        site.url().to_owned(),
        format!("postgres://ada:{PASSWORD}@localhost:door/none"),
        format!("postgres:ada:{PASSWORD}@nowhere"),
        format!("mysql://ada:{PASSWORD}@localhost/none?password={PASSWORD}"),
    ];
    look_for(&site, &urls, &key, &[text.expose()]);
    site.end().await;
}

#[tokio::test]
async fn nothing_that_is_printed_about_a_server_holds_a_secret() {
    let Some(site) = Site::on_postgres().await else {
        return;
    };
    let key = Key::random();
    KeyFile(site.path("the.key")).keep(&key).expect("kept");
    let (scheme, rest) = site.url().split_once("postgres@").expect("a user");
    let url = format!("{scheme}postgres:{PASSWORD}@{rest}");
    let text = key.to_text();
    look_for(&site, &[url], &key, &[text.expose()]);
    site.end().await;
}
