//! Takes a reply of an agent: checked, kept, and only then said to be on its way.

use super::step::step_event;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::{
            audit,
            work::{confirm, hand_off},
        },
        store::{Tx, brands, cases, drafts, events, people, posts, replies},
    },
    domain::{
        case::{Case, Remedy},
        event::{Actor, EventKind},
        ids::CaseId,
        limits::Limits,
        network::Channel,
        person::Viewer,
        post::{Post, Visibility},
        rejection::Rejection,
        reply::{Reply, State},
        right::{Action, allows, allows_brand},
    },
};
use chrono::TimeDelta;
use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

/// So long a reply can be taken back before it goes out.
pub const UNDO: TimeDelta = TimeDelta::seconds(8);
/// The longest text that is looked at, in bytes; every network takes less.
const BODY_BYTES: usize = 64 * 1024;
/// Where a macro wants the link to the page on which the customer says whether it is solved.
const LINK: &str = "{{case.link}}";
/// The longest key in bytes.
const KEY_BYTES: usize = 64;

/// What an agent wants to say.
#[derive(Clone, Debug)]
pub struct Wish {
    /// In which case.
    pub case: CaseId,
    /// Who is to read it.
    pub visibility: Visibility,
    /// What it says.
    pub body: String,
    /// Made when the composer opened.
    pub key: String,
    /// The last event that the agent has seen.
    pub seen: i64,
    /// Whether somebody else's answer since then has been read.
    pub anyway: bool,
    /// What is to be done once it is sent.
    pub then_resolve: Option<Remedy>,
    /// The address of this installation, for links in the text; without a slash at its end.
    pub origin: String,
}

/// Queues a reply. The same wish again gives the first reply back.
///
/// # Errors
/// With a sentence when it can't be sent; in particular, unless `anyway`, when somebody else has
/// answered since.
pub async fn queue(ctx: &Ctx, viewer: &Viewer, wish: Wish) -> Result<Reply> {
    if !allows(viewer, Action::WorkCases) {
        return Err(Error::Missing);
    }
    if wish.body.trim().is_empty() || wish.key.is_empty() || wish.key.len() > KEY_BYTES {
        return Err(Rejection::NothingWritten.into());
    }
    let mut tx = ctx.store.write().await?;
    let case = cases::take(&mut tx, wish.case)
        .await?
        .filter(|it| allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    if let Some(first) = replies::by_key(&mut tx, viewer.person, &wish.key).await? {
        let is_same = first.case == wish.case
            && first.visibility == wish.visibility
            && (first.body == wish.body.trim() || wish.body.contains(LINK));
        return if is_same {
            Ok(first)
        } else {
            Err(Rejection::KeyUsed.into())
        };
    }
    hand_off::may_contact(&mut tx, case.id, viewer).await?;
    let reply = compose(ctx, &mut tx, viewer, &wish, &case).await?;
    if !wish.anyway {
        refuse_second(&mut tx, viewer, &wish).await?;
    }
    replies::insert(&mut tx, &reply).await?;
    drafts::remove(&mut tx, viewer.person, case.id).await?;
    let now = ctx.clock.now();
    events::append(&mut tx, &[step_event(&reply, now, Actor::Agent)], now).await?;
    let after = json!({ "case": case.id, "visibility": reply.visibility, "anyway": wish.anyway });
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "reply.queued",
        reply.id,
        (&(), &after),
    )
    .await?;
    tx.commit().await?;
    ctx.outbox.notify_one();
    Ok(reply)
}

