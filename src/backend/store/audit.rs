//! The audit log: only ever added to, each line sealed with all before it.
//!
//! A seal is the SHA-256 of the seal before and of the line, each of its fields with its length in
//! front, so that no two lines are written alike. What may tell of people (name, address, before,
//! after) goes into the seal as a salted mark of its text. So it can be taken out later: without the
//! salt the mark tells nothing, the chain stays whole, and [`verify`] counts an emptied field as whole
//! only when a later line says that it was emptied.

use super::{
    error::Result,
    tx::{Tx, on},
};
use crate::domain::{
    audit::{AuditEntry, AuditQuery, Who},
    ids::PersonId,
    time::{Instant, from_ms},
};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use std::collections::BTreeSet;

const TAKE_NUMBER: &str = "
    update audit_head set last = last + 1 where id = 1 returning last, seal";
const SEAL_HEAD: &str = "update audit_head set seal = $1 where id = 1";
const INSERT: &str = "
    insert into audit
        (number, at, person, name, address, action, subject, before, after, salts, marks, seal)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

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
    let salts: [String; 4] = std::array::from_fn(|_| format!("{:032x}", rand::random::<u128>()));
    let mut row = AuditRow {
        number,
        at: line.at.timestamp_millis(),
        person: line.who.person.get(),
        name: line.who.name.clone(),
        address: line.who.address.clone(),
        action: line.action.to_owned(),
        subject: line.subject.to_owned(),
        before: line.before.to_owned(),
        after: line.after.to_owned(),
        salts: salts.join(" "),
        marks: String::new(),
        seal: String::new(),
    };
    row.marks = row.marks_by(&salts).join(" ");
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
        .bind(&row.salts)
        .bind(&row.marks)
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
    salts: String,
    marks: String,
    seal: String,
}

/// Stands where a salt was taken away.
const EMPTIED: &str = "-";

/// How a line is.
enum Written {
    /// As it was written.
    AsItWas,
    /// As it was, but for what was taken out.
    Emptied,
    /// Changed.
    Otherwise,
}

impl AuditRow {
    /// What may tell of people.
    fn texts(&self) -> [&str; 4] {
        [&self.name, &self.address, &self.before, &self.after]
    }

    fn marks_by(&self, salts: &[String; 4]) -> Vec<String> {
        let texts = self.texts().into_iter().zip(salts);
        texts.map(|(text, salt)| sealed(&[salt, text])).collect()
    }

    fn sealed_after(&self, seal: &str) -> String {
        let (number, at, person) = (
            self.number.to_string(),
            self.at.to_string(),
            self.person.to_string(),
        );
        let (action, subject) = (self.action.as_str(), self.subject.as_str());
        if self.marks.is_empty() {
            let [name, address, before, after] = self.texts();
            return sealed(&[
                seal, &number, &at, &person, name, address, action, subject, before, after,
            ]);
        }
        sealed(&[seal, &number, &at, &person, action, subject, &self.marks])
    }

    /// Compares the line with its own marks.
    fn is_written(&self) -> Written {
        if self.marks.is_empty() {
            return Written::AsItWas;
        }
        let (salts, marks): (Vec<_>, Vec<_>) = (
            self.salts.split(' ').collect(),
            self.marks.split(' ').collect(),
        );
        if salts.len() != 4 || marks.len() != 4 {
            return Written::Otherwise;
        }
        let mut written = Written::AsItWas;
        for ((text, salt), mark) in self.texts().into_iter().zip(salts).zip(marks) {
            if salt == EMPTIED {
                written = Written::Emptied;
            } else if sealed(&[salt, text]) != mark {
                return Written::Otherwise;
            }
        }
        written
    }

    /// Numbers of lines that this one says were emptied.
    fn told_emptied(&self) -> Vec<(i64, i64)> {
        if self.action != ERASED {
            return Vec::new();
        }
        let after: serde_json::Value = serde_json::from_str(&self.after).unwrap_or_default();
        let lines = after.get("lines").cloned().unwrap_or_default();
        serde_json::from_value(lines).unwrap_or_default()
    }
}

/// The action of the line that says which lines were emptied.
pub const ERASED: &str = "person.erased";

