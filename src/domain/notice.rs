//! What people are told in the app, and when they want to be left alone.

use super::{
    account::Outcome,
    ids::{CaseId, NoticeId},
    time::{Instant, Zone},
    words::words,
};
use chrono::Timelike;
use serde::{Deserialize, Serialize};

words! {
    /// Why somebody is told something.
    NoticeKind, "a kind of notice", {
        /// A case is theirs now.
        Assigned = "assigned", "Given to you";
        /// A note calls them.
        Mentioned = "mentioned", "Mentions you";
        /// A case is offered to their team.
        HandedToUs = "handed_to_us", "Handed to your team";
        /// A case of theirs came back.
        Returned = "returned", "Came back";
        /// Something they see to is due soon.
        DueSoon = "due_soon", "Due soon";
        /// Something they see to is due and not done.
        Overdue = "overdue", "Overdue";
        /// Something that was promised never arrived.
        PromiseBroken = "promise_broken", "Promise broken";
        /// Something was sent a day ago.
        DidItArrive = "did_it_arrive", "Did it arrive?";
        /// Nobody can tell whether a reply was posted.
        UnknownReply = "unknown_reply", "Was it posted?";
        /// Somebody needs a decision.
        ApprovalWanted = "approval_wanted", "Your decision is needed";
        /// What they asked for was decided.
        Decided = "decided", "Decided";
        /// The customer has said whether it is solved.
        CustomerSpoke = "customer_spoke", "The customer's word";
    }
}

/// Something somebody is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Why.
    pub kind: NoticeKind,
    /// What, as a sentence.
    pub words: String,
    /// The case it is about.
    pub case: Option<CaseId>,
    /// Since when.
    pub told_at: Instant,
    /// Whether they have looked at it.
    pub is_read: bool,
}

/// When somebody wants to be left alone, by their own wall clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// From this minute of the day…
    pub from_minute: i64,
    /// …until this one; the same minute is never.
    pub until_minute: i64,
    /// Whether they want what is unread by mail.
    pub wants_mail: bool,
}

impl QuietHours {
    /// Whether it is quiet at an instant.
    pub fn are_now(&self, zone: &Zone, now: Instant) -> bool {
        self.are_at(zone.local(now).time().num_seconds_from_midnight() / 60)
    }

    /// Whether it is quiet at a minute of the day.
    pub fn are_at(&self, minute: u32) -> bool {
        let minute = i64::from(minute);
        if self.from_minute <= self.until_minute {
            (self.from_minute..self.until_minute).contains(&minute)
        } else {
            minute >= self.from_minute || minute < self.until_minute
        }
    }
}

/// What somebody was told, as their page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticePage {
    /// The newest first.
    pub notices: Vec<Notice>,
    /// How many are unread.
    pub unread: i64,
    /// When they want to be left alone.
    pub quiet: QuietHours,
    /// Their wall clock.
    pub zone: Zone,
    /// What time it is.
    pub as_of: Instant,
    /// What the form that was just sent led to.
    pub outcome: Option<Outcome>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_goes_over_midnight() {
        let night = QuietHours {
            from_minute: 22 * 60,
            until_minute: 7 * 60,
            wants_mail: false,
        };
        assert!(night.are_at(23 * 60) && night.are_at(0) && night.are_at(7 * 60 - 1));
        assert!(!night.are_at(7 * 60) && !night.are_at(12 * 60));
        assert!(!QuietHours::default().are_at(0));
    }
}