async fn compose(
    ctx: &Ctx,
    tx: &mut Tx,
    viewer: &Viewer,
    wish: &Wish,
    case: &Case,
) -> Result<Reply> {
    let thread = posts::of_case(tx, case.id).await?;
    let answered = to_answer(&thread, wish.visibility)?;
    let channels = brands::channels(tx).await?;
    let channel = channels.iter().find(|it| it.id == answered.channel);
    let channel = channel.ok_or(Error::Missing)?;
    let connector = ctx.connectors.of(channel.id);
    let connector = connector.ok_or_else(|| Rejection::NotConnected(channel.key()))?;
    let body = with_link(ctx, tx, case, wish).await?;
    check_length(channel, wish.visibility, &body)?;
    let now = ctx.clock.now();
    let id = ctx.ids.next(now);
    Ok(Reply {
        id,
        brand: case.brand,
        case: case.id,
        channel: channel.id,
        author: viewer.person,
        key: wish.key.clone(),
        visibility: wish.visibility,
        body,
        in_reply_to: answered.external_id.clone(),
        to: answered.author.clone(),
        then_resolve: wish.then_resolve,
        state: State::Queued,
        queued_at: now,
        send_at: now + UNDO,
        tries: 0,
        first_tried_at: None,
        tried_at: None,
        run: None,
        chosen_id: connector.choose_id(&id.to_string()),
        external_id: None,
        accepted_at: None,
        why: None,
        looks: 0,
        look_at: None,
    })
}

/// The link by which the customer says whether it is solved, where the text has a place for it. It
/// is made here and not when the macro is chosen, so that it is never another case's.
async fn with_link(ctx: &Ctx, tx: &mut Tx, case: &Case, wish: &Wish) -> Result<String> {
    let body = wish.body.trim();
    if !body.contains(LINK) {
        return Ok(body.to_owned());
    }
    let link = confirm::link(ctx, tx, case).await?;
    Ok(body.replace(LINK, &format!("{}{link}", wish.origin)))
}

/// The customer's last word, which is what is answered. What everybody reads answers what everybody
/// could read.
fn to_answer(thread: &[Post], visibility: Visibility) -> Result<&Post> {
    let mut theirs = thread
        .iter()
        .rev()
        .filter(|it| it.by == Actor::Customer)
        .filter(|it| visibility == Visibility::Private || it.visibility == Visibility::Public)
        .peekable();
    if theirs.peek().is_none() {
        return Err(Rejection::NothingToAnswer.into());
    }
    let found = theirs.find(|it| it.deleted_at.is_none());
    found.ok_or_else(|| Rejection::PostGone.into())
}

/// By the network's own rule, so that nothing is cut and nothing refused that fits.
fn check_length(channel: &Channel, visibility: Visibility, body: &str) -> Result<()> {
    let limits = Limits::of(channel.network, visibility);
    let left = if body.len() > BODY_BYTES {
        Some(-i64::try_from(body.len() - BODY_BYTES).unwrap_or(i64::MAX))
    } else {
        limits.left(body, |text| text.graphemes(true).count())
    };
    match left {
        Some(left) if left < 0 => Err(Rejection::TooLong {
            over: usize::try_from(-left).unwrap_or(usize::MAX),
            network: channel.network.label().to_owned(),
            most: limits.most.unwrap_or(BODY_BYTES),
        }
        .into()),
        Some(_) | None => Ok(()),
    }
}

/// Asks first when somebody else has answered, or is just about to.
async fn refuse_second(tx: &mut Tx, viewer: &Viewer, wish: &Wish) -> Result<()> {
    let news = events::of_case_after(tx, wish.case, wish.seen).await?;
    for event in news {
        let who = match event.kind {
            EventKind::Replying { reply, .. } => {
                let reply = replies::find(tx, reply).await?;
                let other = reply.filter(|it| it.author != viewer.person && it.counts());
                match other {
                    Some(other) => name(tx, &other).await?,
                    None => continue,
                }
            }
            // Somebody answered on the network itself.
            EventKind::Answered { .. } if event.by == Actor::Agent => {
                let own = replies::of_case(tx, wish.case).await?;
                if own
                    .iter()
                    .any(|it| it.state == State::Sent && it.accepted_at == Some(event.at))
                {
                    continue;
                }
                "Somebody".to_owned()
            }
            _ => continue,
        };
        return Err(Rejection::SomebodyAnswered(who).into());
    }
    Ok(())
}

async fn name(tx: &mut Tx, reply: &Reply) -> Result<String> {
    let author = people::find(tx, reply.author).await?;
    Ok(author.map_or_else(|| "Somebody".to_owned(), |it| it.name))
}
