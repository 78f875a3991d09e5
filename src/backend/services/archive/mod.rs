//! Imports archives of conversations: streams the file, threads its posts, and opens a case for
//! every conversation in which a customer wrote.
//!
//! The file is read in chunks, and each chunk is one transaction. An import that was interrupted
//! is simply started again: what is in the store already is counted as repeated. The law is
//! docs/METRICS.md, “Import of conversation archives”.
//!
//! Invariant: memory is that of a few chunks, however long the file is; and the store says the
//! same whatever the order of the rows and however many files they came in.

mod chunk;
mod desks;
mod forest;
pub mod generate;
mod reading;
mod table;
mod twcs;
mod veil;

pub use chunk::Opened;
pub use reading::{Archive, Rejects, Trouble};

use crate::{
    backend::{
        ctx::Ctx,
        error::{Error, Result},
        services::person,
        store::imports::{self, Tally},
    },
    domain::ids::ImportId,
};
use desks::Timetables;
use reading::Chunk;
use std::ops::ControlFlow;
use tokio::sync::mpsc;

/// How many rows are kept at once, unless somebody says otherwise: enough that transactions cost
/// nothing, few enough that memory is small.
pub const CHUNK_ROWS: usize = 20_000;

/// The layout's name in the ledger of imports.
const TWCS: &str = "twcs";

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What became of the rows.
    pub tally: Tally,
    /// Cases opened, net of those that turned out to be parts of others.
    pub opened: Opened,
    /// Why rows were rejected, most frequent first.
    pub troubles: Vec<Trouble>,
}

/// Imports an archive in the layout of “customer support on Twitter”. `watch` is told after every
/// chunk how far it is, and may stop the import there.
pub async fn import_twcs(
    ctx: &Ctx,
    archive: Archive,
    rejects: Option<Rejects>,
    chunk_rows: usize,
    mut watch: impl FnMut(&Tally) -> ControlFlow<()>,
) -> Result<Outcome> {
    let name = archive.name.clone();
    let (sender, mut chunks) = mpsc::channel::<Chunk>(1);
    let reading =
        tokio::task::spawn_blocking(move || reading::read(archive, rejects, chunk_rows, &sender));
    let id: ImportId = ctx.ids.next(ctx.clock.now());
    let mut outcome = Outcome::default();
    let mut tables = Timetables::default();
    let mut has_begun = false;
    while let Some(chunk) = chunks.recv().await {
        let usable = chunk.rows.len();
        outcome.tally.rejected += chunk.rejected;
        outcome.tally.rows += chunk.rejected + u64::try_from(usable).unwrap_or(u64::MAX);
        if usable > 0 || has_begun {
            let now = ctx.clock.now();
            let mut tx = ctx.store.write_many().await?;
            if !has_begun {
                imports::begin(&mut tx, id, TWCS, &name, now).await?;
                has_begun = true;
            }
            // Asked for every chunk: somebody may be erased while an archive comes in.
            let veil = person::veil(&mut tx, &ctx.vault).await?;
            let kept = chunk::keep(
                &mut tx,
                &ctx.ids,
                now,
                &mut tables,
                veil.as_ref(),
                chunk.rows,
            )
            .await?;
            outcome.tally.accepted += kept.accepted;
            outcome.tally.repeated += kept.repeated;
            outcome.opened.customer += kept.opened.customer;
            outcome.opened.brand += kept.opened.brand;
            outcome.opened.dangling += kept.opened.dangling;
            imports::count(&mut tx, id, &outcome.tally).await?;
            tx.commit().await?;
        }
        if watch(&outcome.tally).is_break() {
            return Ok(outcome);
        }
    }
    outcome.troubles = reading
        .await
        .map_err(|why| Error::Task(why.to_string()))??;
    if !has_begun {
        return Err(Error::Unusable(nothing_usable(&name, &outcome)));
    }
    let mut tx = ctx.store.write().await?;
    imports::finish(&mut tx, id, ctx.clock.now()).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Says why a file was of no use, and what to do.
fn nothing_usable(name: &str, outcome: &Outcome) -> String {
    let Some(first) = outcome.troubles.first() else {
        return format!("{name} has a header but no rows: there is nothing to import.");
    };
    let rows = outcome.tally.rows;
    if let Some(rounded) = outcome
        .troubles
        .iter()
        .find(|it| it.summary.contains("spreadsheet"))
    {
        return format!(
            "None of the {rows} rows of {name} can be used: a spreadsheet has rounded the tweet_ids (line {}: {}), so the true ids are gone and nothing can be threaded. Take the original file, and don't open it in a spreadsheet on the way.",
            rounded.first_line, rounded.example
        );
    }
    format!(
        "None of the {rows} rows of {name} can be used. Most often: {} (first on line {}: {}). Give --rejects FILE to get every row with its reason.",
        first.summary, first.first_line, first.example
    )
}
