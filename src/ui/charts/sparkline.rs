//! The course of one number in the space of a word.

use super::scale::{middle, percent, place};
use leptos::prelude::*;

/// A line without axes; gaps stay gaps. Decoration: the numbers stand elsewhere.
#[component]
pub fn Sparkline(
    /// One value a step; `None` is a gap.
    values: Vec<Option<i64>>,
    /// Which color of the series, by name.
    series: &'static str,
) -> impl IntoView {
    let path = path(&values);
    let last = values
        .iter()
        .enumerate()
        .rev()
        .find_map(|(step, value)| Some((step, (*value)?)))
        .map(|(step, value)| {
            let x = percent(middle(step, values.len()));
            let y = percent(height(value, ends(&values)));
            view! { <circle class="sparkline-last" cx=x cy=y r="2.5" /> }.into_any()
        });
    view! {
        <svg class="sparkline" data-series=series aria-hidden="true">
            <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
                <path class="sparkline-line" d=path vector-effect="non-scaling-stroke" />
            </svg>
            {last}
        </svg>
    }
    .into_any()
}

fn path(values: &[Option<i64>]) -> String {
    let ends = ends(values);
    let mut path = String::new();
    let mut pen_down = false;
    for (step, value) in values.iter().enumerate() {
        let Some(value) = value else {
            pen_down = false;
            continue;
        };
        path.push(if pen_down { 'L' } else { 'M' });
        path.push_str(&place(middle(step, values.len())));
        path.push(' ');
        path.push_str(&place(height(*value, ends)));
        pen_down = true;
    }
    path
}

fn ends(values: &[Option<i64>]) -> (i64, i64) {
    let known = || values.iter().flatten().copied();
    (known().min().unwrap_or(0), known().max().unwrap_or(0))
}

/// Percent from the top, a little away from both edges; what never moves lies in the middle.
fn height(value: i64, (low, high): (i64, i64)) -> f64 {
    if low == high {
        return 50.0;
    }
    90.0 - 80.0 * (value - low) as f64 / (high - low) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_lifts_the_pen() {
        let path = path(&[Some(1), Some(2), None, Some(3)]);
        assert_eq!(path.matches('M').count(), 2);
        assert_eq!(path.matches('L').count(), 1);
    }

    #[test]
    fn what_never_moves_lies_in_the_middle() {
        assert_eq!(path(&[Some(4), Some(4)]), "M25.00 50.00L75.00 50.00");
        assert_eq!(path(&[None]), "");
    }
}
