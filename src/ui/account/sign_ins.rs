//! Where one is signed in.

use crate::domain::account::{Account, OwnSession};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// Every sign-in, and the way to end it.
#[component]
pub fn SignIns(
    /// The account.
    account: Account,
) -> impl IntoView {
    let (zone, now) = (account.clock, account.now);
    let are_more = account.sessions.len() > 1;
    let row = |it: OwnSession| {
        let seen = match it.is_this {
            true => "This browser".to_owned(),
            false => format!("Last used {}", format::moment(&zone, it.seen_at, now)),
        };
        let began = format::moment(&zone, it.began_at, now);
        let words = format!("{seen} · since {began} · from {}", it.address);
        let end = (!it.is_this).then(|| {
            view! {
                <form method="post" action="/account">
                    <input type="hidden" name="session" value=it.id.to_string() />
                    <button class="button quiet" name="act" value="end">"End"</button>
                </form>
            }
        });
        view! {
            <li class="settings-row">
                <div><p>{it.browser}</p><p class="entry-note">{words}</p></div>
                {end}
            </li>
        }
    };
    let rows = account.sessions.into_iter().map(row).views();
    let others = are_more.then(|| {
        view! {
            <form method="post" action="/account">
                <button class="button" name="act" value="end-others">"Sign out everywhere else"</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="sign-ins">
            <h2 id="sign-ins">"Where you are signed in"</h2>
            <ul class="settings-list">{rows}</ul>
            {others}
        </section>
    }
    .into_any()
}
