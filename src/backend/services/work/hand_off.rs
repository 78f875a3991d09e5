//! A case goes to another team: offered with an ask, read, taken, perhaps given back. The team that
//! gets it opens the packet before it says a word to the customer.

use super::hold;
use crate::{
    backend::{
        Result,
        ctx::Ctx,
        services::notify,
        store::{Tx, teams, work as kept, work::hand_offs},
    },
    domain::{
        case::Case,
        history::HandOff,
        ids::{CaseId, PersonId, TeamId},
        notice::NoticeKind,
        person::{Team, Viewer},
        rejection::Rejection,
        right::{Action, allows},
        work::{TeamHop, some_words},
    },
};

/// What a case is with before anybody made teams.
const FRONT: &str = "Social care";

fn named(all: &[Team], id: TeamId) -> Option<&Team> {
    all.iter().find(|it| it.id == id)
}

/// Offers a case to another team, with what it is asked to do.
pub async fn offer(
    ctx: &Ctx,
    viewer: &Viewer,
    id: CaseId,
    team: TeamId,
    ask: &str,
) -> Result<Case> {
    let ask = some_words("what the team is to do", ask)?;
    let mut held = hold(ctx, viewer, id).await?;
    let all = teams::list(&mut held.tx).await?;
    let to = named(&all, team).ok_or(Rejection::NotATeam)?;
    let hops = hand_offs::of_case(&mut held.tx, id).await?;
    if hops.iter().any(TeamHop::is_offered) {
        return Err(Rejection::HandOffOpen.into());
    }
    let work = kept::find(&mut held.tx, id).await?;
    let from = work.team.or_else(|| viewer.teams.first().copied());
    let from = from.and_then(|it| named(&all, it));
    if from.is_some_and(|it| it.id == team) {
        return Err(Rejection::NotATeam.into());
    }
    let hop = TeamHop {
        hop: HandOff {
            id: ctx.ids.next(held.now),
            brand: held.case.brand,
            case: id,
            from_team: from.map_or(FRONT, |it| it.name.as_str()).to_owned(),
            to_team: to.name.clone(),
            offered_at: held.now,
            accepted_at: None,
            returned_at: None,
            opened_at: None,
        },
        ask,
        from: from.map(|it| it.id),
        to: Some(team),
        offered_by: Some(viewer.person),
        accepted_by: None,
        returned_why: None,
    };
    hand_offs::save(&mut held.tx, &hop).await?;
    let told = held.case.offer_to(held.now, &to.name);
    let words = format!("{} hands a case to {}: {}", viewer.name, to.name, hop.ask);
    let people = notify::team(&mut held.tx, team, &held.case).await?;
    let what = (NoticeKind::HandedToUs, &held.case, words.as_str());
    notify::tell(ctx, &mut held.tx, Some(viewer.person), &people, what).await?;
    held.done(
        ctx,
        viewer,
        "case.handed_off",
        &[told],
        (&(), &hop.hop.to_team),
    )
    .await
}

/// Whether somebody is of the team a hop goes to; leads and administrators stand in for everybody.
fn is_theirs(viewer: &Viewer, hop: &TeamHop) -> bool {
    hop.to.is_some_and(|it| viewer.teams.contains(&it)) || allows(viewer, Action::ApproveOffers)
}

/// Opens the packet with the whole story, which is put on record once.
pub async fn open_packet(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let hops = hand_offs::of_case(&mut held.tx, id).await?;
    let open = |it: &TeamHop| it.hop.returned_at.is_none() && is_theirs(viewer, it);
    let hop = hops.into_iter().rfind(open);
    let mut hop = hop.ok_or(Rejection::NoHandOff)?;
    if hop.hop.opened_at.is_some() {
        return Ok(held.case);
    }
    hop.hop.opened_at = Some(held.now);
    hand_offs::save(&mut held.tx, &hop).await?;
    let told = held.case.read_by(held.now, &hop.hop.to_team);
    held.done(
        ctx,
        viewer,
        "case.packet_opened",
        &[told],
        (&(), &hop.hop.id),
    )
    .await
}

