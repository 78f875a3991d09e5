//! Keeps one chunk of an archive's rows: what is new joins what is in the store, in one
//! transaction.
//!
//! A tree that gets more posts is told again from all of them. Where a post shows that two cases
//! were one, the older keeps its id and the other is removed: no figure may count it twice. The
//! log keeps what was said about it, and where it went.
//!
//! Invariant: after each chunk the store says what one import of all rows so far would have said.

use super::{
    desks::{Desk, Desks, Timetables},
    forest::{self, Forest, Source},
    twcs::Row,
    veil,
};
use crate::{
    backend::{
        ids::Ids,
        services::person::Veil,
        store::{
            Result, Tx,
            archive::{self, Belonging, KnownPost, Move, NewPost, Waiting},
            cases, customers, events, histories,
        },
    },
    domain::{
        archive::{Leaf, Names, Parent, Run, Side, Tree, keep_decisions, read},
        brand::Policies,
        case::{Case, Origin},
        customer::{Customer, Handle},
        event::{Actor, CaseEvent, EventKind},
        history::{Episode, Turn},
        ids::{BrandId, CaseId, CustomerId, HandleId, PostId},
        time::{Instant, from_ms},
    },
};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

/// Cases by how they began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// By a customer's own post.
    pub customer: i64,
    /// Below a post of the brand.
    pub brand: i64,
    /// Their first post is missing.
    pub dangling: i64,
}

impl Opened {
    /// Counts cases that came, or, with a negative number, cases that became part of others.
    pub const fn add(&mut self, origin: Origin, count: i64) {
        match origin {
            Origin::Customer => self.customer += count,
            Origin::Brand => self.brand += count,
            Origin::Dangling => self.dangling += count,
        }
    }
}

/// What became of a chunk's rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept {
    /// New posts.
    pub accepted: u64,
    /// Posts that were there already.
    pub repeated: u64,
    /// Cases more, or fewer, than before.
    pub opened: Opened,
}

