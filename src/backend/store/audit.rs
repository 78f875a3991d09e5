//! The audit log: only ever added to, each line sealed with all before it.
//!
//! A seal is the SHA-256 of the seal before and of the line, each of its fields with its length in
//! front, so that no two lines are written alike.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{
    audit::{AuditEntry, Who},
    time::{Instant, from_ms},
};
use sha2::{Digest, Sha256};
use sqlx::FromRow;

const TAKE_NUMBER: &str = "
    update audit_head set last = last + 1 where id = 1 returning last, seal";
const SEAL_HEAD: &str = "update audit_head set seal = $1 where id = 1";
const INSERT: &str = "
    insert into audit (number, at, person, name, address, action, subject, before, after, seal)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// What is written down; the number is found by [`append`].
pub struct Line<'a> {
    /// When.
    pub at: Instant,
    /// Who.
    pub who: &'a Who,
    /// What.
    pub action: &'a str,
    /// To what.
    pub subject: &'a str,
    /// JSON.
    pub before: &'a str,
    /// JSON.
    pub after: &'a str,
}

/// Appends a line; returns its number. On PostgreSQL other writers of the log wait from here to
/// the end of this transaction, so it comes last in it.
pub async fn append(tx: &mut Tx, line: Line<'_>) -> Result<i64> {
    let (number, before): (i64, String) =
        on!(tx, |db| sqlx::query_as(TAKE_NUMBER).fetch_one(db).await)?;
    let row = AuditRow {
        number,
        at: line.at.timestamp_millis(),
        person: line.who.person.get(),
        name: line.who.name.clone(),
        address: line.who.address.clone(),
        action: line.action.to_owned(),
        subject: line.subject.to_owned(),
        before: line.before.to_owned(),
        after: line.after.to_owned(),
        seal: String::new(),
    };
    let seal = row.sealed_after(&before);
    on!(tx, |db| sqlx::query(INSERT)
        .bind(row.number)
        .bind(row.at)
        .bind(row.person)
        .bind(&row.name)
        .bind(&row.address)
        .bind(&row.action)
        .bind(&row.subject)
        .bind(&row.before)
        .bind(&row.after)
        .bind(&seal)
        .execute(db)
        .await
        .map(drop))?;
    on!(tx, |db| sqlx::query(SEAL_HEAD)
        .bind(&seal)
        .execute(db)
        .await
        .map(drop))?;
    Ok(number)
}

const WAIT: &str = "update audit_head set last = last where id = 1";

/// Waits until nobody else writes what is audited: for decisions that look at several rows, such
/// as whether somebody is the last of their kind.
pub async fn wait_for_turn(tx: &mut Tx) -> Result<()> {
    on!(tx, |db| sqlx::query(WAIT).execute(db).await.map(drop))?;
    Ok(())
}

#[derive(FromRow)]
struct AuditRow {
    number: i64,
    at: i64,
    person: i64,
    name: String,
    address: String,
    action: String,
    subject: String,
    before: String,
    after: String,
    seal: String,
}

impl AuditRow {
    fn sealed_after(&self, seal: &str) -> String {
        let (number, at, person) = (
            self.number.to_string(),
            self.at.to_string(),
            self.person.to_string(),
        );
        let mut hash = Sha256::new();
        for field in [
            seal,
            &number,
            &at,
            &person,
            &self.name,
            &self.address,
            &self.action,
            &self.subject,
            &self.before,
            &self.after,
        ] {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl From<AuditRow> for AuditEntry {
    fn from(row: AuditRow) -> Self {
        Self {
            number: row.number,
            at: from_ms(row.at),
            who: Who {
                person: row.person.into(),
                name: row.name,
                address: row.address,
            },
            action: row.action,
            subject: row.subject,
            before: row.before,
            after: row.after,
        }
    }
}

const AFTER: &str = "
    select number, at, person, name, address, action, subject, before, after, seal
    from   audit
    where  number > $1
    order  by number
    limit  $2";

async fn rows_after(tx: &mut Tx, number: i64, most: i64) -> Result<Vec<AuditRow>> {
    Ok(on!(tx, |db| sqlx::query_as(AFTER)
        .bind(number)
        .bind(most)
        .fetch_all(db)
        .await)?)
}

/// At most so many lines after a number, oldest first.
pub async fn after(tx: &mut Tx, number: i64, most: i64) -> Result<Vec<AuditEntry>> {
    let rows = rows_after(tx, number, most).await?;
    Ok(rows.into_iter().map(AuditEntry::from).collect())
}

const HEAD: &str = "select last, seal from audit_head where id = 1";

/// What reading the whole log again found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every line is as it was written.
    Whole {
        /// How many lines.
        lines: i64,
    },
    /// The first line that is missing, or isn't as it was written.
    Broken {
        /// Its number.
        number: i64,
    },
}

/// So many lines are held at a time.
const BATCH: i64 = 1000;

/// Reads the whole log again, seal by seal.
pub async fn verify(tx: &mut Tx) -> Result<Verdict> {
    let (last, head): (i64, String) = on!(tx, |db| sqlx::query_as(HEAD).fetch_one(db).await)?;
    let (mut number, mut seal) = (0, String::new());
    loop {
        let rows = rows_after(tx, number, BATCH).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let is_next = row.number == number + 1;
            if !is_next || row.seal != row.sealed_after(&seal) {
                return Ok(Verdict::Broken { number: number + 1 });
            }
            number = row.number;
            seal = row.seal;
        }
    }
    // Lines cut off at the end are missed by the head, which counts them.
    if number == last && seal == head {
        Ok(Verdict::Whole { lines: number })
    } else {
        Ok(Verdict::Broken {
            number: number.min(last) + 1,
        })
    }
}
