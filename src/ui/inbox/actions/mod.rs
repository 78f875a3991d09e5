//! What one can do to a case beside answering: small forms that post to `/work` and come back to
//! the page they stand on. They need no script; each opens below its own heading.

mod assign;
mod ending;
mod furniture;
mod hand_off;
mod history;
mod join;
mod promise;
mod remedy;

use crate::domain::work::CaseWork;
use crate::ui::kit::told::Told;
use furniture::Place;
use leptos::prelude::*;

/// Everything around a case; `back` is the address of the page it stands on.
pub fn panel(work: &CaseWork, back: &str) -> AnyView {
    let place = &Place { work, back };
    let forms = work.may_work.then(|| {
        view! {
            {assign::forms(place)}
            {hand_off::forms(place)}
            {promise::forms(place)}
            {remedy::forms(place)}
            {ending::forms(place)}
            {join::forms(place)}
        }
        .into_any()
    });
    view! {
        <section class="acts" aria-label="What to do with this case">
            <Told outcome=work.told.clone() />
            {history::of(place)}
            {forms}
        </section>
    }
    .into_any()
}
