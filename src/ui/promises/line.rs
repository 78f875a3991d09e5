//! One promise of the list, with the forms that settle it.

use crate::domain::{
    history::PromiseState,
    promise_list::{PromiseLine, PromisePage, PromiseShelf},
};
use crate::ui::format;
use leptos::prelude::*;

/// One promise.
pub fn line(it: &PromiseLine, page: &PromisePage, back: &str) -> AnyView {
    let shelf = it.shelf().unwrap_or(PromiseShelf::Open);
    let when = match it.settled_at {
        Some(at) => format!(
            "{} {}",
            it.state.label(),
            format::moment(&page.zone, at, page.as_of)
        ),
        None => format!("Due {}", format::moment(&page.zone, it.due_at, page.as_of)),
    };
    let perishes = it
        .perishes_at
        .filter(|_| it.state == PromiseState::Open)
        .map(|at| {
            format!(
                " · worth nothing after {}",
                format::moment(&page.zone, at, page.as_of)
            )
        });
    let proof = it
        .proof
        .clone()
        .map(|it| view! { <p class="promise-proof" dir="auto">"Proof: " {it}</p> }.into_any());
    let owner = it
        .owner
        .clone()
        .map(|it| format!(" · seen to by {it}"))
        .unwrap_or_default();
    let href = format!("/cases/{}", it.case);
    let forms = (page.may_work && it.state == PromiseState::Open).then(|| settle(it, page, back));
    view! {
        <li class="promise" data-shelf=shelf.as_str()>
            <p class="promise-what">
                <span class="promise-shelf">{shelf.label()}</span>
                " "
                <a href=href dir="auto">{it.what.clone()}</a>
            </p>
            <p class="promise-words">
                {when} {perishes} " · to " <span dir="auto">{it.customer.clone()}</span> " · "
                {it.brand.clone()} " · by " {it.fulfiller.clone()} {owner}
            </p>
            {proof}
            {forms}
        </li>
    }
    .into_any()
}

fn settle(it: &PromiseLine, page: &PromisePage, back: &str) -> AnyView {
    let id = it.id.to_string();
    // After a “no” the form is open again, with what was typed.
    let refused = page
        .outcome
        .as_ref()
        .filter(|told| told.refused.is_some() && told.field("promise") == id);
    let typed = |name: &str| refused.map(|told| told.field(name)).unwrap_or_default();
    let (proof, why) = (typed("proof"), typed("why"));
    let open = refused.is_some();
    let names = || {
        let (id, back) = (id.clone(), back.to_owned());
        view! {
            <input type="hidden" name="promise" value=id />
            <input type="hidden" name="back" value=back />
        }
        .into_any()
    };
    let proof_id = format!("proof-{id}");
    let why_id = format!("why-{id}");
    view! {
        <details class="promise-settle" open=open>
            <summary>"Settle"</summary>
            <form class="form" method="post" action="/work">
                {names()}
                <div class="entry">
                    <label for=proof_id.clone()>"What shows that it arrived"</label>
                    <input class="field" id=proof_id name="proof" value=proof required maxlength="500" />
                </div>
                <button class="button" data-primary="" name="act" value="keep">"It arrived"</button>
            </form>
            <form class="form" method="post" action="/work">
                {names()}
                <div class="entry">
                    <label for=why_id.clone()>"Why it is taken back"</label>
                    <input class="field" id=why_id name="why" value=why required maxlength="500" />
                </div>
                <button class="button" name="act" value="withdraw">"Take it back"</button>
            </form>
            <form class="form" method="post" action="/work">
                {names()}
                <button class="button" name="act" value="break">"It never arrived"</button>
            </form>
        </details>
    }
    .into_any()
}
