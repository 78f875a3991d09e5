//! Reads a table of comma-separated values record by record, in bounded memory, whatever stands
//! in the file.
//!
//! A record ends at a line feed outside quotes; a carriage return before it is dropped, any other
//! is data. What goes wrong in one record costs that record only: a quote that is never closed
//! costs its line, and reading goes on with the next.
//!
//! Invariant: nothing is decoded here; fields are bytes, and lines are counted as the file has
//! them.

use std::io::{self, Read};

/// The most bytes a record may have; what is longer isn't a post.
pub const LONGEST_RECORD: usize = 4 << 20;

const BLOCK: usize = 256 << 10;

/// Reads records.
pub struct Table<R> {
    input: R,
    buffer: Vec<u8>,
    /// Where the unread bytes begin and end.
    start: usize,
    end: usize,
    is_finished: bool,
    line: u64,
}

/// One record: its fields one after the other, without quotes.
#[derive(Debug, Default)]
pub struct Record {
    /// The line on which it begins, counted from 1.
    pub line: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// What came next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A record.
    Record,
    /// A line that can't be read as one: a quote is opened in it and never closed, or not before
    /// the longest record's end. The line is in the record, as a single field.
    OpenQuote,
    /// A line longer than the longest record, of which the record holds the beginning.
    TooLong,
    /// The end of the table.
    End,
}

enum Scan {
    Whole { length: usize, lines: u64 },
    Unfinished,
    NeverClosed,
}

impl Record {
    /// How many fields there are.
    pub fn width(&self) -> usize {
        self.ends.len()
    }

    /// A field by its place; nothing where there is none.
    pub fn field(&self, place: usize) -> &[u8] {
        let Some(&end) = self.ends.get(place) else {
            return &[];
        };
        let start = match place {
            0 => 0,
            _ => self.ends[place - 1],
        };
        &self.bytes[start..end]
    }

    /// All fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.width()).map(|place| self.field(place))
    }

    /// Whether every byte of it is UTF-8.
    pub fn as_utf8(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// The range of a field's bytes in [`Record::as_utf8`].
    pub fn range(&self, place: usize) -> std::ops::Range<usize> {
        match self.ends.get(place) {
            Some(&end) => {
                let start = match place {
                    0 => 0,
                    _ => self.ends[place - 1],
                };
                start..end
            }
            None => 0..0,
        }
    }

    fn clear(&mut self, line: u64) {
        self.line = line;
        self.bytes.clear();
        self.ends.clear();
    }

    fn end_field(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Takes a whole record's bytes apart, without its line feed.
    fn split(&mut self, raw: &[u8]) {
        let raw = match raw.split_last() {
            Some((b'\r', rest)) => rest,
            _ => raw,
        };
        let mut at = 0;
        loop {
            if raw.get(at) == Some(&b'"') {
                at = self.take_quoted(raw, at + 1);
            }
            let rest = &raw[at..];
            let length = rest
                .iter()
                .position(|&byte| byte == b',')
                .unwrap_or(rest.len());
            self.bytes.extend_from_slice(&rest[..length]);
            self.end_field();
            at += length;
            if at == raw.len() {
                return;
            }
            at += 1;
        }
    }

    /// Takes what stands between quotes; returns the place after the closing one. What follows it
    /// before the next comma belongs to the field too, as everywhere in practice.
    fn take_quoted(&mut self, raw: &[u8], mut at: usize) -> usize {
        loop {
            let rest = &raw[at..];
            let Some(length) = rest.iter().position(|&byte| byte == b'"') else {
                self.bytes.extend_from_slice(rest);
                return raw.len();
            };
            self.bytes.extend_from_slice(&rest[..length]);
            at += length + 1;
            if raw.get(at) != Some(&b'"') {
                return at;
            }
            self.bytes.push(b'"');
            at += 1;
        }
    }
}

impl<R: Read> Table<R> {
    /// Reads a table from its first byte; a byte order mark is dropped.
    pub fn new(input: R) -> io::Result<Self> {
        let mut table = Self {
            input,
            buffer: vec![0; BLOCK],
            start: 0,
            end: 0,
            is_finished: false,
            line: 1,
        };
        table.fill()?;
        if table.unread().starts_with(b"\xef\xbb\xbf") {
            table.start += 3;
        }
        Ok(table)
    }

    /// The next bytes, up to a block of them, without reading past them.
    pub fn peek(&self) -> &[u8] {
        self.unread()
    }

    /// Reads the next record; lines without anything on them are passed over.
    pub fn read(&mut self, record: &mut Record) -> io::Result<Next> {
        loop {
            match scan(self.unread(), self.is_finished) {
                Scan::Whole { length, lines } => {
                    record.clear(self.line);
                    let raw = &self.buffer[self.start..self.start + length];
                    let text = raw.strip_suffix(b"\n").unwrap_or(raw);
                    let is_blank = matches!(text, b"" | b"\r");
                    if !is_blank {
                        record.split(text);
                    }
                    self.start += length;
                    self.line += lines;
                    if !is_blank {
                        return Ok(Next::Record);
                    }
                    if length == 0 {
                        return Ok(Next::End);
                    }
                }
                Scan::Unfinished if self.end - self.start < LONGEST_RECORD => self.fill()?,
                Scan::Unfinished | Scan::NeverClosed => return self.give_up_line(record),
            }
        }
    }

    fn unread(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Reads more, moving what is unread to the front and making room where there is none.
    fn fill(&mut self) -> io::Result<()> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        // Filled up as far as it goes: a pipe hands out little at a time, and a scan begins anew
        // after each fill.
        while self.end < self.buffer.len() {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.is_finished = true;
                    break;
                }
                Ok(count) => self.end += count,
                Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
                Err(why) => return Err(why),
            }
        }
        Ok(())
    }

    /// Passes over the first line of what can't be read.
    fn give_up_line(&mut self, record: &mut Record) -> io::Result<Next> {
        record.clear(self.line);
        let line_end = self.unread().iter().position(|&byte| byte == b'\n');
        if let Some(length) = line_end {
            record
                .bytes
                .extend_from_slice(&self.buffer[self.start..self.start + length]);
            record.end_field();
            self.start += length + 1;
            self.line += 1;
            return Ok(Next::OpenQuote);
        }
        let kept = self.unread().len().min(1024);
        record
            .bytes
            .extend_from_slice(&self.buffer[self.start..self.start + kept]);
        record.end_field();
        let is_quote_at_end = self.is_finished;
        loop {
            match self.unread().iter().position(|&byte| byte == b'\n') {
                Some(length) => {
                    self.start += length + 1;
                    self.line += 1;
                    break;
                }
                None if self.is_finished => {
                    self.start = self.end;
                    break;
                }
                None => {
                    self.start = self.end;
                    self.fill()?;
                }
            }
        }
        Ok(if is_quote_at_end {
            Next::OpenQuote
        } else {
            Next::TooLong
        })
    }
}

