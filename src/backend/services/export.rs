//! CSV of exactly what is shown, streamed. One row a case, or one row a figure.
//!
//! Instants are ISO 8601 with their offset, lengths whole seconds. A cell that a spreadsheet would
//! take for a formula is defused with an apostrophe.

use super::{board, cases};
use crate::{
    backend::{Error, Result, ctx::Ctx},
    domain::{
        audit::AuditEntry,
        board::{BoardReport, CaseSummary},
        board_query::BoardQuery,
        figures::Figures,
        person::Viewer,
        question::Which,
        time::{Instant, Zone, seconds_between},
    },
};
use futures_util::{Stream, StreamExt, stream};

/// So many rows are read from the store at a time.
const BATCH: usize = 500;

const CASE_HEAD: [&str; 21] = [
    "case",
    "brand",
    "channel",
    "origin",
    "topic",
    "customer",
    "handle",
    "reach",
    "opened_at",
    "first_answer_at",
    "first_response_s",
    "resolved_at",
    "status",
    "outcome",
    "due_at",
    "due_kind",
    "tone",
    "posts",
    "chasers",
    "thanked",
    "first_post",
];

/// The cases behind a figure as pieces of a CSV file, and how many rows it will have.
pub async fn cases_csv(
    ctx: Ctx,
    viewer: &Viewer,
    query: &BoardQuery,
    which: Which,
) -> Result<(u64, impl Stream<Item = Result<Vec<u8>>> + Send + use<>)> {
    let found = cases::behind(&ctx, viewer, query, which).await?;
    let count = found.ids.len() as u64;
    let zone = found
        .period
        .wire_zone(crate::domain::time::from_ms(0), found.question.as_of);
    let batches: Vec<Vec<i64>> = found.ids.chunks(BATCH).map(<[i64]>::to_vec).collect();
    let head = stream::once(async { line(CASE_HEAD.map(str::to_owned)) });
    let rows = stream::iter(batches).then(move |ids| {
        let (ctx, zone) = (ctx.clone(), zone.clone());
        async move {
            let mut text = Vec::new();
            for case in cases::summaries(&ctx, &ids).await? {
                text.extend(line(case_cells(&case, &zone))?);
            }
            Ok(text)
        }
    });
    Ok((count, head.chain(rows)))
}

fn case_cells(case: &CaseSummary, zone: &Zone) -> [String; 21] {
    let at = |instant: Option<Instant>| instant.map_or_else(String::new, |it| iso(zone, it));
    let first_response = case
        .first_answer_at
        .filter(|_| case.origin != crate::domain::case::Origin::Dangling)
        .map(|it| seconds_between(case.opened_at.timestamp_millis(), it.timestamp_millis()));
    [
        case.id.to_string(),
        defused(&case.brand),
        defused(&case.channel),
        case.origin.to_string(),
        defused(case.topic.as_deref().unwrap_or_default()),
        defused(&case.customer),
        defused(&case.handle),
        case.reach.to_string(),
        at(Some(case.opened_at)),
        at(case.first_answer_at),
        first_response.map_or_else(String::new, |it| it.to_string()),
        at(case.resolved_at),
        case.status.to_string(),
        case.outcome.map_or_else(String::new, |it| it.to_string()),
        at(case.due_at),
        case.due_kind.map_or_else(String::new, |it| it.to_string()),
        case.tone.to_string(),
        case.posts.to_string(),
        case.chasers.to_string(),
        case.thanked.to_string(),
        defused(&case.excerpt),
    ]
}

const BOARD_HEAD: [&str; 31] = [
    "section",
    "key",
    "name",
    "from",
    "until",
    "as_of",
    "cases",
    "answered",
    "waiting",
    "oldest_waiting_s",
    "n",
    "p50_s",
    "p90_s",
    "p95_s",
    "km_p50_s",
    "km_p90_s",
    "longest_s",
    "target_met",
    "target_missed",
    "target_pending",
    "sundown_kept",
    "sundown_missed",
    "sundown_pending",
    "resolved",
    "asked",
    "confirmed",
    "disputed",
    "thanked",
    "excluded",
    "unknown_beginning",
    "open_at_end",
];

