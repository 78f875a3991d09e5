//! Rules with versions: what a page of them shows, and what a change would do.

use crate::domain::{
    calendar::Interval,
    case::DueKind,
    forms::{Fault, Form},
    ids::CaseId,
    time::{Instant, Zone},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A page of rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PolicyPage {
    /// Every brand's key and name.
    pub brands: Vec<(String, String)>,
    /// The key of the brand whose rules are shown.
    pub brand: String,
    /// Its wall clock.
    pub zone: Zone,
    /// The server's clock when this was read.
    pub as_of: Instant,
    /// What the fields say.
    pub form: Form,
    /// The version that was just made, when the page follows a change.
    pub saved: Option<i32>,
    /// Versions, newest first; at most [`PolicyPage::VERSIONS`].
    pub versions: Vec<VersionLine>,
    /// What the fields would do.
    pub preview: PolicyPreview,
    /// Holidays to choose from.
    pub holidays: Option<HolidayFile>,
}

impl PolicyPage {
    /// Versions that are listed.
    pub const VERSIONS: usize = 12;
}

/// One version in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    /// Counted from 1.
    pub version: i32,
    /// In force from then on.
    pub since: Instant,
    /// How it stands.
    pub state: VersionState,
    /// What it changed, in sentences; all rules of the brand, not only this page's.
    pub changes: Vec<String>,
}

/// How a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VersionState {
    /// What opens now is due by it.
    InForce,
    /// It begins later.
    Scheduled,
    /// A later one holds.
    Past,
    /// A later one began before it did.
    NeverBegan,
}

impl VersionState {
    /// In a word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InForce => "in force",
            Self::Scheduled => "begins later",
            Self::Past => "past",
            Self::NeverBegan => "never began",
        }
    }
}

/// What a form would do if it were saved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PolicyPreview {
    /// What has to be mended first.
    pub faults: Vec<Fault>,
    /// What somebody else changed since the form was opened; a save would have to be repeated.
    pub newer: Vec<String>,
    /// What would change, in sentences.
    pub changes: Vec<String>,
    /// A version that hasn't begun yet and never would.
    pub replaces: Option<i32>,
    /// The next fourteen days.
    pub sundowns: Vec<SundownDay>,
    /// Seven lists of staffed hours, Monday first.
    pub week: Vec<Vec<Interval>>,
    /// Staffed minutes a week, before and after.
    pub week_minutes: (u32, u32),
    /// What it would mean for the cases that are open now.
    pub open: OpenEffect,
}

/// One day of the sundown preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SundownDay {
    /// The local day.
    pub date: NaiveDate,
    /// When it ends.
    pub at: Instant,
    /// From when on posts belong to the next day.
    pub last_call: Instant,
    /// A day without a sundown.
    pub is_off: bool,
    /// The minute after midnight at which it ends today, before the change.
    pub before_minute: u32,
    /// And after it.
    pub minute: u32,
}

/// What a change would mean for the cases that are open, had they arrived under it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenEffect {
    /// Open cases of the brand.
    pub open: u64,
    /// So many of them, the newest, were looked at.
    pub looked_at: u64,
    /// So many would be due at another moment.
    pub moved: u64,
    /// So many of those looked at are late as it is.
    pub late_before: u64,
    /// So many would be.
    pub late_after: u64,
    /// Some that would move.
    pub examples: Vec<MovedCase>,
}

/// A case that would be due at another moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedCase {
    /// Which case.
    pub id: CaseId,
    /// Who complains.
    pub customer: String,
    /// When what is due.
    pub before: Option<(Instant, DueKind)>,
    /// When what would be.
    pub after: Option<(Instant, DueKind)>,
}

/// Holidays that were read from a file and wait for somebody to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayFile {
    /// Under which it is kept for a day.
    pub id: i64,
    /// The file's name.
    pub name: String,
    /// What it says, by date.
    pub holidays: Vec<Holiday>,
    /// Dates in it that are past or too far ahead and were left out.
    pub left_out: u32,
    /// Why it couldn't be read, with the line.
    pub fault: Option<String>,
}

/// One day of a holiday file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The local day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
    /// When the desk is closed, where the file gives times: minutes of that day.
    pub closed: Option<Interval>,
    /// The calendar has an exception for that date already.
    pub is_known: bool,
}
