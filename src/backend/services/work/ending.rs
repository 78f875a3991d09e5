//! The end of a case as we see it; the customer has the last word (see [`super::confirm`]).

use super::hold;
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        store::{posts, topics, work as kept},
    },
    domain::{
        case::{Case, Outcome, Remedy, Tone},
        event::Actor,
        ids::{CaseId, PostId},
        person::Viewer,
        post::Visibility,
        work::some_words,
    },
};

/// How a case ends.
#[derive(Clone, Debug)]
pub struct Ending {
    /// How it was solved.
    pub remedy: Remedy,
    /// What became of it.
    pub outcome: Outcome,
    /// The brand's topic that says what was the matter.
    pub topic: Option<String>,
    /// The same in words, where no topic says it.
    pub cause: String,
    /// How the customer sounds at the end; as before when nothing is said.
    pub tone: Option<Tone>,
}

/// What waits needs no answer.
pub async fn no_answer(ctx: &Ctx, viewer: &Viewer, id: CaseId, is_noise: bool) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let rules = held.desk.rules(held.now).clone();
    let before = held.case.unanswered_since;
    let told = held.case.needs_no_answer(held.now, is_noise, &rules)?;
    held.done(
        ctx,
        viewer,
        "case.needs_no_answer",
        &told,
        (&before, &is_noise),
    )
    .await
}

/// We say it is solved.
pub async fn resolve(ctx: &Ctx, viewer: &Viewer, id: CaseId, ending: Ending) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let topic = match ending.topic {
        Some(key) => {
            let known = topics::list(&mut held.tx, held.case.brand).await?;
            known
                .iter()
                .any(|it| it.key == key)
                .then_some(key)
                .ok_or(Error::Missing)
                .map(Some)?
        }
        None => None,
    };
    let cause = match ending.cause.trim() {
        "" => None,
        words => Some(some_words("the cause", words)?),
    };
    let how = (ending.remedy, ending.outcome);
    let told = held.case.close(held.now, how, topic, ending.tone)?;
    let mut work = kept::find(&mut held.tx, id).await?;
    work.snooze = None;
    work.cause = cause;
    kept::save(&mut held.tx, (held.case.brand, id), &work, held.now).await?;
    let after = (ending.remedy, ending.outcome, work.cause.clone());
    held.done(ctx, viewer, "case.resolved", &[told], (&(), &after))
        .await
}

/// Something is left to do after all.
pub async fn reopen(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let rules = held.desk.rules(held.now).clone();
    let before = (held.case.outcome, held.case.resolved_at);
    let told = held.case.take_up_again(held.now, &rules)?;
    held.done(ctx, viewer, "case.reopened", &[told], (&before, &()))
        .await
}

/// One of the customer's public posts after their yes is their thanks: a win.
pub async fn thanks(ctx: &Ctx, viewer: &Viewer, id: CaseId, post: PostId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let all = posts::of_case(&mut held.tx, id).await?;
    let post = all.into_iter().find(|it| {
        it.id == post && it.by == Actor::Customer && it.visibility == Visibility::Public
    });
    let post = post.ok_or(Error::Missing)?;
    let told = held.case.link_thanks(post.published_at)?;
    held.done(ctx, viewer, "case.thanks_linked", &[told], (&(), &post.id))
        .await
}
