//! `sundown report`: the figures of the Board at a terminal, or as JSON for other programs.

use super::unusable;
use crate::{
    backend::{Result, ctx::Ctx, services},
    domain::{
        case::Origin,
        figures::{Figures, Report},
        question::{Attribution, Clock, Dimension, Filter, Question},
        time::{Bounds, Instant},
        wording::duration,
    },
};
use chrono::{Days, NaiveDate, NaiveTime};
use clap::Args;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Group by brand, channel, origin, topic, month, week or day.
    #[arg(long, value_name = "WHAT")]
    by: Option<Dimension>,
    /// Cases opened from here on: a date (2026-03-01, from its midnight in UTC) or an instant
    /// (2026-03-01T09:30:00Z).
    #[arg(long, value_name = "T")]
    from: Option<String>,
    /// Cases opened until here: a date (to its end in UTC) or an instant (not included).
    #[arg(long, value_name = "T")]
    to: Option<String>,
    /// Only what was known then; a date means its end. Without it: now.
    #[arg(long, value_name = "T")]
    as_of: Option<String>,
    /// Only cases that began this way: customer, brand or dangling.
    #[arg(long)]
    origin: Option<Origin>,
    /// Only this brand.
    #[arg(long, value_name = "KEY")]
    brand: Option<String>,
    /// Only this channel, as network/handle.
    #[arg(long, value_name = "KEY")]
    channel: Option<String>,
    /// Only this topic.
    #[arg(long, value_name = "WORD")]
    topic: Option<String>,
    /// Only cases in which a post contains this.
    #[arg(long)]
    text: Option<String>,
    /// Which clock: calendar or business.
    #[arg(long, default_value = "calendar")]
    clock: Clock,
    /// What puts a case into the period: opened or happened.
    #[arg(long, default_value = "opened")]
    count: Attribution,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub async fn run(ctx: &Ctx, args: &ReportArgs) -> Result<ExitCode> {
    let question = question(args, ctx.clock.now())?;
    let report = services::report::report(ctx, &question, args.by).await?;
    if args.json {
        println!("{}", services::report::as_json(&report, question.as_of));
    } else {
        print!("{}", table(&report, &question, args.by));
    }
    Ok(ExitCode::SUCCESS)
}

fn question(args: &ReportArgs, now: Instant) -> Result<Question> {
    let from = args
        .from
        .as_deref()
        .map(|it| instant("from", it, Side::Begin))
        .transpose()?;
    let until = args
        .to
        .as_deref()
        .map(|it| instant("to", it, Side::End))
        .transpose()?;
    if let (Some(from), Some(until)) = (from, until)
        && from >= until
    {
        return Err(unusable(format!(
            "--from {from} isn't before --to {until}. Swap them, or leave one out."
        )));
    }
    Ok(Question {
        bounds: Bounds { from, until },
        as_of: args
            .as_of
            .as_deref()
            .map_or(Ok(now), |it| instant("as-of", it, Side::End))?,
        filter: Filter {
            brand: args.brand.clone(),
            channel: args.channel.clone(),
            origin: args.origin,
            topic: args.topic.clone(),
            text: args.text.clone(),
            scope: None,
        },
        attribution: args.count,
        clock: args.clock,
    })
}

/// Which end of a date is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Begin,
    End,
}

fn instant(flag: &str, text: &str, side: Side) -> Result<Instant> {
    if let Ok(at) = text.parse::<Instant>() {
        return Ok(at);
    }
    let date: NaiveDate = text.parse().map_err(|_| {
        unusable(format!(
            "--{flag} {text} is neither a date such as 2026-03-01 nor an instant such as 2026-03-01T09:30:00Z."
        ))
    })?;
    let date = if side == Side::End {
        date + Days::new(1)
    } else {
        date
    };
    Ok(date.and_time(NaiveTime::MIN).and_utc())
}

/// The report as a table for people.
fn table(report: &Report, question: &Question, by: Option<Dimension>) -> String {
    let head = [
        "", "cases", "answered", "waiting", "oldest", "p50", "p90", "p95", "KM p50", "KM p90",
    ];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    rows[0][0] = by.map_or("", Dimension::label).to_owned();
    rows.extend(
        report
            .groups
            .iter()
            .map(|group| row(&group.key, &group.figures)),
    );
    rows.push(row("all", &report.total));
    let widths: Vec<usize> = (0..head.len())
        .map(|column| {
            rows.iter()
                .map(|row| row[column].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in &rows {
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            let padded = if column == 0 {
                format!("{cell:<width$}")
            } else {
                format!("  {cell:>width$}")
            };
            text.push_str(&padded);
        }
        text.push('\n');
    }
    let clock = question.clock.label().to_lowercase();
    text.push_str(&format!(
        "\nFirst response in {clock} time as of {}. KM counts those still waiting; – is not reached or nothing there.\n",
        question.as_of.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    ));
    text
}

fn row(name: &str, figures: &Figures) -> Vec<String> {
    let first = &figures.first_response;
    let mut row = vec![name.to_owned()];
    row.extend([figures.cases, figures.answered, figures.waiting].map(|it| it.to_string()));
    row.extend(
        [
            figures.oldest_waiting_s,
            first.p50_s,
            first.p90_s,
            first.p95_s,
            first.km_p50_s,
            first.km_p90_s,
        ]
        .map(|it| it.map_or_else(|| "–".to_owned(), duration)),
    );
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_means_all_of_it() {
        let from = instant("from", "2026-03-01", Side::Begin).expect("a date");
        let until = instant("to", "2026-03-01", Side::End).expect("a date");
        assert_eq!((until - from).num_hours(), 24);
    }

    #[test]
    fn nonsense_is_answered_with_an_example() {
        let error = instant("as-of", "yesterday", Side::End).expect_err("not an instant");
        assert!(error.to_string().contains("--as-of yesterday"));
    }
}
