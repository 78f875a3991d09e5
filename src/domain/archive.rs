//! What a tree of posts from an archive becomes: at most one case, told from all of its posts.
//!
//! Called by the import with every post of a tree that is known so far. Whatever arrives later,
//! the whole tree is told again, so that a case says the same in whichever order and in however
//! many pieces its posts came.
//!
//! Invariant: the answer depends on the set of posts alone, never on the order they are given in.

use super::{
    brand::Policies,
    case::{Case, Kind, Opening, Origin, Priority, Status, Tone},
    event::Actor,
    ids::{BrandId, CaseId, ChannelId, CustomerId},
    network::Network,
    post::Visibility,
    time::{Instant, from_ms},
};
use chrono::TimeZone;
use std::{cmp::Ordering, collections::BTreeSet};

/// The key of the brand of those whom nobody has answered: the archive doesn't say to whom they
/// wrote.
pub const NO_BRAND: &str = "(none)";

/// Who wrote a post, as the archive has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A customer, or somebody who joined in.
    Customer,
    /// A brand.
    Brand,
}

/// What is known of the post that a post answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// It answers none.
    None,
    /// It answers one that isn't known.
    Missing,
    /// It answers one of the same tree.
    Known,
}

/// As much of a post as a tree is told from.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// The network's id: digits.
    pub external_id: &'a str,
    /// The author's account.
    pub author: &'a str,
    /// Who wrote it.
    pub side: Side,
    /// What it answers.
    pub parent: Parent,
    /// The network's clock, in milliseconds since 1970.
    pub published_at: i64,
}

impl Leaf<'_> {
    /// Earlier first; of one instant, the smaller number first.
    fn order(&self, other: &Self) -> Ordering {
        self.published_at
            .cmp(&other.published_at)
            .then_with(|| by_number(self.external_id, other.external_id))
    }
}

/// Compares digits of any length by the number they write.
fn by_number(one: &str, other: &str) -> Ordering {
    let (a, b) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    a.len()
        .cmp(&b.len())
        .then_with(|| a.cmp(b))
        .then_with(|| one.cmp(other))
}

/// A tree as it reads: who is asked, and where the case in it begins, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree<'a> {
    /// The author of the earliest post of a brand, or [`NO_BRAND`].
    pub brand: &'a str,
    /// Nothing where no customer wrote.
    pub beginning: Option<Beginning<'a>>,
}

/// Where the case in a tree begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning<'a> {
    /// How it began.
    pub origin: Origin,
    /// Whose problem it is.
    pub customer: &'a str,
    /// The post that opens it.
    opening: usize,
    /// The post all others stand below, where it is known.
    root: Option<usize>,
    /// The other posts, earliest first.
    rest: Vec<usize>,
}

/// The names under which a tree's case is kept.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The case's id.
    pub id: CaseId,
    /// Whose it is.
    pub brand: BrandId,
    /// Where it began.
    pub channel: ChannelId,
    /// Who complains.
    pub customer: CustomerId,
}

/// A run of customer posts and the answer to it, before it has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first post that waited for this answer.
    pub started_at: Instant,
    /// The answer.
    pub answered_at: Option<Instant>,
    /// Customer posts in it.
    pub posts: i32,
}

/// Reads a tree. At most one of its posts isn't [`Parent::Known`]; none is where posts answer each
/// other in a circle, which has no beginning that one could know.
pub fn read<'a>(posts: &[Leaf<'a>]) -> Tree<'a> {
    let mut order: Vec<usize> = (0..posts.len()).collect();
    if posts.len() > 1 {
        order.sort_unstable_by(|&a, &b| posts[a].order(&posts[b]));
    }
    let first_of = |side| {
        order
            .iter()
            .copied()
            .find(|&place| posts[place].side == side)
    };
    let brand = first_of(Side::Brand).map_or(NO_BRAND, |place| posts[place].author);
    let Some(first_heard) = first_of(Side::Customer) else {
        return Tree {
            brand,
            beginning: None,
        };
    };
    let root = posts.iter().position(|post| post.parent != Parent::Known);
    let (origin, opening) = match root.map(|root| (root, posts[root].parent, posts[root].side)) {
        Some((root, Parent::None, Side::Customer)) => (Origin::Customer, root),
        Some((_, Parent::None, Side::Brand)) => (Origin::Brand, first_heard),
        Some((_, Parent::Missing | Parent::Known, _)) | None => (Origin::Dangling, first_heard),
    };
    order.retain(|&place| place != opening);
    Tree {
        brand,
        beginning: Some(Beginning {
            origin,
            customer: posts[opening].author,
            opening,
            root,
            rest: order,
        }),
    }
}

