//! The orders and the rows one by one must give the same answers, to the integer.

use super::{
    atlas::{Atlas, BrandEntry},
    base::{Base, Reopenings},
    rows::{NEVER, Row},
    snapshot::{Snapshot, Texts},
};
use crate::domain::{
    brand::{Brand, Policies},
    calendar::Timetable,
    case::{Exclusion, Origin},
    network::{Channel, ChannelSource, Network},
    question::{Attribution, Clock, Dimension, Filter, Question, Which},
    time::{Bounds, from_ms},
};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::{collections::HashSet, sync::Arc};

/// Sunday, 1 March 2026, 00:00 UTC: clocks change in both zones before the test's month is over.
const START: i64 = 1_772_323_200_000;
const HOUR: i64 = 3_600_000;
const NOW: i64 = START + 35 * 24 * HOUR;

fn atlas() -> Atlas {
    let entry = |id: i64, key: &str, zone: Tz| BrandEntry {
        brand: Brand {
            id: id.into(),
            key: key.into(),
            name: key.into(),
            zone: zone.name().into(),
        },
        zone,
        versions: Vec::new(),
        timetable: Arc::new(Timetable::lay_out(
            &Policies::default().calendar,
            &zone,
            from_ms(START - 9 * 24 * HOUR),
            from_ms(NOW + 9 * 24 * HOUR),
        )),
    };
    let channel = |id: i64, brand: i64, network: Network| Channel {
        id: id.into(),
        brand: brand.into(),
        network,
        handle: format!("care{id}"),
        source: ChannelSource::Live,
    };
    let mut atlas = Atlas::of(
        vec![
            entry(1, "air", Tz::Europe__Berlin),
            entry(2, "tel", Tz::America__New_York),
        ],
        vec![
            (channel(11, 1, Network::Bluesky), 0),
            (channel(12, 1, Network::X), 0),
            (channel(13, 2, Network::X), 1),
        ],
    );
    atlas.topic_place(Some("bags"));
    atlas.topic_place(Some("bills"));
    atlas
}

prop_compose! {
    fn row()(
        opened in 0_i64..34 * 24 * 60,
        answered in prop::option::weighted(0.8, -2_i64..3000),
        resolved in prop::option::weighted(0.6, 1_i64..4000),
        later in prop::array::uniform4(prop::option::weighted(0.4, 1_i64..500)),
        excluded in prop::option::weighted(0.1, 0_i64..100),
        day in 60_i64..1440,
        target in 10_i64..200,
        kinds in (0_u16..3, 0_u16..3, 0_usize..10, any::<bool>()),
        reach in 0_i64..500_000,
    ) -> Row {
        let minute = 60_000;
        let opened = START + opened * minute;
        let past = |at: i64| if at <= NOW { at } else { NEVER };
        let after = |minutes: Option<i64>| minutes.map_or(NEVER, |it| past(opened + it * minute));
        let resolved = after(resolved);
        let then = |minutes: Option<i64>| match minutes {
            Some(it) if resolved != NEVER => past(resolved + it * minute),
            _ => NEVER,
        };
        let excluded = after(excluded);
        let answered = after(answered);
        let timetable = &atlas().brands[usize::from(kinds.0 == 2)].timetable;
        let business_s = if answered == NEVER { 0 } else { timetable.seconds_between(opened, answered) };
        Row {
            id: 0,
            opened,
            seen: opened,
            answered,
            sundown: opened + day * minute,
            resolved,
            asked: then(later[0]),
            confirmed: then(later[1]),
            disputed: then(later[2]),
            thanked: then(later[3]),
            excluded,
            due: if resolved == NEVER { opened + target * minute } else { NEVER },
            reach,
            business_s: business_s as i32,
            target_s: (target * 60) as i32,
            channel: kinds.0,
            topic: kinds.1,
            origin: match kinds.2 { 0 => Origin::Dangling, 1 | 2 => Origin::Brand, _ => Origin::Customer },
            exclusion: (excluded != NEVER).then_some(Exclusion::Spam),
            reopened: kinds.3 && resolved == NEVER,
        }
    }
}

