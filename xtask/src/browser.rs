//! The browser tests: Playwright drives Chromium against a copy of the executable that stands alone
//! in an empty folder, so that nothing outside of it can be of help.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{command, paths, tally::Tally, tools};

/// Runs the tests against this executable; `args` go to Playwright.
pub fn test(executable: &Path, args: &[String]) -> Result<(Tally, Result<()>)> {
    tools::end2end_packages()?;
    let chromium = tools::chromium()?;
    let empty = TempDir::with_prefix("sundown-e2e-")?;
    let name = executable
        .file_name()
        .context("the executable has no name")?;
    let copy = empty.path().join(name);
    fs::copy(executable, &copy)?;
    let report = empty.path().join("report.json");

    let outcome = command::run(
        command::program("node node_modules/@playwright/test/cli.js test --reporter=list,json")
            .args(args)
            .current_dir(paths::root().join("end2end"))
            .env("SUNDOWN_BIN", &copy)
            .env("SUNDOWN_CHROMIUM", &chromium)
            .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report),
    );
    let tally = fs::read(&report)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .map(|report| Tally::of_playwright(&report))
        .unwrap_or_default();
    Ok((tally, outcome))
}
