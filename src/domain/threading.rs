//! Which posts belong together, and the case that is told from them.
//!
//! Both are functions of the set of posts alone: in whatever order, and however often, a network
//! delivers, the same cases come of it.

use super::{
    brand::Policies,
    case::{Case, Kind, Opening, Origin, Priority, Tone},
    event::{Actor, CaseEvent},
    ids::{BrandId, CaseId, ChannelId, CustomerId, HandleId, PostId},
    network::Network,
    post::Visibility,
    time::Instant,
    topic::fold,
};
use chrono::{TimeDelta, TimeZone};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Posts of one person, and posts that say nearly the same on another channel, are one case when
/// they lie no further apart.
pub const WINDOW: TimeDelta = TimeDelta::hours(24);
/// A network's clock may be so much ahead of ours before ours counts instead.
pub const CLOCKS_APART: TimeDelta = TimeDelta::minutes(10);

/// What a first look at a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What is wanted.
    pub kind: Kind,
    /// How it sounds.
    pub tone: Tone,
    /// How pressing it is.
    pub priority: Priority,
    /// What it is about.
    pub topic: Option<String>,
    /// Its language as an ISO 639 code, when that can be told.
    pub language: Option<String>,
}

/// Who wrote a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// One of us.
    Ours(Actor),
    /// Somebody else: their account, and whose that is.
    Theirs(HandleId, CustomerId),
}

/// One post, as much as a case is told from it.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Our id of it.
    pub post: PostId,
    /// The network's id.
    pub external_id: String,
    /// Where it came in.
    pub channel: ChannelId,
    /// On which network.
    pub network: Network,
    /// Who wrote it.
    pub side: Side,
    /// The clock that counts: see [`counts_from`].
    pub at: Instant,
    /// Our clock when we saw it.
    pub seen_at: Instant,
    /// Who can read it.
    pub visibility: Visibility,
    /// When it was taken back.
    pub deleted_at: Option<Instant>,
    /// What it says at a first look.
    pub look: Look,
    /// How many follow its author.
    pub followers: i64,
    /// Whether it answers none of the others.
    pub begins: bool,
}

/// A run of customer posts and our answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first post that waited.
    pub started_at: Instant,
    /// When it was answered.
    pub answered_at: Option<Instant>,
    /// Customer posts in it.
    pub posts: i32,
}

/// A case with what it was told from.
#[derive(Clone, Debug)]
pub struct Told {
    /// The case as it stands after the last post.
    pub case: Case,
    /// The post whose look the case has.
    pub opening: PostId,
    /// Its turns.
    pub runs: Vec<Run>,
    /// What happened, with the post that did it; none for what follows from several.
    pub events: Vec<(Option<PostId>, CaseEvent)>,
}

/// What a case is called and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// Its id.
    pub id: CaseId,
    /// Whose it is.
    pub brand: BrandId,
    /// How it began.
    pub origin: Origin,
}

/// The instant that counts for a post: the network's, unless it lies in our future. Tells also
/// whether the network's clock is too far off to be believed.
pub fn counts_from(published_at: Instant, seen_at: Instant) -> (Instant, bool) {
    if published_at <= seen_at {
        (published_at, false)
    } else {
        (seen_at, published_at - seen_at > CLOCKS_APART)
    }
}

/// What a text is like: the same for texts that differ in little words, signs, names and links.
/// `None` for texts that are too short to be anybody's own.
pub fn fingerprint(text: &str) -> Option<i64> {
    let folded = fold(text);
    let words: BTreeSet<&str> = folded
        .split_whitespace()
        .filter(|it| !it.starts_with(['@', '#']) && !it.starts_with("http"))
        .flat_map(|it| it.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|it| it.chars().count() >= 4)
        .collect();
    if words.len() < 5 {
        return None;
    }
    // FNV-1a: small, and the same for ever.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in words.iter().flat_map(|it| it.bytes().chain([b' '])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    Some(i64::from_ne_bytes(hash.to_ne_bytes()).max(i64::MIN + 1))
}

