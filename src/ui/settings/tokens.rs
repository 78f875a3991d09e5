//! Keys for programs.

use super::people::place::{reach, tick};
use crate::domain::{
    account::Outcome,
    brand::Brand,
    person::Brands,
    time::{Instant, Zone},
    token::{ApiToken, TOKEN_DAYS, TokenScope, TokenState, TokensPage},
};
use crate::ui::{
    format,
    kit::{
        confirm::Confirm,
        empty::Empty,
        entry::Entry,
        told::{Told, handed_on},
    },
    views::Views,
};
use leptos::prelude::*;

/// The page.
pub fn page(page: TokensPage) -> AnyView {
    let (now, zone, is_confirmed) = (page.now, page.zone, page.is_confirmed);
    let mut outcome = page.outcome.unwrap_or_default();
    let secret = outcome.link.take().map(|it| handed_on("The token", it));
    let list = if page.tokens.is_empty() {
        view! {
            <Empty title="No token yet">
                <p>"A token lets a program read what you choose: figures, cases, or the audit log. It never changes anything."</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page.tokens.iter();
        let rows = rows.map(|it| row(it, &page.brands, (now, &zone), is_confirmed));
        view! { <ul class="settings-list">{rows.views()}</ul> }.into_any()
    };
    let make = if page.is_demo {
        view! { <p class="said">"This is a demo: its people have no passwords, so no tokens can be made."</p> }.into_any()
    } else {
        make(page.brands, &outcome, is_confirmed)
    };
    view! {
        <div class="room-head"><h1>"API tokens"</h1></div>
        <Told outcome=Some(outcome) />
        {secret}
        <section class="card" aria-label="Tokens">{list}</section>
        <section class="card settings-after" aria-labelledby="make">
            <h2 id="make">"A new token"</h2>
            {make}
        </section>
    }
    .into_any()
}

fn row(
    token: &ApiToken,
    brands: &[Brand],
    (now, zone): (Instant, &Zone),
    is_confirmed: bool,
) -> AnyView {
    let state = token.state(now);
    let scopes: Vec<&str> = token.scopes.iter().map(|it| it.label()).collect();
    let reach = match &token.brands {
        Brands::All => "all brands".to_owned(),
        Brands::Only(some) => {
            let names = brands.iter().filter(|it| some.contains(&it.id));
            names
                .map(|it| it.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        }
    };
    let used = match token.last_used_at {
        Some(at) => format!("last used {}", format::moment(zone, at, now)),
        None => "never used".to_owned(),
    };
    let until = match state {
        TokenState::Works | TokenState::Orphaned => {
            format!("until {}", format::date_and_time(zone, token.expires_at))
        }
        TokenState::Expired => format!("until {}", format::date_and_time(zone, token.expires_at)),
        TokenState::Revoked => String::from("revoked"),
    };
    let tone = if state == TokenState::Works {
        "calm"
    } else {
        ""
    };
    let words = format!("{} · {reach}", scopes.join(", "));
    let about = format!(
        "{}… · {until} · {used} · made by {}",
        token.hint, token.made_by
    );
    let label = format!("Revoke {}", token.name);
    let revoke = (state == TokenState::Works).then(|| {
        let confirm = (!is_confirmed).then(|| {
            view! {
                <input
                    class="field"
                    type="password"
                    name="confirmation"
                    autocomplete="current-password"
                    maxlength="254"
                    placeholder="Your own password"
                    aria-label=format!("Your own password, to revoke {}", token.name)
                />
            }
        });
        view! {
            <form class="buttons" method="post" action="/settings/tokens">
                <input type="hidden" name="token" value=token.id.to_string() />
                {confirm}
                <button class="button" name="act" value="revoke" aria-label=label>"Revoke"</button>
            </form>
        }
    });
    view! {
        <li class="settings-row">
            <div>
                <p>{token.name.clone()} " " <span class="pill" data-tone=tone>{state.label()}</span></p>
                <p class="entry-note">{words}</p>
                <p class="entry-note">{about}</p>
            </div>
            {revoke}
        </li>
    }
    .into_any()
}

fn make(brands: Vec<Brand>, outcome: &Outcome, is_confirmed: bool) -> AnyView {
    let is_again = outcome.refused.is_some() && outcome.act == "make";
    let was = |name: &str| match is_again {
        true => outcome.field(name),
        false => String::new(),
    };
    let all = |name: &str| -> Vec<String> {
        let fields = outcome.fields.iter().filter(|it| is_again && it.0 == name);
        fields.map(|it| it.1.clone()).collect()
    };
    let chosen = all("scope");
    let scopes = TokenScope::ALL.iter().map(|it| {
        let is_chosen = chosen.iter().any(|word| word == it.as_str());
        tick("scope", it.to_string(), it.label().to_owned(), is_chosen)
    });
    let some = all("brand")
        .iter()
        .filter_map(|it| it.parse().ok())
        .collect();
    let reached = match was("reach").as_str() {
        "some" => Brands::Only(some),
        _ => Brands::All,
    };
    let days = was("days").parse().unwrap_or(30);
    let options = TOKEN_DAYS.iter().map(|it| {
        let is_chosen = *it == days;
        view! { <option value=it.to_string() selected=is_chosen>{format!("{it} days")}</option> }
    });
    view! {
        <p class="card-lead">"It is shown once, right after you make it. Only what recognises it is kept."</p>
        <form class="form" method="post" action="/settings/tokens">
            <Entry name="name" label="Name" value=was("name") note="What it is for, such as “Weekly report”." />
            <fieldset class="picks"><legend>"May read"</legend>{scopes.views()}</fieldset>
            {reach(reached, brands)}
            <div class="entry">
                <label for="days">"Works for"</label>
                <select class="field" id="days" name="days">{options.views()}</select>
            </div>
            <Confirm form="make" is_confirmed />
            <button class="button" data-primary="" name="act" value="make">"Make the token"</button>
        </form>
    }
    .into_any()
}
