//! A share as a bar.

use leptos::prelude::*;

/// A bar in a track; decoration beside the number it shows.
#[component]
pub fn Bar(
    /// In tenths of a percent; nothing is drawn for a share of nothing.
    per_mille: Option<u64>,
    /// Which color of the series, by name.
    series: &'static str,
) -> impl IntoView {
    let width = per_mille.unwrap_or(0).min(1000);
    let width = format!("{}.{}%", width / 10, width % 10);
    view! {
        <svg class="bar" data-series=series aria-hidden="true">
            <rect class="bar-track" width="100%" height="100%" rx="4" />
            <rect class="bar-fill" width=width height="100%" rx="4" />
        </svg>
    }
}
