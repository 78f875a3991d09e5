//! Builds, runs and checks Sundown: one list of steps for people and machines.
//!
//! Everything is an ordinary Rust dependency; what a machine lacks beyond that is installed when a
//! step first needs it (see [`tools`]). `cargo xtask help` names the commands.

mod bench;
mod browser;
mod budget;
mod build;
mod cleanup;
mod command;
mod compress;
mod pack;
mod paths;
mod postgres;
mod site;
mod steps;
mod styles;
mod tally;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask <command>

  run [args…]        build for development and serve the demo; args are passed on
  build              build dist/sundown: one executable with the site inside
  check              the quick checks: format, clippy for server and browser, unit tests
  test [--skip-…]    everything that must pass, as in CI; leave out a part with
                     --skip-postgres, --skip-docs, --skip-budget or --skip-e2e
  e2e [args…]        only the browser tests; args go to Playwright
  bench [args…]      build as for release and measure
  help               this text

CARGO_TARGET_DIR is honoured everywhere.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let _at_the_end = cleanup::begin();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Result<ExitCode> {
    let (command, args) = words
        .split_first()
        .map_or(("help", &[][..]), |(c, a)| (c.as_str(), a));
    match command {
        "run" => build::run(args),
        "build" => build::dist().map(|_| ExitCode::SUCCESS),
        "check" => steps::check(),
        "test" => steps::test(args),
        "e2e" => steps::e2e(args),
        "bench" => bench::run(args),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        unknown => bail!("there is no command {unknown:?}\n\n{HELP}"),
    }
}
