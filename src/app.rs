//! The roof: which room stands at which address, on the server and in the browser.

pub use crate::ui::theme::BEFORE_PAINT;
use crate::ui::{
    board::page::Board,
    cases::{list::CaseList, story::CasePageRoute},
    frame::Frame,
    inbox::page::Inbox,
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// The whole product as one view.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=titled />
        <Router>
            <Frame>
                // `Async`: the page is complete in the first answer, also for those without
                // JavaScript. The first room is not lazy, the others are loaded when entered: a lazy
                // one more makes the tool cut what rooms share into scores of files.
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Board ssr=SsrMode::Async />
                    <Route path=path!("/cases") view={Lazy::<CaseList>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/cases/:id")
                        view={Lazy::<CasePageRoute>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/inbox/:id?")
                        view={Lazy::<Inbox>::new()}
                        ssr=SsrMode::Async
                    />
                </Routes>
            </Frame>
        </Router>
    }
    .into_any()
}

fn titled(room: String) -> String {
    if room.is_empty() {
        "Sundown".to_owned()
    } else {
        format!("{room} · Sundown")
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found" />
        <div class="room">
            <h1>"There is nothing here"</h1>
            <p>"The address may be mistyped, or what stood here was merged or removed."</p>
            <p><a class="button" data-primary="" href="/">"Back to the Board"</a></p>
        </div>
    }
    .into_any()
}