/// Finds the end of the first record.
fn scan(bytes: &[u8], is_finished: bool) -> Scan {
    let mut lines = 0;
    let mut at = 0;
    loop {
        // At the beginning of a field.
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let Some(length) = bytes[at..].iter().position(|&byte| byte == b'"') else {
                    return if is_finished {
                        Scan::NeverClosed
                    } else {
                        Scan::Unfinished
                    };
                };
                lines += bytes[at..at + length]
                    .iter()
                    .map(|&byte| u64::from(byte == b'\n'))
                    .sum::<u64>();
                at += length + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
        let Some(length) = bytes[at..]
            .iter()
            .position(|&byte| matches!(byte, b',' | b'\n'))
        else {
            return if is_finished {
                Scan::Whole {
                    length: bytes.len(),
                    lines: lines + 1,
                }
            } else {
                Scan::Unfinished
            };
        };
        at += length + 1;
        if bytes[at - 1] == b'\n' {
            return Scan::Whole {
                length: at,
                lines: lines + 1,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &[u8]) -> Vec<(Next, u64, Vec<String>)> {
        let mut table = Table::new(text).expect("bytes can be read");
        let mut record = Record::default();
        let mut found = Vec::new();
        loop {
            let next = table.read(&mut record).expect("bytes can be read");
            if next == Next::End {
                return found;
            }
            let fields = record
                .fields()
                .map(|it| String::from_utf8_lossy(it).into_owned())
                .collect();
            found.push((next, record.line, fields));
        }
    }

    fn rows(text: &[u8]) -> Vec<Vec<String>> {
        all(text).into_iter().map(|(_, _, fields)| fields).collect()
    }

    #[test]
    fn a_carriage_return_ends_nothing_but_is_dropped_before_a_line_feed() {
        assert_eq!(rows(b"a\rb,c\r\nd,e\n"), [["a\rb", "c"], ["d", "e"]]);
    }

    #[test]
    fn a_line_feed_between_quotes_is_text_and_lines_are_counted_through_it() {
        let found = all(b"a,\"b\nc\"\nd,e");
        assert_eq!(found[0].2, ["a", "b\nc"]);
        assert_eq!((found[0].1, found[1].1), (1, 3));
    }

    #[test]
    fn a_byte_order_mark_and_empty_lines_are_passed_over() {
        assert_eq!(
            rows(b"\xef\xbb\xbfa,b\n\n\r\nc,d\n\n"),
            [["a", "b"], ["c", "d"]]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line_only() {
        let found = all(b"a,b\nc,\"d\ne,f\n");
        assert_eq!(found[0].2, ["a", "b"]);
        assert_eq!(
            (&found[1].0, found[1].1, &found[1].2[..]),
            (&Next::OpenQuote, 2, &["c,\"d".to_owned()][..])
        );
        assert_eq!(found[2].2, ["e", "f"]);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_read() {
        let mut text = vec![b'x'; LONGEST_RECORD * 2];
        text.extend_from_slice(b"\na,b\n");
        let found = all(&text);
        assert_eq!(found[0].0, Next::TooLong);
        assert_eq!(
            (found[1].1, &found[1].2[..]),
            (2, &["a".into(), "b".into()][..])
        );
    }

    #[test]
    fn an_open_quote_in_a_large_file_costs_its_own_line_only() {
        let mut text = b"a,\"b\n".to_vec();
        for _ in 0..LONGEST_RECORD / 4 {
            text.extend_from_slice(b"c,d\n");
        }
        let found = all(&text);
        assert_eq!(found[0].0, Next::OpenQuote);
        assert_eq!(found.len(), LONGEST_RECORD / 4 + 1);
    }

    proptest! {
        /// The parser everybody uses reads the same fields, wherever all quotes are closed.
        #[test]
        fn fields_are_those_of_the_csv_crate(text in "[a,\"\n]{0,40}") {
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .terminator(csv::Terminator::Any(b'\n'))
                .from_reader(text.as_bytes());
            let found = all(text.as_bytes());
            prop_assume!(found.iter().all(|it| it.0 == Next::Record));
            let expected: Vec<Vec<String>> = reader
                .records()
                .map(|it| it.expect("letters").iter().map(str::to_owned).collect())
                .map(|mut it: Vec<String>| {
                    if let Some(last) = it.last_mut() && last.ends_with('\r') {
                        last.pop();
                    }
                    it
                })
                .filter(|it| it != &[""] || text.contains('"'))
                .collect();
            let found: Vec<_> = found.into_iter().map(|it| it.2).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
