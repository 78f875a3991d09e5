//! Cases.
use crate::backend::{Error, Result, ctx::Ctx};
use crate::domain::{
    board::{CasePage, CaseStory},
    board_query::BoardQuery,
    ids::CaseId,
    question::Which,
};
pub async fn page(_ctx: &Ctx, _query: &BoardQuery, _which: Which, _page: u64) -> Result<CasePage> {
    Err(Error::Missing)
}
pub async fn story(_ctx: &Ctx, _id: CaseId) -> Result<CaseStory> {
    Err(Error::Missing)
}
