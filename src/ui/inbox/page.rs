//! The room: a list, a thread and a person beside each other; on a phone one of them.

use super::{composer::compose, forms::Sender, keys, list, thread};
use crate::domain::{
    ids::CaseId,
    inbox::{CaseDesk, InboxPage, InboxQuery},
};
use crate::server_fns::{
    AppError,
    inbox::{load_composer, load_desk, load_inbox, load_side},
};
use crate::ui::{
    kit::{failed::Failed, skeleton::Skeleton},
    live::Beat,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    LazyRoute,
    hooks::{use_params_map, use_query_map},
    lazy_route,
};

/// The Inbox.
pub struct Inbox;

#[lazy_route]
impl LazyRoute for Inbox {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_query_map();
        let query = Memo::new(move |_| params.with(|map| InboxQuery::parse(|name| map.get(name))));
        let ids = use_params_map();
        let case = Memo::new(move |_| ids.with(|map| map.get("id")?.parse::<CaseId>().ok()));
        let beat = Beat::start();
        let sender = Sender::new();
        let again = move || (beat.get(), sender.count());
        let listed = Resource::new(
            move || (query.get(), again()),
            move |(query, _)| async move {
                let page = load_inbox(query.clone()).await;
                beat.answered(true);
                (query, page)
            },
        );
        let opened = Resource::new(
            move || (case.get(), again()),
            async |(case, _)| match case {
                Some(case) => Some(load_desk(case).await),
                None => None,
            },
        );
        let writing = Resource::new(
            move || (case.get(), sender.sent()),
            async |(case, _)| match case {
                Some(case) => load_composer(case).await.ok(),
                None => None,
            },
        );
        // What somebody has opened or is filling in beside the case stays as it is.
        let calm = Memo::new(move |was: Option<&u64>| {
            let now = beat.get();
            if is_busy_beside() {
                was.copied().unwrap_or(now)
            } else {
                now
            }
        });
        keys::listen(query);
        let shown_list = move || {
            Suspend::new(async move {
                let (query, page) = listed.await;
                show_list(&query, case.get(), page)
            })
        };
        let shown_case = move || {
            Suspend::new(async move {
                let back = query.get();
                show_case(&back, opened.await, sender)
            })
        };
        let shown_composer = move || {
            Suspend::new(async move {
                let back = query.get();
                writing.await.map(|it| compose(it, &back, sender, opened))
            })
        };
        let beside = Resource::new(
            move || (case.get(), query.get(), sender.count(), calm.get()),
            async |(case, query, ..)| match case {
                Some(case) => load_side(case, query.href(Some(case))).await.ok(),
                None => None,
            },
        );
        let shown_side = move || {
            Suspend::new(async move {
                beside
                    .await
                    .map(|html| view! { <div class="inbox-panels" inner_html=html></div> })
            })
        };
        let is_open = move || case.get().is_some().then_some("");
        view! {
            <Title text="Inbox" />
            <div class="inbox" data-open=is_open>
                <section class="inbox-list" aria-label="Cases">
                    <Transition fallback=|| view! { <Skeleton what="the Inbox" shapes=&["head", "list"] /> }>
                        {shown_list}
                    </Transition>
                </section>
                <section class="inbox-case" aria-label="The case">
                    <Transition fallback=|| view! { <Skeleton what="the case" shapes=&["head", "story"] /> }>
                        {shown_case}
                    </Transition>
                    {sender.refusal()}
                    <Transition>{shown_composer}</Transition>
                </section>
                <aside class="inbox-side" aria-label="About this case" on:submit=move |event| sender.submit(event)>
                    <Transition>{shown_side}</Transition>
                </aside>
            </div>
            {keys::help()}
        }
        .into_any()
    }
}

fn show_list(
    query: &InboxQuery,
    case: Option<CaseId>,
    page: Result<InboxPage, AppError>,
) -> AnyView {
    match page {
        Ok(page) => list::list(query, case, page),
        Err(error) => failed("The Inbox", &error),
    }
}

fn show_case(
    back: &InboxQuery,
    desk: Option<Result<CaseDesk, AppError>>,
    sender: Sender,
) -> AnyView {
    match desk {
        Some(Ok(desk)) => thread::thread(back, desk, sender),
        Some(Err(error)) => failed("This case", &error),
        None => view! {
            <div class="inbox-nothing">
                <p class="empty-title">"Choose a case"</p>
                <p>"The list shows what is first. " <kbd>"j"</kbd> " and " <kbd>"k"</kbd>
                    " move, " <kbd>"Enter"</kbd> " opens, " <kbd>"?"</kbd> " shows all keys."</p>
            </div>
        }
        .into_any(),
    }
}

fn failed(what: &'static str, error: &AppError) -> AnyView {
    let incident = error.incident();
    view! { <Failed what why=error.to_string() incident /> }.into_any()
}

fn is_busy_beside() -> bool {
    cfg!(target_arch = "wasm32")
        && document()
            .query_selector(".inbox-side details[open], .inbox-side :focus")
            .is_ok_and(|it| it.is_some())
}
