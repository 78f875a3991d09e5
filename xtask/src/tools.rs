//! What a fresh machine may lack. Looked for when first needed, installed when possible, and named
//! in a sentence when not.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use crate::{command, paths};

/// Compiler, formatter and linter of the pinned version.
pub fn rust_components() -> Result<()> {
    let sysroot = PathBuf::from(command::output(&mut command::program(
        "rustc --print sysroot",
    ))?);
    let has = |name: &str| {
        sysroot
            .join("bin")
            .join(name)
            .with_extension(env::consts::EXE_EXTENSION)
            .exists()
    };
    if has("cargo-clippy") && has("rustfmt") {
        Ok(())
    } else {
        install_toolchain("clippy and rustfmt")
    }
}

/// The standard library for browsers.
pub fn wasm_target() -> Result<()> {
    let sysroot = PathBuf::from(command::output(&mut command::program(
        "rustc --print sysroot",
    ))?);
    if sysroot
        .join("lib/rustlib/wasm32-unknown-unknown/lib")
        .is_dir()
    {
        Ok(())
    } else {
        install_toolchain("the target wasm32-unknown-unknown")
    }
}

/// `rust-toolchain.toml` names everything, so there is one command for all that may be missing.
fn install_toolchain(lacking: &str) -> Result<()> {
    if command::run(&mut command::program(
        "rustup toolchain install --no-self-update",
    ))
    .is_err()
    {
        bail!(
            "{lacking} is missing and rustup could not install it; \
             install the toolchain that rust-toolchain.toml describes"
        );
    }
    Ok(())
}

/// A Chromium or Chrome for the browser tests.
pub fn chromium() -> Result<PathBuf> {
    let find = || {
        [
            "chromium",
            "chromium-browser",
            "google-chrome-stable",
            "google-chrome",
        ]
        .into_iter()
        .find_map(in_path)
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    apt_install("chromium");
    match find() {
        Some(found) => Ok(found),
        None => {
            bail!("the browser tests need Chromium: install it, or leave them out with --skip-e2e")
        }
    }
}

/// The folder with `initdb` and `pg_ctl`, of the newest version there is.
pub fn postgres() -> Result<PathBuf> {
    if let Some(found) = find_postgres() {
        return Ok(found);
    }
    apt_install("postgresql");
    match find_postgres() {
        Some(found) => Ok(found),
        None => bail!(
            "the tests need the server programs of PostgreSQL 15 or newer: install them, \
             or leave these tests out with --skip-postgres"
        ),
    }
}

/// The packages of npm: the browser tests' own and what makes scripts small, exactly as the lock file
/// says.
pub fn end2end_packages() -> Result<()> {
    if in_path("npm").is_none() {
        bail!(
            "Node.js 20 or newer with npm makes the scripts small and drives the browser tests: install it"
        );
    }
    let folder = paths::root().join("end2end");
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules").join(".installed");
    if fs::read(&stamp).ok().as_ref() == Some(&lock) {
        return Ok(());
    }
    command::run(
        command::program("npm ci --no-audit --no-fund")
            .current_dir(&folder)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    fs::write(stamp, lock)?;
    Ok(())
}

/// Debian puts these programs beside the path, one folder for each version.
fn find_postgres() -> Option<PathBuf> {
    let version = |folder: &PathBuf| {
        folder
            .file_name()
            .and_then(|name| name.to_str()?.parse::<u32>().ok())
            .unwrap_or_default()
    };
    let newest = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|folder| folder.join("bin/initdb").exists() && version(folder) >= 15)
        .max_by_key(version)
        .map(|folder| folder.join("bin"));
    newest.or_else(|| in_path("initdb")?.parent().map(Path::to_path_buf))
}

/// Tries; whoever asked looks again and says what to do when it is still missing.
fn apt_install(package: &str) {
    if in_path("apt-get").is_none() {
        return;
    }
    let sudo = if is_root() { "" } else { "sudo " };
    let install = |words: &str| {
        let mut apt = command::program(&format!("{sudo}{words}"));
        command::run(apt.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let package = format!("apt-get install --yes --no-install-recommends {package}");
    // The lists may be absent or old: the first try tells.
    let outcome =
        install(&package).or_else(|_| install("apt-get update").and_then(|()| install(&package)));
    if let Err(error) = outcome {
        eprintln!("xtask: {error:#}");
    }
}

/// Whether this runs as root, which needs no sudo and which PostgreSQL refuses.
pub fn is_root() -> bool {
    command::output(&mut command::program("id -u")).is_ok_and(|id| id == "0")
}

fn in_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}