/// A snapshot of some rows, of which the first `changed` came later or replaced another row.
fn snapshot(mut rows: Vec<Row>, changed: usize) -> Snapshot {
    let mut reopenings = Reopenings::new();
    for (id, row) in rows.iter_mut().enumerate() {
        row.id = id as i64 + 1;
        if row.reopened {
            let resolved = row.opened + 2 * HOUR;
            reopenings.insert(row.id, vec![(resolved, resolved + 7 * HOUR)]);
        }
    }
    let changed = changed.min(rows.len());
    let mut base_rows = rows.clone();
    for (nth, row) in base_rows.iter_mut().take(changed).enumerate() {
        if nth % 2 == 0 {
            // It was another one before: unanswered, open, elsewhere.
            let before = rows[(nth + 1) % rows.len()];
            *row = Row {
                id: row.id,
                reopened: row.reopened,
                ..before
            };
            row.answered = NEVER;
            row.resolved = NEVER;
        }
    }
    let mut nth = 0;
    base_rows.retain(|_| {
        nth += 1;
        nth > changed || nth % 2 == 1
    });
    let mut base = Base::build(base_rows);
    let mut delta: Vec<Row> = rows.iter().take(changed).copied().collect();
    // As the engine does when a row doesn't fit what was built.
    if !delta.iter().all(|row| base.holds(row)) {
        base = Base::build(rows.clone());
        delta.clear();
    }
    delta.sort_unstable_by_key(|row| (row.opened, row.id));
    let dead: HashSet<u32> = delta
        .iter()
        .filter_map(|row| base.place_of(row.id))
        .collect();
    let latest = rows
        .iter()
        .map(Row::latest)
        .max()
        .unwrap_or(i64::MIN)
        .max(base.latest);
    Snapshot {
        rules: 0,
        number: 1,
        atlas: Arc::new(atlas()),
        base: Arc::new(base),
        reopenings: Arc::new(reopenings),
        delta,
        dead,
        latest,
    }
}

fn everybody(snapshot: &Snapshot) -> Texts {
    snapshot.rows().map(|row| row.id).collect()
}

