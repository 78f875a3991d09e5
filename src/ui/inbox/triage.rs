//! Why a case is judged as it is, with a form that puts it right. The form posts without scripts.

use crate::domain::{
    case::{Kind, Priority, Tone},
    triage::{Reason, Suggested, Verdict, view::TriageView},
};
use crate::server_fns::triage::CorrectTriage;
use crate::ui::views::Views;
use leptos::{prelude::*, server_fn::ServerFn};

/// The panel beside a case's thread.
#[component]
pub fn TriagePanel(
    /// What triage and people made of the case.
    triage: TriageView,
    /// The page of ours to come back to.
    back: String,
) -> impl IntoView {
    let form = triage.may_correct.then(|| correction(&triage, back));
    let TriageView {
        now,
        verdict,
        model,
        corrected,
        topics,
        ..
    } = triage;
    let by = corrected.map(|(_, who)| {
        let who = who.map_or_else(String::new, |it| format!(" by {it}"));
        view! { <p class="triage-note">{format!("Put right{who}.")}</p> }
    });
    let suggestions = match verdict {
        Some(verdict) => suggestions(verdict, &topics),
        None => view! {
            <p class="triage-note">
                "The first post says nothing any more, so there are no reasons to show. What it was judged to be stays: "
                {now.kind.label().to_lowercase()} ", " {now.priority.label().to_lowercase()} " priority."
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="card triage" aria-labelledby="triage-heading">
            <h2 id="triage-heading">"Why it is here"</h2>
            {suggestions}
            {by}
            {form}
            <p class="facts-zone">{learned(model)}</p>
        </section>
    }
    .into_any()
}

fn learned(model: i32) -> String {
    match model {
        0 => {
            "Judged by our own lists of words; nothing was learned from corrections yet.".to_owned()
        }
        model => format!("Judged by model {model}, learned from your team's corrections."),
    }
}

fn suggestions(verdict: Verdict, topics: &[(String, String)]) -> AnyView {
    let Verdict {
        kind,
        opens_as,
        tone,
        priority,
        topic,
        ..
    } = verdict;
    let unsure = (kind.value != opens_as).then(|| {
        let kind = opens_as.label().to_lowercase();
        view! {
            <p class="triage-note">
                {format!("Not sure enough to leave it out, so it waits for an answer as a {kind}.")}
            </p>
        }
    });
    let mut rows = vec![
        row("Kind", kind, Kind::label),
        row("Sounds", tone, Tone::label),
        row("Priority", priority, Priority::label),
    ];
    if let Some(topic) = topic {
        let name = topics.iter().find(|it| it.0 == topic.value);
        let name = name.map_or_else(|| topic.value.clone(), |it| it.1.clone());
        rows.push(told("Topic", name, (topic.confidence, topic.reasons)));
    }
    view! { <dl class="triage-list">{rows}</dl> {unsure} }.into_any()
}

fn row<T: Copy>(
    name: &'static str,
    it: Suggested<T>,
    label: impl Fn(T) -> &'static str,
) -> AnyView {
    told(
        name,
        label(it.value).to_owned(),
        (it.confidence, it.reasons),
    )
}

fn told(name: &'static str, value: String, why: (u8, Vec<Reason>)) -> AnyView {
    let (confidence, reasons) = why;
    let reasons = reasons.into_iter().map(reason).views();
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <b>{value}</b>
                <span class="triage-sure">{format!("{confidence}\u{a0}% sure")}</span>
                <ul class="triage-reasons">{reasons}</ul>
            </dd>
        </div>
    }
    .into_any()
}

fn reason(it: Reason) -> AnyView {
    let words = it.words.map(|it| view! { <q dir="auto">{it}</q> " " });
    view! { <li>{words} <span>{it.stands_for}</span></li> }.into_any()
}

fn correction(triage: &TriageView, back: String) -> AnyView {
    let now = &triage.now;
    let mut topics = vec![(String::new(), "None".to_owned())];
    topics.extend(triage.topics.iter().cloned());
    let topic = now.topic.clone().unwrap_or_default();
    if !topics.iter().any(|it| it.0 == topic) {
        topics.push((topic.clone(), topic.clone()));
    }
    let fields = [
        choice(
            "kind",
            "Kind",
            now.kind.as_str(),
            words(Kind::ALL, Kind::as_str, Kind::label),
        ),
        choice(
            "tone",
            "Sounds",
            now.tone.as_str(),
            words(Tone::ALL, Tone::as_str, Tone::label),
        ),
        choice(
            "priority",
            "Priority",
            now.priority.as_str(),
            words(Priority::ALL, Priority::as_str, Priority::label),
        ),
        choice("topic", "Topic", &topic, topics),
    ];
    view! {
        <details class="triage-form">
            <summary>"Put it right"</summary>
            <form method="post" action=CorrectTriage::url()>
                <input type="hidden" name="case" value=triage.case.to_string() />
                <input type="hidden" name="back" value=back />
                {fields.into_iter().views()}
                <button class="button">"Save"</button>
            </form>
            <p class="field-hint">
                "Saving teaches triage, also when everything was right. Changing the kind to praise or noise stops the clocks; a correction never gives more time."
            </p>
        </details>
    }
    .into_any()
}

fn words<T: Copy>(
    all: &[T],
    key: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter()
        .map(|it| (key(*it).to_owned(), label(*it).to_owned()))
        .collect()
}

fn choice(
    name: &'static str,
    label: &'static str,
    chosen: &str,
    options: Vec<(String, String)>,
) -> AnyView {
    let id = format!("triage-{name}");
    let options = options
        .into_iter()
        .map(|(key, text)| {
            let selected = key == chosen;
            view! { <option value=key selected=selected>{text}</option> }
        })
        .views();
    view! {
        <div class="labelled">
            <label for=id.clone()>{label}</label>
            <select class="field" id=id name=name>{options}</select>
        </div>
    }
    .into_any()
}
