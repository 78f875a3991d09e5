//! The versions of a brand's rules.

use crate::domain::settings::policies::PolicyPage;
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// Newest first, with what each changed.
pub fn list(page: &PolicyPage) -> AnyView {
    let rows = page
        .versions
        .iter()
        .map(|it| {
            let changes = it
                .changes
                .iter()
                .map(|it| view! { <li>{it.clone()}</li> })
                .views();
            let since = if it.since.timestamp() == 0 {
                "always".to_owned()
            } else {
                format::date_and_time(&page.zone, it.since)
            };
            view! {
                <tr>
                    <th scope="row">{it.version}</th>
                    <td>{since}</td>
                    <td>{it.state.label()}</td>
                    <td><ul>{changes}</ul></td>
                </tr>
            }
        })
        .views();
    let zone = page.zone.name.clone();
    view! {
        <section class="card settings-versions" aria-labelledby="versions">
            <h2 id="versions">"Versions"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Versions of the rules">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Version"</th>
                            <th scope="col">{format!("In force from ({zone})")}</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"What it changed"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
