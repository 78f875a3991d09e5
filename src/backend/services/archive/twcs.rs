//! The layout of the public “customer support on Twitter” archives: its columns, its rows, and why
//! a row can't be used.
//!
//! Invariant: a row is judged by itself; whether it is a repetition, and what it belongs to, is
//! decided elsewhere.

use super::table::Record;
use crate::domain::archive::Side;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use std::sync::Arc;

/// The most bytes a field may have; no network's post comes near it.
pub const LONGEST_FIELD: usize = 1 << 20;

/// The columns that rows are read from.
pub const NEEDED: [&str; 6] = [
    "tweet_id",
    "author_id",
    "inbound",
    "created_at",
    "text",
    "in_response_to_tweet_id",
];

/// One post of an archive. Its texts are shared with the statements that look for them and keep
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Digits.
    pub external_id: Arc<str>,
    /// The author's account.
    pub author: Arc<str>,
    /// Who wrote it.
    pub side: Side,
    /// Milliseconds since 1970.
    pub published_at: i64,
    /// What it says.
    pub text: Arc<str>,
    /// The post it answers.
    pub parent: Option<Arc<str>>,
}

impl Row {
    /// About how many bytes it holds.
    pub fn size(&self) -> usize {
        self.text.len() + self.author.len() + self.external_id.len() + 128
    }
}

/// Why a row can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Fields are missing or too many.
    #[error("{found} fields where the header has {expected}")]
    Fields {
        /// In the row.
        found: usize,
        /// In the header.
        expected: usize,
    },
    /// Some byte isn't text.
    #[error("not UTF-8 text")]
    NotUtf8,
    /// No id at all.
    #[error("tweet_id is empty")]
    NoId,
    /// A spreadsheet has rounded the id.
    #[error("tweet_id was rounded by a spreadsheet: {0}")]
    Rounded(String),
    /// Some other text in place of the id.
    #[error("tweet_id isn't digits: {0}")]
    Id(String),
    /// Neither true nor false.
    #[error("inbound is neither true nor false: {0}")]
    Inbound(String),
    /// Not a time, or not one at which posts existed.
    #[error("created_at isn't a time like “Tue Oct 31 22:10:47 +0000 2017”: {0}")]
    Time(String),
    /// A field of more than [`LONGEST_FIELD`] bytes, or a line of more than the longest record.
    #[error("longer than any post: a field may have 1 MB")]
    TooLong,
    /// A quote without its other half.
    #[error("a quote is opened and never closed")]
    OpenQuote,
}

impl Reason {
    /// What rows of the same trouble have in common, for a summary.
    pub const fn summary(&self) -> &'static str {
        match self {
            Self::Fields { .. } => "more or fewer fields than the header",
            Self::NotUtf8 => "not UTF-8 text",
            Self::NoId => "tweet_id is empty",
            Self::Rounded(_) => "tweet_id was rounded by a spreadsheet",
            Self::Id(_) => "tweet_id isn't digits",
            Self::Inbound(_) => "inbound is neither true nor false",
            Self::Time(_) => "created_at isn't a time",
            Self::TooLong => "longer than any post",
            Self::OpenQuote => "a quote is opened and never closed",
        }
    }
}

/// Where the columns stand.
#[derive(Clone, Debug)]
pub struct Columns {
    places: [usize; NEEDED.len()],
    names: Vec<String>,
}

impl Columns {
    /// Finds the columns by their names; what else there is doesn't matter. Otherwise says which
    /// ones are missing.
    pub fn find(header: &Record) -> Result<Self, Vec<&'static str>> {
        let names: Vec<String> = header
            .fields()
            .map(|it| String::from_utf8_lossy(it).trim().to_owned())
            .collect();
        let found =
            NEEDED.map(|needed| names.iter().position(|it| it.eq_ignore_ascii_case(needed)));
        let missing: Vec<&'static str> = NEEDED
            .iter()
            .zip(&found)
            .filter(|(_, place)| place.is_none())
            .map(|(&name, _)| name)
            .collect();
        if missing.is_empty() {
            Ok(Self {
                places: found.map(Option::unwrap_or_default),
                names,
            })
        } else {
            Err(missing)
        }
    }

    /// The header's own names, in its order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Reads a row.
    pub fn read(&self, record: &Record) -> Result<Row, Reason> {
        if record.width() != self.names.len() {
            return Err(Reason::Fields {
                found: record.width(),
                expected: self.names.len(),
            });
        }
        if record.fields().any(|it| it.len() > LONGEST_FIELD) {
            return Err(Reason::TooLong);
        }
        let all = record.as_utf8().ok_or(Reason::NotUtf8)?;
        let field = |column: usize| {
            let range = record.range(self.places[column]);
            // Fields that aren't text by themselves could still be text when put together.
            all.get(range).ok_or(Reason::NotUtf8)
        };
        let external_id = read_id(field(0)?)?;
        let side = read_side(field(2)?)?;
        let created_at = field(3)?;
        let published_at = read_time(created_at).ok_or_else(|| Reason::Time(short(created_at)))?;
        let parent = without_fraction(field(5)?);
        Ok(Row {
            external_id,
            author: storable(field(1)?),
            side,
            published_at,
            text: storable(field(4)?),
            parent: (!parent.is_empty()).then(|| storable(parent)),
        })
    }
}

