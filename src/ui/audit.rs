//! The log of changes: searched, read, taken away, and checked. Drawn by the server alone.

use crate::domain::{
    audit::{AuditLine, AuditPage, AuditQuery, Chain},
    ids::PersonId,
};
use crate::ui::{format, kit::empty::Empty, views::Views};
use leptos::prelude::*;

/// The page.
pub fn page(page: AuditPage) -> AnyView {
    let query = page.query.clone();
    let newest = AuditQuery {
        before: None,
        ..query.clone()
    };
    let files = |ending: &str| format!("/export/audit.{ending}{}", newest.to_query());
    let rows = page.lines.iter().map(|it| row(it, &page));
    let rows = rows.views();
    let list = if rows.is_empty() {
        view! {
            <Empty title="Nothing was found">
                <p><a href="/audit">"Show the whole log"</a>", or search for something else."</p>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label="Lines of the log">
                <table class="table audit-table">
                    <thead>
                        <tr>
                            <th scope="col">"No."</th>
                            <th scope="col">{format!("When ({})", page.zone.name)}</th>
                            <th scope="col">"Who"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"Change"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="room settings-room audit-room">
            <div class="room-head"><h1>"Audit log"</h1></div>
            <p class="question">
                "Every change of people, rights, rules and settings, and every sign-in. Lines are only ever added; each is sealed with all before it."
            </p>
            {chain(page.chain, &query)}
            {search(&page)}
            <section class="card" aria-label="Log">{list}</section>
            <nav class="buttons audit-pages" aria-label="Pages of the log">
                {query.before.map(|_| {
                    view! { <a class="button" href=format!("/audit{}", newest.to_query())>"Newest"</a> }
                })}
                {page.older.map(|older| {
                    let next = AuditQuery { before: Some(older), ..query.clone() };
                    view! { <a class="button" rel="next" href=format!("/audit{}", next.to_query())>"Older"</a> }
                })}
                <a class="button quiet" href=files("csv")>"CSV of what was found"</a>
                <a class="button quiet" href=files("jsonl")>"JSON lines"</a>
            </nav>
        </div>
    }
    .into_any()
}

/// Whether the log is whole: asked for by a button, because every line of it is read again.
fn chain(found: Option<Chain>, query: &AuditQuery) -> AnyView {
    let says = found.map(|it| match it {
        Chain::Whole(lines) => {
            let lines = format::count(u64::try_from(lines).unwrap_or(0));
            let words = format!("The whole log was read again: {lines} lines, each as it was written.");
            view! { <p class="said" role="status">{words}</p> }.into_any()
        }
        Chain::Broken(number) => {
            let words = format!("The log was changed: line {number} is missing, or isn’t as it was written. Compare it with a backup from before.");
            view! { <p class="refused" role="alert">{words}</p> }.into_any()
        }
    });
    view! {
        {says}
        <form method="post" action=format!("/audit{}", query.to_query())>
            <button class="button" name="act" value="verify">"Check the whole log"</button>
        </form>
    }
    .into_any()
}

fn search(page: &AuditPage) -> AnyView {
    let query = &page.query;
    let chosen = query.person;
    let nobody = (PersonId::default(), "Nobody in particular".to_owned());
    let people = page
        .people
        .iter()
        .cloned()
        .chain([nobody])
        .map(|(id, name)| {
            let is_chosen = chosen == Some(id);
            view! { <option value=id.to_string() selected=is_chosen>{name}</option> }
        });
    let actions = page.actions.iter().map(|it| {
        let is_chosen = query.action.as_ref() == Some(it);
        view! { <option value=it.clone() selected=is_chosen>{words(it)}</option> }
    });
    let date = |it: Option<chrono::NaiveDate>| it.map(|it| it.to_string()).unwrap_or_default();
    view! {
        <form class="audit-search" method="get" action="/audit" role="search" aria-label="Search the log">
            <label class="choice">
                <span>"By"</span>
                <select name="person"><option value="">"Anybody"</option>{people.views()}</select>
            </label>
            <label class="choice">
                <span>"What"</span>
                <select name="action"><option value="">"Anything"</option>{actions.views()}</select>
            </label>
            <label class="audit-field">
                <span>"From"</span>
                <input class="field" type="date" name="from" value=date(query.from) />
            </label>
            <label class="audit-field">
                <span>"To"</span>
                <input class="field" type="date" name="until" value=date(query.until) />
            </label>
            <label class="audit-field">
                <span>"Subject"</span>
                <input class="field" type="text" name="subject" maxlength="200" value=query.subject.clone().unwrap_or_default() />
            </label>
            <label class="audit-field">
                <span>"Text"</span>
                <input class="field" type="search" name="text" maxlength="200" value=query.text.clone().unwrap_or_default() />
            </label>
            <button class="button" data-primary="">"Search"</button>
        </form>
    }
    .into_any()
}

fn row(line: &AuditLine, page: &AuditPage) -> AnyView {
    let it = &line.entry;
    let about = AuditQuery {
        subject: Some(it.subject.clone()),
        ..AuditQuery::default()
    };
    let subject = line
        .subject_name
        .clone()
        .unwrap_or_else(|| it.subject.clone());
    let changes = line
        .changes
        .iter()
        .map(|(field, was, is)| change(field, was, is));
    let changes = changes.views();
    let changes = (!changes.is_empty()).then(|| view! { <dl class="audit-changes">{changes}</dl> });
    view! {
        <tr>
            <td>{it.number}</td>
            <td>
                <time datetime=format::machine(it.at)>{format::date_and_time(&page.zone, it.at)}</time>
            </td>
            <td>
                <span dir="auto">{it.who.name.clone()}</span>
                <p class="entry-note">{it.who.address.clone()}</p>
            </td>
            <td>
                {words(&it.action)}
                <p class="entry-note">
                    <a href=format!("/audit{}", about.to_query()) dir="auto">{subject}</a>
                </p>
            </td>
            <td class="audit-change">{changes}</td>
        </tr>
    }
    .into_any()
}

fn change(field: &str, was: &str, is: &str) -> AnyView {
    let nothing = |it: &str| {
        if it.is_empty() {
            format::NOTHING.to_owned()
        } else {
            it.to_owned()
        }
    };
    let (field, was, is) = (field.to_owned(), nothing(was), nothing(is));
    let name = (!field.is_empty()).then(|| format!("{field}: "));
    view! {
        <div>
            <dt>{name}</dt>
            <dd><del dir="auto">{was}</del> " → " <ins dir="auto">{is}</ins></dd>
        </div>
    }
    .into_any()
}

/// An action as people read it: `person.switched_off` is “Person switched off”.
fn words(action: &str) -> String {
    let plain = action.replace(['.', '_'], " ");
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn actions_are_read_as_words() {
        assert_eq!(words("person.switched_off"), "Person switched off");
        assert_eq!(words(""), "");
    }
}
