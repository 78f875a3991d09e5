//! Reads an archive on a thread of its own and hands it on in chunks of bounded size.
//!
//! Invariant: what can't be used is written down with its line and its reason, and never stops the
//! reading; only a file without a single column that fits does.

use super::{
    table::{Next, Record, Table},
    twcs::{Columns, NEEDED, Reason, Row, is_rounded},
};
use crate::backend::error::{Error, Result};
use flate2::bufread::MultiGzDecoder;
use std::{
    collections::BTreeMap,
    io::{BufReader, Read, Write},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::mpsc::Sender;

/// A chunk ends early when it holds this much, so that memory stays flat whatever the posts are.
const FULL_BYTES: usize = 16 << 20;

/// Rows that were read together.
pub struct Chunk {
    /// Those that can be used.
    pub rows: Vec<Row>,
    /// How many can't.
    pub rejected: u64,
}

/// An archive that is about to be read.
pub struct Archive {
    /// What people call it: the file's name.
    pub name: String,
    /// How many bytes it has, when that is known.
    pub size: Option<u64>,
    /// How many of them were read.
    pub read: Arc<AtomicU64>,
    input: Box<dyn Read + Send>,
}

impl Archive {
    /// A file; `-` is the standard input.
    pub fn open(path: &Path) -> Result<Self> {
        if path.as_os_str() == "-" {
            return Ok(Self::of("standard input", std::io::stdin()));
        }
        let file_error = |source| Error::File {
            what: format!("{} can't be read", path.display()),
            source,
        };
        let file = std::fs::File::open(path).map_err(file_error)?;
        let about = file.metadata().map_err(file_error)?;
        if about.is_dir() {
            return Err(Error::Unusable(format!(
                "{} is a folder. Give the archive's file.",
                path.display()
            )));
        }
        Ok(Self {
            size: about.is_file().then_some(about.len()),
            ..Self::of(&path.display().to_string(), file)
        })
    }

    /// Anything that can be read.
    pub fn of(name: &str, input: impl Read + Send + 'static) -> Self {
        Self {
            name: name.to_owned(),
            size: None,
            read: Arc::new(AtomicU64::new(0)),
            input: Box::new(input),
        }
    }
}

/// Where rejected rows are written down.
pub type Rejects = Box<dyn Write + Send>;

/// How often a reason came up, and where first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The reason in few words.
    pub summary: &'static str,
    /// How many rows.
    pub rows: u64,
    /// The first one's line.
    pub first_line: u64,
    /// The first one's reason in full.
    pub example: String,
}

/// Reads an archive to its end, or until nobody listens any more; returns what couldn't be used,
/// most frequent first.
pub fn read(
    archive: Archive,
    rejects: Option<Rejects>,
    chunk_rows: usize,
    chunks: &Sender<Chunk>,
) -> Result<Vec<Trouble>> {
    let name = archive.name;
    let failed = |source: std::io::Error| Error::File {
        what: format!("{name} can't be read to its end"),
        source,
    };
    let counted = Counted {
        input: archive.input,
        read: archive.read,
    };
    let mut table = Table::new(unpacked(counted).map_err(failed)?).map_err(failed)?;
    if let Some(why) = not_a_table(table.peek()) {
        return Err(Error::Unusable(format!("{name} {why}")));
    }
    let mut record = Record::default();
    table.read(&mut record).map_err(failed)?;
    let columns = match Columns::find(&record) {
        Ok(columns) => columns,
        Err(missing) => {
            let why = without_columns(&mut table, &mut record, &missing).map_err(failed)?;
            return Err(Error::Unusable(format!("{name} {why}")));
        }
    };
    let mut ledger = Ledger::new(rejects, &columns)?;
    let mut chunk = Chunk {
        rows: Vec::with_capacity(chunk_rows),
        rejected: 0,
    };
    let mut bytes = 0;
    loop {
        let row = match table.read(&mut record).map_err(failed)? {
            Next::Record => columns.read(&record),
            Next::OpenQuote => Err(Reason::OpenQuote),
            Next::TooLong => Err(Reason::TooLong),
            Next::End => break,
        };
        match row {
            Ok(row) => {
                bytes += row.size();
                chunk.rows.push(row);
            }
            Err(reason) => {
                chunk.rejected += 1;
                ledger.note(&record, &reason)?;
            }
        }
        if chunk.rows.len() >= chunk_rows || bytes >= FULL_BYTES {
            let full = std::mem::replace(
                &mut chunk,
                Chunk {
                    rows: Vec::with_capacity(chunk_rows),
                    rejected: 0,
                },
            );
            bytes = 0;
            if chunks.blocking_send(full).is_err() {
                return ledger.close();
            }
        }
    }
    if !chunk.rows.is_empty() || chunk.rejected > 0 {
        // Nobody listens any more where the import was given up; then there is nothing to add.
        let _ = chunks.blocking_send(chunk);
    }
    ledger.close()
}

/// Unpacks what is packed, whatever it is called.
fn unpacked(counted: Counted) -> std::io::Result<Box<dyn Read>> {
    let mut input = BufReader::with_capacity(128 << 10, counted);
    let is_packed = std::io::BufRead::fill_buf(&mut input)?.starts_with(b"\x1f\x8b");
    Ok(if is_packed {
        Box::new(MultiGzDecoder::new(input))
    } else {
        Box::new(input)
    })
}

