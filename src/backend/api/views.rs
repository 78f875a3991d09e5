//! What programs are answered: the shapes that docs/API.md promises.

use crate::{
    backend::services::cases::Slice,
    domain::{
        board::{BoardReport, CaseStory, CaseSummary, Clocks, OpenNow, Step, StoryEntry},
        figures::{Durations, Figures, Group, Share},
        time::Instant,
    },
};
use serde::Serialize;

/// The Board's figures.
#[derive(Serialize)]
pub struct BoardView {
    as_of: Instant,
    zone: String,
    from: Instant,
    until: Instant,
    total: FiguresView,
    before: Option<FiguresView>,
    open: OpenView,
    steps: Vec<StepView>,
    channels: Vec<GroupView>,
    brands: Vec<GroupView>,
}

impl From<BoardReport> for BoardView {
    fn from(it: BoardReport) -> Self {
        Self {
            as_of: it.as_of,
            zone: it.zone.name,
            from: it.from,
            until: it.until,
            total: it.total.into(),
            before: it.before.map(FiguresView::from),
            open: it.open.into(),
            steps: it.series.into_iter().map(StepView::from).collect(),
            channels: it.channels.into_iter().map(GroupView::from).collect(),
            brands: it.brands.into_iter().map(GroupView::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct FiguresView {
    cases: u64,
    answered: u64,
    waiting: u64,
    oldest_waiting_s: Option<i64>,
    first_response: DurationsView,
    target: ShareView,
    sundown: ShareView,
    answered_by_sundown: ShareView,
    resolved: u64,
    asked: u64,
    confirmed: u64,
    disputed: u64,
    thanked: u64,
    excluded: u64,
    unknown_beginning: u64,
}

impl From<Figures> for FiguresView {
    fn from(it: Figures) -> Self {
        Self {
            cases: it.cases,
            answered: it.answered,
            waiting: it.waiting,
            oldest_waiting_s: it.oldest_waiting_s,
            first_response: it.first_response.into(),
            target: it.target.into(),
            sundown: it.sundown.into(),
            answered_by_sundown: it.answered_by_sundown.into(),
            resolved: it.resolved,
            asked: it.asked,
            confirmed: it.confirmed,
            disputed: it.disputed,
            thanked: it.thanked,
            excluded: it.excluded,
            unknown_beginning: it.unknown_beginning,
        }
    }
}

#[derive(Serialize)]
struct DurationsView {
    n: u64,
    p50_s: Option<i64>,
    p90_s: Option<i64>,
    p95_s: Option<i64>,
    km_p50_s: Option<i64>,
    km_p90_s: Option<i64>,
    longest_s: Option<i64>,
}

impl From<Durations> for DurationsView {
    fn from(it: Durations) -> Self {
        Self {
            n: it.n,
            p50_s: it.p50_s,
            p90_s: it.p90_s,
            p95_s: it.p95_s,
            km_p50_s: it.km_p50_s,
            km_p90_s: it.km_p90_s,
            longest_s: it.longest_s,
        }
    }
}

#[derive(Serialize)]
struct ShareView {
    met: u64,
    missed: u64,
    pending: u64,
}

impl From<Share> for ShareView {
    fn from(it: Share) -> Self {
        Self {
            met: it.met,
            missed: it.missed,
            pending: it.pending,
        }
    }
}

#[derive(Serialize)]
struct OpenView {
    open: u64,
    waiting: u64,
    oldest_waiting_s: Option<i64>,
    oldest_open_s: Option<i64>,
}

impl From<OpenNow> for OpenView {
    fn from(it: OpenNow) -> Self {
        Self {
            open: it.open,
            waiting: it.waiting,
            oldest_waiting_s: it.oldest_waiting_s,
            oldest_open_s: it.oldest_open_s,
        }
    }
}

#[derive(Serialize)]
struct StepView {
    from: Instant,
    until: Instant,
    open_at_end: u64,
    #[serde(flatten)]
    figures: FiguresView,
}

impl From<Step> for StepView {
    fn from(it: Step) -> Self {
        Self {
            from: it.from,
            until: it.until,
            open_at_end: it.open_at_end,
            figures: it.figures.into(),
        }
    }
}

#[derive(Serialize)]
struct GroupView {
    key: String,
    name: String,
    #[serde(flatten)]
    figures: FiguresView,
}

impl From<Group> for GroupView {
    fn from(it: Group) -> Self {
        Self {
            key: it.key,
            name: it.name,
            figures: it.figures.into(),
        }
    }
}

/// A page of cases.
#[derive(Serialize)]
pub struct CasesView {
    as_of: Instant,
    from: Instant,
    until: Instant,
    count: u64,
    cases: Vec<CaseView>,
    next: Option<String>,
}

impl From<Slice> for CasesView {
    fn from(it: Slice) -> Self {
        Self {
            as_of: it.as_of,
            from: it.from,
            until: it.until,
            count: it.count,
            cases: it.cases.into_iter().map(CaseView::from).collect(),
            next: it.next.map(|it| it.to_string()),
        }
    }
}

#[derive(Serialize)]
struct CaseView {
    id: String,
    brand: String,
    network: String,
    channel: String,
    customer: String,
    handle: String,
    reach: i64,
    excerpt: String,
    language: Option<String>,
    topic: Option<String>,
    origin: &'static str,
    status: &'static str,
    outcome: Option<&'static str>,
    tone: &'static str,
    opened_at: Instant,
    first_answer_at: Option<Instant>,
    resolved_at: Option<Instant>,
    due_at: Option<Instant>,
    due_kind: Option<&'static str>,
    posts: i32,
    chasers: i32,
    thanked: bool,
    excluded: bool,
}

impl From<CaseSummary> for CaseView {
    fn from(it: CaseSummary) -> Self {
        Self {
            id: it.id.to_string(),
            brand: it.brand,
            network: it.network,
            channel: it.channel,
            customer: it.customer,
            handle: it.handle,
            reach: it.reach,
            excerpt: it.excerpt,
            language: it.language,
            topic: it.topic,
            origin: it.origin.as_str(),
            status: it.status.as_str(),
            outcome: it.outcome.map(|it| it.as_str()),
            tone: it.tone.as_str(),
            opened_at: it.opened_at,
            first_answer_at: it.first_answer_at,
            resolved_at: it.resolved_at,
            due_at: it.due_at,
            due_kind: it.due_kind.map(|it| it.as_str()),
            posts: it.posts,
            chasers: it.chasers,
            thanked: it.thanked,
            excluded: it.excluded,
        }
    }
}

/// One case with its story.
#[derive(Serialize)]
pub struct StoryView {
    as_of: Instant,
    #[serde(flatten)]
    case: CaseView,
    clocks: ClocksView,
    story: Vec<EntryView>,
}

impl From<CaseStory> for StoryView {
    fn from(it: CaseStory) -> Self {
        Self {
            as_of: it.as_of,
            case: it.summary.into(),
            clocks: it.clocks.into(),
            story: it.entries.into_iter().map(EntryView::from).collect(),
        }
    }
}

#[derive(Serialize)]
struct ClocksView {
    first_response_s: Option<i64>,
    first_response_business_s: Option<i64>,
    target_s: i64,
    first_public_response_s: Option<i64>,
    resolution_s: Option<i64>,
    confirmed_s: Option<i64>,
    sundown_at: Option<Instant>,
    episodes: i32,
    joiners: i32,
}

impl From<Clocks> for ClocksView {
    fn from(it: Clocks) -> Self {
        Self {
            first_response_s: it.first_response_s,
            first_response_business_s: it.first_response_business_s,
            target_s: it.target_s,
            first_public_response_s: it.first_public_response_s,
            resolution_s: it.resolution_s,
            confirmed_s: it.confirmed_s,
            sundown_at: it.sundown_at,
            episodes: it.episodes,
            joiners: it.joiners,
        }
    }
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum EntryView {
    Post {
        at: Instant,
        by: &'static str,
        author: String,
        visibility: &'static str,
        text: String,
        language: Option<String>,
        deleted_at: Option<Instant>,
    },
    Event {
        at: Instant,
        by: &'static str,
        text: String,
    },
}

impl From<StoryEntry> for EntryView {
    fn from(it: StoryEntry) -> Self {
        match it {
            StoryEntry::Post(post) => Self::Post {
                at: post.published_at,
                by: post.by.as_str(),
                author: post.author,
                visibility: post.visibility.as_str(),
                text: post.body,
                language: post.language,
                deleted_at: post.deleted_at,
            },
            StoryEntry::Event { at, by, text, .. } => Self::Event {
                at,
                by: by.as_str(),
                text,
            },
        }
    }
}
