//! What a person decides about a reply: take it back, say that it is there, send it again.

use super::moved;
use crate::{
    backend::{Error, Result, ctx::Ctx, services::audit, store::replies},
    domain::{
        event::Actor,
        ids::ReplyId,
        person::Viewer,
        rejection::Rejection,
        reply::{Reply, State},
        right::{Action, allows, allows_brand},
    },
};
use serde::{Deserialize, Serialize};

/// What a person can decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It isn't to go out (any more).
    TakeBack,
    /// It is on the network; the person has seen it.
    IsThere,
    /// It is to go out again, even if it should be there twice then.
    SendAgain,
}

impl Decision {
    /// The word that forms use.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "take-back" => Some(Self::TakeBack),
            "is-there" => Some(Self::IsThere),
            "send-again" => Some(Self::SendAgain),
            _ => None,
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::TakeBack => "reply.taken_back",
            Self::IsThere => "reply.seen_there",
            Self::SendAgain => "reply.sent_again",
        }
    }
}

/// Does what somebody decided.
///
/// # Errors
/// When the reply has gone further than that, or isn't theirs to see.
pub async fn decide(ctx: &Ctx, viewer: &Viewer, id: ReplyId, decision: Decision) -> Result<Reply> {
    let mut tx = ctx.store.read().await?;
    let reply = replies::find(&mut tx, id)
        .await?
        .filter(|it| allows(viewer, Action::WorkCases) && allows_brand(viewer, it.brand))
        .ok_or(Error::Missing)?;
    drop(tx);
    let now = ctx.clock.now();
    let after = moved(ctx, id, Actor::Agent, |it| match decision {
        Decision::TakeBack => it.cancel(),
        Decision::IsThere => it.is_there(now),
        Decision::SendAgain => it.send_again(now),
    })
    .await?;
    let Some(after) = after else {
        return Err(too_late(ctx, id).await?);
    };
    let mut tx = ctx.store.write().await?;
    let states: (State, State) = (reply.state, after.state);
    let what = decision.action();
    audit::record(ctx, &mut tx, viewer, what, id, (&states.0, &states.1)).await?;
    tx.commit().await?;
    Ok(after)
}

async fn too_late(ctx: &Ctx, id: ReplyId) -> Result<Error> {
    let mut tx = ctx.store.read().await?;
    let reply = replies::find(&mut tx, id).await?.ok_or(Error::Missing)?;
    Ok(Rejection::ReplyMoved(reply.state.label().to_owned()).into())
}
