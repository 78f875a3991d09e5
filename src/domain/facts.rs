//! The facts of a case that figures are computed from: one flat row a case, instants in
//! milliseconds since 1970.
//!
//! Called by the store (which reads them) and the metric engine (which answers from them).

use super::{
    case::{Exclusion, Origin},
    ids::{BrandId, CaseId, ChannelId},
};

/// What figures need to know about one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFacts {
    /// Which case.
    pub id: CaseId,
    /// Whose.
    pub brand: BrandId,
    /// Where it began.
    pub channel: ChannelId,
    /// How it began.
    pub origin: Origin,
    /// What it is about.
    pub topic: Option<String>,
    /// The customer's clock started.
    pub opened_at: i64,
    /// Ours did: before this the case wasn't known.
    pub seen_at: i64,
    /// First answer.
    pub first_answer_at: Option<i64>,
    /// The first answer after so many staffed seconds.
    pub first_answer_business_s: Option<i64>,
    /// Its day ends.
    pub sundown_at: Option<i64>,
    /// The first answer's target in seconds.
    pub target_s: i64,
    /// Last resolution; `None` while open.
    pub resolved_at: Option<i64>,
    /// The customer was asked.
    pub asked_at: Option<i64>,
    /// The customer said yes.
    pub confirmed_at: Option<i64>,
    /// The customer said no.
    pub disputed_at: Option<i64>,
    /// The customer thanked us in public.
    pub thanked_at: Option<i64>,
    /// Left out of times, and why.
    pub excluded: Option<(i64, Exclusion)>,
    /// What is due next.
    pub due_at: Option<i64>,
    /// How many people could see it.
    pub reach: i64,
    /// Counted from 1; more than one means that it was reopened.
    pub episode: i64,
}
