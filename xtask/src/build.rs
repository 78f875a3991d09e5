//! Puts server and site together: for development side by side, for release in one file.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};

use crate::{
    command, pack, paths,
    site::{self, Purpose},
};

/// Builds `dist/sundown` and says where it is.
pub fn dist() -> Result<PathBuf> {
    let built = release()?;
    let target = paths::dist_executable();
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    // A running executable cannot be written to, but its name can be given away.
    if target.exists() {
        fs::remove_file(&target)?;
    }
    fs::copy(&built, &target).with_context(|| built.display().to_string())?;
    let megabytes = fs::metadata(&target)?.len() as f64 / 1e6;
    println!("{} is ready ({megabytes:.1} MB)", target.display());
    Ok(target)
}

/// Builds the server as for release, with the site inside, where Cargo puts it.
pub fn release() -> Result<PathBuf> {
    let site = site::build(Purpose::Dist)?;
    pack::write(&site)?;
    command::run(
        command::cargo("build --release --package sundown --bin sundown")
            .env("SUNDOWN_SITE_PACK", paths::site_pack()),
    )?;
    Ok(paths::built_executable("release"))
}

/// Builds quickly and runs the server in place of this process, so that ctrl-C and exit codes are
/// its own.
pub fn run(args: &[String]) -> Result<ExitCode> {
    site::build(Purpose::Dev)?;
    command::run(&mut command::cargo("build --package sundown --bin sundown"))?;
    let executable = paths::built_executable("debug");
    let mut server = std::process::Command::new(&executable);
    server
        .args(["serve", "--demo"])
        .args(args)
        .current_dir(paths::root());
    eprintln!("$ sundown serve --demo {}", args.join(" "));
    become_it(server).with_context(|| executable.display().to_string())
}

#[cfg(unix)]
fn become_it(mut server: std::process::Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    // Comes back only when it could not start.
    Err(server.exec().into())
}

#[cfg(not(unix))]
fn become_it(mut server: std::process::Command) -> Result<ExitCode> {
    let status = server.status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
