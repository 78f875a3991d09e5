//! What can be asked: figures, a report by groups, a series, coverage, and the cases behind each.

use super::{
    hours::{Hours, OF_WEEK},
    open_set::OpenSet,
    part::{Lens, Part},
    rows::Row,
    snapshot::{Snapshot, Texts},
    tally::Tally,
};
use crate::domain::{
    board::{CoverageCell, OpenNow},
    case::Origin,
    figures::{Figures, Group, Report},
    question::{Attribution, Dimension, Question, Which},
    time::{from_ms, seconds_between},
};
use chrono::{Datelike, Days, Months, NaiveDate, TimeZone};
use chrono_tz::Tz;
use std::collections::{BTreeMap, HashSet};

/// Below so many cases no p90 is drawn, but the single cases are.
pub const FEW: u64 = 20;

impl Snapshot {
    /// The figures of a question.
    pub fn figures(&self, question: &Question, texts: Option<&Texts>) -> Figures {
        match question.attribution {
            Attribution::Opened => {
                let cohort = self.cohort(question, texts);
                cohort.whole().figures(&cohort.lens())
            }
            Attribution::Happened => {
                let rows: Vec<Row> = self.known(question, texts).collect();
                self.happened(&rows, question)
            }
        }
    }

    /// The figures of a question and of its groups. Groups by time are named by their first day
    /// in a zone.
    pub fn report(
        &self,
        question: &Question,
        texts: Option<&Texts>,
        by: Option<Dimension>,
        zone: Tz,
    ) -> Report {
        let total = self.figures(question, texts);
        let Some(by) = by else {
            return Report {
                total,
                groups: Vec::new(),
            };
        };
        let mut groups = match by {
            Dimension::Month | Dimension::Week | Dimension::Day => {
                self.groups_in_time(question, texts, by, zone)
            }
            Dimension::Brand | Dimension::Channel | Dimension::Origin | Dimension::Topic => {
                self.groups(question, texts, by)
            }
        };
        groups.sort_by(|a, b| a.key.cmp(&b.key));
        Report { total, groups }
    }

    fn groups(&self, question: &Question, texts: Option<&Texts>, by: Dimension) -> Vec<Group> {
        let mut merged: BTreeMap<(String, String), Figures> = BTreeMap::new();
        let parts: Vec<(u32, Figures)> = match question.attribution {
            Attribution::Opened => {
                let cohort = self.cohort(question, texts);
                let lens = cohort.lens();
                cohort
                    .by(by)
                    .into_iter()
                    .map(|(place, part)| (place, part.figures(&lens)))
                    .collect()
            }
            Attribution::Happened => {
                let mut rows: BTreeMap<u32, Vec<Row>> = BTreeMap::new();
                for row in self.known(question, texts) {
                    rows.entry(self.place_in(by, &row)).or_default().push(row);
                }
                rows.into_iter()
                    .map(|(place, rows)| (place, self.happened(&rows, question)))
                    .collect()
            }
        };
        for (place, figures) in parts {
            if figures != Figures::default() {
                merged.insert(self.name_of(by, place), figures);
            }
        }
        merged
            .into_iter()
            .map(|((key, name), figures)| Group { key, name, figures })
            .collect()
    }

    fn place_in(&self, by: Dimension, row: &Row) -> u32 {
        match by {
            Dimension::Brand => self
                .atlas
                .channels
                .get(row.channel as usize)
                .map_or(0, |it| it.1 as u32),
            Dimension::Channel => u32::from(row.channel),
            Dimension::Origin => row.origin as u32,
            Dimension::Topic => u32::from(row.topic),
            Dimension::Month | Dimension::Week | Dimension::Day => 0,
        }
    }

    /// Key and name of a group.
    fn name_of(&self, by: Dimension, place: u32) -> (String, String) {
        let place = place as usize;
        match by {
            Dimension::Brand => self
                .atlas
                .brands
                .get(place)
                .map_or_else(Default::default, |it| {
                    (it.brand.key.clone(), it.brand.name.clone())
                }),
            Dimension::Channel => {
                self.atlas
                    .channels
                    .get(place)
                    .map_or_else(Default::default, |(channel, _)| {
                        (
                            channel.key(),
                            format!("{} @{}", channel.network.label(), channel.handle),
                        )
                    })
            }
            Dimension::Topic => place
                .checked_sub(1)
                .and_then(|it| self.atlas.topics.get(it))
                .map_or_else(
                    || ("(none)".to_owned(), "No topic".to_owned()),
                    |word| (word.clone(), self.atlas.topic_name(word)),
                ),
            Dimension::Origin => {
                let origin = Origin::ALL
                    .iter()
                    .find(|it| **it as usize == place)
                    .copied();
                let origin = origin.unwrap_or(Origin::Customer);
                (origin.to_string(), origin.label().to_owned())
            }
            Dimension::Month | Dimension::Week | Dimension::Day => Default::default(),
        }
    }

