//! The command line: reads what is asked and calls one use case.

mod audit;
pub mod import;
mod report;
mod serve;
mod setup_link;

use super::{Error, Result, clock::Clock, config, ctx::Ctx, services, web::assets::Site};
use clap::{Args, Parser, Subcommand};
use std::process::ExitCode;

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
}

/// Where the data is.
#[derive(Clone, Debug, Args)]
pub struct DatabaseArgs {
    /// sqlite://path/to/file.db (made on first use) or postgres://user@host/name.
    #[arg(long, global = true, env = "SUNDOWN_DATABASE_URL", default_value = config::DATABASE_URL, value_name = "URL", hide_env_values = true)]
    pub database_url: String,
}

impl DatabaseArgs {
    /// Opens the database, brings it up to date and makes a context over it.
    pub async fn open(&self) -> Result<Ctx> {
        Ctx::open(&self.database_url, Clock::System).await
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
    let filter = tracing_subscriber::EnvFilter::try_from_env("SUNDOWN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,sundown=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(obey(cli, packed_site))
}

async fn obey(cli: Cli, packed_site: &'static [u8]) -> Result<ExitCode> {
    // Before the database, so that a broken installation doesn't make an empty one first.
    let site = match cli.command {
        Command::Serve(_) => Some(Site::packed_or_built(packed_site)?),
        _ => None,
    };
    let ctx = cli.database.open().await?;
    let outcome = match (cli.command, site) {
        (Command::Serve(args), Some(site)) => serve::run(&ctx, &args, site).await,
        (Command::Serve(_), None) => Err(Error::Task("the site wasn't opened".to_owned())),
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
    };
    ctx.store.close().await;
    outcome
}

/// What a person typed isn't what it should be.
fn unusable(why: impl Into<String>) -> Error {
    Error::Unusable(why.into())
}
