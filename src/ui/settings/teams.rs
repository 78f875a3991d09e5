//! Teams.

use crate::domain::{people::TeamsPage, person::Team};
use crate::ui::{
    format,
    kit::{empty::Empty, entry::Entry, told::Told},
    views::Views,
};
use leptos::prelude::*;

/// The page.
pub fn page(page: TeamsPage) -> AnyView {
    let list = if page.teams.is_empty() {
        view! {
            <Empty title="No team yet">
                <p>"Cases are handed from team to team. Make the first one below, then put people into it."</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page.teams.into_iter().map(|(team, names)| row(team, names));
        view! { <ul class="settings-list">{rows.views()}</ul> }.into_any()
    };
    view! {
        <div class="room-head"><h1>"Teams"</h1></div>
        <Told outcome=page.outcome />
        <section class="card" aria-label="Teams">{list}</section>
        <section class="card settings-after" aria-labelledby="found">
            <h2 id="found">"A new team"</h2>
            <form class="form" method="post" action="/settings/teams">
                <Entry name="name" label="Name" />
                <button class="button" data-primary="" name="act" value="found">"Make the team"</button>
            </form>
        </section>
    }
    .into_any()
}

fn row(team: Team, names: Vec<String>) -> AnyView {
    let who = match names.len() {
        0 => "Nobody is in it. Choose it with a person, in People.".to_owned(),
        many => format!(
            "{}: {}",
            format::counted(many as u64, "person", "people"),
            names.join(", ")
        ),
    };
    let label = format!("Name of {}", team.name);
    view! {
        <li class="settings-row">
            <div><p>{team.name.clone()}</p><p class="entry-note">{who}</p></div>
            <details class="settings-more">
                <summary>"Change"</summary>
                <form class="form" method="post" action="/settings/teams">
                    <input type="hidden" name="team" value=team.id.to_string() />
                    <input class="field" name="name" value=team.name aria-label=label required maxlength="80" />
                    <div class="buttons">
                        <button class="button" name="act" value="rename">"Rename"</button>
                        <button class="button" name="act" value="remove">"Remove the team"</button>
                    </div>
                </form>
            </details>
        </li>
    }
    .into_any()
}