/// Keeps what is new among some rows.
pub async fn keep(
    tx: &mut Tx,
    ids: &Ids,
    now: Instant,
    tables: &mut Timetables,
    veil: Option<&Veil>,
    mut rows: Vec<Row>,
) -> Result<Kept> {
    let given = rows.len();
    archive::wait_for_turn(tx).await?;
    let buried = match veil {
        Some(veil) => veil::draw(tx, veil, &mut rows).await?,
        None => Vec::new(),
    };
    let mut desks = Desks::load(tx).await?;
    keep_first_of_each(&mut rows);
    drop_known(tx, &desks, &mut rows).await?;
    let mut kept = Kept {
        accepted: count(rows.len()),
        repeated: count(given - rows.len()),
        opened: Opened::default(),
    };
    if rows.is_empty() {
        return Ok(kept);
    }
    let (known, arrived) = find_touched(tx, &desks, &rows).await?;
    let forest = forest::thread(&known, &rows);
    let trees: Vec<Tree<'_>> = forest
        .trees
        .iter()
        .map(|range| read(&forest.leaves[range.clone()]))
        .collect();
    let mut keys: Vec<&str> = trees.iter().map(|it| it.brand).collect();
    keys.sort_unstable();
    keys.dedup();
    desks.found(tx, ids, now, keys.into_iter()).await?;
    let people = People::meet(tx, ids, now, &desks, &forest, &trees).await?;
    let before = cases_of(tx, &known).await?;
    let mut draft = Draft::default();
    let mut scribe = Scribe {
        ids,
        now,
        known: &known,
        rows: &rows,
        before: &before,
        people: &people,
        tables,
    };
    for (range, tree) in forest.trees.iter().zip(&trees) {
        if let Some(desk) = desks.get(tree.brand) {
            scribe.write(&forest, range, tree, desk, &mut draft);
        }
    }
    kept.opened = draft.opened;
    draft.waiting_no_more.extend(
        arrived
            .iter()
            .map(|(parent, post)| (parent.as_str(), *post)),
    );
    draft.save(tx, now).await?;
    archive::bury(tx, &buried, now.timestamp_millis()).await?;
    Ok(kept)
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// Of rows with the same id the first one holds.
fn keep_first_of_each(rows: &mut Vec<Row>) {
    let mut seen: HashSet<&str> = HashSet::with_capacity(rows.len());
    let is_first: Vec<bool> = rows.iter().map(|it| seen.insert(&it.external_id)).collect();
    if is_first.contains(&false) {
        let mut is_first = is_first.into_iter();
        rows.retain(|_| is_first.next().unwrap_or(false));
    }
}

async fn drop_known(tx: &mut Tx, desks: &Desks, rows: &mut Vec<Row>) -> Result<()> {
    let external_ids: Vec<Arc<str>> = rows.iter().map(|it| Arc::clone(&it.external_id)).collect();
    let known: HashSet<String> = archive::known_ids(tx, &external_ids)
        .await?
        .into_iter()
        .filter(|&(_, channel)| desks.is_archive(channel))
        .map(|(id, _)| id)
        .collect();
    if !known.is_empty() {
        rows.retain(|it| !known.contains(&*it.external_id));
    }
    Ok(())
}

/// Every post in the store that hangs together with new ones, and which of them waited for a
/// parent that comes now.
async fn find_touched(
    tx: &mut Tx,
    desks: &Desks,
    rows: &[Row],
) -> Result<(Vec<KnownPost>, Vec<(String, PostId)>)> {
    let new: HashSet<&str> = rows.iter().map(|it| &*it.external_id).collect();
    let mut above: Vec<Arc<str>> = rows
        .iter()
        .filter_map(|it| it.parent.as_ref())
        .filter(|parent| !new.contains(&***parent))
        .cloned()
        .collect();
    above.sort_unstable();
    above.dedup();
    let mut found = archive::known(tx, &above).await?;
    let awaited = match archive::few_awaited(tx, rows.len() / 4).await? {
        Some(few) => few
            .into_iter()
            .filter(|it| new.contains(it.as_str()))
            .collect::<HashSet<String>>()
            .into_iter()
            .map(Into::into)
            .collect(),
        None => rows.iter().map(|it| Arc::clone(&it.external_id)).collect(),
    };
    let awaited: Vec<Arc<str>> = awaited;
    let waiting = archive::waiting_for(tx, &awaited).await?;
    let arrived = waiting
        .iter()
        .filter(|it| desks.is_archive(it.channel_id))
        .filter_map(|it| Some((it.parent_external_id.clone()?, it.id.into())))
        .collect();
    found.extend(waiting);

    // A post leads to its case's other posts; one without a case to those above and below it.
    let mut touched: HashMap<i64, KnownPost> = HashMap::new();
    let mut cases: HashSet<i64> = HashSet::new();
    while !found.is_empty() {
        let mut of_cases: Vec<CaseId> = Vec::new();
        let mut above: Vec<Arc<str>> = Vec::new();
        let mut loose: Vec<Arc<str>> = Vec::new();
        for post in found.drain(..) {
            if !desks.is_archive(post.channel_id) || touched.contains_key(&post.id) {
                continue;
            }
            match post.case_id {
                Some(case) => {
                    if cases.insert(case) {
                        of_cases.push(case.into());
                    }
                }
                None => {
                    loose.push(post.external_id.as_str().into());
                    above.extend(
                        post.parent_external_id
                            .iter()
                            .filter(|it| !new.contains(it.as_str()))
                            .map(|it| it.as_str().into()),
                    );
                }
            }
            touched.insert(post.id, post);
        }
        found = archive::of_cases(tx, &of_cases).await?;
        found.extend(archive::known(tx, &above).await?);
        found.extend(archive::loose_answers_to(tx, &loose).await?);
    }
    let mut touched: Vec<KnownPost> = touched.into_values().collect();
    touched.sort_unstable_by_key(|it| it.id);
    Ok((touched, arrived))
}

async fn cases_of(tx: &mut Tx, known: &[KnownPost]) -> Result<HashMap<CaseId, Case>> {
    let mut ids: Vec<CaseId> = known
        .iter()
        .filter_map(|it| it.case_id.map(CaseId::from))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        for case in cases::find_all(tx, some).await? {
            found.insert(case.id, case);
        }
    }
    Ok(found)
}

/// The accounts that wrote in a chunk's trees, by brand and name.
struct People<'a>(Vec<(Account<'a>, (HandleId, CustomerId))>);

/// Whose customer, and the account's name.
type Account<'a> = (BrandId, &'a str);

