//! A picture's twin: the same as a table, for those who can't see or don't trust the picture.

use crate::ui::views::Views;
use leptos::prelude::*;

/// A table behind a line that opens it.
#[component]
pub fn Twin(
    /// What the table holds.
    label: &'static str,
    /// The columns' names.
    columns: Vec<&'static str>,
    /// The rows: what each cell says; the first is the row's name.
    rows: Vec<Vec<AnyView>>,
) -> impl IntoView {
    let head = columns
        .into_iter()
        .map(|it| view! { <th scope="col">{it}</th> })
        .views();
    let rows = rows.into_iter().map(row).views();
    view! {
        <details class="twin">
            <summary>{label}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=label>
                <table class="table">
                    <thead><tr>{head}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn row(cells: Vec<AnyView>) -> impl IntoView {
    let mut cells = cells.into_iter();
    let name = cells.next();
    let rest = cells.map(|it| view! { <td>{it}</td> }).views();
    view! { <tr><th scope="row">{name}</th>{rest}</tr> }
}
