//! The command line: reads what is asked and calls one use case.

mod audit;
mod backup;
mod demo_networks;
pub mod import;
mod keys;
mod person;
mod report;
mod scripted_network;
mod serve;
mod setup_link;
mod triage;

use super::{
    Error, Result,
    clock::Clock,
    config,
    ctx::{Ctx, Place},
    services::{self, keys::KeySource},
    vault::{KeyFile, Secret},
    web::assets::Site,
};
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// Answer every public complaint before sundown, and be able to prove it.
#[derive(Debug, Parser)]
#[command(name = "sundown", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the Board in the browser.
    Serve(serve::ServeArgs),
    /// Bring an archive of conversations in.
    Import(import::ImportArgs),
    /// Print figures: a table, or JSON.
    Report(report::ReportArgs),
    /// Fill an empty database with an invented airline and telecom.
    Demo,
    /// Bring the database's schema up to date, then stop.
    Migrate,
    /// Print a fresh link by which the first administrator is made.
    SetupLink(setup_link::SetupLinkArgs),
    /// Look after the log of who changed what.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Write everything into one file, while Sundown goes on.
    Backup(backup::BackupArgs),
    /// Bring a backup back, into an empty place.
    Restore(backup::RestoreArgs),
    /// Make or change the key that secrets are sealed with.
    #[command(subcommand)]
    Key(keys::KeyCommand),
    /// Hand out or erase what is kept about one person.
    #[command(subcommand)]
    Person(person::PersonCommand),
    /// Play a network, for tests and rehearsals.
    #[command(hide = true)]
    ScriptedNetwork(scripted_network::ScriptedNetworkArgs),
    /// Look into what suggests kinds, tones and priorities, and let it learn.
    #[command(subcommand)]
    Triage(triage::TriageCommand),
}

/// Where the data is.
#[derive(Clone, Args)]
pub struct DatabaseArgs {
    /// sqlite://path/to/file.db (made on first use) or postgres://user@host/name.
    #[arg(long, global = true, env = "SUNDOWN_DATABASE_URL", default_value = config::DATABASE_URL, value_name = "URL", hide_env_values = true)]
    pub database_url: String,
    /// Where automatic backups go. Without it: beside the SQLite file, or into backups/ for
    /// PostgreSQL.
    #[arg(
        long,
        global = true,
        env = "SUNDOWN_BACKUP_DIR",
        value_name = "FOLDER",
        hide_env_values = true
    )]
    pub backup_dir: Option<PathBuf>,
    /// The file with the key of the secrets; SUNDOWN_SECRET_KEY holds the key itself. Without
    /// either: a file beside the SQLite file, made on first use.
    #[arg(
        long,
        global = true,
        env = "SUNDOWN_SECRET_KEY_FILE",
        value_name = "FILE",
        hide_env_values = true
    )]
    pub secret_key_file: Option<PathBuf>,
}

impl std::fmt::Debug for DatabaseArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DatabaseArgs(•••)")
    }
}

impl DatabaseArgs {
    /// Where everything is kept; `key` is the key that the environment holds.
    fn place(&self, key: Option<Secret<String>>) -> Result<Place> {
        let key = match (&self.secret_key_file, key) {
            (Some(_), Some(_)) => {
                return Err(unusable(
                    "SUNDOWN_SECRET_KEY and SUNDOWN_SECRET_KEY_FILE are both given. Keep one of them.",
                ));
            }
            (Some(file), None) => KeySource::File(KeyFile(file.clone())),
            (None, Some(text)) => KeySource::Given(text),
            (None, None) => KeySource::Unsaid,
        };
        Ok(Place {
            database_url: Secret::new(self.database_url.clone()),
            backups: self.backup_dir.clone(),
            key,
        })
    }
}

/// Runs the program as it was called; `packed_site` is the site inside the executable, if any.
pub fn run(packed_site: &'static [u8]) -> ExitCode {
    match begin(packed_site) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("sundown: {error}");
            ExitCode::FAILURE
        }
    }
}

fn begin(packed_site: &'static [u8]) -> Result<ExitCode> {
    config::check_environment(std::env::vars())?;
    let cli = Cli::parse();
    let place = cli.database.place(config::secret_key(std::env::vars()))?;
    let filter = tracing_subscriber::EnvFilter::try_from_env("SUNDOWN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,sundown=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(obey(cli.command, &place, packed_site))
}

async fn obey(command: Command, place: &Place, packed_site: &'static [u8]) -> Result<ExitCode> {
    // Before the database, so that a broken installation doesn't make an empty one first.
    let site = match &command {
        Command::Serve(args) => {
            args.check()?;
            Some(Site::packed_or_built(packed_site)?)
        }
        _ => None,
    };
    // These open no context: they must not change the schema, or need no database at all.
    match &command {
        Command::Backup(args) => return backup::back_up(place, args).await,
        Command::Restore(args) => return backup::restore(place, args).await,
        Command::Key(keys::KeyCommand::New(args)) => return keys::make(args),
        Command::ScriptedNetwork(args) => return scripted_network::run(args).await,
        _ => {}
    }
    let ctx = Ctx::open_at(place, Clock::System).await?;
    let outcome = match (command, site) {
        (Command::Serve(args), Some(site)) => serve::run(&ctx, &args, site).await,
        (Command::Import(args), _) => import::run(&ctx, args).await,
        (Command::Report(args), _) => report::run(&ctx, &args).await,
        (Command::Demo, _) => {
            println!("{}", services::demo::fill(&ctx).await?);
            Ok(ExitCode::SUCCESS)
        }
        (Command::SetupLink(args), _) => setup_link::run(&ctx, &args).await,
        (Command::Audit(command), _) => audit::run(&ctx, &command).await,
        (Command::Migrate, _) => {
            println!("The {} database is up to date.", ctx.store.engine_name());
            Ok(ExitCode::SUCCESS)
        }
        (Command::Person(command), _) => person::run(&ctx, command).await,
        (Command::Triage(command), _) => triage::run(&ctx, command).await,
        (Command::Key(keys::KeyCommand::Rotate(args)), _) => {
            keys::rotate(&ctx, &place.key, args).await
        }
        (
            Command::Serve(_)
            | Command::Backup(_)
            | Command::Restore(_)
            | Command::ScriptedNetwork(_)
            | Command::Key(keys::KeyCommand::New(_)),
            _,
        ) => Err(Error::Task("a command was begun twice".to_owned())),
    };
    ctx.store.close().await;
    outcome
}

/// What a person typed isn't what it should be.
fn unusable(why: impl Into<String>) -> Error {
    Error::Unusable(why.into())
}