impl<'a> People<'a> {
    /// Finds those the brands know, and makes them known to each other where they don't.
    async fn meet(
        tx: &mut Tx,
        ids: &Ids,
        now: Instant,
        desks: &Desks,
        forest: &Forest<'a>,
        trees: &[Tree<'a>],
    ) -> Result<Self> {
        let mut wanted: Vec<Account<'_>> = Vec::new();
        for (range, tree) in forest.trees.iter().zip(trees) {
            if let (Some(desk), Some(_)) = (desks.get(tree.brand), &tree.beginning) {
                wanted.extend(
                    forest.leaves[range.clone()]
                        .iter()
                        .filter(|it| it.side == Side::Customer)
                        .map(|it| (desk.brand, it.author)),
                );
            }
        }
        wanted.sort_unstable();
        wanted.dedup();
        let mut met: Vec<Option<(HandleId, CustomerId)>> = vec![None; wanted.len()];
        for (brand, handle, id, customer) in archive::handles(tx, &wanted).await? {
            if let Ok(place) = wanted.binary_search(&(brand, handle.as_str())) {
                met[place] = Some((id, customer));
            }
        }
        let (mut people, mut handles) = (Vec::new(), Vec::new());
        let met = wanted
            .into_iter()
            .zip(met)
            .map(|(who, known)| {
                let names = known.unwrap_or_else(|| {
                    let (handle, customer) = (ids.next(now), ids.next(now));
                    people.push(Customer {
                        id: customer,
                        brand: who.0,
                        name: who.1.to_owned(),
                        language: None,
                    });
                    handles.push(Handle {
                        id: handle,
                        brand: who.0,
                        customer,
                        network: archive::NETWORK,
                        handle: who.1.to_owned(),
                        followers: 0,
                    });
                    (handle, customer)
                });
                (who, names)
            })
            .collect();
        customers::insert_all(tx, &people, now).await?;
        customers::insert_handles(tx, &handles).await?;
        Ok(Self(met))
    }

    fn find(&self, brand: BrandId, account: &str) -> Option<(HandleId, CustomerId)> {
        let place = self
            .0
            .binary_search_by(|it| it.0.cmp(&(brand, account)))
            .ok()?;
        self.0.get(place).map(|it| it.1)
    }
}

/// Everything a chunk changes, before it is written.
#[derive(Default)]
struct Draft<'a> {
    opened: Opened,
    cases: Vec<Case>,
    episodes: Vec<Episode>,
    turns: Vec<Turn>,
    told: Vec<CaseEvent>,
    posts: Vec<NewPost<'a>>,
    rehung: Vec<Belonging>,
    waiting: Vec<Waiting<'a>>,
    waiting_no_more: Vec<(&'a str, PostId)>,
    changed: Vec<CaseId>,
    removed: Vec<CaseId>,
    moves: Vec<Move>,
    stays: Vec<Move>,
}

impl Draft<'_> {
    async fn save(self, tx: &mut Tx, now: Instant) -> Result<()> {
        cases::write(tx, &self.cases).await?;
        archive::rehang(tx, &self.rehung).await?;
        archive::insert_posts(tx, &self.posts).await?;
        archive::follow(tx, &self.moves).await?;
        archive::remove_turns(tx, &self.changed).await?;
        archive::remove_cases(tx, &self.removed).await?;
        archive::restart_episodes(tx, &self.stays).await?;
        histories::insert_episodes(tx, &self.episodes).await?;
        histories::insert_turns(tx, &self.turns).await?;
        archive::wait_no_more(tx, &self.waiting_no_more).await?;
        archive::wait_for(tx, &self.waiting).await?;
        events::append(tx, &self.told, now).await?;
        Ok(())
    }
}

/// Writes trees into a draft.
struct Scribe<'a, 's> {
    ids: &'s Ids,
    now: Instant,
    known: &'a [KnownPost],
    rows: &'a [Row],
    before: &'s HashMap<CaseId, Case>,
    people: &'s People<'a>,
    tables: &'s mut Timetables,
}

impl<'a, 's> Scribe<'a, 's> {
    fn write(
        &mut self,
        forest: &Forest<'a>,
        range: &Range<usize>,
        tree: &Tree<'a>,
        desk: &Desk,
        draft: &mut Draft<'a>,
    ) {
        let leaves = &forest.leaves[range.clone()];
        let sources = &forest.sources[range.clone()];
        let case = tree.beginning.as_ref().and_then(|beginning| {
            let customer = self.people.find(desk.brand, beginning.customer)?.1;
            let rules = desk.rules_at(from_ms(beginning.opened_at(leaves)))?;
            let before = self.cases_before(sources);
            let id = match before.first() {
                Some(oldest) => oldest.id,
                None => self.ids.next(self.now),
            };
            let names = Names {
                id,
                brand: desk.brand,
                channel: desk.channel,
                customer,
            };
            let (mut case, runs) = self.tell(tree, leaves, names, desk, rules)?;
            if let Some(oldest) = before.first() {
                keep_decisions(&mut case, oldest);
            }
            self.write_case(&case, runs, &before, sources, draft);
            draft.cases.push(case);
            Some(id)
        });
        for (leaf, source) in leaves.iter().zip(sources) {
            self.write_post(leaf, source, tree, desk, case, draft);
        }
    }