/// Which of some things hang together, however they were tied.
#[derive(Debug)]
pub struct Ties<T> {
    places: HashMap<T, usize>,
    up: Vec<usize>,
}

impl<T> Default for Ties<T> {
    fn default() -> Self {
        Self {
            places: HashMap::new(),
            up: Vec::new(),
        }
    }
}

impl<T: Copy + Eq + std::hash::Hash> Ties<T> {
    /// Takes something in, by itself unless it is tied.
    pub fn put(&mut self, it: T) -> usize {
        *self.places.entry(it).or_insert_with(|| {
            self.up.push(self.up.len());
            self.up.len() - 1
        })
    }

    /// Ties two.
    pub fn tie(&mut self, one: T, other: T) {
        let (one, other) = (self.put(one), self.put(other));
        let (one, other) = (self.top(one), self.top(other));
        self.up[one.max(other)] = one.min(other);
    }

    fn top(&mut self, mut at: usize) -> usize {
        while self.up[at] != at {
            self.up[at] = self.up[self.up[at]];
            at = self.up[at];
        }
        at
    }

    /// Everything, in its knots.
    pub fn knots(mut self) -> Vec<Vec<T>> {
        let all: Vec<(T, usize)> = self.places.iter().map(|(it, at)| (*it, *at)).collect();
        let mut knots: HashMap<usize, Vec<T>> = HashMap::new();
        for (it, at) in all {
            let top = self.top(at);
            knots.entry(top).or_default().push(it);
        }
        knots.into_values().collect()
    }
}

/// Tells a case from all its posts; `None` when nobody but us wrote.
///
/// `business_s` is the staffed time between two instants in seconds.
pub fn tell<'r, Z: TimeZone>(
    mut leaves: Vec<Leaf>,
    names: Names,
    rules: impl Fn(Instant) -> &'r Policies,
    zone: impl Fn(Instant) -> Z,
    business_s: impl Fn(Instant, Instant) -> i64,
) -> Option<Told> {
    leaves.sort_by(|one, other| {
        (one.at, &one.external_id, one.channel).cmp(&(other.at, &other.external_id, other.channel))
    });
    let first = leaves
        .iter()
        .find(|it| matches!(it.side, Side::Theirs(..)))?;
    let Side::Theirs(first_handle, _) = first.side else {
        return None;
    };
    let mut own: HashSet<HandleId> = HashSet::from([first_handle]);
    own.extend(leaves.iter().filter_map(|it| match it.side {
        Side::Theirs(handle, _) if it.begins => Some(handle),
        _ => None,
    }));
    let is_own = |it: &Leaf| matches!(it.side, Side::Theirs(handle, _) if own.contains(&handle));
    let needs_answer = |it: &&Leaf| !matches!(it.look.kind, Kind::Praise | Kind::Noise);
    let opening = leaves
        .iter()
        .filter(|it| is_own(it))
        .find(needs_answer)
        .unwrap_or(first)
        .clone();
    let Side::Theirs(_, customer) = opening.side else {
        return None;
    };
    let in_force = rules(opening.at);
    let (mut case, opened) = Case::open(
        Opening {
            id: names.id,
            brand: names.brand,
            channel: opening.channel,
            network: opening.network,
            customer,
            origin: names.origin,
            kind: opening.look.kind,
            priority: opening.look.priority,
            topic: opening.look.topic.clone(),
            tone: opening.look.tone,
            published_at: opening.at,
            seen_at: opening.seen_at,
            reach: opening.followers,
        },
        in_force,
        &zone(opening.at),
    );
    let mut events = vec![(Some(opening.post), opened)];
    let mut runs: Vec<Run> = Vec::new();
    follow(&mut runs, None, &case, opening.at, false);
    for leaf in leaves.iter().filter(|it| it.post != opening.post) {
        let before = case.unanswered_since;
        let is_early = leaf.at < opening.at;
        let told = match leaf.side {
            _ if is_early && (is_own(leaf) || matches!(leaf.side, Side::Ours(_))) => {
                case.posts += 1;
                Vec::new()
            }
            Side::Ours(by @ (Actor::Agent | Actor::Department)) => {
                let staffed = business_s(case.opened_at, leaf.at);
                vec![case.answer(leaf.at, leaf.visibility, by, staffed, rules(leaf.at))]
            }
            Side::Ours(_) => {
                case.posts += 1;
                Vec::new()
            }
            Side::Theirs(..) if is_own(leaf) => {
                // What was taken back has no tone any more, whenever it was.
                let is_there = leaf.deleted_at.is_none();
                let tone = if is_there {
                    leaf.look.tone
                } else {
                    Tone::Neutral
                };
                case.hear(leaf.at, tone, rules(leaf.at))
            }
            Side::Theirs(..) => vec![case.join(leaf.at, leaf.followers)],
        };
        events.extend(told.into_iter().map(|it| (Some(leaf.post), it)));
        let answered = matches!(leaf.side, Side::Ours(_));
        follow(&mut runs, before, &case, leaf.at, answered);
    }
    let taken_back = leaves
        .iter()
        .filter(|it| is_own(it))
        .map(|it| it.deleted_at);
    if let Some(Some(at)) = taken_back.reduce(|one, other| one.zip(other).map(|(a, b)| a.max(b)))
        && case.excluded.is_none()
        && case.first_answer_at.is_none_or(|answered| at < answered)
    {
        events.push((None, case.withdraw(at)));
    }
    Some(Told {
        case,
        opening: opening.post,
        runs,
        events,
    })
}

