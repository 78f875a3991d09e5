//! One thing a list can be narrowed to.

use crate::ui::views::Views;
use leptos::prelude::*;

/// A labelled select of a filter form. The first option doesn't narrow.
#[component]
pub fn Choice(
    /// What is chosen, as people read it.
    label: &'static str,
    /// The parameter's name.
    name: &'static str,
    /// What is chosen now.
    value: Option<String>,
    /// Keys and names.
    options: Vec<(String, String)>,
) -> impl IntoView {
    let chosen = value.unwrap_or_default();
    // What the address asks for stays visible, also when no case has it.
    let is_known = chosen.is_empty() || options.iter().any(|it| it.0 == chosen);
    let stranger = (!is_known).then(|| (chosen.clone(), chosen.clone()));
    let any = (String::new(), "All".to_owned());
    let options = std::iter::once(any)
        .chain(stranger)
        .chain(options)
        .map(|(key, text)| {
            let is_chosen = key == chosen;
            view! { <option value=key selected=is_chosen>{text}</option> }
        });
    let options = options.views();
    let is_set = !chosen.is_empty();
    view! {
        <label class="choice" data-set=is_set.then_some("")>
            <span>{label}</span>
            <select name=name prop:value=chosen>{options}</select>
        </label>
    }
    .into_any()
}
