//! Lengths of time over time: a median line, a band up to the 90th percentile, single cases where
//! there are few, a target, and gaps where there is nothing.
//!
//! Pointing at a step shows its numbers; that is style alone, no script.

use super::scale::{DurationScale, Shape, labelled, middle, percent, place};
use crate::domain::{
    board::{Grain, Step},
    time::Zone,
};
use crate::ui::{format, views::Views};
use leptos::prelude::*;

/// What the picture shows of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendStep {
    /// Its name at the axis.
    pub name: String,
    /// What is read when it is pointed at.
    pub reading: String,
    /// The median, when it is reached.
    pub median_s: Option<i64>,
    /// Where the band ends, when there are enough cases for one.
    pub band_s: Option<i64>,
    /// Single cases, when there are few.
    pub singles: Vec<i64>,
    /// There are cases but too few of them answered: the median is beyond this.
    pub beyond_s: Option<i64>,
}

impl TrendStep {
    /// One step of a Board's series.
    pub fn of(step: &Step, zone: &Zone, grain: Grain) -> Self {
        let first = step.figures.first_response;
        let median_s = first.km_p50_s;
        let has_cases = step.figures.cases > 0;
        // Where the 90th percentile isn't reached the band goes on as far as anything was seen.
        let band_s = (step.singles.is_empty() && median_s.is_some())
            .then(|| first.km_p90_s.or(first.longest_s))
            .flatten();
        Self {
            name: format::step(zone, step.from, grain),
            reading: reading(step, zone, grain),
            median_s,
            band_s,
            singles: step.singles.clone(),
            beyond_s: if has_cases && median_s.is_none() {
                first.longest_s
            } else {
                None
            },
        }
    }

    fn largest(&self) -> i64 {
        let known = [
            self.median_s,
            self.band_s,
            self.beyond_s,
            self.singles.last().copied(),
        ];
        known.into_iter().flatten().max().unwrap_or(0)
    }
}

fn reading(step: &Step, zone: &Zone, grain: Grain) -> String {
    let name = format::whole_step(zone, step.from, grain);
    let figures = &step.figures;
    if figures.cases == 0 {
        return format!("{name} · no case");
    }
    let first = figures.first_response;
    let median = match (first.km_p50_s, first.longest_s) {
        (Some(it), _) => format!("median {}", format::duration(it)),
        (None, Some(longest)) => format!(
            "median not reached, more than {}",
            format::duration(longest)
        ),
        (None, None) => "no durations".to_owned(),
    };
    let p90 = first.km_p90_s.filter(|_| step.singles.is_empty());
    let p90 = p90
        .map(|it| format!(" · p90 {}", format::duration(it)))
        .unwrap_or_default();
    format!(
        "{name} · {median}{p90} · {}",
        format::counted(figures.cases, "case", "cases")
    )
}

/// The scale on which all steps and the targets can be read.
pub fn scale_for(steps: &[TrendStep], targets_s: &[i64]) -> DurationScale {
    let highest_target_s = targets_s.iter().copied().max().unwrap_or(0);
    let mut medians: Vec<i64> = steps.iter().filter_map(|it| it.median_s).collect();
    medians.sort_unstable();
    let typical = medians
        .get(medians.len() / 2)
        .copied()
        .unwrap_or(0)
        .max(highest_target_s);
    let largest = steps.iter().map(TrendStep::largest).max().unwrap_or(0);
    DurationScale::for_values(typical, largest.max(highest_target_s))
}

/// The picture.
#[component]
pub fn Trend(
    /// The steps.
    steps: Vec<TrendStep>,
    /// Drawn as dashed lines; more than three would say nothing.
    targets_s: Vec<i64>,
    /// What the picture says, in one sentence.
    summary: String,
) -> impl IntoView {
    let scale = scale_for(&steps, &targets_s);
    let targets: Vec<AnyView> = match targets_s.len() {
        1..=3 => targets_s.iter().map(|it| target(*it, scale)).collect(),
        _ => Vec::new(),
    };
    let (line, band) = (line(&steps, scale), band(&steps, scale));
    view! {
        <svg class="trend" role="img" aria-label=summary data-shape=shape_word(scale)>
            {grid(scale)}
            <svg width="100%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none">
                <path class="trend-band" d=band />
                <path class="trend-line" d=line vector-effect="non-scaling-stroke" />
            </svg>
            {targets}
            {marks(&steps, scale)}
            {names(&steps)}
            {readings(&steps, scale)}
        </svg>
    }
    .into_any()
}

fn shape_word(scale: DurationScale) -> &'static str {
    match scale.shape() {
        Shape::Straight => "straight",
        Shape::Root => "root",
    }
}

fn grid(scale: DurationScale) -> AnyView {
    let lines = std::iter::once(0).chain(scale.ticks()).map(|it| {
        let y = percent(scale.y(it));
        let text = if it == 0 {
            "0".to_owned()
        } else {
            format::tick(it)
        };
        view! {
            <g>
                <line class="trend-grid" x1="0" x2="100%" y1=y.clone() y2=y.clone() />
                <text class="trend-tick" x="-10" y=y dy="4">{text}</text>
            </g>
        }
    });
    lines.views().into_any()
}