fn sealed(fields: &[&str]) -> String {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
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
    select number, at, person, name, address, action, subject, before, after, salts, marks, seal
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

const FOUND: &str = "
    select number, at, person, name, address, action, subject, before, after, salts, marks, seal
    from   audit
    where  number < $1 and at >= $2 and at < $3
      and  ($4 = '' or cast(person as text) = $4)
      and  ($5 = '' or action = $5)
      and  ($6 = '' or subject = $6)
      and  ($7 = '' or lower(name || ' ' || address || ' ' || action || ' ' || subject || ' ' || before || ' ' || after) like $7 escape '\\')
    order  by number desc
    limit  $8";

/// A pattern for texts that have this one somewhere in them.
fn like(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%")
}

/// At most so many of the lines that are searched for, newest first, of those before a number.
pub async fn found(
    tx: &mut Tx,
    query: &AuditQuery,
    (from, until): (Instant, Instant),
    before: i64,
    most: i64,
) -> Result<Vec<AuditEntry>> {
    let text = query.text.as_deref().unwrap_or_default().to_lowercase();
    let text = if text.is_empty() { text } else { like(&text) };
    let person = query.person.map(|it| it.to_string()).unwrap_or_default();
    let rows: Vec<AuditRow> = on!(tx, |db| sqlx::query_as(FOUND)
        .bind(before)
        .bind(from.timestamp_millis())
        .bind(until.timestamp_millis())
        .bind(person)
        .bind(query.action.as_deref().unwrap_or_default())
        .bind(query.subject.as_deref().unwrap_or_default())
        .bind(text)
        .bind(most)
        .fetch_all(db)
        .await)?;
    Ok(rows.into_iter().map(AuditEntry::from).collect())
}

const ACTIONS: &str = "select distinct action from audit order by action";

/// Every action that was ever recorded.
pub async fn actions(tx: &mut Tx) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = on!(tx, |db| sqlx::query_as(ACTIONS).fetch_all(db).await)?;
    Ok(rows.into_iter().map(|(it,)| it).collect())
}

const ABOUT: &str = "
    select number, at, person, name, address, action, subject, before, after, salts, marks, seal
    from   audit
    where  person = $1 or subject = $2 or name = $3
       or  before like $4 escape '\\' or after like $4 escape '\\'
    order  by number";

async fn rows_about(tx: &mut Tx, person: PersonId, email: &str) -> Result<Vec<AuditRow>> {
    Ok(on!(tx, |db| sqlx::query_as(ABOUT)
        .bind(person.get())
        .bind(person.to_string())
        .bind(email)
        .bind(like(email))
        .fetch_all(db)
        .await)?)
}

/// Every line by or about somebody, oldest first.
pub async fn about(tx: &mut Tx, person: PersonId, email: &str) -> Result<Vec<AuditEntry>> {
    let rows = rows_about(tx, person, email).await?;
    Ok(rows.into_iter().map(AuditEntry::from).collect())
}

const EMPTY: &str = "
    update audit set name = $2, address = $3, before = $4, after = $5, salts = $6 where number = $1";

/// Takes somebody out of the log: their name and addresses where they did something, and what was
/// told of them where something was done to them. Returns the numbers of the lines, as ranges.
///
/// Lines from before there were marks stay as they are, because their seals need every letter.
pub async fn empty(
    tx: &mut Tx,
    person: PersonId,
    (email, old): (&str, &str),
    name: &str,
) -> Result<Vec<(i64, i64)>> {
    let mut numbers: Vec<(i64, i64)> = Vec::new();
    for mut row in rows_about(tx, person, email).await? {
        let mut salts: Vec<&str> = row.salts.split(' ').collect();
        if salts.len() != 4 {
            continue;
        }
        if row.person == person.get() || row.name == email {
            (row.name, row.address) = (name.to_owned(), String::new());
            (salts[0], salts[1]) = (EMPTIED, EMPTIED);
        }
        let tells = |it: &str| it.contains(email) || it.contains(old);
        if row.subject == person.to_string() || tells(&row.before) || tells(&row.after) {
            (row.before, row.after) = ("null".to_owned(), "null".to_owned());
            (salts[2], salts[3]) = (EMPTIED, EMPTIED);
        }
        on!(tx, |db| sqlx::query(EMPTY)
            .bind(row.number)
            .bind(&row.name)
            .bind(&row.address)
            .bind(&row.before)
            .bind(&row.after)
            .bind(salts.join(" "))
            .execute(db)
            .await
            .map(drop))?;
        match numbers.last_mut() {
            Some((_, last)) if *last + 1 == row.number => *last = row.number,
            _ => numbers.push((row.number, row.number)),
        }
    }
    Ok(numbers)
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
    let mut emptied: BTreeSet<i64> = BTreeSet::new();
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
            match row.is_written() {
                Written::AsItWas => {
                    for (first, last) in row.told_emptied() {
                        emptied.retain(|it| !(first..=last).contains(it));
                    }
                }
                Written::Emptied => {
                    emptied.insert(row.number);
                }
                Written::Otherwise => return Ok(Verdict::Broken { number: row.number }),
            }
            number = row.number;
            seal = row.seal;
        }
    }
    if let Some(&number) = emptied.first() {
        return Ok(Verdict::Broken { number });
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
