//! The four headline numbers.

use crate::domain::{
    board::{BoardReport, Step},
    definition::{CONFIRMED, FIRST_RESPONSE, OPEN_NOW, SUNDOWN_KEPT},
    figures::{Durations, per_mille},
    question::Which,
};
use crate::ui::{
    charts::sparkline::Sparkline,
    format,
    kit::{basis::Basis, change::Change, tile::Tile},
    views::Views,
};
use leptos::prelude::*;
use std::sync::Arc;

/// First response, sundown kept, open now, confirmed.
#[component]
pub fn Tiles(
    /// What is known.
    report: Arc<BoardReport>,
    /// What it stands on.
    basis: Arc<Basis>,
) -> impl IntoView {
    view! {
        <div class="tiles">
            {first_response(&report, &basis)}
            {sundown_kept(&report, &basis)}
            {open_now(&report, &basis)}
            {confirmed(&report, &basis)}
        </div>
    }
    .into_any()
}

fn first_response(report: &BoardReport, basis: &Arc<Basis>) -> AnyView {
    let now = report.total.first_response;
    let before = report
        .before
        .as_ref()
        .and_then(|it| it.first_response.km_p50_s);
    let change = now
        .km_p50_s
        .zip(before)
        .map(|(now, before)| Change::of_seconds(now, before));
    let waiting = report.total.waiting;
    let waiting_href = basis.query.cases_href(Which::Waiting);
    let p90 = match (now.km_p90_s, now.longest_s) {
        (Some(it), _) => format!("p90 {}", format::duration(it)),
        (None, Some(_)) if now.km_p50_s.is_none() => "median and p90 not reached".to_owned(),
        (None, Some(longest)) => {
            format!("p90 not reached, more than {}", format::duration(longest))
        }
        (None, None) => "no durations yet".to_owned(),
    };
    let course = course(&report.series, |it| it.figures.first_response.km_p50_s);
    let cases_href = basis.query.cases_href(Which::All);
    view! {
        <Tile definition=FIRST_RESPONSE basis=Arc::clone(basis) change>
            <p class="tile-number"><a href=cases_href>{median(now)}</a></p>
            <p class="tile-words">
                {p90} " · "
                <a href=waiting_href>{format::count(waiting)} " still waiting"</a>
                ", counted"
            </p>
            <p class="tile-aside">{flattery(now)}</p>
            <Sparkline values=course series="response" />
        </Tile>
    }
    .into_any()
}

/// The median large, its units small.
fn median(now: Durations) -> AnyView {
    let parts = |seconds: i64| {
        let parts = format::duration_parts(seconds).into_iter();
        let parts = parts.map(|(number, unit)| {
            view! { <span>{number}</span> <small>{unit}</small> }
        });
        parts.views()
    };
    match (now.km_p50_s, now.longest_s) {
        (Some(it), _) => view! { {parts(it)} <small>"median"</small> }.into_any(),
        (None, Some(longest)) => {
            view! { <span class="tile-sign">">"</span> {parts(longest)} <small>"median"</small> }
                .into_any()
        }
        (None, None) => view! { <span>{format::NOTHING}</span> }.into_any(),
    }
}

/// What the answered alone would have said.
fn flattery(now: Durations) -> String {
    match (now.p50_s, now.flattery_gap_s()) {
        (Some(answered), Some(gap)) => format!(
            "answered only {} · flattery gap {}",
            format::duration(answered),
            if gap == 0 {
                "none".to_owned()
            } else {
                format::duration(gap)
            }
        ),
        (Some(answered), None) => {
            format!(
                "answered only {}, which flatters",
                format::duration(answered)
            )
        }
        (None, _) => "nothing answered yet".to_owned(),
    }
}