    fn groups_in_time(
        &self,
        question: &Question,
        texts: Option<&Texts>,
        by: Dimension,
        zone: Tz,
    ) -> Vec<Group> {
        let Some((first, last)) = self.span(question, texts) else {
            return Vec::new();
        };
        let edges = edges(by, zone, first, last);
        let names = edges
            .iter()
            .map(|at| from_ms(*at).with_timezone(&zone).date_naive())
            .map(|date| match by {
                Dimension::Month => date.format("%Y-%m").to_string(),
                Dimension::Week => date.format("%G-W%V").to_string(),
                _ => date.to_string(),
            });
        names
            .zip(self.series(question, texts, &edges))
            .filter(|(_, (figures, _))| *figures != Figures::default())
            .map(|(key, (figures, _))| Group {
                name: key.clone(),
                key,
                figures,
            })
            .collect()
    }

    /// Figures between each two neighbouring edges, with the single durations where they are few.
    pub fn series(
        &self,
        question: &Question,
        texts: Option<&Texts>,
        edges: &[i64],
    ) -> Vec<(Figures, Vec<i64>)> {
        match question.attribution {
            Attribution::Opened => {
                let cohort = self.cohort(question, texts);
                let lens = cohort.lens();
                cohort
                    .at(edges)
                    .iter()
                    .map(|part| step(part, &lens))
                    .collect()
            }
            Attribution::Happened => {
                let mut tallies: Vec<Tally<'_>> =
                    edges.windows(2).map(|_| self.tally(question)).collect();
                let (begin, end) = question.bounds.as_ms();
                for row in self.known(question, texts) {
                    let moments = [
                        row.opened,
                        row.answered,
                        row.sundown,
                        row.resolved,
                        row.asked,
                        row.confirmed,
                        row.disputed,
                        row.thanked,
                    ];
                    let inside = |at: i64| begin <= at && at < end;
                    let mut steps: Vec<usize> = moments
                        .into_iter()
                        .filter(|at| inside(*at))
                        .filter_map(|at| edges.partition_point(|edge| *edge <= at).checked_sub(1))
                        .filter(|step| *step < tallies.len())
                        .collect();
                    steps.sort_unstable();
                    steps.dedup();
                    for step in steps {
                        let (from, until) = (edges[step].max(begin), edges[step + 1].min(end));
                        tallies[step].add_happened(&row, |at| from <= at && at < until, i64::MIN);
                    }
                }
                tallies
                    .into_iter()
                    .map(|tally| {
                        let singles = tally.singles();
                        let figures = tally.figures();
                        let is_few = figures.first_response.n < FEW;
                        (figures, if is_few { singles } else { Vec::new() })
                    })
                    .collect()
            }
        }
    }

    /// Coverage: the median first response by the hour of the week in which cases opened.
    ///
    /// By what happened in a period: of the cases that were answered in it.
    pub fn coverage(&self, question: &Question, texts: Option<&Texts>) -> Vec<CoverageCell> {
        let cell = |part: &Part<'_>, lens: &Lens<'_>| {
            let (cases, median_s, waiting) = part.median(lens);
            CoverageCell {
                cases,
                median_s,
                waiting,
            }
        };
        match question.attribution {
            Attribution::Opened => {
                let (begin, end) = question.bounds.as_ms();
                let latest = question.as_of.timestamp_millis().saturating_add(1);
                let first = self.base.rows.first().map_or(latest, |row| row.opened);
                let first = self
                    .delta
                    .first()
                    .map_or(first, |row| first.min(row.opened));
                let hours = Hours::cut(&self.atlas, begin.max(first), end.min(latest));
                let cohort = self.cohort(question, texts);
                let lens = cohort.lens();
                cohort
                    .by_hour(&hours)
                    .iter()
                    .map(|part| cell(part, &lens))
                    .collect()
            }
            Attribution::Happened => {
                let (begin, end) = question.bounds.as_ms();
                let rows: Vec<Row> = self
                    .known(question, texts)
                    .filter(|row| begin <= row.answered && row.answered < end && row.is_answered())
                    .collect();
                let first = rows.iter().map(|row| row.opened).min().unwrap_or(0);
                let last = rows.iter().map(|row| row.opened).max().unwrap_or(-1);
                let hours = Hours::cut(&self.atlas, first, last + 1);
                let mut parts: Vec<Part<'_>> = (0..OF_WEEK).map(|_| Part::default()).collect();
                for row in rows {
                    if let Some(hour) = hours.hour_of(&self.atlas, &row) {
                        parts[hour as usize].plus.push(row);
                    }
                }
                let nobody = HashSet::new();
                let as_of = question.as_of.timestamp_millis();
                let lens = Lens {
                    snapshot: self,
                    as_of,
                    clock: question.clock,
                    later: &nobody,
                };
                parts.iter().map(|part| cell(part, &lens)).collect()
            }
        }
    }

