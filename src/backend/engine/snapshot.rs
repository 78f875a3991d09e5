//! The facts as they stood after one event, and how a question chooses among them.
//!
//! A snapshot is a base that never changes, and the few rows that changed since it was built:
//! those replace or add to the base's rows until they are so many that a new base is built.

use super::{
    atlas::Atlas,
    base::{Base, Reopenings},
    order::{CellKey, Fineness, Order},
    part::{Lens, Part},
    rows::{NEVER, Row},
    wavelet::Range,
};
use crate::domain::{
    network::Channel,
    question::{Attribution, Dimension, Filter, Question},
};
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

/// Ids of the cases in which a text was found.
pub type Texts = HashSet<i64>;

/// The facts after one event.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The number of that event.
    pub number: i64,
    /// The id of the newest version of any brand's rules.
    pub rules: i64,
    /// Names and rules.
    pub atlas: Arc<Atlas>,
    /// Most rows.
    pub base: Arc<Base>,
    /// Resolutions that didn't hold.
    pub reopenings: Arc<Reopenings>,
    /// Rows that changed or came since, by opening.
    pub delta: Vec<Row>,
    /// Places of base rows that the delta replaces, or that are gone.
    pub dead: HashSet<u32>,
    /// The latest instant that any row knows of.
    pub latest: i64,
}

/// A filter, looked up in the atlas.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Which channels, by place; `None` is all.
    channels: Option<Vec<bool>>,
    /// The topic's place; `Some(None)` is a word nobody knows.
    topic: Option<Option<u16>>,
    origin: Option<crate::domain::case::Origin>,
}

impl Chosen {
    /// Looks a filter up. Names nobody knows choose nothing.
    pub fn look_up(filter: &Filter, atlas: &Atlas) -> Self {
        let is_narrowed =
            filter.brand.is_some() || filter.channel.is_some() || filter.scope.is_some();
        let channels = is_narrowed.then(|| {
            let is_chosen = |(channel, brand): &(Channel, usize)| {
                let brand = atlas.brands.get(*brand).map(|it| &it.brand);
                brand.is_some_and(|it| filter.admits_brand(it.id, &it.key))
                    && filter
                        .channel
                        .as_ref()
                        .is_none_or(|key| channel.key() == *key)
            };
            atlas.channels.iter().map(is_chosen).collect()
        });
        let topic = filter.topic.as_ref().map(|word| atlas.find_topic(word));
        Self {
            channels,
            topic,
            origin: filter.origin,
        }
    }

    /// The coarsest order that can tell the chosen from the others.
    pub fn fineness(&self) -> Fineness {
        if self.topic.is_some() {
            Fineness::Topics
        } else if self.channels.is_some() {
            Fineness::Channels
        } else {
            Fineness::Coarse
        }
    }

    /// Whether a cell's rows are chosen.
    pub fn admits(&self, key: CellKey) -> bool {
        self.origin.is_none_or(|it| it == key.origin)
            && self.topic.is_none_or(|it| it == Some(key.topic))
            && self
                .channels
                .as_ref()
                .is_none_or(|it| it.get(key.channel as usize).copied().unwrap_or(false))
    }

    /// Whether a row is chosen.
    pub fn admits_row(&self, row: &Row) -> bool {
        self.admits(Fineness::Topics.cell(row))
    }
}

impl Snapshot {
    /// How much memory the columns take.
    pub fn bytes(&self) -> usize {
        self.base.bytes() + self.delta.capacity() * size_of::<Row>()
    }

    /// Whether a row of the base has changed since, or is gone.
    pub fn is_dead(&self, place: u32) -> bool {
        !self.dead.is_empty() && self.dead.contains(&place)
    }

    /// The topics of the cases that a filter chooses, by place; those of rows that changed since,
    /// too.
    pub fn topics(&self, filter: &Filter) -> HashSet<u16> {
        let chosen = Chosen::look_up(filter, &self.atlas);
        let order = self.base.order(Fineness::Topics);
        let cells = order.cells.iter().map(|it| it.key);
        let settled = cells.filter(|it| chosen.admits(*it)).map(|it| it.topic);
        let changed = self.delta.iter().filter(|it| chosen.admits_row(it));
        settled.chain(changed.map(|it| it.topic)).collect()
    }