fn target(target_s: i64, scale: DurationScale) -> AnyView {
    let y = percent(scale.y(target_s));
    view! {
        <g>
            <line class="trend-target" x1="0" x2="100%" y1=y.clone() y2=y.clone() />
            <text class="trend-target-name" x="100%" y=y dy="-6">
                {format!("target {}", format::tick(target_s))}
            </text>
        </g>
    }
    .into_any()
}

/// Single cases, medians without neighbours, and medians beyond what was seen.
fn marks(steps: &[TrendStep], scale: DurationScale) -> AnyView {
    let mut dots: Vec<(&'static str, f64, f64)> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let x = middle(at, steps.len());
        dots.extend(step.singles.iter().map(|&it| ("single", x, scale.y(it))));
        let has_neighbour = [at.checked_sub(1), Some(at + 1)]
            .into_iter()
            .flatten()
            .any(|it| steps.get(it).is_some_and(|it| it.median_s.is_some()));
        if let (Some(median), false) = (step.median_s, has_neighbour) {
            dots.push(("median", x, scale.y(median)));
        }
        dots.extend(step.beyond_s.map(|it| ("beyond", x, scale.y(it))));
    }
    let dots = dots.into_iter().map(|(kind, x, y)| {
        let r = if kind == "single" { "2.5" } else { "4" };
        view! { <circle class="trend-mark" data-kind=kind cx=percent(x) cy=percent(y) r=r /> }
    });
    dots.views().into_any()
}

fn names(steps: &[TrendStep]) -> AnyView {
    let names = labelled(steps.len()).into_iter().filter_map(|at| {
        let name = steps.get(at)?.name.clone();
        let x = percent(middle(at, steps.len()));
        Some(view! { <text class="trend-name" x=x y="100%" dy="20">{name}</text> })
    });
    names.views().into_any()
}

fn readings(steps: &[TrendStep], scale: DurationScale) -> AnyView {
    let width = percent(100.0 / steps.len().max(1) as f64);
    let readings = steps.iter().enumerate().map(|(at, step)| {
        let x = middle(at, steps.len());
        let left = percent(100.0 * at as f64 / steps.len().max(1) as f64);
        let dot = step.median_s.map(|it| {
            view! { <circle class="trend-cross" cx=percent(x) cy=percent(scale.y(it)) r="4" /> }
                .into_any()
        });
        view! {
            <g class="trend-step">
                <rect class="trend-hit" x=left width=width.clone() height="100%" />
                <line class="trend-cross" x1=percent(x) x2=percent(x) y1="0" y2="100%" />
                {dot}
                <text class="trend-reading" x="100%" y="-12">{step.reading.clone()}</text>
            </g>
        }
    });
    readings.views().into_any()
}

/// The medians; the pen is lifted over gaps.
fn line(steps: &[TrendStep], scale: DurationScale) -> String {
    let mut path = String::new();
    let mut pen_down = false;
    for (at, step) in steps.iter().enumerate() {
        let Some(median) = step.median_s else {
            pen_down = false;
            continue;
        };
        let (x, y) = (middle(at, steps.len()), scale.y(median));
        path.push(if pen_down { 'L' } else { 'M' });
        path.push_str(&format!("{} {}", place(x), place(y)));
        pen_down = true;
    }
    path
}

/// One closed shape for each run of steps that have a band.
fn band(steps: &[TrendStep], scale: DurationScale) -> String {
    let mut path = String::new();
    let mut run: Vec<(f64, f64, f64)> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        match (step.median_s, step.band_s) {
            (Some(low), Some(high)) => {
                run.push((middle(at, steps.len()), scale.y(low), scale.y(high)));
            }
            _ => close(&mut path, &mut run, steps.len()),
        }
    }
    close(&mut path, &mut run, steps.len());
    path
}

fn close(path: &mut String, run: &mut Vec<(f64, f64, f64)>, steps: usize) {
    if let &[(x, low, high)] = run.as_slice() {
        // A band of one step is as wide as its step, else nobody would see it.
        let half = 35.0 / steps.max(1) as f64;
        *run = vec![(x - half, low, high), (x + half, low, high)];
    }
    let there = run.iter().map(|&(x, _, high)| (x, high));
    let back = run.iter().rev().map(|&(x, low, _)| (x, low));
    for (at, (x, y)) in there.chain(back).enumerate() {
        path.push(if at == 0 { 'M' } else { 'L' });
        path.push_str(&format!("{} {}", place(x), place(y)));
    }
    if !run.is_empty() {
        path.push('Z');
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(median_s: Option<i64>, band_s: Option<i64>) -> TrendStep {
        TrendStep {
            name: String::new(),
            reading: String::new(),
            median_s,
            band_s,
            singles: Vec::new(),
            beyond_s: None,
        }
    }

    #[test]
    fn no_line_is_drawn_through_a_gap() {
        let steps = [step(Some(60), None), step(None, None), step(Some(60), None)];
        let scale = scale_for(&steps, None);
        let path = line(&steps, scale);
        assert_eq!(path.matches('M').count(), 2);
        assert!(!path.contains('L'));
    }

    #[test]
    fn each_run_of_bands_is_closed_for_itself() {
        let steps = [
            step(Some(60), Some(90)),
            step(Some(60), None),
            step(Some(60), Some(120)),
        ];
        let path = band(&steps, scale_for(&steps, None));
        assert_eq!(path.matches('Z').count(), 2);
    }
}
