//! `sundown import`: brings archives of conversations in.
//!
//! Progress goes to the standard error, and only where that is a terminal; the counts go to the
//! standard output, so that they can be read by people and by programs.

use crate::backend::{
    ctx::Ctx,
    error::{Error, Result},
    services::archive::{self, Archive, CHUNK_ROWS, Opened, Outcome, Rejects},
    store::{imports::Tally, workspace},
};
use clap::{Args, Subcommand};
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    fmt::Write as _,
    fs::File,
    io::{IsTerminal, Write as _},
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// Brings an archive of conversations in.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// In which layout the archive is.
    #[command(subcommand)]
    pub layout: Layout,
}

/// The layouts that can be read.
#[derive(Subcommand, Clone, Debug)]
pub enum Layout {
    /// “Customer support on Twitter”: a CSV table with tweet_id, author_id, inbound, created_at,
    /// text, response_tweet_id and in_response_to_tweet_id.
    ///
    /// The same file twice changes nothing more, and an import that was interrupted is simply
    /// started again.
    Twcs(TwcsArgs),
}

/// What an import can be told.
#[derive(Args, Clone, Debug)]
pub struct TwcsArgs {
    /// The table, plain or packed by gzip; `-` reads the standard input.
    pub file: PathBuf,
    /// Print the counts as JSON.
    #[arg(long)]
    pub json: bool,
    /// Write the rows that can't be used into this CSV file, each with its line and the reason.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

/// Runs `sundown import`.
pub async fn run(ctx: &Ctx, args: ImportArgs) -> Result<ExitCode> {
    let mut tx = ctx.store.read().await?;
    if workspace::find(&mut tx, workspace::DEMO).await?.is_some() {
        return Err(Error::Unusable(
            "This database holds the demo, and real conversations don't belong among invented ones. Give the archive a database of its own: SUNDOWN_DATABASE_URL=sqlite://data/mine.db".to_owned(),
        ));
    }
    drop(tx);
    match args.layout {
        Layout::Twcs(args) => twcs(ctx, &args).await,
    }
}

async fn twcs(ctx: &Ctx, args: &TwcsArgs) -> Result<ExitCode> {
    let archive = Archive::open(&args.file)?;
    let rejects = args
        .rejects
        .as_deref()
        .map(|it| open_rejects(it, &args.file))
        .transpose()?;
    let bar = bar_of(&archive);
    let read: Arc<AtomicU64> = Arc::clone(&archive.read);
    let watch = |tally: &Tally| {
        bar.set_position(read.load(Ordering::Relaxed));
        bar.set_message(HumanCount(tally.rows).to_string());
        ControlFlow::Continue(())
    };
    let outcome = archive::import_twcs(ctx, archive, rejects, CHUNK_ROWS, watch).await;
    bar.finish_and_clear();
    let outcome = outcome?;
    let text = if args.json {
        as_json(&outcome)
    } else {
        in_words(&outcome, args.rejects.as_deref())
    };
    // Whoever closed the pipe doesn't want to read it; the import is done all the same.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

fn open_rejects(path: &Path, archive: &Path) -> Result<Rejects> {
    let is_same = |one: &Path, other: &Path| matches!((one.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if is_same(path, archive) {
        return Err(Error::Unusable(format!(
            "--rejects names the archive itself, {}. Give another file: it is written anew.",
            path.display()
        )));
    }
    let file = File::create(path).map_err(|source| Error::File {
        what: format!("{} can't be written", path.display()),
        source,
    })?;
    Ok(Box::new(file))
}

fn bar_of(archive: &Archive) -> ProgressBar {
    const MEASURED: &str =
        "{bar:30} {percent:>3} %  {msg} rows  {elapsed_precise}, {eta_precise} left";
    const ENDLESS: &str = "{spinner} {bytes} read, {msg} rows  {elapsed_precise}";
    let bar = match archive.size {
        Some(size) => ProgressBar::new(size),
        None => ProgressBar::new_spinner(),
    };
    let template = archive.size.map_or(ENDLESS, |_| MEASURED);
    bar.set_style(
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    if std::io::stderr().is_terminal() {
        bar.enable_steady_tick(Duration::from_millis(250));
    } else {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar
}

fn as_json(outcome: &Outcome) -> String {
    let Tally {
        rows,
        accepted,
        repeated,
        rejected,
    } = outcome.tally;
    let Opened {
        customer,
        brand,
        dangling,
    } = outcome.opened;
    format!(
        "{{\"rows\":{rows},\"accepted\":{accepted},\"repeated\":{repeated},\"rejected\":{rejected},\"cases\":{{\"customer\":{customer},\"brand\":{brand},\"dangling\":{dangling}}}}}\n"
    )
}

fn in_words(outcome: &Outcome, rejects: Option<&Path>) -> String {
    let tally = &outcome.tally;
    let mut text = String::new();
    let mut line = |count: &dyn std::fmt::Display, what: &str| {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{count:>14}  {what}");
    };
    line(&HumanCount(tally.rows), "rows read");
    line(&HumanCount(tally.accepted), "accepted");
    line(
        &HumanCount(tally.repeated),
        "repeated: they were there already",
    );
    line(&HumanCount(tally.rejected), "rejected");
    for it in &outcome.troubles {
        line(
            &format!("– {}", HumanCount(it.rows)),
            &format!("{}, first on line {}", it.summary, it.first_line),
        );
    }
    let opened = &outcome.opened;
    line(&opened.customer, "cases opened by a customer's own post");
    line(&opened.brand, "cases opened below a brand's post");
    line(
        &opened.dangling,
        "cases whose first post is missing: they have no durations",
    );
    if tally.rejected > 0 {
        let _ = match rejects {
            Some(path) => writeln!(text, "The rejected rows are in {}.", path.display()),
            None => writeln!(
                text,
                "Give --rejects FILE to get every rejected row with its reason."
            ),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::services::archive::Trouble;

    #[test]
    fn the_counts_are_printed_as_json_and_in_words() {
        let outcome = Outcome {
            tally: Tally {
                rows: 10,
                accepted: 6,
                repeated: 3,
                rejected: 1,
            },
            opened: Opened {
                customer: 2,
                brand: 1,
                dangling: 0,
            },
            troubles: vec![Trouble {
                summary: "tweet_id is empty",
                rows: 1,
                first_line: 4,
                example: "tweet_id is empty".to_owned(),
            }],
        };
        assert_eq!(
            as_json(&outcome),
            "{\"rows\":10,\"accepted\":6,\"repeated\":3,\"rejected\":1,\"cases\":{\"customer\":2,\"brand\":1,\"dangling\":0}}\n"
        );
        let words = in_words(&outcome, None);
        assert!(words.contains("10  rows read"), "{words}");
        assert!(
            words.contains("tweet_id is empty, first on line 4"),
            "{words}"
        );
    }
}