/// Whether a spreadsheet has turned an id into a rounded number, such as `5.70306E+17`.
pub fn is_rounded(id: &str) -> bool {
    let Some((digits, exponent)) = id.split_once(['e', 'E']) else {
        return false;
    };
    let is_number = |text: &str, extra: [char; 2]| {
        text.chars().any(|it| it.is_ascii_digit())
            && text
                .chars()
                .all(|it| it.is_ascii_digit() || extra.contains(&it))
    };
    is_number(digits, ['.', ',']) && is_number(exponent, ['+', '-'])
}

fn read_id(field: &str) -> Result<Arc<str>, Reason> {
    let id = without_fraction(field);
    if id.is_empty() {
        Err(Reason::NoId)
    } else if id.bytes().all(|it| it.is_ascii_digit()) {
        Ok(id.into())
    } else if is_rounded(id) {
        Err(Reason::Rounded(short(id)))
    } else {
        Err(Reason::Id(short(id)))
    }
}

/// Tables that once went through floating-point numbers write `3.0` for `3`.
fn without_fraction(field: &str) -> &str {
    let field = field.trim();
    field.strip_suffix(".0").unwrap_or(field)
}

fn read_side(field: &str) -> Result<Side, Reason> {
    let field = field.trim();
    if field.eq_ignore_ascii_case("true") {
        Ok(Side::Customer)
    } else if field.eq_ignore_ascii_case("false") {
        Ok(Side::Brand)
    } else {
        Err(Reason::Inbound(short(field)))
    }
}

/// Reads `Tue Oct 31 22:10:47 +0000 2017`; the name of the weekday isn't checked against the date.
fn read_time(field: &str) -> Option<i64> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut words = field.split_ascii_whitespace();
    let day_name = words.next()?;
    DAYS.iter().find(|it| it.eq_ignore_ascii_case(day_name))?;
    let month_name = words.next()?;
    let month = MONTHS
        .iter()
        .position(|it| it.eq_ignore_ascii_case(month_name))?;
    let day = number(words.next()?, 1..=2)?;
    let mut clock = words.next()?.split(':');
    let (hour, minute, second) = (clock.next()?, clock.next()?, clock.next()?);
    if clock.next().is_some() {
        return None;
    }
    let east_s = read_offset(words.next()?)?;
    let year = number(words.next()?, 4..=4)?;
    // Outside these years there were no posts, and no calendar that anybody would want laid out.
    if words.next().is_some() || !(1970..2200).contains(&year) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month + 1).ok()?,
        day,
    )?;
    let time = NaiveTime::from_hms_opt(
        number(hour, 1..=2)?,
        number(minute, 1..=2)?,
        number(second, 1..=2)?,
    )?;
    Some((NaiveDateTime::new(date, time).and_utc().timestamp() - east_s) * 1000)
}

