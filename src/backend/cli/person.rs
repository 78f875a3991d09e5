//! `sundown person`: hands out or erases what is kept about one person, a customer or one of us.

use super::unusable;
use crate::{
    backend::{
        ctx::Ctx,
        error::{Error, Result},
        services::person::{self, Who},
    },
    domain::person::Viewer,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// What can be done with one person's data.
#[derive(Subcommand, Clone, Debug)]
pub enum PersonCommand {
    /// Write everything that is kept about a customer, or a member of staff, as JSON.
    Export(ExportArgs),
    /// Erase a customer, or a member of staff: texts, names and ids go, times and figures stay.
    Erase(EraseArgs),
}

/// Who is meant.
#[derive(Args, Clone, Debug)]
pub struct WhoArgs {
    /// A customer's number, the name of an account, or network/name. All brands that know the same
    /// account are included.
    #[arg(
        long,
        value_name = "ID|HANDLE",
        required_unless_present = "staff",
        conflicts_with = "staff"
    )]
    customer: Option<String>,
    /// Look for the name among this brand's customers only.
    #[arg(long, value_name = "KEY", conflicts_with = "staff")]
    brand: Option<String>,
    /// A member of staff, by e-mail address or number.
    #[arg(long, value_name = "EMAIL|ID")]
    staff: Option<String>,
}

/// What `sundown person export` can be told.
#[derive(Args, Clone, Debug)]
pub struct ExportArgs {
    #[command(flatten)]
    who: WhoArgs,
    /// The file to write, readable by you alone; it must not be there yet. Without it: the standard
    /// output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What `sundown person erase` can be told.
#[derive(Args, Clone, Debug)]
pub struct EraseArgs {
    #[command(flatten)]
    who: WhoArgs,
    /// Why a member of staff is erased: the audit log keeps it.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "Asked for at the command line"
    )]
    reason: String,
    /// Really do it: nothing brings the data back but a backup.
    #[arg(long)]
    yes: bool,
    /// Print the counts as JSON.
    #[arg(long)]
    json: bool,
}

impl From<WhoArgs> for Who {
    fn from(args: WhoArgs) -> Self {
        Self {
            name: args.customer.unwrap_or_default(),
            brand: args.brand,
        }
    }
}

/// Runs `sundown person`.
pub async fn run(ctx: &Ctx, command: PersonCommand) -> Result<ExitCode> {
    match command {
        PersonCommand::Export(args) => export(ctx, args).await,
        PersonCommand::Erase(args) => erase(ctx, args).await,
    }
}

async fn export(ctx: &Ctx, args: ExportArgs) -> Result<ExitCode> {
    if let Some(who) = &args.who.staff {
        let file = person::export_staff(ctx, who).await?;
        let what = format!(
            "{} sign-ins and {} lines of the audit log",
            file.sign_ins.len(),
            file.audit.len()
        );
        return hand_out(&file, args.out.as_deref(), &what);
    }
    let file = person::export(ctx, &args.who.into()).await?;
    let what = format!(
        "{} cases and {} posts in other people's cases",
        file.cases.len(),
        file.posts_elsewhere.len()
    );
    hand_out(&file, args.out.as_deref(), &what)
}

fn hand_out(file: &impl Serialize, to: Option<&Path>, what: &str) -> Result<ExitCode> {
    let text = serde_json::to_string_pretty(file).map_err(|why| Error::Task(why.to_string()))?;
    match to {
        None => writeln!(std::io::stdout(), "{text}")?,
        Some(path) => {
            write(path, &text).map_err(|source| Error::File {
                what: format!("{} can't be written", path.display()),
                source,
            })?;
            println!("{what} are in {}.", path.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

async fn erase_staff(ctx: &Ctx, who: &str, args: &EraseArgs) -> Result<ExitCode> {
    let mut tx = ctx.store.read().await?;
    let person = person::find_staff(&mut tx, who).await?;
    drop(tx);
    if !args.yes {
        return Err(unusable(format!(
            "This would erase {} <{}> for good. Export first if they may ask for it, then say it again with --yes.",
            person.name, person.email
        )));
    }
    let operator = Viewer::operator();
    let done = person::erase_staff(ctx, &operator, person.id, &args.reason).await?;
    if args.json {
        println!(
            "{}",
            serde_json::to_string(&done).map_err(|why| Error::Task(why.to_string()))?
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "Erased: they are {} now, in {} lines of the audit log too. All figures stay as they were.",
        done.name, done.lines
    );
    println!(
        "Backups that were made before still hold the data: let them run out, or remove them."
    );
    Ok(ExitCode::SUCCESS)
}

async fn erase(ctx: &Ctx, args: EraseArgs) -> Result<ExitCode> {
    if let Some(who) = &args.who.staff {
        return erase_staff(ctx, who, &args).await;
    }
    let who: Who = args.who.into();
    if !args.yes {
        let file = person::export(ctx, &who).await?;
        let names: Vec<String> = file
            .handles
            .iter()
            .map(|it| format!("{}/{}", it.network, it.handle))
            .collect();
        return Err(unusable(format!(
            "This would erase {} with {} cases for good. Export first if somebody may ask for it, then say it again with --yes.",
            names.join(", "),
            file.cases.len()
        )));
    }
    let done = person::erase(ctx, &who).await?;
    if args.json {
        println!(
            "{}",
            serde_json::to_string(&done).map_err(|why| Error::Task(why.to_string()))?
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "Erased: {} accounts, {} posts, {} answers of ours, {} mentions, in {} cases. All figures stay as they were.",
        done.accounts, done.posts, done.answers, done.mentions, done.cases
    );
    println!(
        "Backups that were made before still hold the data: let them run out, or remove them."
    );
    Ok(ExitCode::SUCCESS)
}
