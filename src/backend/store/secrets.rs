//! Where sealed secrets stand, and which key has sealed them. What they say only the vault knows.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::time::Instant;
use sqlx::AssertSqlSafe;
use std::fmt;

/// A column of sealed values; its table's rows are told apart by a column `id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The table.
    pub table: &'static str,
    /// The column: its name ends in `_sealed`.
    pub column: &'static str,
}

/// The word that tells whether a key is the right one.
pub const CANARY: Sealed = Sealed {
    table: "sealing_key",
    column: "canary_sealed",
};
/// The key of the marks by which erased accounts are known.
pub const ERASURE_KEY: Sealed = Sealed {
    table: "erasure_key",
    column: "key_sealed",
};
/// The secrets of people's authenticator apps.
pub const APP: Sealed = Sealed {
    table: "people",
    column: "codes_sealed",
};
/// What channels sign in to their networks with.
pub const CONNECTION: Sealed = Sealed {
    table: "connections",
    column: "secret_sealed",
};

/// The key of the links by which customers say whether it is solved.
pub const CONFIRMATION_KEY: Sealed = Sealed {
    table: "confirmation_key",
    column: "key_sealed",
};

/// Every column of sealed values. Rotation seals them all anew; a test compares this list with the
/// schema.
pub const SEALED: &[Sealed] = &[CANARY, ERASURE_KEY, APP, CONNECTION, CONFIRMATION_KEY];

impl Sealed {
    /// The place of one row's value.
    pub const fn at(self, row: i64) -> Place {
        Place { column: self, row }
    }
}

/// Where one sealed value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    column: Sealed,
    row: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{}/{}",
            self.column.table, self.column.column, self.row
        )
    }
}

const HOLD_KEY: &str = "update sealing_key set key_id = key_id where id = 1 returning key_id";

/// The name of the key in force, which stays so until the transaction ends.
pub async fn hold_key(tx: &mut Tx) -> Result<Option<String>> {
    Ok(on!(tx, |db| sqlx::query_scalar(HOLD_KEY)
        .fetch_optional(db)
        .await)?)
}

const FIND_CANARY: &str = "select key_id, canary_sealed from sealing_key where id = 1";

/// The name of the key in force, and the word that it opens.
pub async fn find_canary(tx: &mut Tx) -> Result<Option<(String, String)>> {
    Ok(on!(tx, |db| sqlx::query_as(FIND_CANARY)
        .fetch_optional(db)
        .await)?)
}

const KEEP_CANARY: &str = "
    insert into sealing_key (id, key_id, canary_sealed, since) values (1, $1, $2, $3)
    on conflict (id) do nothing";

/// Puts the first key in force; one that is there already stays.
pub async fn keep_canary(tx: &mut Tx, key: &str, canary: &str, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(KEEP_CANARY)
        .bind(key)
        .bind(canary)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

const CHANGE_KEY: &str = "update sealing_key set key_id = $1, since = $2 where id = 1";

/// Puts another key in force.
pub async fn change_key(tx: &mut Tx, key: &str, now: Instant) -> Result<()> {
    on!(tx, |db| sqlx::query(CHANGE_KEY)
        .bind(key)
        .bind(now.timestamp_millis())
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}

/// All sealed values of a column, with their rows.
pub async fn list(tx: &mut Tx, Sealed { table, column }: Sealed) -> Result<Vec<(i64, String)>> {
    let sql = format!("select id, {column} from {table} where {column} is not null order by id");
    Ok(on!(tx, |db| sqlx::query_as(AssertSqlSafe(sql))
        .fetch_all(db)
        .await)?)
}

/// Keeps a value that was sealed anew.
pub async fn save(
    tx: &mut Tx,
    Sealed { table, column }: Sealed,
    row: i64,
    sealed: &str,
) -> Result<()> {
    let sql = format!("update {table} set {column} = $2 where id = $1");
    on!(tx, |db| sqlx::query(AssertSqlSafe(sql))
        .bind(row)
        .bind(sealed)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
