//! Why a case is judged as it is, as the Inbox shows it beside the thread.

use super::verdict::Verdict;
use crate::domain::{correction::Judgement, ids::CaseId, time::Instant};
use serde::{Deserialize, Serialize};

/// What triage makes of a case, what people made of it, and what they can choose among.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriageView {
    /// The case.
    pub case: CaseId,
    /// What it is judged to be now.
    pub now: Judgement,
    /// What the model in force says of its first post; `None` where that says nothing any more.
    pub verdict: Option<Verdict>,
    /// That model's number; 0 before anything was learned.
    pub model: i32,
    /// When somebody last said what it is, and who, where they are still known.
    pub corrected: Option<(Instant, Option<String>)>,
    /// The brand's topics: keys and names.
    pub topics: Vec<(String, String)>,
    /// Whether this person may correct it.
    pub may_correct: bool,
}
