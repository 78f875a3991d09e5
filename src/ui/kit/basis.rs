//! What a figure stands on: the question that was asked and the whole that was counted.

use crate::domain::{
    board::BoardReport,
    board_query::BoardQuery,
    time::{Instant, Zone},
};
use crate::ui::format;

/// What all figures of one page stand on.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    /// The question.
    pub query: BoardQuery,
    /// What was known at this instant.
    pub as_of: Instant,
    /// The wall clock of the page.
    pub zone: Zone,
    /// The first instant of the period.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// Cases in the cohort.
    pub cases: u64,
    /// Left out of times.
    pub excluded: u64,
    /// Left out of durations.
    pub unknown_beginning: u64,
}

impl Basis {
    /// The basis of a Board.
    pub fn of(report: &BoardReport, query: &BoardQuery) -> Self {
        Self {
            query: query.clone(),
            as_of: report.as_of,
            zone: report.zone.clone(),
            from: report.from,
            until: report.until,
            cases: report.total.cases,
            excluded: report.total.excluded,
            unknown_beginning: report.total.unknown_beginning,
        }
    }

    /// The period in words.
    pub fn period(&self) -> String {
        format::period(&self.zone, self.from, self.until)
    }

    /// The as-of in words, with its zone.
    pub fn known_at(&self) -> String {
        let date = format::date(&self.zone, self.as_of);
        let time = format::time_to_the_second(&self.zone, self.as_of);
        format!("{date}, {time} ({})", self.zone.name)
    }
}