    /// All rows as they stand.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows_between(i64::MIN, i64::MAX)
    }

    /// The rows that opened in a half-open period, as they stand.
    fn rows_between(&self, begin: i64, end: i64) -> impl Iterator<Item = &Row> {
        let rows = &self.base.rows;
        let from = rows.partition_point(|row| row.opened < begin);
        let until = rows.partition_point(|row| row.opened < end).max(from);
        let live = (from..until).filter(|place| !self.is_dead(*place as u32));
        let changed = self
            .delta
            .iter()
            .filter(move |row| begin <= row.opened && row.opened < end);
        live.filter_map(|place| rows.get(place)).chain(changed)
    }

    /// The rows a question chooses by its filter, as they were known at its as-of.
    pub fn known<'a>(
        &'a self,
        question: &Question,
        texts: Option<&'a Texts>,
    ) -> impl Iterator<Item = Row> + use<'a> {
        self.known_between(question, texts, i64::MIN, i64::MAX)
    }

    /// Those of them that opened in a half-open period.
    pub fn known_between<'a>(
        &'a self,
        question: &Question,
        texts: Option<&'a Texts>,
        begin: i64,
        end: i64,
    ) -> impl Iterator<Item = Row> + use<'a> {
        let chosen = Chosen::look_up(&question.filter, &self.atlas);
        let as_of = question.as_of.timestamp_millis();
        self.rows_between(begin, end)
            .filter(move |row| {
                chosen.admits_row(row) && texts.is_none_or(|ids| ids.contains(&row.id))
            })
            .filter_map(move |row| row.as_of(as_of, self.reopened(row)))
    }

    /// A case's resolutions that didn't hold.
    pub fn reopened(&self, row: &Row) -> &[(i64, i64)] {
        if row.reopened {
            self.reopenings.get(&row.id).map_or(&[], Vec::as_slice)
        } else {
            &[]
        }
    }

    /// Whether the orders can answer a question: they know when cases opened and what became of
    /// them, but not what they say.
    pub fn is_indexed(&self, question: &Question, texts: Option<&Texts>) -> bool {
        texts.is_none() && question.attribution == Attribution::Opened
    }

    /// The cohort of a question, in parts.
    pub fn cohort<'a>(&'a self, question: &Question, texts: Option<&'a Texts>) -> Cohort<'a> {
        let chosen = Chosen::look_up(&question.filter, &self.atlas);
        let as_of = question.as_of.timestamp_millis();
        let (begin, end) = question.bounds.as_ms();
        // Nothing that opened later was known.
        let end = end.min(as_of.saturating_add(1));
        let mut cohort = Cohort {
            snapshot: self,
            chosen,
            as_of,
            clock: question.clock,
            begin,
            end,
            indexed: self.is_indexed(question, texts),
            plus: Vec::new(),
            minus: Vec::new(),
            later: HashSet::new(),
        };
        if !cohort.indexed {
            cohort.plus = self.known_between(question, texts, begin, end).collect();
            return cohort;
        }
        let wanted =
            |row: &Row| cohort.chosen.admits_row(row) && begin <= row.opened && row.opened < end;
        let known = |row: &Row| row.as_of(as_of, self.reopened(row));
        let delta = self.delta.iter().filter(|row| wanted(row));
        let mut plus: Vec<Row> = delta.filter_map(known).collect();
        let base_row = |place: &u32| self.base.rows[*place as usize];
        let mut minus: Vec<Row> = self.dead.iter().map(base_row).filter(wanted).collect();
        let mut later = HashSet::new();
        if as_of < self.latest {
            later = self
                .base
                .changed_since(as_of, begin, end)
                .filter(|place| !self.is_dead(*place))
                .collect();
            for row in later.iter().map(base_row).filter(wanted) {
                minus.push(row);
                plus.extend(known(&row));
            }
        }
        (cohort.plus, cohort.minus, cohort.later) = (plus, minus, later);
        cohort
    }
}

/// The cases of a question, ready to be cut into parts.
pub struct Cohort<'a> {
    snapshot: &'a Snapshot,
    chosen: Chosen,
    as_of: i64,
    clock: crate::domain::question::Clock,
    begin: i64,
    end: i64,
    /// Whether the orders answer, corrected by `plus` and `minus`; else `plus` is everything.
    indexed: bool,
    plus: Vec<Row>,
    minus: Vec<Row>,
    /// Places of base rows of which less was known at the as-of; their rows are in `minus`.
    later: HashSet<u32>,
}