/// Takes what was offered to one's team.
pub async fn accept(ctx: &Ctx, viewer: &Viewer, id: CaseId) -> Result<Case> {
    let mut held = hold(ctx, viewer, id).await?;
    let hops = hand_offs::of_case(&mut held.tx, id).await?;
    let hop = hops
        .into_iter()
        .find(|it| it.is_offered() && is_theirs(viewer, it));
    let mut hop = hop.ok_or(Rejection::NoHandOff)?;
    hop.hop.accepted_at = Some(held.now);
    hop.accepted_by = Some(viewer.person);
    hand_offs::save(&mut held.tx, &hop).await?;
    let mut work = kept::find(&mut held.tx, id).await?;
    (work.owner, work.team) = (Some(viewer.person), hop.to);
    kept::save(&mut held.tx, (held.case.brand, id), &work, held.now).await?;
    let told = [
        held.case.taken_by(held.now, &hop.hop.to_team),
        held.case.assign(held.now, work.owner, work.team),
    ];
    held.done(
        ctx,
        viewer,
        "case.hand_off_accepted",
        &told,
        (&(), &hop.hop.id),
    )
    .await
}

/// Gives a case back to where it came from, or takes one's own offer back.
pub async fn give_back(ctx: &Ctx, viewer: &Viewer, id: CaseId, why: &str) -> Result<Case> {
    let why = some_words("a reason", why)?;
    let mut held = hold(ctx, viewer, id).await?;
    let hops = hand_offs::of_case(&mut held.tx, id).await?;
    let is_own = |it: &TeamHop| it.is_offered() && it.offered_by == Some(viewer.person);
    let hop = hops
        .into_iter()
        .rfind(|it| (it.is_offered() || it.is_taken()) && (is_theirs(viewer, it) || is_own(it)));
    let mut hop = hop.ok_or(Rejection::NoHandOff)?;
    hop.hop.returned_at = Some(held.now);
    hop.returned_why = Some(why.clone());
    hand_offs::save(&mut held.tx, &hop).await?;
    let mut told = vec![held.case.returned_by(held.now, &hop.hop.to_team)];
    if hop.hop.accepted_at.is_some() {
        let mut work = kept::find(&mut held.tx, id).await?;
        (work.owner, work.team) = (None, hop.from);
        kept::save(&mut held.tx, (held.case.brand, id), &work, held.now).await?;
        told.push(held.case.assign(held.now, None, hop.from));
    }
    let mut people: Vec<PersonId> = hop.offered_by.into_iter().collect();
    if let Some(team) = hop.from {
        people.extend(notify::team(&mut held.tx, team, &held.case).await?);
    }
    let words = format!("{} gave a case back: {why}", hop.hop.to_team);
    let what = (NoticeKind::Returned, &held.case, words.as_str());
    notify::tell(ctx, &mut held.tx, Some(viewer.person), &people, what).await?;
    held.done(ctx, viewer, "case.hand_off_returned", &told, (&(), &why))
        .await
}

/// The packet that somebody has to open before they say anything to the customer.
pub fn unread<'a>(viewer: &Viewer, hops: &'a [TeamHop]) -> Option<&'a TeamHop> {
    let last = hops.iter().rfind(|it| it.hop.returned_at.is_none())?;
    let is_receiver = last.to.is_some_and(|it| viewer.teams.contains(&it))
        || last.accepted_by == Some(viewer.person);
    (is_receiver && last.hop.opened_at.is_none()).then_some(last)
}

/// Whether somebody may say something to the customer: whoever got the case by a hand-off has to
/// open the packet first.
pub async fn may_contact(tx: &mut Tx, case: CaseId, viewer: &Viewer) -> Result<()> {
    let hops = hand_offs::of_case(tx, case).await?;
    match unread(viewer, &hops) {
        Some(_) => Err(Rejection::PacketUnread.into()),
        None => Ok(()),
    }
}
