//! A PostgreSQL that lives as long as the tests: its own folder, its own socket, no port, and no
//! care for what a power cut would lose.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{cleanup, command, tools};

/// The account that Debian's packages make; the server refuses to run as root.
const ACCOUNT: &str = "postgres";

/// A running server. It is stopped and its folder removed by [`cleanup`].
pub struct Postgres {
    socket: PathBuf,
}

impl Postgres {
    /// Makes and starts one.
    pub fn start() -> Result<Self> {
        let programs = tools::postgres()?;
        let as_root = tools::is_root();
        let home = TempDir::with_prefix("sundown-pg-")?;
        let folder = home.path().to_path_buf();
        if as_root {
            command::run(command::program(&format!("chown {ACCOUNT}:")).arg(&folder))?;
        }
        let data = folder.join("data");
        let run = |program: &str, words: &str| {
            let mut line = as_owner(as_root, &programs.join(program));
            line.arg("--pgdata")
                .arg(&data)
                .args(words.split_whitespace())
                .current_dir("/");
            line
        };
        command::output(&mut run(
            "initdb",
            "--username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync",
        ))
        .context("PostgreSQL could not make a database")?;

        let mut stop = run("pg_ctl", "stop --mode=immediate --silent");
        cleanup::at_end(move || {
            // It may never have come up, and there is nothing left to do about it here.
            let _stopped = command::output(&mut stop);
            drop(home);
        });

        let settings = format!(
            "-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c max_connections=200",
            folder.display()
        );
        let log = folder.join("log");
        // Not through pipes: the server would inherit them and keep them open.
        command::run(
            run("pg_ctl", "start --wait --silent")
                .arg("--log")
                .arg(&log)
                .arg("--options")
                .arg(settings),
        )
        .with_context(|| std::fs::read_to_string(&log).unwrap_or_default())?;
        Ok(Self { socket: folder })
    }

    /// Where the tests find it, as a superuser who may make databases.
    pub fn url(&self) -> String {
        format!(
            "postgres://postgres@localhost/postgres?host={}",
            self.socket.display()
        )
    }
}

fn as_owner(as_root: bool, program: &Path) -> Command {
    if as_root {
        let mut line = command::program(&format!("runuser -u {ACCOUNT} --"));
        line.arg(program);
        line
    } else {
        Command::new(program)
    }
}
