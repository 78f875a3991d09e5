//! The Board's whole report: what travels from the server to the browser in one piece.
//!
//! Only the server computes; the browser draws what stands here. All instants are UTC, all
//! lengths whole seconds; [`BoardReport::zone`] is the wall clock they are shown by.

use super::{
    case::{DueKind, Origin, Outcome, Status, Tone},
    event::Actor,
    figures::{Figures, Group},
    ids::CaseId,
    post::{Post, Visibility},
    question::Which,
    time::{Bounds, Instant, Zone},
};
use serde::{Deserialize, Serialize};

/// Everything the Board shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardReport {
    /// What was known at this instant.
    pub as_of: Instant,
    /// The wall clock of the page.
    pub zone: Zone,
    /// The period, both ends known.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// The period before, when it is compared.
    pub previous: Option<Bounds>,
    /// What the filters can be set to.
    pub choices: Choices,
    /// The cohort of the period.
    pub total: Figures,
    /// The cohort of the period before, as known when *that* period ended.
    pub before: Option<Figures>,
    /// What is open at the as-of, whenever it opened.
    pub open: OpenNow,
    /// The period in equal steps of local time.
    pub series: Vec<Step>,
    /// How long such a step is.
    pub grain: Grain,
    /// First response's targets in seconds, ascending: one each that brands shown have.
    pub targets_s: Vec<i64>,
    /// 7 × 24 cells, Monday 00:00 first, in each brand's own zone.
    pub coverage: Vec<CoverageCell>,
    /// One row a channel.
    pub channels: Vec<Group>,
    /// One row a brand.
    pub brands: Vec<Group>,
    /// Every open complaint against its next due moment.
    pub horizon: Horizon,
    /// The open complaints that come first: the longest past due, then the next due.
    pub open_cases: Vec<CaseSummary>,
    /// From the first case of the filter to just after the last, whatever the period; `None` when
    /// there is none. Tells where to look when the period is empty.
    pub span: Option<Bounds>,
    /// Whether the store holds any case at all.
    pub is_empty: bool,
    /// Whether a demo plays in this workspace.
    pub is_demo: bool,
}

/// What the filters can be set to: key and name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Brands.
    pub brands: Vec<(String, String)>,
    /// Channels; with a brand chosen, only its own.
    pub channels: Vec<(String, String)>,
    /// Topics.
    pub topics: Vec<(String, String)>,
}

/// What is open at one instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenNow {
    /// Open cases that need an answer.
    pub open: u64,
    /// Open at the same hour one period before.
    pub open_before: u64,
    /// Of the open ones, without a first answer.
    pub waiting: u64,
    /// Since when the oldest of those has been open, in seconds.
    pub oldest_waiting_s: Option<i64>,
    /// The oldest of all open ones, in seconds since it opened.
    pub oldest_open_s: Option<i64>,
    /// How many people could see the open ones: an estimate.
    pub reach: i64,
}

/// How long a step of a series is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grain {
    /// One hour.
    Hour,
    /// One local day, which may have 23 or 25 hours.
    Day,
    /// Seven local days from Monday.
    Week,
    /// A calendar month.
    Month,
}

/// One step of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its first instant.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// The cohort of the step; a step without cases is a gap, not a zero.
    pub figures: Figures,
    /// Below 20 cases no p90 is drawn, but the single durations are, ascending; else empty.
    pub singles: Vec<i64>,
    /// How many were open at the end of the step (or at the as-of, if that is earlier).
    pub open_at_end: u64,
}

/// One hour of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageCell {
    /// Cases that opened in this hour of the week.
    pub cases: u64,
    /// Their first response's median, those still waiting counted; `None` when not reached.
    pub median_s: Option<i64>,
    /// Still waiting.
    pub waiting: u64,
}

/// How far a clock has run: the one scale of color for every clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Urgency {
    /// Time is left.
    Calm,
    /// Due within half an hour.
    Due,
    /// Past due.
    Late,
}

impl Urgency {
    /// Within so many seconds before it, something counts as due.
    pub const DUE_WITHIN_S: i64 = 1800;

    /// The urgency of something that has so many seconds left (negative: late by as many).
    pub const fn of(left_s: i64) -> Self {
        if left_s < 0 {
            Self::Late
        } else if left_s <= Self::DUE_WITHIN_S {
            Self::Due
        } else {
            Self::Calm
        }
    }

    /// The word beside the color.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Due => "due",
            Self::Late => "late",
        }
    }
}

/// The horizon: every open complaint as a point that sinks towards its next due moment.
///
/// Points are in per mille of the picture's width and height, computed on the server; the horizon
/// itself lies at [`Horizon::LINE`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Horizon {
    /// Calm, due, late.
    pub counts: [u64; 3],
    /// The points, in drawing order: large ones first.
    pub dots: Vec<Dot>,
    /// Labels of the vertical axis: height and text.
    pub heights: Vec<(u16, String)>,
    /// Labels of the horizontal axis: place and text.
    pub ages: Vec<(u16, String)>,
}

