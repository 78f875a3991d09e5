//! Threads posts into trees: which posts belong together.
//!
//! Invariant: a post has at most one parent, and trees hang together by parents alone; two posts
//! that wait for the same missing parent are two trees until it arrives.

use super::twcs::Row;
use crate::{
    backend::store::archive::KnownPost,
    domain::archive::{Leaf, Parent, Side},
};
use std::{collections::HashMap, ops::Range};

/// Where a post of a forest comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the store already, by its place among those.
    Known(usize),
    /// New, by its row's place.
    New(usize),
}

/// Trees side by side.
#[derive(Debug)]
pub struct Forest<'a> {
    /// All posts, tree after tree.
    pub leaves: Vec<Leaf<'a>>,
    /// Where each comes from.
    pub sources: Vec<Source>,
    /// Each tree's posts.
    pub trees: Vec<Range<usize>>,
}

/// Threads new posts and those in the store that they touch. No id may come twice.
pub fn thread<'a>(known: &'a [KnownPost], rows: &'a [Row]) -> Forest<'a> {
    let total = known.len() + rows.len();
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(total);
    let mut parents: Vec<Option<&str>> = Vec::with_capacity(total);
    let mut leaves: Vec<Leaf<'a>> = Vec::with_capacity(total);
    for post in known {
        places.insert(&post.external_id, leaves.len());
        parents.push(post.parent_external_id.as_deref());
        leaves.push(Leaf {
            external_id: &post.external_id,
            author: &post.author,
            side: side_of(&post.actor),
            parent: Parent::None,
            published_at: post.published_at,
        });
    }
    for row in rows {
        places.insert(&row.external_id, leaves.len());
        parents.push(row.parent.as_deref());
        leaves.push(Leaf {
            external_id: &row.external_id,
            author: &row.author,
            side: row.side,
            parent: Parent::None,
            published_at: row.published_at,
        });
    }
    let mut groups = Groups::of(total);
    for (place, parent) in parents.iter().enumerate() {
        leaves[place].parent = match parent {
            None => Parent::None,
            Some(id) => match places.get(id) {
                Some(&above) => {
                    groups.join(place, above);
                    Parent::Known
                }
                None => Parent::Missing,
            },
        };
    }
    let (order, trees) = groups.gather();
    Forest {
        leaves: order.iter().map(|&place| leaves[place]).collect(),
        sources: order
            .iter()
            .map(|&place| match place.checked_sub(known.len()) {
                Some(row) => Source::New(row),
                None => Source::Known(place),
            })
            .collect(),
        trees,
    }
}

fn side_of(actor: &str) -> Side {
    match actor {
        "customer" | "joiner" => Side::Customer,
        _ => Side::Brand,
    }
}

/// Which places belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The earliest place of a group stands for it.
    fn head(&mut self, mut place: usize) -> usize {
        while self.0[place] != place {
            self.0[place] = self.0[self.0[place]];
            place = self.0[place];
        }
        place
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.head(one), self.head(other));
        self.0[one.max(other)] = one.min(other);
    }

    /// All places, group after group in the order of their earliest, and where each group lies.
    fn gather(mut self) -> (Vec<usize>, Vec<Range<usize>>) {
        let count = self.0.len();
        let heads: Vec<usize> = (0..count).map(|place| self.head(place)).collect();
        let mut sizes = vec![0_usize; count];
        for &head in &heads {
            sizes[head] += 1;
        }
        let mut ranges = Vec::new();
        let mut next = vec![0_usize; count];
        let mut start = 0;
        for (head, &size) in sizes.iter().enumerate() {
            if size > 0 {
                next[head] = start;
                ranges.push(start..start + size);
                start += size;
            }
        }
        let mut order = vec![0; count];
        for (place, &head) in heads.iter().enumerate() {
            order[next[head]] = place;
            next[head] += 1;
        }
        (order, ranges)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, parent: Option<&str>) -> Row {
        Row {
            external_id: id.into(),
            author: "ada".into(),
            side: Side::Customer,
            published_at: 0,
            text: "".into(),
            parent: parent.map(Into::into),
        }
    }

    fn ids(forest: &Forest<'_>) -> Vec<Vec<String>> {
        forest
            .trees
            .iter()
            .map(|tree| {
                forest.leaves[tree.clone()]
                    .iter()
                    .map(|it| it.external_id.to_owned())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn answers_may_precede_what_they_answer() {
        let rows = [
            row("3", Some("2")),
            row("9", None),
            row("2", Some("1")),
            row("1", None),
        ];
        let forest = thread(&[], &rows);
        assert_eq!(ids(&forest), [vec!["3", "2", "1"], vec!["9"]]);
        assert_eq!(forest.leaves[0].parent, Parent::Known);
        assert_eq!(forest.leaves[2].parent, Parent::None);
    }

    #[test]
    fn two_answers_to_a_missing_post_are_two_trees() {
        let rows = [row("3", Some("1")), row("2", Some("1"))];
        let forest = thread(&[], &rows);
        assert_eq!(forest.trees.len(), 2);
        assert_eq!(forest.leaves[0].parent, Parent::Missing);
    }

    #[test]
    fn a_circle_is_a_tree_without_a_beginning() {
        let rows = [
            row("3", Some("2")),
            row("2", Some("3")),
            row("1", Some("1")),
        ];
        let forest = thread(&[], &rows);
        assert_eq!(ids(&forest), [vec!["3", "2"], vec!["1"]]);
        assert!(forest.leaves.iter().all(|it| it.parent == Parent::Known));
    }

    #[test]
    fn a_thread_of_a_hundred_thousand_answers_is_one_tree() {
        let rows: Vec<Row> = (0..100_000_u32)
            .map(|number| {
                let above = number.checked_sub(1).map(|it| it.to_string());
                row(&number.to_string(), above.as_deref())
            })
            .collect();
        assert_eq!(thread(&[], &rows).trees.len(), 1);
    }
}