impl Beginning<'_> {
    /// When the case opens, in milliseconds since 1970.
    pub fn opened_at(&self, posts: &[Leaf<'_>]) -> i64 {
        posts[self.opening].published_at
    }

    /// Whether a post is the customer's own, somebody else's, or a brand's.
    pub fn actor(&self, post: &Leaf<'_>) -> Actor {
        match post.side {
            Side::Brand => Actor::Agent,
            Side::Customer if post.author == self.customer => Actor::Customer,
            Side::Customer => Actor::Joiner,
        }
    }

    /// Tells the case and its turns. `business_s` counts staffed seconds between two instants in
    /// milliseconds.
    ///
    /// A customer's own case is answered by any post of a brand in the tree, even by one whose
    /// clock runs ahead of the question's. Elsewhere what a brand wrote before the customer did
    /// isn't an answer.
    pub fn tell<Z: TimeZone>(
        &self,
        posts: &[Leaf<'_>],
        names: Names,
        rules: &Policies,
        zone: &Z,
        business_s: impl Fn(i64, i64) -> i64,
    ) -> (Case, Vec<Run>) {
        let opened_ms = self.opened_at(posts);
        let opened_at = from_ms(opened_ms);
        let (mut case, _) = Case::open(
            Opening {
                id: names.id,
                brand: names.brand,
                channel: names.channel,
                network: Network::X,
                customer: names.customer,
                origin: self.origin,
                kind: Kind::Complaint,
                priority: Priority::Normal,
                topic: None,
                tone: Tone::Neutral,
                published_at: opened_at,
                seen_at: opened_at,
                reach: 0,
            },
            rules,
            zone,
        );
        let mut runs = vec![Run {
            started_at: opened_at,
            answered_at: None,
            posts: 1,
        }];
        let mut others = BTreeSet::new();
        for &place in &self.rest {
            let post = &posts[place];
            let at = from_ms(post.published_at);
            match self.actor(post) {
                Actor::Customer => {
                    case.hear(at, Tone::Neutral, rules);
                    match runs.last_mut() {
                        Some(run) if run.answered_at.is_none() => run.posts += 1,
                        _ => runs.push(Run {
                            started_at: at,
                            answered_at: None,
                            posts: 1,
                        }),
                    }
                }
                Actor::Joiner => {
                    case.join(at, 0);
                    case.last_customer_post_at = case.last_customer_post_at.max(at);
                    others.insert(post.author);
                }
                Actor::Agent | Actor::Bot | Actor::System | Actor::Department => {
                    if self.is_answer(place, post.published_at, opened_ms) {
                        let staffed_s = if case.first_answer_at.is_none() {
                            business_s(opened_ms, post.published_at)
                        } else {
                            0
                        };
                        case.answer(at, Visibility::Public, Actor::Agent, staffed_s, rules);
                        if let Some(run) = runs.last_mut() {
                            run.answered_at.get_or_insert(at);
                        }
                    } else {
                        case.posts += 1;
                    }
                }
            }
        }
        // People are counted here, where a live case counts each time somebody joins in.
        case.joiners = i32::try_from(others.len()).unwrap_or(i32::MAX);
        (case, runs)
    }

    fn is_answer(&self, place: usize, published_at: i64, opened_at: i64) -> bool {
        match self.origin {
            Origin::Customer => true,
            Origin::Brand | Origin::Dangling => {
                self.root != Some(place) && published_at >= opened_at
            }
        }
    }
}

/// A case that is told again keeps what people have decided about it since.
pub fn keep_decisions(told: &mut Case, known: &Case) {
    told.kind = known.kind;
    told.priority = known.priority;
    told.topic.clone_from(&known.topic);
    told.tone_first = known.tone_first;
    told.tone_last = known.tone_last;
    told.reach = known.reach;
    told.promise_due_at = known.promise_due_at;
    told.first_resolved_at = known.first_resolved_at;
    told.asked_at = known.asked_at;
    told.confirmed_at = known.confirmed_at;
    told.disputed_at = known.disputed_at;
    told.thanked_at = known.thanked_at;
    told.episode = known.episode;
    told.excluded = known.excluded;
    if known.status == Status::Resolved || known.excluded.is_some() {
        told.status = known.status;
        told.ball = known.ball;
        told.unanswered_since = known.unanswered_since;
        told.resolved_at = known.resolved_at;
        told.remedy = known.remedy;
        told.outcome = known.outcome;
        (told.due_at, told.due_kind) = (known.due_at, known.due_kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::{Ball, DueKind};
    use chrono::Utc;

    const MINUTE: i64 = 60_000;

    fn leaf(id: &'static str, author: &'static str, parent: Parent, minute: i64) -> Leaf<'static> {
        Leaf {
            external_id: id,
            author,
            side: if author.starts_with(char::is_uppercase) {
                Side::Brand
            } else {
                Side::Customer
            },
            parent,
            published_at: minute * MINUTE,
        }
    }

    fn told(posts: &[Leaf<'_>]) -> (Case, Vec<Run>) {
        let names = Names {
            id: 1.into(),
            brand: 2.into(),
            channel: 3.into(),
            customer: 4.into(),
        };
        let tree = read(posts);
        let beginning = tree.beginning.expect("a customer wrote");
        beginning.tell(posts, names, &Policies::default(), &Utc, |from, until| {
            (until - from) / 1000
        })
    }

    fn at(minute: i64) -> Instant {
        from_ms(minute * MINUTE)
    }

    #[test]
    fn a_customers_post_without_a_parent_opens_a_case_that_the_first_brand_answers() {
        let posts = [
            leaf("3", "Acme", Parent::Known, 30),
            leaf("1", "ada", Parent::None, 0),
            leaf("2", "Bolt", Parent::Known, 20),
        ];
        let tree = read(&posts);
        assert_eq!(tree.brand, "Bolt");
        let (case, runs) = told(&posts);
        assert_eq!(case.origin, Origin::Customer);
        assert_eq!(case.opened_at, at(0));
        assert_eq!(case.first_answer_at, Some(at(20)));
        assert_eq!(case.first_answer_business_s, Some(1200));
        assert_eq!(case.posts, 3);
        assert_eq!(case.ball, Ball::Customer);
        assert_eq!(runs.len(), 1);
        assert_eq!(runs[0].answered_at, Some(at(20)));
    }

    #[test]
    fn of_two_brands_at_one_instant_the_smaller_number_is_asked() {
        let posts = [
            leaf("10", "Acme", Parent::Known, 5),
            leaf("9", "Bolt", Parent::Known, 5),
            leaf("1", "ada", Parent::None, 0),
        ];
        assert_eq!(read(&posts).brand, "Bolt");
    }

    #[test]
    fn a_tree_in_which_no_customer_wrote_has_no_case() {
        let posts = [
            leaf("1", "Acme", Parent::None, 0),
            leaf("2", "Acme", Parent::Known, 1),
        ];
        let tree = read(&posts);
        assert_eq!(tree.brand, "Acme");
        assert_eq!(tree.beginning, None);
    }

    #[test]
    fn below_a_brands_post_the_first_customer_opens_and_the_next_answer_counts() {
        let posts = [
            leaf("1", "Acme", Parent::None, 0),
            leaf("2", "Acme", Parent::Known, 5),
            leaf("3", "ada", Parent::Known, 10),
            leaf("4", "ben", Parent::Known, 11),
            leaf("5", "Acme", Parent::Known, 14),
        ];
        let (case, _) = told(&posts);
        assert_eq!(case.origin, Origin::Brand);
        assert_eq!(case.opened_at, at(10));
        assert_eq!(case.first_answer_at, Some(at(14)));
        assert_eq!((case.posts, case.joiners), (5, 1));
    }

    #[test]
    fn a_tree_whose_first_post_is_missing_dangles_and_nothing_falls_due_in_it() {
        let posts = [
            leaf("2", "Acme", Parent::Missing, 3),
            leaf("3", "ada", Parent::Known, 10),
        ];
        let (case, _) = told(&posts);
        assert_eq!(case.origin, Origin::Dangling);
        assert_eq!(case.opened_at, at(10));
        assert_eq!(case.first_answer_at, None);
        assert_eq!(case.due_at, None);
    }

    #[test]
    fn posts_that_answer_each_other_in_a_circle_dangle() {
        let posts = [
            leaf("1", "ada", Parent::Known, 0),
            leaf("2", "Acme", Parent::Known, 1),
        ];
        let (case, _) = told(&posts);
        assert_eq!(case.origin, Origin::Dangling);
    }

    #[test]
    fn an_answer_whose_clock_runs_ahead_of_the_question_is_kept_as_it_is() {
        let posts = [
            leaf("1", "ada", Parent::None, 10),
            leaf("2", "Acme", Parent::Known, 7),
        ];
        let (case, _) = told(&posts);
        assert_eq!(case.opened_at, at(10));
        assert_eq!(case.first_answer_at, Some(at(7)));
        assert_eq!(case.first_answer_business_s, Some(-180));
    }

    #[test]
    fn a_customer_who_writes_again_after_an_answer_begins_a_turn_that_waits() {
        let posts = [
            leaf("1", "ada", Parent::None, 0),
            leaf("2", "ada", Parent::Known, 1),
            leaf("3", "Acme", Parent::Known, 5),
            leaf("4", "ada", Parent::Known, 9),
        ];
        let (case, runs) = told(&posts);
        assert_eq!(case.chasers, 1);
        assert_eq!(case.unanswered_since, Some(at(9)));
        assert_eq!(case.ball, Ball::Us);
        assert_eq!(case.due_kind, Some(DueKind::NextResponse));
        assert_eq!(runs.len(), 2);
        assert_eq!((runs[0].posts, runs[0].answered_at), (2, Some(at(5))));
        assert_eq!((runs[1].posts, runs[1].answered_at), (1, None));
    }

    #[test]
    fn what_people_decided_outlasts_more_posts() {
        let posts = [
            leaf("1", "ada", Parent::None, 0),
            leaf("2", "Acme", Parent::Known, 5),
        ];
        let (mut known, _) = told(&posts[..1]);
        known.topic = Some("parcel".to_owned());
        known
            .resolve(
                at(60),
                crate::domain::case::Remedy::Fixed,
                crate::domain::case::Outcome::Claimed,
            )
            .expect("it was open");
        let (mut case, _) = told(&posts);
        keep_decisions(&mut case, &known);
        assert_eq!(case.status, Status::Resolved);
        assert_eq!(case.topic.as_deref(), Some("parcel"));
        assert_eq!(case.first_answer_at, Some(at(5)));
        assert_eq!(case.due_at, None);
    }
}