/// Why the beginning of a file can't be that of a table, as the rest of a sentence.
fn not_a_table(beginning: &[u8]) -> Option<&'static str> {
    let first = beginning.trim_ascii_start();
    if first.is_empty() {
        return Some("is empty: there is nothing to import.");
    }
    if first.starts_with(b"PK\x03\x04") {
        return Some(
            "is a ZIP file or a spreadsheet. Unpack it, or export the table as CSV, and import that.",
        );
    }
    if first.starts_with(b"\x1f\x8b") {
        return Some("is packed twice. Unpack it once and import that.");
    }
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return Some("is written in UTF-16. Save it as UTF-8 and import that.");
    }
    let head = &first[..first.len().min(4096)];
    if head.contains(&0) {
        return Some("isn't text. An archive is a CSV table in UTF-8, plain or packed by gzip.");
    }
    match first.first() {
        Some(b'{' | b'[') => Some(
            "is JSON and not a table. An archive is a CSV table whose first line names its columns: tweet_id, author_id, inbound, created_at, text, response_tweet_id, in_response_to_tweet_id.",
        ),
        Some(b'<') => Some(
            "is a web page or XML and not a table. Download the CSV file itself and import that.",
        ),
        _ => None,
    }
}

/// Why a table without the needed columns can't be used, as the rest of a sentence.
fn without_columns<R: Read>(
    table: &mut Table<R>,
    header: &mut Record,
    missing: &[&'static str],
) -> std::io::Result<String> {
    const CURE: &str = "An archive's first line names its columns: tweet_id, author_id, inbound, created_at, text, response_tweet_id, in_response_to_tweet_id, in any order.";
    if header.as_utf8().is_none() {
        return Ok(
            "isn't text in UTF-8. An archive is a CSV table in UTF-8, plain or packed by gzip."
                .to_owned(),
        );
    }
    let separator = header.fields().next().and_then(|it| {
        let first = std::str::from_utf8(it).ok()?;
        [';', '\t', '|']
            .into_iter()
            .find(|&it| first.contains(it) && NEEDED.iter().any(|name| first.contains(name)))
    });
    if let Some(separator) = separator {
        return Ok(format!(
            "separates its columns by {separator:?}. Export it with commas and import that."
        ));
    }
    let id_place = header
        .fields()
        .position(|it| it.trim_ascii().eq_ignore_ascii_case(b"tweet_id"));
    let mut rounded = None;
    if let Some(place) = id_place {
        for _ in 0..20 {
            if table.read(header)? != Next::Record {
                break;
            }
            let id = String::from_utf8_lossy(header.field(place)).into_owned();
            if is_rounded(id.trim()) {
                rounded = Some(id);
                break;
            }
        }
    }
    let columns = match missing {
        [one] => format!("the column {one} is missing"),
        [first @ .., last] if missing.len() < NEEDED.len() => {
            format!("the columns {} and {last} are missing", first.join(", "))
        }
        _ => "none of its columns is there".to_owned(),
    };
    Ok(match rounded {
        Some(id) => format!(
            "isn't a conversation archive: {columns}. Besides, a spreadsheet has rounded its tweet_ids (such as {id}): the true ids are gone, so nothing can be threaded. Take the original file, and don't open it in a spreadsheet on the way. {CURE}"
        ),
        None => format!("isn't a conversation archive: {columns}. {CURE}"),
    })
}

/// Counts bytes as they are read.
struct Counted {
    input: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(into)?;
        self.read
            .fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(count)
    }
}

/// Notes what couldn't be used.
struct Ledger {
    file: Option<csv::Writer<Rejects>>,
    troubles: BTreeMap<&'static str, Trouble>,
}

impl Ledger {
    fn new(rejects: Option<Rejects>, columns: &Columns) -> Result<Self> {
        let mut file = rejects.map(|it| csv::WriterBuilder::new().flexible(true).from_writer(it));
        if let Some(file) = &mut file {
            let names = columns.names().iter().map(String::as_str);
            file.write_record(["line", "reason"].into_iter().chain(names))
                .map_err(rejects_failed)?;
        }
        Ok(Self {
            file,
            troubles: BTreeMap::new(),
        })
    }

    fn note(&mut self, record: &Record, reason: &Reason) -> Result<()> {
        self.troubles
            .entry(reason.summary())
            .or_insert_with(|| Trouble {
                summary: reason.summary(),
                rows: 0,
                first_line: record.line,
                example: reason.to_string(),
            })
            .rows += 1;
        if let Some(file) = &mut self.file {
            let (line, reason) = (record.line.to_string(), reason.to_string());
            file.write_record(
                [line.as_bytes(), reason.as_bytes()]
                    .into_iter()
                    .chain(record.fields()),
            )
            .map_err(rejects_failed)?;
        }
        Ok(())
    }

    fn close(self) -> Result<Vec<Trouble>> {
        if let Some(mut file) = self.file {
            file.flush().map_err(|why| rejects_failed(why.into()))?;
        }
        let mut troubles: Vec<Trouble> = self.troubles.into_values().collect();
        troubles.sort_by_key(|it| std::cmp::Reverse(it.rows));
        Ok(troubles)
    }
}

fn rejects_failed(why: csv::Error) -> Error {
    Error::File {
        what: "the file for rejected rows can't be written".to_owned(),
        source: std::io::Error::other(why),
    }
}
