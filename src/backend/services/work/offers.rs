//! What customers had tried, what they want, what they are offered, and who may offer how much.

use super::{can_work, hold};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::{audit, notify},
        store::{
            people,
            work::{notes, offers as kept},
        },
    },
    domain::{
        case::{Case, Remedy},
        ids::{AttemptId, CaseId, OfferId, PersonId},
        notice::NoticeKind,
        person::Viewer,
        rejection::Rejection,
        right::{Action, allows},
        time::Instant,
        work::{Approval, AttemptOutcome, Limit, Money, Offer, PriorAttempt, some_words},
    },
};

/// Notes what the customer had tried before.
pub async fn tried(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    channel: &str,
    (at, lasted_s): (Option<Instant>, Option<i64>),
    outcome: AttemptOutcome,
) -> Result<Case> {
    let channel = some_words("where they tried", channel)?;
    let mut held = hold(ctx, viewer, id).await?;
    let attempt = PriorAttempt {
        id: ctx.ids.next(held.now),
        channel,
        at,
        lasted_s,
        outcome,
        noted_at: held.now,
    };
    notes::insert_attempt(&mut held.tx, (held.case.brand, id), &attempt).await?;
    let told = held.case.tried_elsewhere(held.now);
    held.done(
        ctx,
        viewer,
        "case.attempt_noted",
        &[told],
        (&(), &attempt.id),
    )
    .await
}

/// Forgets an attempt that was noted by mistake.
pub async fn not_tried(ctx: &Ctx, viewer: &Viewer, id: CaseId, attempt: AttemptId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    if !notes::remove_attempt(&mut held.tx, id, attempt).await? {
        return Err(Error::Missing);
    }
    held.done(ctx, viewer, "case.attempt_removed", &[], (&attempt, &()))
        .await
}

/// Notes what the customer wants, or offers them something. Beyond one's limit it waits for
/// somebody who may give more.
pub async fn name(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    is_offer: bool,
    remedy: Remedy,
    (words, sum): (&str, Option<Money>),
) -> Result<Offer> {
    let words = match words.trim() {
        "" => String::new(),
        words => some_words("what it is", words)?,
    };
    let mut held = hold(ctx, viewer, id).await?;
    let limit = kept::limit(&mut held.tx, viewer.role).await?;
    let approval = match is_offer && !limit.allows(sum.as_ref()) {
        true => Approval::Asked,
        false => Approval::Free,
    };
    let offer = Offer {
        id: ctx.ids.next(held.now),
        is_offer,
        remedy,
        words,
        sum,
        approval,
        by: viewer.person,
        at: held.now,
        decided_by: None,
        decided_why: None,
    };
    kept::save(&mut held.tx, (held.case.brand, id), &offer).await?;
    if approval == Approval::Asked {
        let leads: Vec<PersonId> = people::list(&mut held.tx)
            .await?
            .into_iter()
            .filter(|it| {
                can_work(it, held.case.brand) && Action::ApproveOffers.roles().contains(&it.role)
            })
            .map(|it| it.id)
            .collect();
        let sum = offer.sum.as_ref().map(Money::to_string);
        let words = format!(
            "{} wants to offer {}. It is beyond their limit.",
            viewer.name,
            sum.unwrap_or_default()
        );
        let what = (NoticeKind::ApprovalWanted, &held.case, words.as_str());
        notify::tell(ctx, &mut held.tx, Some(viewer.person), &leads, what).await?;
    }
    let told = held.case.name_remedy(held.now, remedy, is_offer);
    held.done(ctx, viewer, "case.remedy_named", &[told], (&(), &offer))
        .await?;
    Ok(offer)
}

/// Allows an offer beyond somebody's limit, or doesn't. It takes somebody else, who may give as
/// much themselves.
pub async fn decide(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    offer: OfferId,
    (is_approved, why): (bool, &str),
) -> Result<Case> {
    if !allows(viewer, Action::ApproveOffers) {
        return Err(Rejection::BeyondLimit.into());
    }
    let mut held = hold(ctx, viewer, id).await?;
    let all = kept::of_case(&mut held.tx, id).await?;
    let mut offer = all
        .into_iter()
        .find(|it| it.id == offer)
        .ok_or(Error::Missing)?;
    if offer.approval != Approval::Asked {
        return Err(Rejection::Decided.into());
    }
    if offer.by == viewer.person {
        return Err(Rejection::NeedsAnother.into());
    }
    let limit = kept::limit(&mut held.tx, viewer.role).await?;
    if is_approved && !limit.allows(offer.sum.as_ref()) {
        return Err(Rejection::BeyondLimit.into());
    }
    offer.approval = match is_approved {
        true => Approval::Approved,
        false => Approval::Declined,
    };
    offer.decided_by = Some(viewer.person);
    offer.decided_why = match why.trim() {
        "" => None,
        why => Some(some_words("a reason", why)?),
    };
    kept::save(&mut held.tx, (held.case.brand, id), &offer).await?;
    let verb = offer.approval.label().to_lowercase();
    let words = format!("{} {verb} your offer.", viewer.name);
    let what = (NoticeKind::Decided, &held.case, words.as_str());
    notify::tell(ctx, &mut held.tx, Some(viewer.person), &[offer.by], what).await?;
    let told = held.case.decide_offer(held.now, is_approved);
    held.done(ctx, viewer, "case.offer_decided", &[told], (&(), &offer))
        .await
}

/// Says how much a role may give without asking.
pub async fn set_limit(ctx: &Ctx, viewer: &Viewer, limit: Limit) -> Result<()> {
    let mut tx = ctx.store.write().await?;
    let before = kept::limit(&mut tx, limit.role).await?;
    kept::set_limit(&mut tx, &limit).await?;
    let what = (&before, &limit);
    audit::record(ctx, &mut tx, viewer, "limit.changed", limit.role, what).await?;
    Ok(tx.commit().await?)
}
