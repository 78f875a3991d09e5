//! Measures Sundown as it is shipped and writes what came out to docs/BENCHMARKS.md.

use std::{
    fs,
    process::{Command, ExitCode},
};

use anyhow::Result;

use crate::{budget, command, paths, site};

/// Builds as for release, measures, writes the report. Sizes of archives may be given, such as
/// `10_000 100_000`; then the report is only printed.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let site = site::build(site::Purpose::Dist)?;
    let sizes = budget::measure(&paths::dist_site())?;
    drop(site);
    let mut measuring = command::cargo("bench --package sundown --bench speed --");
    measuring.args(args);
    let mut measured = String::new();
    command::run_reading(&mut measuring, |line| {
        measured.push_str(line);
        measured.push('\n');
    })?;
    if args.is_empty() {
        let commit = command::output(Command::new("git").args(["rev-parse", "--short", "HEAD"]))?;
        let date = command::output(Command::new("date").args(["--utc", "+%Y-%m-%d"]))?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let text = format!(
            "# Benchmarks\n\nMade by `cargo xtask bench` on {date} at commit {commit}, on a shared machine with {cores} cores. \
             Figures are CPU time, bytes and growth first; wall-clock times depend on what else the machine does.\n\n\
             {measured}\n## What a browser loads\n\n{}",
            sizes.table()
        );
        let path = paths::root().join("docs/BENCHMARKS.md");
        fs::write(&path, text)?;
        println!("written to docs/BENCHMARKS.md");
    }
    Ok(ExitCode::SUCCESS)
}
