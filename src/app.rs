//! The roof: which room stands at which address, on the server and in the browser.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, LazyRoute, SsrMode,
    components::{A, Route, Router, Routes},
    hooks::use_params_map,
    lazy_route, path,
};

/// The whole product as one view.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();

    view! {
        <Title formatter=|room: String| if room.is_empty() { "Sundown".to_owned() } else { format!("{room} · Sundown") } />
        <Router>
            <nav aria-label="Rooms">
                <A href="/">"Board"</A>
                " "
                <A href="/cases">"Inbox"</A>
            </nav>
            <main>
                // `Async`: the page is complete in the first answer, also for those without
                // JavaScript. The first room is not lazy, the others are loaded when entered.
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=Board ssr=SsrMode::Async />
                    <Route path=path!("/cases") view={Lazy::<Inbox>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/cases/:id") view={Lazy::<Workspace>::new()} ssr=SsrMode::Async />
                </Routes>
            </main>
        </Router>
    }
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found" />
        <h1>"There is nothing here"</h1>
        <p><a href="/">"Back to the Board"</a></p>
    }
}

#[component]
fn Board() -> impl IntoView {
    view! {
        <Title text="Board" />
        <h1>"Board"</h1>
    }
}

struct Inbox;

#[lazy_route]
impl LazyRoute for Inbox {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! {
            <Title text="Inbox" />
            <h1>"Inbox"</h1>
            <A href="/cases/1">"Case 1"</A>
        }
        .into_any()
    }
}

struct Workspace;

#[lazy_route]
impl LazyRoute for Workspace {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        let params = use_params_map();
        let number = move || params.read().get("id").unwrap_or_default();
        view! {
            <Title text="Case" />
            <h1>"Case " {number}</h1>
        }
        .into_any()
    }
}