impl<'a> Cohort<'a> {
    /// How the parts are looked at.
    pub fn lens(&self) -> Lens<'_> {
        Lens {
            snapshot: self.snapshot,
            as_of: self.as_of,
            clock: self.clock,
            later: &self.later,
        }
    }

    fn order(&self, at_least: Fineness) -> Option<&'a Order> {
        let finer = |a: Fineness, b: Fineness| if (a as u8) < (b as u8) { b } else { a };
        self.indexed.then(|| {
            self.snapshot
                .base
                .order(finer(self.chosen.fineness(), at_least))
        })
    }

    /// The ranges of chosen cells between two openings, by the key of the part they belong to.
    fn ranges<K: Ord>(
        &self,
        order: &'a Order,
        (begin, end): (i64, i64),
        parts: &mut BTreeMap<K, Part<'a>>,
        key: impl Fn(CellKey) -> K,
    ) {
        for cell in order.cells.iter().filter(|it| self.chosen.admits(it.key)) {
            let range = order.slice(cell.range, begin.max(self.begin), end.min(self.end));
            if range.0 < range.1 {
                let part = parts.entry(key(cell.key)).or_default();
                part.order = Some(order);
                put(part, cell.key, range);
            }
        }
    }

    /// Everything in one part.
    pub fn whole(&self) -> Part<'a> {
        let mut parts = BTreeMap::new();
        if let Some(order) = self.order(Fineness::Coarse) {
            self.ranges(order, (i64::MIN, i64::MAX), &mut parts, |_| ());
        }
        let mut part = parts.remove(&()).unwrap_or_default();
        part.plus.clone_from(&self.plus);
        part.minus.clone_from(&self.minus);
        part
    }

    /// One part for each value of a dimension that isn't time; keys are places in the atlas.
    pub fn by(&self, dimension: Dimension) -> BTreeMap<u32, Part<'a>> {
        let atlas = &self.snapshot.atlas;
        let key = |cell: CellKey| -> u32 {
            match dimension {
                Dimension::Channel => u32::from(cell.channel),
                Dimension::Brand => atlas
                    .channels
                    .get(cell.channel as usize)
                    .map_or(0, |it| it.1 as u32),
                Dimension::Topic => u32::from(cell.topic),
                Dimension::Origin => cell.origin as u32,
                // Time is cut by `at`; asked here, it is all one.
                Dimension::Month | Dimension::Week | Dimension::Day => 0,
            }
        };
        let fineness = match dimension {
            Dimension::Channel | Dimension::Brand => Fineness::Channels,
            Dimension::Topic => Fineness::Topics,
            Dimension::Origin | Dimension::Month | Dimension::Week | Dimension::Day => {
                Fineness::Coarse
            }
        };
        let mut parts: BTreeMap<u32, Part<'a>> = BTreeMap::new();
        if let Some(order) = self.order(fineness) {
            self.ranges(order, (i64::MIN, i64::MAX), &mut parts, key);
        }
        for row in &self.plus {
            parts
                .entry(key(Fineness::Topics.cell(row)))
                .or_default()
                .plus
                .push(*row);
        }
        for row in &self.minus {
            parts
                .entry(key(Fineness::Topics.cell(row)))
                .or_default()
                .minus
                .push(*row);
        }
        parts
    }

    /// One part between each two neighbouring edges, which ascend; rows outside are left out.
    pub fn at(&self, edges: &[i64]) -> Vec<Part<'a>> {
        let order = self.order(Fineness::Coarse);
        let mut parts: Vec<Part<'a>> = edges
            .windows(2)
            .map(|edge| {
                let mut parts = BTreeMap::new();
                if let (Some(order), [from, until]) = (order, edge) {
                    self.ranges(order, (*from, *until), &mut parts, |_| ());
                }
                parts.remove(&()).unwrap_or_default()
            })
            .collect();
        let mut place = |row: &Row, put: fn(&mut Part<'a>, Row)| {
            let after = edges.partition_point(|edge| *edge <= row.opened);
            if let Some(part) = after.checked_sub(1).and_then(|it| parts.get_mut(it)) {
                put(part, *row);
            }
        };
        self.plus
            .iter()
            .for_each(|row| place(row, |part, row| part.plus.push(row)));
        self.minus
            .iter()
            .for_each(|row| place(row, |part, row| part.minus.push(row)));
        parts
    }

    /// One part for each hour of the week, Monday 00:00 first, by each brand's own clock; slices
    /// are `(from, until, hour)` stretches of time for each zone, as `hours` cuts them.
    pub fn by_hour(&self, hours: &super::hours::Hours) -> Vec<Part<'a>> {
        let mut parts: Vec<Part<'a>> = (0..super::hours::OF_WEEK)
            .map(|_| Part::default())
            .collect();
        let atlas = &self.snapshot.atlas;
        // Where all brands share a zone, cells needn't be told apart by channel.
        let fineness = if hours.is_one_zone() {
            Fineness::Coarse
        } else {
            Fineness::Channels
        };
        if let Some(order) = self.order(fineness) {
            for cell in order.cells.iter().filter(|it| self.chosen.admits(it.key)) {
                let whole = order.slice(cell.range, self.begin, self.end);
                for &(from, until, hour) in hours.of_channel(atlas, cell.key.channel) {
                    let range = order.slice(whole, from, until);
                    if range.0 < range.1 {
                        let part = &mut parts[hour as usize];
                        part.order = Some(order);
                        put(part, cell.key, range);
                    }
                }
            }
        }
        for row in &self.plus {
            if let Some(hour) = hours.hour_of(atlas, row) {
                parts[hour as usize].plus.push(*row);
            }
        }
        for row in &self.minus {
            if let Some(hour) = hours.hour_of(atlas, row) {
                parts[hour as usize].minus.push(*row);
            }
        }
        parts
    }
}