    /// The cases that a tree's posts are in so far, oldest first.
    fn cases_before(&self, sources: &[Source]) -> Vec<&'s Case> {
        let mut ids: Vec<CaseId> = sources
            .iter()
            .filter_map(|source| match source {
                Source::Known(place) => self.known[*place].case_id.map(CaseId::from),
                Source::New(_) => None,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.iter().filter_map(|id| self.before.get(id)).collect()
    }

    fn tell(
        &mut self,
        tree: &Tree<'a>,
        leaves: &[Leaf<'a>],
        names: Names,
        desk: &Desk,
        rules: &Policies,
    ) -> Option<(Case, Vec<Run>)> {
        let beginning = tree.beginning.as_ref()?;
        let tables = std::cell::RefCell::new(&mut *self.tables);
        Some(
            beginning.tell(leaves, names, rules, &desk.zone, |from, until| {
                tables
                    .borrow_mut()
                    .seconds_between(&desk.shifts, from, until)
            }),
        )
    }

    /// Writes a case's parts and what happened to it.
    fn write_case(
        &self,
        case: &Case,
        runs: Vec<Run>,
        before: &[&Case],
        sources: &[Source],
        draft: &mut Draft<'a>,
    ) {
        draft.opened.add(case.origin, 1);
        for old in before.iter() {
            draft.opened.add(old.origin, -1);
            draft.changed.push(old.id);
            let at = Move {
                from: old.id,
                to: case.id,
                brand: case.brand,
                opened_at: case.opened_at.timestamp_millis(),
            };
            if old.id == case.id {
                draft.stays.push(at);
            } else {
                draft.removed.push(old.id);
                draft.told.push(CaseEvent {
                    case: old.id,
                    brand: old.brand,
                    at: case.opened_at,
                    by: Actor::System,
                    kind: EventKind::Merged { into: case.id },
                });
            }
            if old.id != case.id || old.brand != case.brand {
                draft.moves.push(at);
            }
        }
        if before.is_empty() {
            draft.episodes.push(Episode {
                id: self.ids.next(self.now),
                brand: case.brand,
                case: case.id,
                number: 1,
                opened_at: case.opened_at,
                resolved_at: None,
                outcome: None,
                remedy: None,
            });
        }
        draft.turns.extend(runs.into_iter().map(|run| Turn {
            id: self.ids.next(self.now),
            brand: case.brand,
            case: case.id,
            started_at: run.started_at,
            answered_at: run.answered_at,
            posts: run.posts,
        }));
        let new = sources
            .iter()
            .filter(|it| matches!(it, Source::New(_)))
            .count();
        draft.told.push(CaseEvent {
            case: case.id,
            brand: case.brand,
            at: case.opened_at,
            by: Actor::System,
            kind: EventKind::Imported {
                origin: case.origin,
                posts: i32::try_from(new).unwrap_or(i32::MAX),
                answered_at: case.first_answer_at,
            },
        });
    }

    fn write_post(
        &self,
        leaf: &Leaf<'a>,
        source: &Source,
        tree: &Tree<'a>,
        desk: &Desk,
        case: Option<CaseId>,
        draft: &mut Draft<'a>,
    ) {
        let handle = match (leaf.side, case) {
            (Side::Customer, Some(_)) => self.people.find(desk.brand, leaf.author).map(|it| it.0),
            _ => None,
        };
        let belonging = Belonging {
            post: match source {
                Source::Known(place) => self.known[*place].id.into(),
                Source::New(_) => self.ids.next(self.now),
            },
            brand: desk.brand,
            channel: desk.channel,
            case,
            handle,
            actor: tree
                .beginning
                .as_ref()
                .map_or(Actor::Agent, |it| it.actor(leaf)),
        };
        match source {
            Source::New(place) => {
                let row = &self.rows[*place];
                draft.posts.push(NewPost {
                    belonging,
                    author: &row.author,
                    external_id: &row.external_id,
                    parent: row.parent.as_ref(),
                    body: &row.text,
                    published_at: row.published_at,
                });
                if let (Parent::Missing, Some(parent)) = (leaf.parent, &row.parent) {
                    draft.waiting.push(Waiting {
                        parent,
                        post: belonging.post,
                        brand: desk.brand,
                    });
                }
            }
            Source::Known(place) => {
                let known = &self.known[*place];
                if !is_where(known, &belonging) {
                    draft.rehung.push(belonging);
                }
                if let (Parent::Missing, Some(parent)) = (leaf.parent, &known.parent_external_id)
                    && known.brand_id != desk.brand.get()
                {
                    draft.waiting_no_more.push((parent, belonging.post));
                    draft.waiting.push(Waiting {
                        parent,
                        post: belonging.post,
                        brand: desk.brand,
                    });
                }
            }
        }
    }
}

/// Whether a post is already where it belongs.
fn is_where(known: &KnownPost, belonging: &Belonging) -> bool {
    known.brand_id == belonging.brand.get()
        && known.channel_id == belonging.channel.get()
        && known.case_id == belonging.case.map(|it| it.get())
        && known.handle_id == belonging.handle.map(|it| it.get())
        && known.actor == belonging.actor.as_str()
}
