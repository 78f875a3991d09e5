//! One step of a reply's life, lasting before anybody hears of it.

use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::desk::Desk,
        store::{Tx, brands, cases, events, histories, posts, replies},
    },
    domain::{
        case::{Case, Outcome, Status},
        event::{Actor, CaseEvent, EventKind},
        ids::{ChannelId, ReplyId},
        outgoing::Accepted,
        post::Post,
        reply::{Reply, State},
        time::Instant,
    },
};
use chrono::TimeDelta;

/// So often a step is begun anew when somebody else moved the same reply in between.
const ATTEMPTS: u32 = 5;
/// A network's clock is believed when it is no further off.
const BELIEVED: TimeDelta = TimeDelta::minutes(10);

/// Moves a reply on: reads it, moves it, and saves it together with what that means for its case.
/// `None` when the move doesn't apply where the reply stands.
///
/// # Errors
/// When there is no such reply.
pub async fn moved(
    ctx: &Ctx,
    id: ReplyId,
    by: Actor,
    go: impl Fn(&mut Reply) -> bool,
) -> Result<Option<Reply>> {
    for _ in 0..ATTEMPTS {
        let mut tx = ctx.store.write().await?;
        let mut reply = replies::find(&mut tx, id).await?.ok_or(Error::Missing)?;
        let was = reply.state;
        if !go(&mut reply) {
            return Ok(None);
        }
        if save(ctx, &mut tx, &reply, was, by).await? {
            tx.commit().await?;
            ctx.outbox.notify_one();
            return Ok(Some(reply));
        }
    }
    Err(Error::Task(format!(
        "reply {id} was moved by somebody else {ATTEMPTS} times in a row"
    )))
}

/// Saves a reply that was moved; `false` when somebody else was first.
pub async fn save(ctx: &Ctx, tx: &mut Tx, reply: &Reply, was: State, by: Actor) -> Result<bool> {
    // The case first: whoever changes both takes them in the same order.
    let case = cases::take(tx, reply.case).await?.ok_or(Error::Missing)?;
    if !replies::save(tx, reply, was).await? {
        return Ok(false);
    }
    let now = ctx.clock.now();
    if reply.state == State::Sent && was != State::Sent {
        answered(ctx, tx, reply, case).await?;
    } else {
        events::append(tx, &[step_event(reply, now, by)], now).await?;
    }
    Ok(true)
}

/// What the log is told of a reply.
pub fn step_event(reply: &Reply, at: Instant, by: Actor) -> CaseEvent {
    CaseEvent {
        case: reply.case,
        brand: reply.brand,
        at,
        by,
        kind: EventKind::Replying {
            reply: reply.id,
            state: reply.state,
        },
    }
}

/// A post of ours came in through a channel: whatever became of the reply it was, it is sent now.
/// `false` when it wasn't one of ours, or is known already. Part of the caller's transaction.
pub async fn echo(
    ctx: &Ctx,
    tx: &mut Tx,
    channel: ChannelId,
    accepted: &Accepted,
    sent_with: Option<&str>,
) -> Result<bool> {
    let sent_with = sent_with.and_then(|it| it.parse().ok());
    let found = replies::sent_as(tx, channel, &accepted.external_id, sent_with).await?;
    let Some(mut reply) = found else {
        return Ok(false);
    };
    let was = reply.state;
    if was != State::Sent && reply.prove(accepted.clone()) {
        // Where somebody settles it at this moment, it is settled.
        save(ctx, tx, &reply, was, Actor::System).await?;
    }
    Ok(true)
}

/// The network has it: the case is answered at the network's own moment.
async fn answered(ctx: &Ctx, tx: &mut Tx, reply: &Reply, mut case: Case) -> Result<()> {
    let now = ctx.clock.now();
    let at = answered_at(reply, &case, now);
    let desk = Desk::of(tx, case.brand).await?;
    let business_s = match case.first_answer_business_s {
        Some(known) => known,
        None => desk.business_s(case.opened_at, at),
    };
    let post = as_post(ctx, tx, reply, at).await?;
    let is_new = posts::insert_all(tx, &[(case.brand, post)]).await? > 0;
    let mut told = Vec::new();
    // The network may have told us of it before anybody knew that it is this reply: then intake has
    // kept it, and the case was answered by it.
    if is_new {
        told.push(case.answer(
            at,
            reply.visibility,
            Actor::Agent,
            business_s,
            desk.rules(at),
        ));
    }
    histories::answer_turn(tx, case.id, at).await?;
    if let Some(remedy) = reply.then_resolve
        && case.status == Status::Open
    {
        told.push(case.resolve(at, remedy, Outcome::Claimed)?);
        histories::end_episode(tx, &case).await?;
    }
    // The customer has the question whether it is solved.
    if reply.body.contains("/confirm/")
        && case.status == Status::Resolved
        && case.asked_at.is_none()
    {
        told.push(case.ask(at));
    }
    told.push(step_event(reply, now, Actor::System));
    cases::save(tx, &case, &told, now).await?;
    Ok(())
}

/// The network's clock where it is believable; never before the case was opened.
fn answered_at(reply: &Reply, case: &Case, now: Instant) -> Instant {
    let first_tried = reply.first_tried_at.unwrap_or(reply.queued_at);
    let believable = first_tried - BELIEVED..=now + BELIEVED;
    reply
        .accepted_at
        .filter(|it| believable.contains(it))
        .unwrap_or(now)
        .max(case.opened_at)
}

async fn as_post(ctx: &Ctx, tx: &mut Tx, reply: &Reply, at: Instant) -> Result<Post> {
    let now = ctx.clock.now();
    let channels = brands::channels(tx).await?;
    let channel = channels.into_iter().find(|it| it.id == reply.channel);
    let author = channel.ok_or(Error::Missing)?.handle;
    // Where a person has seen it there, nobody knows the network's id.
    let external_id = reply.external_id.clone();
    Ok(Post {
        id: ctx.ids.next(now),
        case: Some(reply.case),
        channel: reply.channel,
        handle: None,
        author,
        by: Actor::Agent,
        visibility: reply.visibility,
        external_id: external_id.unwrap_or_else(|| format!("reply:{}", reply.id)),
        parent_external_id: Some(reply.in_reply_to.clone()),
        body: reply.body.clone(),
        language: None,
        published_at: at,
        seen_at: now,
        version: 1,
        deleted_at: None,
    })
}