fn put(part: &mut Part<'_>, key: CellKey, range: Range) {
    if key.excluded {
        part.excluded.push(range);
    } else if key.origin == crate::domain::case::Origin::Dangling {
        part.dangling.push(range);
    } else {
        part.known.push(range);
    }
}

impl Snapshot {
    /// The first and last opening of the question's cases, in milliseconds.
    pub fn span(&self, question: &Question, texts: Option<&Texts>) -> Option<(i64, i64)> {
        let (begin, end) = question.bounds.as_ms();
        let end = end.min(question.as_of.timestamp_millis().saturating_add(1));
        let mut openings: Vec<i64> = Vec::new();
        if texts.is_some() {
            openings.extend(
                self.known_between(question, texts, begin, end)
                    .map(|row| row.opened),
            );
        } else {
            let chosen = Chosen::look_up(&question.filter, &self.atlas);
            let order = self.base.order(chosen.fineness());
            for cell in order.cells.iter().filter(|it| chosen.admits(it.key)) {
                let (from, until) = order.slice(cell.range, begin, end);
                let is_live = |place: &u32| !self.is_dead(order.row_at[*place as usize]);
                let ends = [
                    (from..until).find(is_live),
                    (from..until).rev().find(is_live),
                ];
                openings.extend(
                    ends.into_iter()
                        .flatten()
                        .map(|place| order.opened_at(place)),
                );
            }
            let inside =
                |row: &&Row| begin <= row.opened && row.opened < end && chosen.admits_row(row);
            openings.extend(self.delta.iter().filter(inside).map(|row| row.opened));
        }
        Some((
            openings.iter().copied().min()?,
            openings.iter().copied().max()?,
        ))
    }

    /// How many chosen cases were open at each of some instants, as it is known at the as-of.
    pub fn open_at(
        &self,
        question: &Question,
        texts: Option<&Texts>,
        instants: &[i64],
    ) -> Vec<u64> {
        let count_rows = |rows: &[Row]| -> Vec<u64> {
            instants
                .iter()
                .map(|at| {
                    rows.iter()
                        .filter(|row| super::part::was_open(row, *at, self.reopened(row)))
                        .count() as u64
                })
                .collect()
        };
        if !(texts.is_none() && question.as_of.timestamp_millis() >= self.latest) {
            return count_rows(&self.known(question, texts).collect::<Vec<_>>());
        }
        let chosen = Chosen::look_up(&question.filter, &self.atlas);
        let order = self.base.order(chosen.fineness());
        let wanted = |row: &&Row| chosen.admits_row(row);
        let plus = count_rows(
            &self
                .delta
                .iter()
                .filter(wanted)
                .copied()
                .collect::<Vec<_>>(),
        );
        let gone = self
            .dead
            .iter()
            .map(|place| &self.base.rows[*place as usize]);
        let minus = count_rows(&gone.filter(wanted).copied().collect::<Vec<_>>());
        let reopened: Vec<Row> = self
            .reopenings
            .keys()
            .filter_map(|id| self.base.place_of(*id))
            .map(|place| self.base.rows[place as usize])
            .filter(|row| chosen.admits_row(row) && !row.is_excluded())
            .collect();
        instants
            .iter()
            .enumerate()
            .map(|(nth, &at)| {
                let mut open = 0;
                for cell in order
                    .cells
                    .iter()
                    .filter(|it| chosen.admits(it.key) && !it.key.excluded)
                {
                    let opened = order.slice(cell.range, i64::MIN, at.saturating_add(1));
                    open += u64::from(opened.1 - opened.0) - order.resolved_by(cell, at);
                }
                // Closed for a while, though open before and after.
                let closed = |row: &&Row| {
                    row.opened <= at
                        && (row.resolved == NEVER || row.resolved > at)
                        && !super::part::was_open(row, at, self.reopened(row))
                };
                open - reopened.iter().filter(closed).count() as u64 + plus[nth] - minus[nth]
            })
            .collect()
    }
}
