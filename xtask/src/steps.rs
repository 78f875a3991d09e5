//! The list of steps that a change must pass, for people and machines alike.
//!
//! A step that fails does not hide the result of those after it, unless they need what it makes.

use std::{path::Path, process::ExitCode, time::Instant};

use anyhow::{Result, bail};

use crate::{browser, budget, build, command, paths, postgres::Postgres, tally::Tally, tools};

/// What `cargo xtask test` can leave out.
const PARTS: [&str; 4] = ["postgres", "docs", "budget", "e2e"];

/// Keeps count while the steps are run.
#[derive(Default)]
struct Walk {
    tally: Tally,
    failed: Vec<&'static str>,
}

impl Walk {
    fn step<T>(
        &mut self,
        name: &'static str,
        act: impl FnOnce(&mut Tally) -> Result<T>,
    ) -> Option<T> {
        eprintln!("\n== {name}");
        let started = Instant::now();
        let outcome = act(&mut self.tally);
        let took = started.elapsed().as_secs_f32();
        match outcome {
            Ok(made) => {
                eprintln!("== {name}: fine ({took:.0} s)");
                Some(made)
            }
            Err(error) => {
                eprintln!("== {name}: FAILED ({took:.0} s): {error:#}");
                self.failed.push(name);
                None
            }
        }
    }

    /// The last words: which steps failed, and the count alone on its line.
    fn end(self) -> ExitCode {
        if !self.failed.is_empty() {
            println!("\nFailed: {}", self.failed.join(", "));
        }
        println!("{} passed, {} failed", self.tally.passed, self.tally.failed);
        if self.failed.is_empty() && self.tally.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// What is quick enough to be run before every commit.
pub fn check() -> Result<ExitCode> {
    tools::rust_components()?;
    tools::wasm_target()?;
    let mut walk = Walk::default();
    lint(&mut walk);
    walk.step("unit tests", |tally| rust_tests("test --lib", None, tally));
    Ok(walk.end())
}

/// Everything, as in CI.
pub fn test(args: &[String]) -> Result<ExitCode> {
    let wanted = wanted_parts(args)?;
    tools::rust_components()?;
    tools::wasm_target()?;
    let mut walk = Walk::default();
    lint(&mut walk);
    walk.step("clippy of xtask", |_| {
        clippy("--package xtask --all-targets")
    });
    walk.step("tests of xtask", |tally| {
        rust_tests("test --package xtask", None, tally)
    });
    // One run covers both engines: tests take SQLite always and PostgreSQL where they are told of
    // one.
    let server = if wanted("postgres") {
        walk.step("a PostgreSQL for the tests", |_| Postgres::start())
    } else {
        None
    };
    let address = server.map(|server| ("SUNDOWN_TEST_POSTGRES", server.url()));
    walk.step("tests", |tally| {
        rust_tests("test --no-fail-fast", address, tally)
    });
    if wanted("docs") {
        walk.step("documentation", |_| {
            let strict = "-D rustdoc::broken_intra_doc_links";
            command::run(command::cargo("doc --no-deps").env("RUSTDOCFLAGS", strict))
        });
    }
    if wanted("budget") || wanted("e2e") {
        let built = walk.step("dist/sundown", |_| build::dist());
        if let Some(executable) = built {
            if wanted("budget") {
                walk.step("size budget", |_| budget::check(&paths::dist_site()));
            }
            if wanted("e2e") {
                walk.step("browser tests", |tally| {
                    browser_tests(&executable, &[], tally)
                });
            }
        }
    }
    Ok(walk.end())
}

/// Only the browser tests, against a fresh build.
pub fn e2e(args: &[String]) -> Result<ExitCode> {
    let executable = build::dist()?;
    let mut walk = Walk::default();
    walk.step("browser tests", |tally| {
        browser_tests(&executable, args, tally)
    });
    Ok(walk.end())
}

fn lint(walk: &mut Walk) {
    walk.step("format", |_| {
        command::run(&mut command::cargo("fmt --all --check"))
    });
    walk.step("clippy for the server", |_| clippy("--all-targets"));
    walk.step("clippy for the browser", |_| {
        clippy("--lib --no-default-features --features hydrate --target wasm32-unknown-unknown")
    });
}

fn clippy(what: &str) -> Result<()> {
    command::run(&mut command::cargo(&format!(
        "clippy --quiet {what} -- -D warnings"
    )))
}

fn rust_tests(line: &str, environment: Option<(&str, String)>, tally: &mut Tally) -> Result<()> {
    let mut cargo = command::cargo(line);
    cargo.envs(environment);
    command::run_reading(&mut cargo, |line| *tally += Tally::of_rust_line(line))
}

fn browser_tests(executable: &Path, args: &[String], tally: &mut Tally) -> Result<()> {
    let (counted, outcome) = browser::test(executable, args)?;
    *tally += counted;
    outcome
}

/// Answers which parts are wanted, or says what was not understood.
fn wanted_parts(args: &[String]) -> Result<impl Fn(&str) -> bool + use<>> {
    let mut skipped = Vec::new();
    for arg in args {
        match arg.strip_prefix("--skip-") {
            Some(part) if PARTS.contains(&part) => skipped.push(part.to_owned()),
            _ => bail!(
                "{arg:?} is none of {}",
                PARTS.map(|part| format!("--skip-{part}")).join(", ")
            ),
        }
    }
    Ok(move |part: &str| !skipped.iter().any(|skipped| skipped == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_left_out_by_name_and_typing_mistakes_are_told() {
        let wanted = wanted_parts(&["--skip-e2e".to_owned()]).expect("a part");
        assert!(!wanted("e2e") && wanted("docs"));
        assert!(wanted_parts(&["--skip-e3e".to_owned()]).is_err());
    }
}
