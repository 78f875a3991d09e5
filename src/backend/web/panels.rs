//! The panes of the Inbox, drawn by the server: the browser puts them in their places, so that the
//! room stays small whatever they show.

use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::{inbox, settings, triage, work},
        web::guard,
    },
    domain::{
        ids::CaseId,
        inbox::{InboxQuery, Pane},
        person::Viewer,
    },
    ui::inbox::{
        composer, list,
        side::{Side, side},
        thread,
    },
};
use leptos::prelude::*;

/// A pane as HTML; `search` is the page's query.
pub async fn draw(
    ctx: &Ctx,
    viewer: &Viewer,
    pane: Pane,
    search: &str,
    case: Option<CaseId>,
) -> Result<String> {
    let told = guard::outcome();
    let fields = settings::fields(search.trim_start_matches('?'));
    let query = InboxQuery::parse(|name| Some(fields.get(name).to_owned()));
    let Some(id) = case else {
        return match pane {
            Pane::List => {
                let page = inbox::page(ctx, viewer, &query).await?;
                Ok(html(|| list::list(&query, None, page)))
            }
            Pane::Case => Ok(html(thread::nothing)),
            Pane::Composer | Pane::Side => Ok(String::new()),
        };
    };
    match pane {
        Pane::List => {
            let page = inbox::page(ctx, viewer, &query).await?;
            Ok(html(|| list::list(&query, case, page)))
        }
        Pane::Case => {
            let desk = inbox::desk(ctx, viewer, id).await?;
            Ok(html(|| thread::thread(&query, desk)))
        }
        Pane::Composer => {
            let composer = inbox::composer(ctx, viewer, id).await?;
            Ok(html(|| composer::compose(composer, &query)))
        }
        Pane::Side => {
            let desk = inbox::desk(ctx, viewer, id).await?;
            let mut work = work::load::load(ctx, viewer, id).await?;
            work.told = told;
            let triage = triage::view(ctx, viewer, id).await?;
            let back = query.href(case);
            Ok(html(|| {
                side(Side {
                    desk,
                    work,
                    triage,
                    back,
                })
            }))
        }
    }
}

fn html(draw: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| draw().to_html())
}
