//! The ledger of imports: which archives came in, and what became of their rows.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{ids::ImportId, time::Instant};

/// What became of an archive's rows so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Data rows read.
    pub rows: u64,
    /// New posts.
    pub accepted: u64,
    /// Posts that were there already.
    pub repeated: u64,
    /// Rows that couldn't be used.
    pub rejected: u64,
}

const BEGIN: &str = "
    insert into imports (id, layout, file, started_at)
    values ($1, $2, $3, $4)";

/// Opens a line of the ledger.
pub async fn begin(
    tx: &mut Tx,
    id: ImportId,
    layout: &str,
    file: &str,
    now: Instant,
) -> Result<()> {
    on!(tx, |db| sqlx::query(BEGIN)
        .bind(id.get())
        .bind(layout)
        .bind(file)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const COUNT: &str = "
    update imports
    set    read_rows = $2, accepted = $3, repeated = $4, rejected = $5
    where  id = $1";

/// Brings a line of the ledger up to date.
pub async fn count(tx: &mut Tx, id: ImportId, tally: &Tally) -> Result<()> {
    let number = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
    on!(tx, |db| sqlx::query(COUNT)
        .bind(id.get())
        .bind(number(tally.rows))
        .bind(number(tally.accepted))
        .bind(number(tally.repeated))
        .bind(number(tally.rejected))
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const FINISH: &str = "update imports set finished_at = $2 where id = $1";

/// Closes a line of the ledger: the archive was read to its end.
pub async fn finish(tx: &mut Tx, id: ImportId, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(FINISH)
        .bind(id.get())
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
