//! The Board's whole report.
use crate::backend::{Error, Result, ctx::Ctx};
use crate::domain::{board::BoardReport, board_query::BoardQuery};
pub async fn report(_ctx: &Ctx, _query: &BoardQuery) -> Result<BoardReport> {
    Err(Error::Missing)
}
