//! What stands beside a case in the Inbox, drawn by the server: forms and facts that need no program
//! in the browser, so that the room stays small.

use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::{inbox, triage, work},
    },
    domain::{ids::CaseId, person::Viewer},
    ui::inbox::side::{Side, side},
};
use leptos::prelude::*;

/// The side of a case as HTML; `back` is the address of the page it stands on.
pub async fn beside(ctx: &Ctx, viewer: &Viewer, case: CaseId, back: &str) -> Result<String> {
    let desk = inbox::desk(ctx, viewer, case).await?;
    let work = work::load::load(ctx, viewer, case).await?;
    let triage = triage::view(ctx, viewer, case).await?;
    let side_of = Side {
        desk,
        work,
        triage,
        back: back.to_owned(),
    };
    let owner = Owner::new();
    Ok(owner.with(|| side(side_of).to_html()))
}
