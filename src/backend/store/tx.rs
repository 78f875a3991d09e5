//! One transaction on either engine, and the macros that run the same SQL text on both.

use sqlx::{Postgres, Sqlite, Transaction};
use std::sync::Arc;

use super::error::Result;

/// A transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// Makes everything since the beginning of the transaction lasting and visible.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// Runs one expression against whichever engine the transaction is on.
macro_rules! on {
    ($tx:expr, |$db:ident| $query:expr) => {
        match $tx {
            $crate::backend::store::tx::Tx::Sqlite(tx) => {
                let $db = &mut **tx;
                $query
            }
            $crate::backend::store::tx::Tx::Postgres(tx) => {
                let $db = &mut **tx;
                $query
            }
        }
    };
}
pub(crate) use on;

/// Inserts many rows by few statements of at most [`ROWS`] rows each: the same text every time
/// but the last, so that it is prepared once. Evaluates to the number of rows that were written.
macro_rules! insert_rows {
    ($tx:expr, $head:expr, $rows:expr, |$b:ident, $row:ident| $bind:block, $tail:expr) => {{
        let mut written = 0;
        for chunk in $rows.chunks($crate::backend::store::tx::ROWS) {
            written += $crate::backend::store::tx::on!($tx, |db| {
                let mut builder = sqlx::QueryBuilder::new($head);
                builder.push_values(chunk, |mut $b, $row| $bind);
                builder.push($tail);
                builder.build().execute(db).await?.rows_affected()
            });
        }
        written
    }};
}
pub(crate) use insert_rows;

/// How many rows go into one statement: with the widest table (45 columns) well below SQLite's
/// 32,766 and PostgreSQL's 65,535 parameters.
pub const ROWS: usize = 500;

/// Words of the vocabularies, made ready once to be bound in any number of rows: a text that is
/// bound is copied, a shared one is not.
#[derive(Default)]
pub struct Words(Vec<(&'static str, Arc<str>)>);

impl Words {
    /// A word to bind.
    pub fn get(&mut self, word: &'static str) -> Arc<str> {
        // One look at the address is enough: a word that stands in two places is made ready twice.
        let known = self.0.iter().find(|it| std::ptr::eq(it.0, word));
        if let Some((_, ready)) = known {
            return Arc::clone(ready);
        }
        let ready: Arc<str> = word.into();
        self.0.push((word, Arc::clone(&ready)));
        ready
    }
}

/// Turns a list of ids into `(1,2,3)` for an `in`; numbers only, so there is nothing to escape.
pub fn id_list(ids: impl IntoIterator<Item = i64>) -> String {
    let mut list = String::from("(");
    for (place, id) in ids.into_iter().enumerate() {
        if place > 0 {
            list.push(',');
        }
        list.push_str(&id.to_string());
    }
    if list.len() == 1 {
        list.push_str("null");
    }
    list.push(')');
    list
}