    /// What is open at the as-of, and how much was at the same hour one period before.
    pub fn open_now(&self, question: &Question, texts: Option<&Texts>, open: &OpenSet) -> OpenNow {
        let as_of = question.as_of.timestamp_millis();
        // A desk is emptier at midnight than at noon: only the same hour compares.
        let before = match question.bounds.length() {
            Some(length) => as_of - length.num_milliseconds(),
            None => question.bounds.as_ms().0,
        };
        let since = |at: Option<i64>| at.map(|at| seconds_between(at, as_of));
        OpenNow {
            open: open.count,
            open_before: self
                .open_at(question, texts, &[before])
                .first()
                .copied()
                .unwrap_or(0),
            waiting: open.waiting,
            oldest_waiting_s: since(open.waiting_since),
            oldest_open_s: since(open.oldest),
            reach: open.reach,
        }
    }

    /// A tally that counts as a question wants.
    fn tally(&self, question: &Question) -> Tally<'_> {
        Tally::new(
            &self.atlas,
            question.as_of.timestamp_millis(),
            question.clock,
        )
    }

    /// What of some cases happened in a question's period.
    fn happened(&self, rows: &[Row], question: &Question) -> Figures {
        let (begin, end) = question.bounds.as_ms();
        let mut tally = self.tally(question);
        for row in rows {
            tally.add_happened(row, |at| begin <= at && at < end, end);
        }
        tally.figures()
    }

    /// The cases behind a figure, newest opening first.
    pub fn list(&self, question: &Question, texts: Option<&Texts>, which: Which) -> Vec<i64> {
        let as_of = question.as_of.timestamp_millis();
        let (begin, end) = question.bounds.as_ms();
        let inside = |at: i64| begin <= at && at < end;
        let is_in = |row: &Row| match (which, question.attribution) {
            // What is open now is open whenever it was opened.
            (Which::OpenNow | Which::BelowHorizon, _) => true,
            (_, Attribution::Opened) => inside(row.opened),
            (Which::Answered | Which::TargetMet | Which::TargetMissed, Attribution::Happened) => {
                row.is_answered() && inside(row.answered)
            }
            (Which::SundownKept | Which::SundownMissed, Attribution::Happened) => {
                inside(row.sundown)
            }
            (Which::Waiting, Attribution::Happened) => row.opened < end,
            (Which::Resolved, Attribution::Happened) => inside(row.resolved),
            (Which::Asked, Attribution::Happened) => inside(row.asked),
            (Which::Confirmed, Attribution::Happened) => inside(row.confirmed),
            (Which::Disputed, Attribution::Happened) => inside(row.disputed),
            (Which::Thanked, Attribution::Happened) => inside(row.thanked),
            (Which::All | Which::Excluded | Which::UnknownBeginning, Attribution::Happened) => {
                inside(row.opened)
            }
        };
        let by_opening = question.attribution == Attribution::Opened
            && !matches!(which, Which::OpenNow | Which::BelowHorizon);
        let (from, until) = if by_opening {
            (begin, end)
        } else {
            (i64::MIN, i64::MAX)
        };
        let mut found: Vec<(i64, i64)> = self
            .known_between(question, texts, from, until)
            .filter(|row| row.is_among(which, as_of) && is_in(row))
            .map(|row| (row.opened, row.id))
            .collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.into_iter().map(|(_, id)| id).collect()
    }
}

fn step(part: &Part<'_>, lens: &Lens<'_>) -> (Figures, Vec<i64>) {
    let figures = part.figures(lens);
    let is_few = figures.first_response.n < FEW;
    (
        figures,
        if is_few {
            part.singles(lens)
        } else {
            Vec::new()
        },
    )
}

/// The edges of the months, ISO weeks or days of a zone that cover a span, ascending; the last one
/// ends the last step.
pub fn edges(by: Dimension, zone: Tz, first: i64, last: i64) -> Vec<i64> {
    let day = |at: i64| from_ms(at).with_timezone(&zone).date_naive();
    let next = |date: NaiveDate| match by {
        Dimension::Month => date + Months::new(1),
        Dimension::Week => date + Days::new(7),
        _ => date + Days::new(1),
    };
    let mut date = match by {
        Dimension::Month => day(first).with_day(1).unwrap_or_else(|| day(first)),
        Dimension::Week => {
            day(first) - Days::new(u64::from(day(first).weekday().num_days_from_monday()))
        }
        _ => day(first),
    };
    let mut edges = vec![midnight(zone, date)];
    while edges.last().is_some_and(|edge| *edge <= last) {
        date = next(date);
        edges.push(midnight(zone, date));
    }
    edges
}

/// The first instant of a local date, in milliseconds.
pub fn midnight<Z: TimeZone>(zone: Z, date: NaiveDate) -> i64 {
    crate::domain::calendar::instant_of(&zone, date, 0).timestamp_millis()
}
