//! A field with its label and a note.

use leptos::prelude::*;

/// One line to type into.
#[component]
pub fn Entry(
    /// Its name in the form.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(into, optional)]
    note: String,
    /// What stands there already.
    #[prop(into, optional)]
    value: String,
    /// `text`, `email`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let note_id = format!("{name}-note");
    let described = (!note.is_empty()).then(|| note_id.clone());
    let note = (!note.is_empty())
        .then(|| view! { <p class="entry-note" id=note_id>{note}</p> }.into_any());
    view! {
        <div class="entry">
            <label for=name>{label}</label>
            <input
                class="field"
                id=name
                name=name
                r#type=kind
                value=value
                required
                maxlength="254"
                autocomplete=autocomplete
                aria-describedby=described
            />
            {note}
        </div>
    }
    .into_any()
}
