//! Measures Sundown as it is shipped: the release build measures itself with `sundown bench`.

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{build, command, paths};

/// Builds as for release and hands over to `sundown bench`.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let executable = build::release()?;
    command::run(
        Command::new(executable)
            .arg("bench")
            .args(args)
            .current_dir(paths::root()),
    )?;
    Ok(ExitCode::SUCCESS)
}