impl Horizon {
    /// Where “due” lies, in per mille from the top.
    pub const LINE: u16 = 730;
    /// Where *now* lies, in per mille from the left.
    pub const NOW: u16 = 960;
    /// Beyond so many, near dots are drawn as one with a count.
    pub const SINGLES: usize = 300;
}

/// One point of the horizon: a case, or several near each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dot {
    /// The case, when it is one.
    pub case: Option<CaseId>,
    /// How many cases.
    pub count: u32,
    /// Per mille from the left: older is further left.
    pub x: u16,
    /// Per mille from the top: lower is later.
    pub y: u16,
    /// Radius in tenths of a pixel at the picture's natural size, from the reach.
    pub r: u16,
    /// How it is doing.
    pub urgency: Urgency,
    /// An influencer: 100,000 people or more could see it.
    pub ring: bool,
    /// Who, and what is due when: the dot's name for those who can't see it.
    pub label: String,
}

/// A row of a list of cases; the same type for list, search and live event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSummary {
    /// Which case.
    pub id: CaseId,
    /// The brand's name.
    pub brand: String,
    /// The channel's network as people read it.
    pub network: String,
    /// The channel's key.
    pub channel: String,
    /// Who complains.
    pub customer: String,
    /// Their account.
    pub handle: String,
    /// How many people could see it.
    pub reach: i64,
    /// The first post's text, cut to what two lines hold.
    pub excerpt: String,
    /// Its language, when known: for the reader's voice and the writing direction.
    pub language: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
    /// How it began.
    pub origin: Origin,
    /// Where it stands.
    pub status: Status,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// How it sounds now.
    pub tone: Tone,
    /// The customer's clock started.
    pub opened_at: Instant,
    /// And was answered.
    pub first_answer_at: Option<Instant>,
    /// Said to be solved.
    pub resolved_at: Option<Instant>,
    /// What is due next.
    pub due_at: Option<Instant>,
    /// What that is.
    pub due_kind: Option<DueKind>,
    /// Posts of the customer while waiting.
    pub chasers: i32,
    /// All posts.
    pub posts: i32,
    /// Whether the customer thanked us in public.
    pub thanked: bool,
    /// Whether it is left out of times.
    pub excluded: bool,
}

/// A page of the cases behind a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CasePage {
    /// What was known at this instant.
    pub as_of: Instant,
    /// The wall clock of the page.
    pub zone: Zone,
    /// The period, both ends known.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
    /// Which cases.
    pub which: Which,
    /// How many there are in all: the figure itself.
    pub count: u64,
    /// Counted from 1.
    pub page: u64,
    /// How many pages there are; at least 1.
    pub pages: u64,
    /// This page's rows.
    pub cases: Vec<CaseSummary>,
    /// What the filters can be set to.
    pub choices: Choices,
}

impl CasePage {
    /// Rows on one page.
    pub const ROWS: u64 = 50;
}

/// One case with its whole story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseStory {
    /// The case as lists show it.
    pub summary: CaseSummary,
    /// The server's clock when this was read.
    pub as_of: Instant,
    /// The wall clock of the page.
    pub zone: Zone,
    /// What its clocks say, as rows of label and value that are already known facts.
    pub clocks: Clocks,
    /// The thread and what happened between, oldest first.
    pub entries: Vec<StoryEntry>,
}

/// The clocks of one case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clocks {
    /// Opened → first answer in seconds, when answered.
    pub first_response_s: Option<i64>,
    /// The same in staffed time.
    pub first_response_business_s: Option<i64>,
    /// Its target in seconds.
    pub target_s: i64,
    /// Opened → first answer that others can see.
    pub first_public_response_s: Option<i64>,
    /// Opened → last resolution.
    pub resolution_s: Option<i64>,
    /// Opened → confirmed by the customer.
    pub confirmed_s: Option<i64>,
    /// When its day ends or ended.
    pub sundown_at: Option<Instant>,
    /// How often it was opened.
    pub episodes: i32,
    /// Others who spoke up.
    pub joiners: i32,
}

/// One entry of a case's story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StoryEntry {
    /// A message.
    Post(Post),
    /// Something that happened: when, by whom, in words, and the tone of it.
    Event {
        at: Instant,
        by: Actor,
        text: String,
        mark: Mark,
    },
}

/// What an event of a story feels like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Just a fact.
    Plain,
    /// A promise.
    Promise,
    /// Confirmed or thanked.
    Good,
    /// Broken, disputed, too late.
    Bad,
}

/// Whether a post of the story can be read by everybody.
pub fn is_public(post: &Post) -> bool {
    post.visibility == Visibility::Public
}
