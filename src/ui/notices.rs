//! What one is told, and when to be left alone. Drawn by the server alone.

use crate::domain::{
    notice::{Notice, NoticePage},
    time::Zone,
};
use crate::ui::{
    format,
    kit::{empty::Empty, told::Told},
    views::Views,
};
use leptos::prelude::*;

/// The page.
pub fn page(page: NoticePage) -> AnyView {
    let all_read = (page.unread > 0).then(|| {
        view! {
            <form method="post" action="/notifications">
                <input type="hidden" name="back" value="/notifications" />
                <button class="button" name="act" value="read">"Mark all as read"</button>
            </form>
        }
        .into_any()
    });
    let list = if page.notices.is_empty() {
        view! {
            <Empty title="Nothing so far">
                <p>"You are told here when a case is given to you or handed to your team, when a note mentions you with @ and your name, and when something you see to falls due."</p>
            </Empty>
        }
        .into_any()
    } else {
        let lines = page
            .notices
            .iter()
            .map(|it| line(it, &page.zone, &page))
            .views();
        view! { <ul class="notice-list">{lines}</ul> }.into_any()
    };
    view! {
        <div class="room notices">
        <div class="room-head"><h1>"Alerts"</h1></div>
        <Told outcome=page.outcome.clone() />
        {all_read}
        <section class="card" aria-label="What you were told">{list}</section>
        {quiet(&page)}
        </div>
    }
    .into_any()
}

fn line(it: &Notice, zone: &Zone, page: &NoticePage) -> AnyView {
    let words = match it.case {
        Some(case) => {
            let href = format!("/cases/{case}");
            view! { <a href=href dir="auto">{it.words.clone()}</a> }.into_any()
        }
        None => view! { <span dir="auto">{it.words.clone()}</span> }.into_any(),
    };
    let read = (!it.is_read).then(|| {
        let (id, label) = (it.id.to_string(), format!("Mark as read: {}", it.words));
        view! {
            <form method="post" action="/notifications">
                <input type="hidden" name="back" value="/notifications" />
                <input type="hidden" name="notice" value=id />
                <button class="button" name="act" value="read" aria-label=label>"Read"</button>
            </form>
        }
        .into_any()
    });
    let when = format::moment(zone, it.told_at, page.as_of);
    view! {
        <li class="notice" data-unread=(!it.is_read).then_some("")>
            <div>
                <p class="notice-words">{words}</p>
                <p class="entry-note">
                    {it.kind.label()} " · " <time datetime=format::machine(it.told_at)>{when}</time>
                </p>
            </div>
            {read}
        </li>
    }
    .into_any()
}

fn quiet(page: &NoticePage) -> AnyView {
    let time = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
    // After a “no” the form holds what was typed.
    let refused = page
        .outcome
        .as_ref()
        .filter(|told| told.act == "quiet" && told.refused.is_some());
    let typed = |name: &str, minute| refused.map_or_else(|| time(minute), |told| told.field(name));
    let from = typed("from", page.quiet.from_minute);
    let until = typed("until", page.quiet.until_minute);
    let mail = refused.map_or(page.quiet.wants_mail, |told| !told.field("mail").is_empty());
    view! {
        <section class="card settings-after" aria-labelledby="quiet">
            <h2 id="quiet">"When to be left alone"</h2>
            <form class="form" method="post" action="/notifications">
                <input type="hidden" name="back" value="/notifications" />
                <div class="entry">
                    <label for="from">"From"</label>
                    <input class="field" id="from" name="from" type="time" value=from />
                </div>
                <div class="entry">
                    <label for="until">"Until"</label>
                    <input
                        class="field"
                        id="until"
                        name="until"
                        type="time"
                        value=until
                        aria-describedby="quiet-note"
                    />
                    <p class="entry-note" id="quiet-note">
                        "By your own clock. The same time twice means never. What happens then waits for you."
                    </p>
                </div>
                <label class="tick">
                    <input type="checkbox" name="mail" checked=mail />
                    " Mail me what I haven't looked at, where this installation sends mail"
                </label>
                <button class="button" data-primary="" name="act" value="quiet">"Save"</button>
            </form>
        </section>
    }
    .into_any()
}