prop_compose! {
    fn question()(
        from in prop::option::of(0_i64..30),
        days in 1_i64..30,
        brand in prop::option::of(prop::sample::select(vec!["air", "tel", "nobody"])),
        channel in prop::option::weighted(0.3, prop::sample::select(vec!["x/care12", "bluesky/care11"])),
        origin in prop::option::weighted(0.4, prop::sample::select(Origin::ALL.to_vec())),
        topic in prop::option::weighted(0.3, prop::sample::select(vec!["bags", "bills", "unheard-of"])),
        clock in prop::sample::select(Clock::ALL.to_vec()),
        as_of in prop::option::of(0_i64..35 * 24 * 60),
    ) -> Question {
        let begin = from.map(|day| from_ms(START + day * 24 * HOUR));
        Question {
            bounds: Bounds { from: begin, until: begin.map(|it| it + chrono::TimeDelta::days(days)) },
            as_of: from_ms(as_of.map_or(NOW, |minute| START + minute * 60_000)),
            filter: Filter {
                brand: brand.map(str::to_owned),
                channel: channel.map(str::to_owned),
                origin,
                topic: topic.map(str::to_owned),
                text: None,
                scope: None,
            },
            attribution: Attribution::Opened,
            clock,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_orders_say_what_looking_at_every_row_says(
        rows in prop::collection::vec(row(), 0..150),
        changed in 0_usize..30,
        question in question(),
    ) {
        let snapshot = snapshot(rows, changed);
        let all = everybody(&snapshot);
        prop_assert!(snapshot.is_indexed(&question, None));
        prop_assert_eq!(snapshot.figures(&question, None), snapshot.figures(&question, Some(&all)));
        for by in [Dimension::Brand, Dimension::Channel, Dimension::Origin, Dimension::Topic, Dimension::Week] {
            let indexed = snapshot.report(&question, None, Some(by), Tz::Europe__Berlin);
            let counted = snapshot.report(&question, Some(&all), Some(by), Tz::Europe__Berlin);
            prop_assert_eq!(indexed, counted);
        }
        prop_assert_eq!(snapshot.coverage(&question, None), snapshot.coverage(&question, Some(&all)));
        let edges: Vec<i64> = (0..=35).map(|day| START + day * 24 * HOUR).collect();
        prop_assert_eq!(snapshot.series(&question, None, &edges), snapshot.series(&question, Some(&all), &edges));
        prop_assert_eq!(
            snapshot.open_at(&question, None, &edges),
            snapshot.open_at(&question, Some(&all), &edges)
        );
        let sets = [None, Some(&all)].map(|texts| snapshot.open_set(&question, texts, 5));
        prop_assert_eq!(&sets[0].first, &sets[1].first);
        let [open, counted] = sets.map(|set| snapshot.open_now(&question, None, &set));
        prop_assert_eq!(open, counted);
        prop_assert_eq!(snapshot.span(&question, None), snapshot.span(&question, Some(&all)));
    }

    #[test]
    fn what_is_overdue_beyond_the_picture_is_counted_all_the_same(
        rows in prop::collection::vec(row(), 0..150),
        changed in 0_usize..30,
        question in question(),
        months in 1_i64..40,
    ) {
        let snapshot = snapshot(rows, changed);
        let all = everybody(&snapshot);
        let question = Question { as_of: from_ms(NOW + months * 24 * HOUR * 7), ..question };
        let sets = [None, Some(&all)].map(|texts| snapshot.open_set(&question, texts, 5));
        prop_assert_eq!(&sets[0].first, &sets[1].first);
        let drawn = [0, 1].map(|nth| sets[nth].sky.draw(|_| String::new()));
        prop_assert_eq!(drawn[0].counts, drawn[1].counts);
        let [open, counted] = sets.map(|set| snapshot.open_now(&question, None, &set));
        prop_assert_eq!(open, counted);
    }

    #[test]
    fn parts_sum_to_the_whole(
        rows in prop::collection::vec(row(), 0..150),
        question in question(),
        happened in any::<bool>(),
    ) {
        let snapshot = snapshot(rows, 0);
        let attribution = if happened { Attribution::Happened } else { Attribution::Opened };
        let question = Question { attribution, ..question };
        for by in [Dimension::Brand, Dimension::Channel, Dimension::Origin, Dimension::Topic, Dimension::Month] {
            // By month only the opened ones are told apart by one moment alone.
            if happened && by == Dimension::Month {
                continue;
            }
            let report = snapshot.report(&question, None, Some(by), Tz::America__New_York);
            let sum = |count: fn(&crate::domain::figures::Figures) -> u64| {
                report.groups.iter().map(|it| count(&it.figures)).sum::<u64>()
            };
            prop_assert_eq!(sum(|it| it.cases), report.total.cases);
            prop_assert_eq!(sum(|it| it.answered), report.total.answered);
            prop_assert_eq!(sum(|it| it.waiting), report.total.waiting);
            prop_assert_eq!(sum(|it| it.first_response.n), report.total.first_response.n);
            prop_assert_eq!(sum(|it| it.sundown.met), report.total.sundown.met);
            prop_assert_eq!(sum(|it| it.target.missed), report.total.target.missed);
            prop_assert_eq!(sum(|it| it.excluded), report.total.excluded);
        }
    }

    #[test]
    fn a_list_has_as_many_cases_as_its_figure_says(
        rows in prop::collection::vec(row(), 0..150),
        question in question(),
        happened in any::<bool>(),
    ) {
        let snapshot = snapshot(rows, 0);
        let attribution = if happened { Attribution::Happened } else { Attribution::Opened };
        let question = Question { attribution, ..question };
        let figures = snapshot.figures(&question, None);
        let count = |which| snapshot.list(&question, None, which).len() as u64;
        prop_assert_eq!(count(Which::All), figures.cases);
        prop_assert_eq!(count(Which::Answered), figures.answered);
        prop_assert_eq!(count(Which::Waiting), figures.waiting);
        prop_assert_eq!(count(Which::SundownKept), figures.sundown.met);
        prop_assert_eq!(count(Which::SundownMissed), figures.sundown.missed);
        prop_assert_eq!(count(Which::TargetMet), figures.target.met);
        prop_assert_eq!(count(Which::TargetMissed), figures.target.missed);
        prop_assert_eq!(count(Which::Confirmed), figures.confirmed);
        prop_assert_eq!(count(Which::Thanked), figures.thanked);
        prop_assert_eq!(count(Which::Excluded), figures.excluded);
        prop_assert_eq!(count(Which::UnknownBeginning), figures.unknown_beginning);
    }

    #[test]
    fn what_was_known_at_an_instant_is_the_same_after_later_events(
        rows in prop::collection::vec(row(), 1..100),
        later in prop::collection::vec(row(), 0..50),
        day in 1_i64..30,
        question in question(),
    ) {
        let as_of = START + day * 24 * HOUR;
        let question = Question { as_of: from_ms(as_of), ..question };
        // First the world as it stood then; afterwards with all that happened since.
        let mut then: Vec<Row> = Vec::new();
        let mut since = rows;
        for row in &mut since {
            row.reopened = false;
            if let Some(known) = row.as_of(as_of, &[]) {
                then.push(known);
            }
        }
        // Old cases first, so that both worlds give them the same ids.
        since.sort_by_key(|row| row.opened > as_of);
        since.extend(later.into_iter().map(|row| Row { seen: row.opened.max(as_of + 1), reopened: false, ..row }));
        let (then, since) = (snapshot(then, 0), snapshot(since, 0));
        prop_assert_eq!(then.figures(&question, None), since.figures(&question, None));
        prop_assert_eq!(then.list(&question, None, Which::Waiting), since.list(&question, None, Which::Waiting));
        let edges: Vec<i64> = (0..=day).map(|day| START + day * 24 * HOUR).collect();
        prop_assert_eq!(then.series(&question, None, &edges), since.series(&question, None, &edges));
    }
}
