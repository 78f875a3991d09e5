//! Where cases went, and what was asked there.

use crate::{
    backend::store::{
        error::Result,
        histories,
        tx::{Tx, on},
    },
    domain::{ids::CaseId, work::TeamHop},
};
use sqlx::FromRow;

const MORE: &str = "
    select id, ask, from_team_id, to_team_id, offered_by, accepted_by, returned_why
    from   hand_offs
    where  case_id = $1";

#[derive(FromRow)]
struct MoreRow {
    id: i64,
    ask: Option<String>,
    from_team_id: Option<i64>,
    to_team_id: Option<i64>,
    offered_by: Option<i64>,
    accepted_by: Option<i64>,
    returned_why: Option<String>,
}

/// Where a case went, oldest first.
pub async fn of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<TeamHop>> {
    let hops = histories::hand_offs_of(tx, case).await?;
    let mut more: Vec<MoreRow> = on!(tx, |db| sqlx::query_as(MORE)
        .bind(case.get())
        .fetch_all(db)
        .await)?;
    Ok(hops
        .into_iter()
        .map(|hop| {
            let at = more.iter().position(|it| it.id == hop.id.get());
            let row = at.map(|at| more.swap_remove(at));
            TeamHop {
                ask: row
                    .as_ref()
                    .and_then(|it| it.ask.clone())
                    .unwrap_or_default(),
                from: row.as_ref().and_then(|it| it.from_team_id).map(Into::into),
                to: row.as_ref().and_then(|it| it.to_team_id).map(Into::into),
                offered_by: row.as_ref().and_then(|it| it.offered_by).map(Into::into),
                accepted_by: row.as_ref().and_then(|it| it.accepted_by).map(Into::into),
                returned_why: row.and_then(|it| it.returned_why),
                hop,
            }
        })
        .collect())
}

const SAVE: &str = "
    update hand_offs
    set    ask = $2, from_team_id = $3, to_team_id = $4, offered_by = $5, accepted_by = $6,
           returned_why = $7
    where  id = $1";

/// Keeps a hop, new or changed.
pub async fn save(tx: &mut Tx, hop: &TeamHop) -> Result<()> {
    histories::insert_hand_offs(tx, std::slice::from_ref(&hop.hop)).await?;
    on!(tx, |db| sqlx::query(SAVE)
        .bind(hop.hop.id.get())
        .bind(&hop.ask)
        .bind(hop.from.map(|it| it.get()))
        .bind(hop.to.map(|it| it.get()))
        .bind(hop.offered_by.map(|it| it.get()))
        .bind(hop.accepted_by.map(|it| it.get()))
        .bind(&hop.returned_why)
        .execute(db)
        .await
        .map(drop))?;
    Ok(())
}
