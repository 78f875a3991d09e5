//! Fields of a form with their labels, hints and faults.

use crate::domain::forms::{Fault, Form};
use crate::ui::views::Views;
use leptos::prelude::*;

/// What the fields of one form say, and what is wrong with them.
#[derive(Clone)]
pub struct Fields {
    /// What they say.
    pub form: Form,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl Fields {
    /// A line of text.
    pub fn text(&self, name: impl Into<String>, label: &str, hint: &'static str) -> AnyView {
        self.of_kind("text", name, label, hint)
    }

    /// A line of text of a kind that browsers know, such as `date`.
    pub fn of_kind(
        &self,
        kind: &'static str,
        name: impl Into<String>,
        label: &str,
        hint: &'static str,
    ) -> AnyView {
        let name = name.into();
        let value = self.form.get(&name).to_owned();
        let described = described(&name);
        let invalid = self.invalid(&name);
        let input = view! {
            <input
                class="field"
                type=kind
                id=name.clone()
                name=name.clone()
                value=value
                autocomplete="off"
                aria-describedby=described
                aria-invalid=invalid
            />
        };
        self.labelled(name, label, hint, input.into_any())
    }

    /// Several lines.
    pub fn lines(&self, name: impl Into<String>, label: &str, hint: &'static str) -> AnyView {
        let name = name.into();
        let value = self.form.get(&name).to_owned();
        let described = described(&name);
        let invalid = self.invalid(&name);
        let area = view! {
            <textarea class="field" id=name.clone() name=name.clone() rows="4" aria-describedby=described aria-invalid=invalid>
                {value}
            </textarea>
        };
        self.labelled(name, label, hint, area.into_any())
    }

    /// One of several words.
    pub fn choice(
        &self,
        name: impl Into<String>,
        label: &str,
        options: Vec<(String, String)>,
    ) -> AnyView {
        let name = name.into();
        let chosen = self.form.get(&name).to_owned();
        let options = options
            .into_iter()
            .map(|(value, text)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{text}</option> }
            })
            .views();
        let described = described(&name);
        let invalid = self.invalid(&name);
        let select = view! {
            <select class="field" id=name.clone() name=name.clone() aria-describedby=described aria-invalid=invalid>
                {options}
            </select>
        };
        self.labelled(name, label, "", select.into_any())
    }

    /// A box to tick.
    pub fn tick(&self, name: impl Into<String>, label: &str) -> AnyView {
        let name = name.into();
        let checked = self.form.is_ticked(&name);
        let label = label.to_owned();
        view! {
            <label class="tick">
                <input type="checkbox" name=name value="on" checked=checked />
                {label}
            </label>
        }
        .into_any()
    }

    /// One of two or more ways, each with what belongs to it.
    pub fn way(&self, name: &'static str, value: &'static str, label: &'static str) -> AnyView {
        let checked = self.form.get(name) == value;
        view! {
            <label class="tick">
                <input type="radio" name=name value=value checked=checked />
                {label}
            </label>
        }
        .into_any()
    }

    /// A fault that stands alone, such as that of a group of boxes.
    pub fn fault(&self, name: &'static str) -> AnyView {
        self.fault_of(name.to_owned())
    }

    fn labelled(&self, name: String, label: &str, hint: &'static str, input: AnyView) -> AnyView {
        let hint_id = format!("{name}-hint");
        let hint =
            (!hint.is_empty()).then(|| view! { <span class="field-hint" id=hint_id>{hint}</span> });
        let label = label.to_owned();
        let fault = self.fault_of(name.clone());
        view! {
            <div class="labelled">
                <label for=name>{label}</label>
                {input}
                {hint}
                {fault}
            </div>
        }
        .into_any()
    }

    fn fault_of(&self, name: String) -> AnyView {
        let id = format!("{name}-fault");
        let fault = self.faults.iter().find(|it| it.field == name);
        let says = fault.map(|it| it.says.clone());
        view! { <span class="field-fault" id=id>{says}</span> }.into_any()
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        let is_wrong = self.faults.iter().any(|it| it.field == name);
        is_wrong.then_some("true")
    }
}

fn described(name: &str) -> String {
    format!("{name}-hint {name}-fault")
}
