//! Names of things: one newtype per noun, all made by one macro.
//!
//! An id is a time-ordered 63-bit number made by the application before the row exists
//! ([`crate::domain::ids::compose`]): it fits `bigint` on every engine, sorts by age, and needs no
//! sequence. In JSON it is a string, because JavaScript loses digits beyond 2⁵³.
//!
//! Invariant: nothing here knows the time or a random number; both are handed in.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, num::ParseIntError, str::FromStr};

/// 2020-01-01T00:00:00Z in milliseconds: where the clock inside an id begins.
const EPOCH_MS: i64 = 1_577_836_800_000;
/// Bits that tell the processes apart that share one database.
const NODE_BITS: u32 = 10;
/// Bits that count within one millisecond.
const COUNT_BITS: u32 = 12;

/// Puts an id together: 41 bits of milliseconds since 2020 (enough until 2089), 10 bits of node,
/// 12 bits of counter. Later milliseconds give larger ids, whatever the node.
pub const fn compose(at_ms: i64, node: u16, count: u16) -> i64 {
    let since = if at_ms < EPOCH_MS {
        0
    } else {
        at_ms - EPOCH_MS
    };
    (since << (NODE_BITS + COUNT_BITS))
        | ((node as i64 & ((1 << NODE_BITS) - 1)) << COUNT_BITS)
        | (count as i64 & ((1 << COUNT_BITS) - 1))
}

/// How many ids one node can make in one millisecond.
pub const PER_MILLISECOND: u16 = 1 << COUNT_BITS;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// The number as the database keeps it.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;
            fn from_str(text: &str) -> Result<Self, ParseIntError> {
                text.parse().map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// Who is being talked to.
    BrandId;
    /// One account of a brand on one network.
    ChannelId;
    /// A person, as one brand knows them.
    CustomerId;
    /// One account of a person on one network.
    HandleId;
    /// One customer's problem, from the first post to the last word.
    CaseId;
    /// One message on a network.
    PostId;
    /// Opened → resolved; a reopening starts the next one.
    EpisodeId;
    /// A run of customer posts and our answer to it.
    TurnId;
    /// What was promised, to whom, by when.
    PromiseId;
    /// One hop of a case from a team to another.
    HandOffId;
    /// One cause behind many cases.
    IncidentId;
    /// One run of an archive import.
    ImportId;
    /// One version of a brand's rules.
    PolicyId;
    /// One word for what cases are about.
    TopicId;
    /// Somebody who works with Sundown.
    PersonId;
    /// People who take cases together.
    TeamId;
    /// One sign-in of a person in one browser.
    SessionId;
    /// A link that works once.
    LinkId;
    /// One recovery code.
    CodeId;
    /// One reply of an agent, whatever became of it.
    ReplyId;
    /// A key for a program.
    TokenId;
    /// What a person made of a post that triage had judged.
    CorrectionId;
    /// A note for colleagues.
    NoteId;
    /// What a customer had tried before.
    AttemptId;
    /// What a customer wants, or was offered.
    OfferId;
    /// A merge or a split that may still be undone.
    JoinId;
    /// A customer who is said to abuse the channel.
    MarkId;
    /// Something somebody is told in the app.
    NoticeId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_millisecond_gives_a_larger_id_on_any_node() {
        let early = compose(EPOCH_MS + 5, 1023, 4095);
        let late = compose(EPOCH_MS + 6, 0, 0);
        assert!(early < late);
        assert!(late > 0);
    }

    #[test]
    fn an_id_survives_json_as_a_string() {
        let id = CaseId::from(9_007_199_254_740_993);
        let json = serde_json::to_string(&id).expect("an id is a string");
        assert_eq!(json, "\"9007199254740993\"");
        assert_eq!(serde_json::from_str::<CaseId>(&json).expect("and back"), id);
    }
}
