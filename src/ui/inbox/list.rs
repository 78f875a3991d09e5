//! The list: views, search, rows.

use super::help::help;
use crate::domain::{
    ids::CaseId,
    inbox::{InboxPage, InboxQuery, InboxRow, Order, View},
    time::{Instant, Zone},
};
use crate::ui::{
    format,
    kit::{
        avatar::Avatar,
        case_row::{at, marks},
        clock_pill::{Clock, ClockPill},
    },
    views::Views,
};
use leptos::prelude::*;

/// The list as its address asks for it.
pub fn list(query: &InboxQuery, case: Option<CaseId>, page: InboxPage) -> AnyView {
    let InboxPage {
        as_of,
        zone,
        views,
        count,
        rows,
    } = page;
    let shown = rows.len();
    let rows = rows
        .into_iter()
        .map(|it| row(query, case, it, as_of, &zone))
        .views();
    let listed = if shown == 0 {
        nothing(query)
    } else {
        view! { <ol class="inbox-rows">{rows}</ol> }.into_any()
    };
    let more =
        (count > shown && query.rows < InboxQuery::MOST).then(|| more(query, case, count - shown));
    view! {
        <header class="inbox-head">
            <div class="inbox-title">
                <p class="inbox-name" aria-hidden="true">"Inbox"</p>
                {orders(query, case)}
            </div>
            {search(query)}
            {pills(query, case, views)}
        </header>
        {listed}
        {more}
        {help()}
    }
    .into_any()
}

fn orders(query: &InboxQuery, case: Option<CaseId>) -> AnyView {
    let link = |order: Order| {
        let href = InboxQuery {
            order,
            ..query.clone()
        }
        .href(case);
        let current = (order == query.order).then_some("true");
        view! { <a href=href aria-current=current>{order.label()}</a> }
    };
    view! { <nav class="switch" aria-label="Order">{Order::ALL.iter().map(|it| link(*it)).views()}</nav> }
        .into_any()
}

fn search(query: &InboxQuery) -> AnyView {
    let hidden = [
        (query.view != View::Open).then(|| ("view", query.view.as_str())),
        (query.order != Order::Urgent).then(|| ("order", query.order.as_str())),
    ];
    let hidden = hidden
        .into_iter()
        .flatten()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .views();
    view! {
        <form class="inbox-search" method="get" action="/inbox" role="search">
            {hidden}
            <input
                class="field"
                type="search"
                name="q"
                value=query.text.clone()
                placeholder="Search posts, people, cases"
                aria-label="Search posts, people, cases"
                data-key="/"
                autocomplete="off"
            />
        </form>
    }
    .into_any()
}

fn pills(query: &InboxQuery, case: Option<CaseId>, views: Vec<(View, usize)>) -> AnyView {
    let pill = |(view, count): (View, usize)| {
        let href = InboxQuery {
            view,
            rows: InboxQuery::ROWS,
            ..query.clone()
        }
        .href(case);
        let is_here = view == query.view;
        let current = is_here.then_some("page");
        let quiet = (count == 0 && !is_here).then_some("");
        view! {
            <a class="inbox-view" href=href aria-current=current data-none=quiet>
                {view.label()} " " <span>{format::count(count as u64)}</span>
            </a>
        }
    };
    // What has nothing in it only takes room, but for those that everybody looks at.
    let shown = views.into_iter().filter(|(view, count)| {
        let is_usual = matches!(view, View::Open | View::Mine | View::Unassigned);
        *count > 0 || is_usual || *view == query.view
    });
    view! { <nav class="inbox-views" aria-label="Views">{shown.map(pill).views()}</nav> }.into_any()
}

fn row(
    query: &InboxQuery,
    case: Option<CaseId>,
    row: InboxRow,
    as_of: Instant,
    zone: &Zone,
) -> AnyView {
    let it = row.summary;
    let clock = Clock::of(&it, as_of);
    let tone = clock.tone;
    let current = (case == Some(it.id)).then_some("true");
    let own = [
        row.promise.map(|(due_at, is_broken)| {
            if is_broken {
                ("late", "promise broken".to_owned())
            } else {
                (
                    "due",
                    format!("promise due {}", format::moment(zone, due_at, as_of)),
                )
            }
        }),
        row.snoozed_until
            .filter(|until| *until > as_of)
            .map(|until| {
                (
                    "quiet",
                    format!("until {}", format::moment(zone, until, as_of)),
                )
            }),
        row.owner.map(|name| ("owner", name)),
    ];
    let own = own
        .into_iter()
        .flatten()
        .map(|(tone, text)| view! { <span class="mark" data-tone=tone>{text}</span> })
        .views();
    let sundown = row.sundown_at.map(|at| sundown(at, as_of));
    let marks = marks(&it);
    let href = query.href(Some(it.id));
    view! {
        <li class="case-row inbox-row" data-tone=tone aria-current=current>
            <Avatar name=it.customer.clone() />
            <p class="case-who">
                <a href=href dir="auto">{it.customer}</a>
                " "
                <span class="case-handle" dir="auto">{at(&it.handle)}</span>
            </p>
            <ClockPill clock />
            <p class="case-excerpt" dir="auto" lang=it.language>{it.excerpt}</p>
            <p class="case-marks">{marks} {own}</p>
            <p class="case-opened">
                <span title="How urgent it is">{row.points} " points"</span> {sundown}
            </p>
        </li>
    }
    .into_any()
}

fn sundown(at: Instant, as_of: Instant) -> String {
    let left = (at - as_of).num_seconds();
    if left < 0 {
        " · below the horizon".to_owned()
    } else {
        format!(" · sundown {}", format::duration(left))
    }
}

fn more(query: &InboxQuery, case: Option<CaseId>, left: usize) -> AnyView {
    let href = InboxQuery {
        rows: query.rows + 100,
        ..query.clone()
    }
    .href(case);
    let words = format!("Show more ({} left)", format::count(left as u64));
    view! { <p class="inbox-more"><a class="button" href=href>{words}</a></p> }.into_any()
}

fn nothing(query: &InboxQuery) -> AnyView {
    let words = if query.text.is_empty() {
        query.view.when_empty()
    } else {
        "No case of this view has these words in it. Try fewer of them, or another view."
    };
    view! { <div class="empty"><p class="empty-title">{words}</p></div> }.into_any()
}
