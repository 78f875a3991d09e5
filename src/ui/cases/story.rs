//! One case with its whole story.

use crate::domain::{
    board::{CaseStory, CaseSummary},
    ids::CaseId,
    time::Instant,
};
use crate::server_fns::{AppError, cases::load_case};
use crate::ui::kit::clocks::ClockCard;
use crate::ui::{
    format,
    kit::{
        avatar::Avatar,
        case_row::at,
        clock_pill::{Clock, ClockPill},
        failed::Failed,
        skeleton::Skeleton,
        story,
    },
    views::Views,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

/// What came back.
type Answer = Result<CaseStory, AppError>;

/// The case.
pub struct CasePageRoute;

#[lazy_route]
impl LazyRoute for CasePageRoute {
    // As in the list: asked by the lazy half, which alone can read the answer.
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let id = move || params.with(|it| it.get("id").and_then(|it| it.parse::<CaseId>().ok()));
        let answer = Resource::new(id, async |id| -> Answer {
            match id {
                Some(id) => load_case(id).await,
                None => Err(AppError::NotFound),
            }
        });
        let shown = move || Suspend::new(async move { show(answer.await) });
        let shapes = &["head", "story", "side"];
        view! {
            <div class="room case">
                <Transition fallback=move || view! { <Skeleton what="the case" shapes /> }>
                    {shown}
                </Transition>
            </div>
        }
        .into_any()
    }
}

fn show(answer: Answer) -> AnyView {
    match answer {
        Ok(story) => story_view(story),
        Err(error) => {
            let incident = error.incident();
            view! {
                <Title text="Case" />
                <p class="crumbs"><a href="/">"Board"</a> " / " <a href="/cases">"Cases"</a></p>
                <h1>"Case"</h1>
                <Failed what="This case" why=error.to_string() incident />
            }
            .into_any()
        }
    }
}

fn story_view(story: CaseStory) -> AnyView {
    let CaseStory {
        summary,
        as_of,
        zone,
        clocks,
        entries,
    } = story;
    let title = format!("{}, {}", summary.customer, at(&summary.handle));
    let entries = story::entries(entries, &summary, &zone);
    view! {
        <Title text=title />
        <p class="crumbs"><a href="/">"Board"</a> " / " <a href="/cases">"Cases"</a></p>
        {head(&summary, as_of)}
        <div class="case-columns">
            <section class="card story" aria-label="Story"><ol>{entries}</ol></section>
            <aside class="case-side" aria-label="About this case">
                <ClockCard summary=summary.clone() clocks as_of zone=zone.clone() />
                {person(&summary)}
            </aside>
        </div>
    }
    .into_any()
}

fn head(summary: &CaseSummary, as_of: Instant) -> AnyView {
    let words = [
        Some(summary.brand.clone()),
        Some(summary.network.clone()),
        summary.topic.clone(),
        Some(format::counted(
            u64::try_from(summary.posts).unwrap_or(0),
            "post",
            "posts",
        )),
        Some(summary.status.label().to_ascii_lowercase()),
        summary.excluded.then(|| "left out of times".to_owned()),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    view! {
        <div class="case-head">
            <Avatar name=summary.customer.clone() />
            <div>
                <h1 dir="auto">{summary.customer.clone()}</h1>
                <p class="case-words">
                    <span dir="auto">{at(&summary.handle)}</span> " · " {words.join(" · ")}
                </p>
            </div>
            <ClockPill clock=Clock::of(summary, as_of) />
        </div>
    }
    .into_any()
}

fn person(summary: &CaseSummary) -> AnyView {
    let outcome = summary.outcome.map_or("not yet known", |it| it.label());
    let chasers = u64::try_from(summary.chasers).unwrap_or(0);
    let rows = [
        ("Account", at(&summary.handle)),
        ("Network", summary.network.clone()),
        ("Channel", summary.channel.clone()),
        ("Reach", format!("about {}", format::people(summary.reach))),
        ("Began", summary.origin.label().to_owned()),
        (
            "Asked again",
            if chasers == 0 {
                "no".to_owned()
            } else {
                format!("{chasers}\u{d7}")
            },
        ),
        ("Sounds", summary.tone.label().to_owned()),
        ("Outcome", outcome.to_owned()),
        (
            "Thanked us",
            if summary.thanked {
                "in public"
            } else {
                "not in public"
            }
            .to_owned(),
        ),
    ];
    let rows = rows.map(|(name, value)| {
        view! { <div><dt>{name}</dt><dd dir="auto">{value}</dd></div> }
    });
    view! {
        <section class="card" aria-labelledby="person">
            <h2 id="person">"Person and outcome"</h2>
            <dl class="facts">{rows.into_iter().views()}</dl>
        </section>
    }
    .into_any()
}