fn number(digits: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    (lengths.contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

/// Reads `+0200`, `+02:00` or `Z`, in seconds east of UTC.
fn read_offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = minutes.strip_prefix(':').unwrap_or(minutes);
    let (hours, minutes) = (number(hours, 2..=2)?, number(minutes, 2..=2)?);
    (hours < 24 && minutes < 60).then(|| sign * i64::from(hours * 3600 + minutes * 60))
}

/// Text as both engines can keep it: PostgreSQL has no character of number 0.
fn storable(text: &str) -> Arc<str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// The beginning of a text that is quoted in a reason.
fn short(text: &str) -> String {
    const ENOUGH: usize = 40;
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        backend::services::archive::table::{Next, Table},
        domain::time::from_ms,
    };

    const HEADER: &str =
        "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n";

    fn read_all(text: &[u8]) -> Vec<Result<Row, Reason>> {
        let mut table = Table::new(text).expect("bytes can be read");
        let mut record = Record::default();
        table.read(&mut record).expect("a header");
        let columns = Columns::find(&record).expect("the columns");
        let mut rows = Vec::new();
        while table.read(&mut record).expect("bytes") != Next::End {
            rows.push(columns.read(&record));
        }
        rows
    }

    fn read_row(line: &str) -> Result<Row, Reason> {
        read_all(format!("{HEADER}{line}\n").as_bytes()).remove(0)
    }

    fn reason(line: &str) -> &'static str {
        read_row(line).expect_err("a bad row").summary()
    }

    #[test]
    fn a_row_is_read_by_the_names_of_its_columns() {
        let rows = read_all(
            b",text,created_at,inbound,tweet_id,author_id,in_response_to_tweet_id\n\
              0,\"Well, hello\",Tue Oct 31 22:10:47 +0200 2017,TRUE,7.0,ada,3.0\r\n",
        );
        let row = rows[0].as_ref().expect("a good row");
        assert_eq!(&*row.external_id, "7");
        assert_eq!(row.parent.as_deref(), Some("3"));
        assert_eq!(row.side, Side::Customer);
        assert_eq!(&*row.text, "Well, hello");
        assert_eq!(
            from_ms(row.published_at).to_rfc3339(),
            "2017-10-31T20:10:47+00:00"
        );
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said() {
        let good = "7,ada,True,Tue Oct 31 22:10:47 +0000 2017,hello,,";
        assert!(read_row(good).is_ok());
        assert_eq!(reason(",,,,,,"), "tweet_id is empty");
        assert_eq!(
            reason("5.70306E+17,ada,True,Tue Oct 31 22:10:47 +0000 2017,hello,,"),
            "tweet_id was rounded by a spreadsheet"
        );
        assert_eq!(
            reason("x7,ada,True,Tue Oct 31 22:10:47 +0000 2017,hello,,"),
            "tweet_id isn't digits"
        );
        assert_eq!(
            reason("7,ada,maybe,Tue Oct 31 22:10:47 +0000 2017,hello,,"),
            "inbound is neither true nor false"
        );
        for time in [
            "2017-10-31 22:10:47",
            "Tue Oct 32 22:10:47 +0000 2017",
            "Tue Oct 31 24:10:47 +0000 2017",
            "Tue Oct 31 22:10:47 2017",
            "Tue Oct 31 22:10:47 +0000 0017",
            "",
        ] {
            assert_eq!(
                reason(&format!("7,ada,True,{time},hello,,")),
                "created_at isn't a time",
                "{time}"
            );
        }
        assert_eq!(
            reason("7,ada,True,Tue Oct 31 22:10:47 +0000 2017,hello"),
            "more or fewer fields than the header"
        );
        assert_eq!(
            reason(&format!("{good},more")),
            "more or fewer fields than the header"
        );
    }

    #[test]
    fn a_row_that_is_not_text_is_refused_alone() {
        let mut text = HEADER.as_bytes().to_vec();
        text.extend_from_slice(b"7,ada,True,Tue Oct 31 22:10:47 +0000 2017,caf\xe9,,\n");
        text.extend_from_slice(b"8,ada,True,Tue Oct 31 22:10:47 +0000 2017,hello,,\n");
        let rows = read_all(&text);
        assert_eq!(rows[0], Err(Reason::NotUtf8));
        assert!(rows[1].is_ok());
    }

    #[test]
    fn a_field_longer_than_any_post_is_refused() {
        let long = "x".repeat(LONGEST_FIELD + 1);
        assert_eq!(
            reason(&format!(
                "7,ada,True,Tue Oct 31 22:10:47 +0000 2017,{long},,"
            )),
            "longer than any post"
        );
    }

    #[test]
    fn missing_columns_are_named() {
        let mut table = Table::new(&b"tweet_id,text,name\n"[..]).expect("bytes");
        let mut record = Record::default();
        table.read(&mut record).expect("a header");
        let why = Columns::find(&record).expect_err("columns are missing");
        assert_eq!(
            why,
            [
                "author_id",
                "inbound",
                "created_at",
                "in_response_to_tweet_id"
            ]
        );
    }

    #[test]
    fn a_spreadsheets_rounding_is_recognised_in_any_locale() {
        assert!(is_rounded("5.70306E+17"));
        assert!(is_rounded("5,70306e+17"));
        assert!(!is_rounded("570306"));
        assert!(!is_rounded("hello"));
    }
}