fn sundown_kept(report: &BoardReport, basis: &Arc<Basis>) -> AnyView {
    let kept = report.total.sundown;
    let before = report.before.as_ref().and_then(|it| it.sundown.per_mille());
    let change = kept
        .per_mille()
        .zip(before)
        .map(|(now, before)| Change::of_share(now, before));
    let of = match kept.decided() {
        0 => "no sundown has passed yet".to_owned(),
        decided => {
            let (met, decided) = (format::count(kept.met), format::count(decided));
            format!("{met} of {decided} closed by their sundown")
        }
    };
    let missed_href = basis.query.cases_href(Which::SundownMissed);
    let pending = format!("{} not due yet", format::count(kept.pending));
    let course = course(&report.series, |it| share(it.figures.sundown.per_mille()));
    let cases_href = basis.query.cases_href(Which::SundownKept);
    view! {
        <Tile definition=SUNDOWN_KEPT basis=Arc::clone(basis) change>
            <p class="tile-number"><a href=cases_href>{share_number(kept.per_mille())}</a></p>
            <p class="tile-words">{of}</p>
            <p class="tile-aside">
                <a href=missed_href>{format::count(kept.missed)} " missed"</a> " · " {pending}
            </p>
            <Sparkline values=course series="sundown" />
        </Tile>
    }
    .into_any()
}

fn open_now(report: &BoardReport, basis: &Arc<Basis>) -> AnyView {
    let open = report.open;
    let change = report
        .previous
        .map(|_| Change::of_count(open.open, open.open_before));
    let oldest = open.oldest_open_s.map_or_else(
        || "nothing is open".to_owned(),
        |it| format!("oldest {}", format::duration(it)),
    );
    let reach = format!("{} people could see", format::people(open.reach));
    let late_href = basis.query.cases_href(Which::BelowHorizon);
    let late = report.horizon.counts[2];
    let course = course(&report.series, |it| i64::try_from(it.open_at_end).ok());
    let cases_href = basis.query.cases_href(Which::OpenNow);
    let since = waiting_since(report);
    view! {
        <Tile definition=OPEN_NOW basis=Arc::clone(basis) change>
            <p class="tile-number">
                <a href=cases_href><span>{format::count(open.open)}</span></a>
            </p>
            <p class="tile-words">{oldest} " · " {reach}</p>
            <p class="tile-aside">
                <a href=late_href>{format::count(late)} " below the horizon"</a>
                {since}
            </p>
            <Sparkline values=course series="open" />
        </Tile>
    }
    .into_any()
}

fn waiting_since(report: &BoardReport) -> Option<String> {
    let since = report.open.oldest_waiting_s?;
    Some(format!(
        " · longest without an answer {}",
        format::duration(since)
    ))
}

fn confirmed(report: &BoardReport, basis: &Arc<Basis>) -> AnyView {
    let total = &report.total;
    let now = per_mille(total.confirmed, total.asked);
    let before = report
        .before
        .as_ref()
        .and_then(|it| per_mille(it.confirmed, it.asked));
    let change = now
        .zip(before)
        .map(|(now, before)| Change::of_share(now, before));
    let of = match total.asked {
        0 => "nobody was asked yet".to_owned(),
        asked => {
            let (yes, asked) = (format::count(total.confirmed), format::count(asked));
            format!("{yes} of {asked} asked said it is solved")
        }
    };
    let course = course(&report.series, |it| {
        share(per_mille(it.figures.confirmed, it.figures.asked))
    });
    let [confirmed_href, disputed_href, thanked_href] =
        [Which::Confirmed, Which::Disputed, Which::Thanked].map(|it| basis.query.cases_href(it));
    let (disputed, thanked) = (format::count(total.disputed), format::count(total.thanked));
    view! {
        <Tile definition=CONFIRMED basis=Arc::clone(basis) change>
            <p class="tile-number"><a href=confirmed_href>{share_number(now)}</a></p>
            <p class="tile-words">{of}</p>
            <p class="tile-aside">
                <a href=disputed_href>{disputed} " disputed"</a>
                " · "
                <a href=thanked_href>{thanked} " thanked us"</a>
            </p>
            <Sparkline values=course series="confirmed" />
        </Tile>
    }
    .into_any()
}

fn share_number(per_mille: Option<u64>) -> AnyView {
    let unit = per_mille.map(|_| "%");
    view! { <span>{format::percent_number(per_mille)}</span> <small>{unit}</small> }.into_any()
}

fn share(per_mille: Option<u64>) -> Option<i64> {
    per_mille.and_then(|it| i64::try_from(it).ok())
}

fn course(series: &[Step], value: impl Fn(&Step) -> Option<i64>) -> Vec<Option<i64>> {
    series.iter().map(value).collect()
}
