//! `sundown audit`.

use crate::backend::{
    Result,
    ctx::Ctx,
    services::audit::{self, Verdict},
};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Read the whole log again and compare every line with its seal: ends with 0 when it is whole,
    /// with 1 when it isn't.
    Verify,
}

pub async fn run(ctx: &Ctx, command: &AuditCommand) -> Result<ExitCode> {
    match command {
        AuditCommand::Verify => match audit::verify(ctx).await? {
            Verdict::Whole { lines } => {
                println!("The audit log is whole: {lines} lines, each as it was written.");
                Ok(ExitCode::SUCCESS)
            }
            Verdict::Broken { number } => {
                println!(
                    "The audit log was changed: line {number} is missing, or isn't as it was written."
                );
                Ok(ExitCode::FAILURE)
            }
        },
    }
}
