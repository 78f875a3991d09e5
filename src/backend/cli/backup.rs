//! `sundown backup` and `sundown restore`.

use crate::backend::{
    clock::Clock,
    ctx::Place,
    error::Result,
    services,
    store::backup::{Contents, Progress, Restored},
};
use clap::Args;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use std::{
    fmt::Write as _,
    io::{IsTerminal, Write as _},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

/// What `sundown backup` can be told.
#[derive(Args, Clone, Debug)]
pub struct BackupArgs {
    /// The file to write; it must not be there yet.
    pub file: PathBuf,
    /// Print the counts as JSON.
    #[arg(long)]
    pub json: bool,
}

/// What `sundown restore` can be told.
#[derive(Args, Clone, Debug)]
pub struct RestoreArgs {
    /// A file that `sundown backup` has written, on either engine.
    pub file: PathBuf,
    /// Print the counts as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Runs `sundown backup`.
pub async fn back_up(place: &Place, args: &BackupArgs) -> Result<ExitCode> {
    let bar = bar();
    let mut watch = |it: Progress<'_>| show(&bar, it);
    let outcome = services::backup::back_up(place, &Clock::System, &args.file, &mut watch).await;
    bar.finish_and_clear();
    let contents = outcome?;
    let text = if args.json {
        format!("{}\n", as_json(&contents, contents.schema))
    } else {
        let mut text = counts(&contents);
        // Writing to a string can't fail.
        let _ = writeln!(
            text,
            "{} holds everything as of {}. It has been checked.",
            args.file.display(),
            contents.made_at.format("%Y-%m-%d %H:%M:%S UTC")
        );
        if let Some(key) = &contents.key {
            let _ = writeln!(
                text,
                "Its secrets are sealed with key {key}, which isn't in it: keep that apart, and keep it."
            );
        }
        text
    };
    print(&text);
    Ok(ExitCode::SUCCESS)
}

/// Runs `sundown restore`.
pub async fn restore(place: &Place, args: &RestoreArgs) -> Result<ExitCode> {
    let bar = bar();
    let mut watch = |it: Progress<'_>| show(&bar, it);
    let outcome = services::backup::restore(place, &Clock::System, &args.file, &mut watch).await;
    bar.finish_and_clear();
    let Restored { contents, schema } = outcome?;
    let text = if args.json {
        format!("{}\n", as_json(&contents, schema))
    } else {
        let mut text = counts(&contents);
        let _ = writeln!(
            text,
            "Everything is as it was on {}.",
            contents.made_at.format("%Y-%m-%d at %H:%M:%S UTC")
        );
        if schema != contents.schema {
            let _ = writeln!(
                text,
                "The schema was brought from step {} to step {schema}.",
                contents.schema
            );
        }
        if let Some(key) = &contents.key {
            let _ = writeln!(
                text,
                "Its secrets are sealed with key {key}: give that one before you start Sundown on it."
            );
        }
        text
    };
    print(&text);
    Ok(ExitCode::SUCCESS)
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    bar.set_style(
        ProgressStyle::with_template("{spinner} {msg}  {elapsed_precise}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner()),
    );
    if std::io::stderr().is_terminal() {
        bar.set_message("copying");
        bar.enable_steady_tick(Duration::from_millis(250));
    } else {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar
}

fn show(bar: &ProgressBar, progress: Progress<'_>) {
    match progress {
        Progress::Rows(table, rows) => bar.set_message(format!("{table}: {}", HumanCount(rows))),
        Progress::Checking => bar.set_message("checking"),
    }
}

/// Whoever closed the pipe doesn't want to read it; what was to be done is done all the same.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn as_json(contents: &Contents, schema: i64) -> serde_json::Value {
    json!({
        "made_at": contents.made_at,
        "version": contents.version,
        "engine": contents.engine,
        "schema": schema,
        "events": contents.events,
        "key": contents.key,
        "rows": contents.rows,
    })
}

fn counts(contents: &Contents) -> String {
    let mut text = String::new();
    for (table, &rows) in contents.rows.iter().filter(|it| *it.1 > 0) {
        let rows = u64::try_from(rows).unwrap_or_default();
        let _ = writeln!(text, "{:>14}  {table}", HumanCount(rows).to_string());
    }
    text
}
