//! One case with everything that somebody needs to work on it.

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::cases,
        store::{self, Tx, brands, drafts, events, macros, people, posts, replies},
    },
    domain::{
        board::CaseSummary,
        case::Case,
        event::Actor,
        ids::CaseId,
        inbox::{CaseDesk, Composer, Doing},
        limits::Limits,
        macro_reply::fill,
        network::Channel,
        person::Viewer,
        post::Visibility,
        reply::State,
        right::{Action, allows, allows_brand},
        urgency::weigh,
    },
};
use std::{borrow::Cow, collections::HashMap};

/// A case as whoever works on it sees it.
pub async fn desk(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<CaseDesk> {
    let story = cases::story(ctx, viewer, id).await?;
    let now = ctx.clock.now();
    let mut tx = ctx.store.read().await?;
    let seen = events::last(&mut tx).await?;
    let authors: HashMap<_, _> = people::list(&mut tx)
        .await?
        .into_iter()
        .map(|it| (it.id, it.name))
        .collect();
    let all = replies::of_case(&mut tx, id).await?.into_iter();
    // What was sent stands in the story as a post; what was taken back is nobody's business.
    let replies = all
        .filter(|it| !matches!(it.state, State::Sent | State::Cancelled))
        .map(|it| {
            let author = authors.get(&it.author).cloned().unwrap_or_default();
            (it, author)
        })
        .collect();
    let situation = ctx.inbox.situation(&mut tx, now, id).await?;
    let may_work = allows(viewer, Action::WorkCases);
    if may_work {
        let me = (viewer.person, viewer.name.as_str());
        ctx.presence.sign(id, me, Doing::Reading, now);
    }
    Ok(CaseDesk {
        story,
        replies,
        urgency: situation
            .map(|(situation, weights)| weigh(&weights, &situation))
            .unwrap_or_default(),
        seen,
        me: viewer.person,
        may_work,
        others: ctx.presence.others(id, viewer.person, now),
    })
}

/// What somebody writes in.
pub async fn composer(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Composer> {
    let mut tx = ctx.store.read().await?;
    let case = store::cases::find(&mut tx, id)
        .await?
        .filter(|it| allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    let channel = answers_through(&mut tx, &case).await?;
    let summary = store::summaries::of(&mut tx, &[id]).await?.pop();
    let summary = summary.ok_or(Error::Missing)?;
    let now = ctx.clock.now();
    let key: i64 = ctx.ids.next(now);
    Ok(Composer {
        case: id,
        from: format!("@{} on {}", channel.handle, channel.network.label()),
        closed: closed(ctx, viewer, &channel),
        limits: [Visibility::Public, Visibility::Private].map(|it| Limits::of(channel.network, it)),
        draft: drafts::find(&mut tx, viewer.person, id).await?,
        seen: events::last(&mut tx).await?,
        key: key.to_string(),
        macros: filled_macros(&mut tx, viewer, &case, &summary).await?,
    })
}

/// The channel of the customer's last word.
async fn answers_through(tx: &mut Tx, case: &Case) -> Result<Channel> {
    let thread = posts::of_case(tx, case.id).await?;
    let last = thread.iter().rev().find(|it| it.by == Actor::Customer);
    let channel = last.map_or(case.channel, |it| it.channel);
    let all = brands::channels(tx).await?;
    let found = all.into_iter().find(|it| it.id == channel);
    found.ok_or(Error::Missing)
}

fn closed(ctx: &Ctx, viewer: &Viewer, channel: &Channel) -> Option<String> {
    if !allows(viewer, Action::WorkCases) {
        return Some("Your role reads cases. An agent can answer this one.".to_owned());
    }
    ctx.connectors.of(channel.id).is_none().then(|| {
        format!(
            "{} isn't connected, so nothing can be sent from here. A lead connects it under Channels.",
            channel.key()
        )
    })
}

async fn filled_macros(
    tx: &mut Tx,
    viewer: &Viewer,
    case: &Case,
    summary: &CaseSummary,
) -> Result<Vec<(String, String)>> {
    let all = macros::list(tx, case.brand).await?;
    let value = |name: &str| -> Cow<'_, str> {
        match name {
            "customer.name" => summary.customer.as_str().into(),
            "customer.handle" => summary.handle.as_str().into(),
            "agent.name" => viewer.name.as_str().into(),
            "brand.name" => summary.brand.as_str().into(),
            "case.topic" => summary.topic.as_deref().unwrap_or_default().into(),
            // Put in when it is sent, so that it is never a link of another case.
            _ => "{{case.link}}".into(),
        }
    };
    let fitting = |language: &str| summary.language.as_deref().is_none_or(|it| it == language);
    let mut filled: Vec<(bool, String, String)> = all
        .into_iter()
        .filter_map(|it| {
            let text = fill(&it.body, value).ok()?;
            let name = format!("{} · {}", it.name, it.language);
            Some((!fitting(&it.language), name, text))
        })
        .collect();
    // Those in the customer's language first.
    filled.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    Ok(filled.into_iter().map(|it| (it.1, it.2)).collect())
}
