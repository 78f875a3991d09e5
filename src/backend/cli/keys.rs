//! `sundown key`.

use crate::backend::{
    ctx::Ctx,
    error::Result,
    services::keys::{self, KeySource},
    vault::{Key, KeyFile},
};
use clap::{Args, Subcommand};
use std::{io::Write, path::PathBuf, process::ExitCode};

/// What can be done with keys.
#[derive(Subcommand, Clone, Debug)]
pub enum KeyCommand {
    /// Make a new key in a file that only you can read.
    New(NewArgs),
    /// Seal every secret anew with a new key. Restart servers afterwards.
    Rotate(RotateArgs),
}

/// What `sundown key new` can be told.
#[derive(Args, Clone, Debug)]
pub struct NewArgs {
    /// The file to write; it must not be there yet. `-` prints the key instead.
    pub file: PathBuf,
}

/// What `sundown key rotate` can be told.
#[derive(Args, Clone, Debug)]
pub struct RotateArgs {
    /// The file of the new key. Without it, the new key takes the place of the present one, which
    /// stays beside it under another name.
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// Runs `sundown key new`.
pub fn make(args: &NewArgs) -> Result<ExitCode> {
    let key = Key::random();
    if args.file.as_os_str() == "-" {
        writeln!(std::io::stdout(), "{}", key.to_text().expose())?;
        return Ok(ExitCode::SUCCESS);
    }
    KeyFile(args.file.clone()).keep(&key)?;
    println!(
        "Key {} is in {}. Keep a copy of it apart from the backups, and set SUNDOWN_SECRET_KEY_FILE to it.",
        key.id(),
        args.file.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// Runs `sundown key rotate`.
pub async fn rotate(ctx: &Ctx, source: &KeySource, args: RotateArgs) -> Result<ExitCode> {
    let is_elsewhere = args.to.is_some();
    let done = keys::rotate(ctx, source, args.to).await?;
    println!(
        "{} secrets are sealed with key {} now; it is in {}.",
        done.secrets,
        done.to,
        done.file.display()
    );
    if let Some(old) = &done.old {
        println!(
            "The old key {} stays in {}: backups made until now need it.",
            done.from,
            old.display()
        );
    }
    if is_elsewhere {
        println!(
            "Set SUNDOWN_SECRET_KEY_FILE to {} from now on. Backups made until now need the old key {}.",
            done.file.display(),
            done.from
        );
    }
    println!("Servers that are running must be started again.");
    Ok(ExitCode::SUCCESS)
}
