//! The page of promises.

use super::line;
use crate::domain::promise_list::{PromisePage, PromiseQuery, PromiseShelf};
use crate::ui::{
    format,
    kit::{choice::Choice, empty::Empty, told::Told},
    views::Views,
};
use leptos::prelude::*;

/// The page.
pub fn page(page: PromisePage) -> AnyView {
    let address = page.query.address();
    let file = format!("/export/promises.csv{address}");
    let back = format!("/promises{address}");
    let (kept, due) = page.on_time;
    let share = match due {
        0 => "Nothing was due so far.".to_owned(),
        _ => format!(
            "{} of {} kept on time ({}).",
            format::count(kept),
            format::counted(due, "promise that was due", "promises that were due"),
            format::percent(Some(kept * 1000 / due))
        ),
    };
    let list = if page.lines.is_empty() {
        view! {
            <Empty title="No promise here">
                <p>"When somebody writes “we'll call you by tomorrow”, log it in the case, beside the reply. It stands here until it arrived, and whoever sees to it is told in time."</p>
            </Empty>
        }
        .into_any()
    } else {
        let lines = page
            .lines
            .iter()
            .map(|it| line::line(it, &page, &back))
            .views();
        view! { <ul class="promise-list">{lines}</ul> }.into_any()
    };
    view! {
        <div class="room promises">
        <div class="room-head"><h1>"Promises"</h1></div>
        <Told outcome=page.outcome.clone() />
        {shelves(&page)}
        <form class="filters" method="get" action="/promises">
            {hidden(page.query)}
            <Choice
                label="Seen to by"
                name="owner"
                value=page.query.owner.map(|it| it.to_string())
                options=page.people.iter().map(|it| (it.id.to_string(), it.name.clone())).collect()
            />
            <Choice
                label="Team"
                name="team"
                value=page.query.team.map(|it| it.to_string())
                options=page.teams.iter().map(|it| (it.id.to_string(), it.name.clone())).collect()
            />
            <button class="button">"Show"</button>
            <a class="button" href=file rel="external" download="">"Export"</a>
        </form>
        <p class="promise-share">{share}</p>
        <section class="card" aria-label="List of promises">{list}</section>
        </div>
    }
    .into_any()
}

fn hidden(query: PromiseQuery) -> AnyView {
    query
        .shelf
        .map(|it| view! { <input type="hidden" name="show" value=it.as_str() /> }.into_any())
        .into_any()
}

/// The shelves as links, with how many promises stand on each.
fn shelves(page: &PromisePage) -> AnyView {
    let link = |shelf: Option<PromiseShelf>, text: String| {
        let query = PromiseQuery {
            shelf,
            ..page.query
        };
        let current = (page.query.shelf == shelf).then_some("page");
        let href = format!("/promises{}", query.address());
        view! { <li><a class="button" href=href aria-current=current>{text}</a></li> }.into_any()
    };
    let each = page
        .counts
        .iter()
        .map(|(shelf, count)| {
            let text = format!("{} {}", shelf.label(), format::count(*count));
            link(Some(*shelf), text)
        })
        .views();
    view! {
        <nav aria-label="Kinds of promises">
            <ul class="promise-shelves">{link(None, "All".to_owned())} {each}</ul>
        </nav>
    }
    .into_any()
}
