//! How soon is soon enough.

use super::fields::Fields;
use crate::domain::{case::Priority, network::Network};
use crate::ui::views::Views;
use leptos::prelude::*;

/// Empty rows below those that are filled.
const SPARE: u32 = 2;

/// The form's fields.
pub fn form(fields: &Fields) -> AnyView {
    let next = fields.form.rows("o").last().map_or(0, |it| it + 1);
    let rows = fields.form.rows("o").into_iter().chain(next..next + SPARE);
    let rows = rows.map(|row| override_row(fields, row)).views();
    view! {
        <fieldset>
            <legend>"For everybody"</legend>
            <div class="fields-row">
                {fields.text("first", "First response", "Such as 45 min, 2 h or 1 h 30 min.")}
                {fields.text("next", "Next response", "To a later post.")}
                {fields.text("solved", "Solved", "From the first post.")}
            </div>
        </fieldset>
        <fieldset>
            <legend>"Where it differs"</legend>
            <p class="field-hint">
                "By priority, by network, or both: the nearest word counts. Leave a time empty where it is as usual; empty a row's times to remove it."
            </p>
            {rows}
        </fieldset>
    }
    .into_any()
}

fn override_row(fields: &Fields, row: u32) -> AnyView {
    let any = |text: &str| vec![(String::new(), text.to_owned())];
    let mut priorities = any("Any priority");
    priorities.extend(
        Priority::ALL
            .iter()
            .map(|it| (it.to_string(), it.label().to_owned())),
    );
    let mut networks = any("Any network");
    networks.extend(
        Network::ALL
            .iter()
            .map(|it| (it.to_string(), it.label().to_owned())),
    );
    let name = |field: &str| format!("o.{row}.{field}");
    let legend = format!("Exception {}", row + 1);
    view! {
        <fieldset class="fields-row override">
            <legend class="unseen">{legend}</legend>
            {fields.choice(name("priority"), "Priority", priorities)}
            {fields.choice(name("network"), "Network", networks)}
            {fields.text(name("first"), "First response", "")}
            {fields.text(name("next"), "Next response", "")}
            {fields.text(name("solved"), "Solved", "")}
        </fieldset>
    }
    .into_any()
}
