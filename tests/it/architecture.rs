//! The house's drawing, checked: imports point down, SQL stays in the cellar, gates at the doors.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What each floor may name with `crate::…`; the longest floor that fits a file counts.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &["domain"]),
    (
        "server_fns",
        &[
            "domain",
            "server_fns",
            "backend::services",
            "backend::web::guard",
            "backend::web::panels",
        ],
    ),
    ("ui", &["domain", "server_fns", "ui"]),
    ("app", &["ui"]),
    ("backend/clock", &["domain"]),
    ("backend/ids", &["domain"]),
    ("backend/error", &["domain", "backend::store"]),
    ("backend/config", &["backend::Error", "backend::Result"]),
    (
        "backend/vault",
        &[
            "backend::vault",
            "backend::store::Tx",
            "backend::store::secrets",
            "backend::Error",
            "backend::Result",
        ],
    ),
    ("backend/ctx", &["domain", "backend"]),
    ("backend/store", &["domain", "backend::store"]),
    (
        "backend/connectors",
        &["domain", "backend::connectors", "backend::egress"],
    ),
    (
        "backend/engine",
        &[
            "domain",
            "backend::engine",
            "backend::store",
            "backend::Error",
            "backend::Result",
        ],
    ),
    (
        "backend/services",
        &[
            "domain",
            "backend::services",
            "backend::engine",
            "backend::store",
            "backend::vault",
            "backend::connectors",
            "backend::ctx",
            "backend::clock",
            "backend::ids",
            "backend::error",
            "backend::Error",
            "backend::Result",
        ],
    ),
    (
        "backend/jobs",
        &[
            "domain",
            "backend::jobs",
            "backend::services",
            "backend::ctx",
            "backend::Error",
            "backend::Result",
        ],
    ),
    (
        "backend/api",
        &[
            "domain",
            "server_fns::AppError",
            "backend::services",
            "backend::ctx",
            "backend::web::guard",
            "backend::Result",
        ],
    ),
    ("backend/cli", &["domain", "backend"]),
    (
        "backend/web",
        &["domain", "backend", "server_fns", "ui", "app"],
    ),
    ("backend", &["domain", "backend"]),
    ("lib", &["app", "domain", "server_fns", "ui", "backend"]),
    ("main", &["backend"]),
];

fn source_files() -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a source folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file");
            let name = path
                .strip_prefix(&root)
                .expect("below src")
                .with_extension("");
            (name.to_string_lossy().replace('\\', "/"), text)
        })
        .collect()
}

/// Every path a file names from the crate's root, with grouped imports taken apart.
fn crate_paths(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join(" ");
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|it: char| it.is_alphanumeric() || it == '_' || it == '$') {
            continue;
        }
        take_apart(&code[at + "crate::".len()..], String::new(), &mut paths);
    }
    paths
}

/// Reads one path, and what a `{…}` at its end adds; returns what comes after it.
fn take_apart<'a>(text: &'a str, before: String, paths: &mut Vec<String>) -> &'a str {
    let end = text
        .find(|it: char| !(it.is_alphanumeric() || it == '_' || it == ':'))
        .unwrap_or(text.len());
    let (path, mut rest) = text.split_at(end);
    let full = format!("{before}{path}");
    if !(path.ends_with("::") || path.is_empty()) || !rest.starts_with('{') {
        paths.push(full);
        return rest;
    }
    rest = rest[1..].trim_start();
    while !rest.is_empty() && !rest.starts_with('}') {
        let shorter = take_apart(rest, full.clone(), paths).trim_start();
        let shorter = shorter.strip_prefix(',').unwrap_or(shorter).trim_start();
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    rest.strip_prefix('}').unwrap_or(rest)
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for (name, text) in source_files() {
        let floor = FLOORS
            .iter()
            .filter(|(floor, _)| name == *floor || name.starts_with(&format!("{floor}/")))
            .max_by_key(|(floor, _)| floor.len());
        let Some((_, allowed)) = floor else {
            wrong.push(format!("{name} stands on no floor"));
            continue;
        };
        for path in crate_paths(&text) {
            let fits = |it: &&str| path == **it || path.starts_with(&format!("{it}::"));
            if !allowed.iter().any(fits) {
                wrong.push(format!("{name} names crate::{path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sql_stays_in_the_store() {
    for (name, text) in source_files() {
        assert!(
            !text.contains("sqlx") || name.starts_with("backend/store"),
            "{name} speaks sqlx"
        );
    }
}

#[test]
fn services_know_no_web() {
    for (name, text) in source_files() {
        let is_inner = [
            "domain",
            "backend/services",
            "backend/engine",
            "backend/store",
        ]
        .iter()
        .any(|floor| name.starts_with(floor));
        let names =
            |it: &str| text.contains(&format!("use {it}")) || text.contains(&format!("{it}::"));
        assert!(
            !is_inner || !(names("axum") || names("leptos")),
            "{name} knows the web"
        );
    }
}

#[test]
fn the_folder_is_the_gate() {
    let gates: Vec<String> = source_files()
        .into_iter()
        .flat_map(|(name, text)| {
            let count =
                text.matches("cfg(feature").count() + text.matches("cfg(not(feature").count();
            std::iter::repeat_n(name, count)
        })
        .collect();
    assert!(gates.len() <= 6, "feature gates: {gates:?}");
    for gate in gates {
        assert!(
            ["lib", "main", "ui/live"].contains(&gate.as_str()),
            "{gate} has a feature gate"
        );
    }
}

#[test]
fn what_the_workshop_sets_does_not_stop_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let known = fs::read_to_string(root.join("src/backend/config/mod.rs")).expect("the settings");
    let listed = |folder: &str| {
        fs::read_dir(root.join(folder))
            .expect("a folder of the workshop")
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect::<Vec<_>>()
    };
    let mut seen = 0;
    for path in [".ci", ".cargo", "end2end", "xtask/src"]
        .iter()
        .flat_map(|it| listed(it))
    {
        // Pictures and the like set nothing.
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for (at, _) in text.match_indices("SUNDOWN_") {
            let name: String = text[at..]
                .chars()
                .take_while(|it| it.is_ascii_uppercase() || *it == '_')
                .collect();
            seen += 1;
            assert!(
                name.ends_with('_') || known.contains(&format!("\"{name}\"")),
                "{} sets {name}, at which the program would refuse to start",
                path.display()
            );
        }
    }
    assert!(seen > 5, "the workshop was not read");
}

#[test]
fn the_reader_of_imports_takes_groups_apart() {
    let text = "use crate::{backend::{Result, store::{self, Tx}}, domain::time::Instant}; x(crate::app::App)";
    let mut paths = crate_paths(text);
    paths.sort();
    assert_eq!(
        paths,
        [
            "app::App",
            "backend::Result",
            "backend::store::Tx",
            "backend::store::self",
            "domain::time::Instant",
        ]
    );
}