/// The Board's figures as a CSV file: one row for the whole, the period before, each step of time,
/// channel, brand and hour of the week.
pub async fn board_csv(ctx: &Ctx, viewer: &Viewer, query: &BoardQuery) -> Result<Vec<u8>> {
    let report = board::report(ctx, viewer, query).await?;
    let mut text = line(BOARD_HEAD.map(str::to_owned))?;
    let period = (
        iso(&report.zone, report.from),
        iso(&report.zone, report.until),
    );
    let as_of = iso(&report.zone, report.as_of);
    let mut put = |section: &str,
                   key: &str,
                   name: &str,
                   span: &(String, String),
                   figures: &Figures,
                   open: Option<u64>| {
        let mut cells = vec![
            section.to_owned(),
            defused(key),
            defused(name),
            span.0.clone(),
            span.1.clone(),
            as_of.clone(),
        ];
        cells.extend(figure_cells(figures));
        cells.push(open.map_or_else(String::new, |it| it.to_string()));
        line(cells).map(|row| text.extend(row))
    };
    put(
        "total",
        "",
        "",
        &period,
        &report.total,
        Some(report.open.open),
    )?;
    if let (Some(before), Some(bounds)) = (&report.before, report.previous) {
        let end = |at: Option<Instant>| at.map_or_else(String::new, |it| iso(&report.zone, it));
        put(
            "previous",
            "",
            "",
            &(end(bounds.from), end(bounds.until)),
            before,
            Some(report.open.open_before),
        )?;
    }
    for step in &report.series {
        let span = (iso(&report.zone, step.from), iso(&report.zone, step.until));
        put(
            "time",
            &span.0,
            "",
            &span,
            &step.figures,
            Some(step.open_at_end),
        )?;
    }
    for (section, groups) in [("channel", &report.channels), ("brand", &report.brands)] {
        for group in groups {
            put(
                section,
                &group.key,
                &group.name,
                &period,
                &group.figures,
                None,
            )?;
        }
    }
    for (name, figures) in coverage_rows(&report) {
        put("hour_of_week", &name, "", &period, &figures, None)?;
    }
    Ok(text)
}

/// Coverage knows three figures of each hour: cases, waiting and the median.
fn coverage_rows(report: &BoardReport) -> impl Iterator<Item = (String, Figures)> + '_ {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    report.coverage.iter().enumerate().map(|(hour, cell)| {
        let mut figures = Figures {
            cases: cell.cases,
            waiting: cell.waiting,
            ..Figures::default()
        };
        figures.first_response.km_p50_s = cell.median_s;
        (
            format!("{} {:02}", DAYS.get(hour / 24).unwrap_or(&""), hour % 24),
            figures,
        )
    })
}

fn figure_cells(figures: &Figures) -> Vec<String> {
    let first = &figures.first_response;
    let some = |it: Option<i64>| it.map_or_else(String::new, |it| it.to_string());
    let count = |it: u64| it.to_string();
    vec![
        count(figures.cases),
        count(figures.answered),
        count(figures.waiting),
        some(figures.oldest_waiting_s),
        count(first.n),
        some(first.p50_s),
        some(first.p90_s),
        some(first.p95_s),
        some(first.km_p50_s),
        some(first.km_p90_s),
        some(first.longest_s),
        count(figures.target.met),
        count(figures.target.missed),
        count(figures.target.pending),
        count(figures.sundown.met),
        count(figures.sundown.missed),
        count(figures.sundown.pending),
        count(figures.resolved),
        count(figures.asked),
        count(figures.confirmed),
        count(figures.disputed),
        count(figures.thanked),
        count(figures.excluded),
        count(figures.unknown_beginning),
    ]
}

/// The head of the audit log as a file.
pub const AUDIT_HEAD: [&str; 9] = [
    "number", "at", "person", "name", "address", "action", "subject", "before", "after",
];

/// A line of the audit log as a row; its instant in UTC.
pub fn audit_cells(entry: &AuditEntry) -> [String; 9] {
    [
        entry.number.to_string(),
        entry.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        entry.who.person.to_string(),
        defused(&entry.who.name),
        defused(&entry.who.address),
        defused(&entry.action),
        defused(&entry.subject),
        defused(&entry.before),
        defused(&entry.after),
    ]
}

fn iso(zone: &Zone, at: Instant) -> String {
    zone.local(at)
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// A text that no spreadsheet takes for a formula.
pub fn defused(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

/// One row of a file.
pub fn line(cells: impl IntoIterator<Item = String>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(cells)
        .map_err(|why| Error::Task(why.to_string()))?;
    writer
        .into_inner()
        .map_err(|why| Error::Task(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_defused() {
        for text in ["=1+1", "+49 30", "-5", "@brand", "\tx", "\rx"] {
            assert!(defused(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(defused("a=b"), "a=b");
        assert_eq!(defused(""), "");
    }

    #[test]
    fn quotes_and_commas_survive() {
        let row = line(["a,b".to_owned(), "say \"no\"".to_owned()]).expect("a line");
        assert_eq!(row, b"\"a,b\",\"say \"\"no\"\"\"\r\n");
    }
}
