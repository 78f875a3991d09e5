//! A post on its way out, and what a network's answer to it means.
//!
//! The rule that everything hangs on: *sent* only with proof, *not sent* only with proof, and
//! everything else is [`Sending::Unknown`], which no machine may treat as either.

use super::{post::Visibility, time::Instant};
use serde::{Deserialize, Serialize};

/// What is to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The reply's own key: the same for every try, different for every reply. Networks that know
    /// idempotency keys are given it.
    pub key: String,
    /// The id that the post is to have, where the network lets us choose.
    pub chosen_id: Option<String>,
    /// The network's id of what it answers.
    pub in_reply_to: String,
    /// Whom it answers: the account's name, without `@`.
    pub to: String,
    /// Who can read it.
    pub visibility: Visibility,
    /// What it says.
    pub body: String,
    /// When it was first tried: looking for it may begin there.
    pub since: Instant,
}

/// A post that the network has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The network's id.
    pub external_id: String,
    /// The network's clock.
    pub published_at: Instant,
}

/// What became of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// The network has it.
    Sent(Accepted),
    /// It certainly hasn't, and won't take it as it is; the reason as a sentence.
    Rejected(String),
    /// It certainly hasn't, and may take it later; after so many seconds, where it says so.
    Later {
        /// Why, as a sentence.
        why: String,
        /// What the network asked for, as it asked: any number.
        after_s: Option<i64>,
    },
    /// It certainly hasn't: the channel has to be connected again first.
    Reconnect(String),
    /// Nobody knows.
    Unknown(String),
}

/// What was seen of one try over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// No byte of the body left: the name, the connection or TLS failed.
    NoConnection(String),
    /// Something broke after writing began, or the answer never came.
    Broken(String),
    /// An answer: its status, whether it says that this is a duplicate, what it accepted (where
    /// that could be read), and what it asks to wait in seconds.
    Answer {
        /// The status code.
        status: u16,
        /// Whether it refuses because it has the same already.
        says_duplicate: bool,
        /// The post as the network has it, where a 2xx could be read.
        accepted: Option<Accepted>,
        /// `Retry-After`, where it could be read.
        after_s: Option<i64>,
    },
}

/// Reads one try, by the rules of SAFETY: only what is proven is sent or not sent.
pub fn judge(seen: Seen) -> Sending {
    match seen {
        Seen::NoConnection(why) => Sending::Later { why, after_s: None },
        Seen::Broken(why) => Sending::Unknown(why),
        Seen::Answer {
            status,
            says_duplicate,
            accepted,
            after_s,
        } => match (status, accepted) {
            (200..=299, Some(accepted)) => Sending::Sent(accepted),
            (401, _) => Sending::Reconnect(
                "The network no longer knows our sign-in. Connect the channel again.".to_owned(),
            ),
            // It has something of the same text; whether that is this reply has to be looked up.
            (403, _) if says_duplicate => {
                Sending::Unknown("The network says that it has the same text already.".to_owned())
            }
            (403, _) => {
                Sending::Rejected("The network doesn't let this account answer there.".to_owned())
            }
            (404 | 410, _) => {
                Sending::Rejected("The post that it answers is no longer there.".to_owned())
            }
            (413, _) => Sending::Rejected("It is too long for the network.".to_owned()),
            (422, _) => Sending::Rejected("The network doesn't take this text.".to_owned()),
            (429, _) => Sending::Later {
                why: "The network asks to wait.".to_owned(),
                after_s,
            },
            (status, _) => Sending::Unknown(format!("The network answered {status}.")),
        },
    }
}

/// The shortest and the longest pause that a network can ask for, in seconds.
const PAUSE_S: std::ops::RangeInclusive<i64> = 1..=3600;

/// What a network asked to wait, as it is obeyed: whatever it says, between a second and an hour.
pub fn pause_s(asked: Option<i64>, usual: i64) -> i64 {
    asked
        .unwrap_or(usual)
        .clamp(*PAUSE_S.start(), *PAUSE_S.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;
    use proptest::prelude::*;

    fn accepted() -> Accepted {
        Accepted {
            external_id: "7".to_owned(),
            published_at: from_ms(0),
        }
    }

    fn answer(status: u16, accepted: Option<Accepted>) -> Sending {
        judge(Seen::Answer {
            status,
            says_duplicate: false,
            accepted,
            after_s: None,
        })
    }

    #[test]
    fn an_answer_counts_as_sent_only_with_an_id() {
        assert_eq!(answer(201, Some(accepted())), Sending::Sent(accepted()));
        assert!(matches!(answer(200, None), Sending::Unknown(_)));
    }

    #[test]
    fn what_is_certainly_not_sent_says_why() {
        for status in [403, 404, 410, 413, 422] {
            assert!(matches!(answer(status, None), Sending::Rejected(_)));
        }
        assert!(matches!(answer(401, None), Sending::Reconnect(_)));
        assert!(matches!(answer(429, None), Sending::Later { .. }));
        let lost = judge(Seen::NoConnection("no such name".to_owned()));
        assert!(matches!(lost, Sending::Later { .. }));
    }

    #[test]
    fn a_duplicate_is_a_hint_and_no_proof() {
        let it = judge(Seen::Answer {
            status: 403,
            says_duplicate: true,
            accepted: None,
            after_s: None,
        });
        assert!(matches!(it, Sending::Unknown(_)));
    }

    #[test]
    fn an_absurd_pause_is_obeyed_within_reason() {
        assert_eq!(pause_s(Some(i64::MAX), 30), 3600);
        assert_eq!(pause_s(Some(-5), 30), 1);
        assert_eq!(pause_s(Some(0), 30), 1);
        assert_eq!(pause_s(None, 30), 30);
    }

    proptest! {
        #[test]
        fn every_status_that_proves_nothing_is_unknown(status in 100_u16..1000) {
            let proves = matches!(status, 401 | 403 | 404 | 410 | 413 | 422 | 429);
            let sent = (200..300).contains(&status);
            prop_assert_eq!(
                matches!(answer(status, None), Sending::Unknown(_)),
                !proves
            );
            prop_assert_eq!(
                matches!(answer(status, Some(accepted())), Sending::Sent(_)),
                sent
            );
        }
    }
}
