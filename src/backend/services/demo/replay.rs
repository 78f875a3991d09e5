//! Checks a history against itself: what its events say is what its case says.

use crate::domain::{
    case::Status,
    event::EventKind,
    history::{History, PromiseState},
    time::Instant,
};

/// Panics where a case, its posts, turns, episodes and events don't tell the same story.
pub fn assert_consistent(history: &History, now: Instant) {
    let case = &history.case;
    let name = format!("case {} ({})", case.id, history.customer.name);
    assert!(
        history
            .events
            .windows(2)
            .all(|pair| pair[0].at <= pair[1].at),
        "{name}: time runs backwards in {:#?}",
        history.events
    );
    assert!(
        history
            .posts
            .windows(2)
            .all(|pair| pair[0].published_at <= pair[1].published_at),
        "{name}: a post before its parent"
    );
    assert!(
        history.events.iter().all(|it| it.at <= now),
        "{name}: an event after now"
    );
    assert!(
        history
            .posts
            .iter()
            .all(|it| it.published_at <= now && it.seen_at <= now && it.published_at <= it.seen_at),
        "{name}: a post after now"
    );
    assert!(case.seen_at <= now, "{name}: seen after now");
    assert!(
        history
            .events
            .iter()
            .all(|it| it.case == case.id && it.brand == case.brand)
    );
    assert!(history.posts.iter().all(|it| it.case == Some(case.id)));

    let (mut opened, mut first, mut first_public) = (None, None, None);
    let (mut resolved, mut first_resolved, mut asked) = (None, None, None);
    let (mut confirmed, mut disputed, mut thanked) = (None, None, None);
    let (mut outcome, mut episode, mut joiners, mut chasers) = (None, 1, 0, 0);
    let mut waiting = case.excluded.is_none();
    let mut is_open = true;
    for event in &history.events {
        let at = Some(event.at);
        match &event.kind {
            EventKind::Opened { .. } => opened = at,
            EventKind::Posted => {
                if is_open && case.excluded.is_none() {
                    waiting = true;
                }
            }
            EventKind::Chased => chasers += 1,
            EventKind::Joined => joiners += 1,
            EventKind::Answered {
                visibility,
                is_first,
                after_s,
            } => {
                assert_eq!(*is_first, first.is_none(), "{name}: two first answers");
                assert_eq!(
                    *after_s,
                    (event.at - case.opened_at).num_seconds(),
                    "{name}"
                );
                first = first.or(at);
                if *visibility == crate::domain::post::Visibility::Public {
                    first_public = first_public.or(at);
                }
                waiting = false;
            }
            EventKind::Resolved {
                outcome: became, ..
            } => {
                (resolved, outcome, waiting, is_open) = (at, Some(*became), false, false);
                first_resolved = first_resolved.or(at);
            }
            EventKind::Asked => asked = at,
            EventKind::Confirmed => {
                (confirmed, outcome) = (at, Some(crate::domain::case::Outcome::Confirmed));
            }
            EventKind::Disputed => (disputed, confirmed) = (at, None),
            EventKind::Lapsed => outcome = Some(crate::domain::case::Outcome::Lapsed),
            EventKind::Reopened { episode: number } => {
                episode += 1;
                assert_eq!(*number, episode, "{name}");
                (resolved, outcome, asked, waiting, is_open) = (None, None, None, true, true);
            }
            EventKind::Thanked => thanked = thanked.or(at),
            EventKind::Promised { .. }
            | EventKind::PromiseKept
            | EventKind::PromiseBroken
            | EventKind::HandOffOffered { .. }
            | EventKind::HandOffAccepted { .. } => {}
            EventKind::Imported { .. }
            | EventKind::Excluded { .. }
            | EventKind::Merged { .. }
            | EventKind::Withdrawn
            | EventKind::Edited
            | EventKind::Replying { .. }
            | EventKind::Corrected { .. }
            | EventKind::Erased
            | EventKind::Assigned { .. }
            | EventKind::HandOffOpened { .. }
            | EventKind::HandOffReturned { .. }
            | EventKind::PromiseWithdrawn
            | EventKind::Snoozed { .. }
            | EventKind::Woken
            | EventKind::NoAnswerNeeded
            | EventKind::Noted
            | EventKind::TriedElsewhere
            | EventKind::RemedyNamed { .. }
            | EventKind::OfferDecided { .. }
            | EventKind::Split { .. }
            | EventKind::Unmerged { .. }
            | EventKind::Included
            | EventKind::PersonChanged { .. } => {
                panic!("{name}: {:?} has no place in a demo", event.kind)
            }
        }
    }
    assert_eq!(opened, Some(case.opened_at), "{name}");
    assert_eq!(first, case.first_answer_at, "{name}");
    assert_eq!(first_public, case.first_public_answer_at, "{name}");
    assert_eq!(
        first.is_some(),
        case.first_answer_business_s.is_some(),
        "{name}"
    );
    assert_eq!(first_resolved, case.first_resolved_at, "{name}");
    assert_eq!(resolved, case.resolved_at, "{name}");
    assert_eq!(
        resolved.is_some(),
        case.status == Status::Resolved,
        "{name}"
    );
    assert_eq!(outcome, case.outcome, "{name}");
    assert_eq!(asked, case.asked_at, "{name}");
    assert_eq!(confirmed, case.confirmed_at, "{name}");
    assert_eq!(disputed, case.disputed_at, "{name}");
    assert_eq!(thanked, case.thanked_at, "{name}");
    assert_eq!(
        waiting,
        case.unanswered_since.is_some(),
        "{name}: {:#?}",
        history.events
    );
    assert_eq!(chasers, case.chasers, "{name}");
    assert_eq!(joiners, case.joiners, "{name}");
    assert_eq!(joiners as usize, history.joiners.len(), "{name}");
    assert_eq!(case.posts as usize, history.posts.len(), "{name}");

    assert_eq!(case.episode as usize, history.episodes.len(), "{name}");
    let last = history.episodes.last().expect("an episode");
    assert_eq!(
        (last.resolved_at, last.outcome),
        (case.resolved_at, case.outcome),
        "{name}"
    );
    let unanswered = history.turns.last().filter(|_| waiting);
    assert_eq!(
        unanswered.map(|it| it.started_at),
        case.unanswered_since,
        "{name}"
    );
    assert!(
        unanswered.is_none_or(|it| it.answered_at.is_none()),
        "{name}"
    );
    let open = history
        .promises
        .iter()
        .find(|it| it.state == PromiseState::Open);
    assert_eq!(open.map(|it| it.due_at), case.promise_due_at, "{name}");
    for promise in &history.promises {
        assert_eq!(
            promise.settled_at.is_none(),
            promise.state == PromiseState::Open,
            "{name}"
        );
        assert!(!promise.what.is_empty(), "{name}");
    }
    for hop in &history.hand_offs {
        assert!(
            hop.accepted_at.is_none_or(|at| hop.offered_at <= at),
            "{name}"
        );
    }
}
