//! `sundown triage`.

use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::triage::{self, Learned},
        store::triage::Version,
    },
    domain::{
        triage::{Reason, Suggested},
        wording::count,
    },
};
use clap::Subcommand;
use std::{fmt::Display, process::ExitCode};

#[derive(Debug, Subcommand)]
pub enum TriageCommand {
    /// Show what was learned from corrections so far, and how well it did.
    Show,
    /// Learn from whatever was corrected since the last time, now.
    Retrain,
    /// Say what a text wants, how it sounds and how pressing it is, and why.
    Explain {
        /// The text.
        text: String,
    },
}

pub async fn run(ctx: &Ctx, command: TriageCommand) -> Result<ExitCode> {
    match command {
        TriageCommand::Show => show(ctx).await?,
        TriageCommand::Retrain => match triage::retrain(ctx, true).await? {
            Learned::NotYet { .. } => {
                println!(
                    "Nothing was corrected since the last time, so there is nothing to learn."
                );
            }
            Learned::Tried(version) => println!("{}", told(&version)),
        },
        TriageCommand::Explain { text } => explain(ctx, &text),
    }
    Ok(ExitCode::SUCCESS)
}

async fn show(ctx: &Ctx) -> Result<()> {
    let shown = triage::show(ctx).await?;
    if shown.in_force == 0 {
        println!("Triage knows its own lists only: nothing was learned from corrections yet.");
    } else {
        println!(
            "Model {} is in force, with weights of {} words of its own.",
            shown.in_force,
            count(shown.words as u64)
        );
    }
    println!(
        "{} corrections since the last time it learned.",
        count(shown.new.unsigned_abs())
    );
    for version in &shown.tries {
        println!("{}  {}", version.made_at.format("%F %R UTC"), told(version));
    }
    Ok(())
}

fn told(it: &Version) -> String {
    let percent = |thousandths: i64| format!("{}.{} %", thousandths / 10, thousandths % 10);
    format!(
        "Model {} learned from {} corrections; on {} others it agrees to {}, the one before to {}: {}.",
        it.version,
        count(it.lessons.unsigned_abs()),
        count(it.held_out.unsigned_abs()),
        percent(it.score),
        percent(it.score_before),
        if it.kept { "kept" } else { "not kept" }
    )
}

fn explain(ctx: &Ctx, text: &str) {
    let verdict = triage::explain(ctx, text);
    line("Kind", &verdict.kind);
    line("Tone", &verdict.tone);
    line("Priority", &verdict.priority);
    println!(
        "{:<9} {}",
        "Language",
        verdict.language.as_deref().unwrap_or("unknown")
    );
}

fn line(name: &str, it: &Suggested<impl Display>) {
    let reasons: Vec<String> = it.reasons.iter().map(Reason::in_words).collect();
    println!(
        "{name:<9} {}, {} % sure: {}",
        it.value,
        it.confidence,
        reasons.join(", ")
    );
}