/// Brings turns up to date after a post.
fn follow(runs: &mut Vec<Run>, before: Option<Instant>, case: &Case, at: Instant, answered: bool) {
    match (before, case.unanswered_since) {
        (None, Some(started_at)) => runs.push(Run {
            started_at,
            answered_at: None,
            posts: 1,
        }),
        (Some(_), Some(_)) => {
            let earlier: i32 = runs.iter().rev().skip(1).map(|it| it.posts - 1).sum();
            if let Some(run) = runs.last_mut() {
                run.posts = 1 + case.chasers - earlier;
            }
        }
        (Some(_), None) if answered => {
            if let Some(run) = runs.last_mut() {
                run.answered_at = Some(at);
            }
        }
        (Some(_) | None, None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    #[test]
    fn nearly_the_same_words_are_alike_and_short_ones_are_nobodys() {
        let one =
            fingerprint("@air My suitcase never arrived in Lisbon, nobody answers the phone!");
        let other = fingerprint(
            "my suitcase NEVER arrived in Lisbon. Nobody answers the phone https://x.y #fail",
        );
        assert!(one.is_some());
        assert_eq!(one, other);
        assert_ne!(
            one,
            fingerprint("My suitcase arrived in Lisbon, everybody answers the phone")
        );
        assert_eq!(fingerprint("Help please"), None);
    }

    #[test]
    fn a_clock_that_is_ahead_of_ours_does_not_count() {
        let seen = from_ms(1_000_000);
        assert_eq!(counts_from(from_ms(5), seen), (from_ms(5), false));
        let ahead = seen + TimeDelta::minutes(5);
        assert_eq!(counts_from(ahead, seen), (seen, false));
        let far = seen + TimeDelta::minutes(11);
        assert_eq!(counts_from(far, seen), (seen, true));
    }

    #[test]
    fn what_is_tied_in_any_order_hangs_together() {
        let mut ties = Ties::default();
        for (one, other) in [(1, 2), (3, 4), (5, 5), (4, 2)] {
            ties.tie(one, other);
        }
        let mut knots = ties.knots();
        knots.iter_mut().for_each(|it| it.sort_unstable());
        knots.sort();
        assert_eq!(knots, [vec![1, 2, 3, 4], vec![5]]);
    }
}
