//! The frame around every room: the rail with the rooms that exist, and the way past it.

pub mod foot;
pub mod still;

use super::{theme::ThemeSwitch, views::Views};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The rooms of the rail: address and name.
const ROOMS: [(&str, &str); 6] = [
    ("/", "Board"),
    ("/inbox", "Inbox"),
    ("/cases", "Cases"),
    ("/promises", "Promises"),
    ("/notifications", "Alerts"),
    ("/settings", "Settings"),
];

/// The rail (on a phone a bar) and the room beside it.
#[component]
pub fn Frame(
    /// The room.
    children: Children,
) -> impl IntoView {
    let path = use_location().pathname;
    let links = ROOMS.map(|(href, name)| room_link(href, name, move || is_in(href, &path.get())));
    around(
        links.into_iter().views().into_any(),
        view! { <ThemeSwitch /> }.into_any(),
        children(),
    )
}

/// What stands around every room, whoever draws it.
fn around(links: AnyView, theme: AnyView, room: AnyView) -> AnyView {
    view! {
        // The browser itself follows it, so that the focus moves too.
        <a class="skip-link" href="#main" rel="external">"Skip to the content"</a>
        <div class="frame">
            <header class="rail">
                <a class="rail-brand" href="/">
                    <Logo />
                    <span>"Sundown"</span>
                </a>
                <nav class="rail-rooms" aria-label="Rooms">{links}</nav>
                <p class="rail-motto">"Answer every public complaint before sundown."</p>
                {theme}
            </header>
            <main id="main" class="main" tabindex="-1">{room}</main>
        </div>
    }
    .into_any()
}

fn is_in(href: &str, here: &str) -> bool {
    here == href || (href != "/" && here.starts_with(href))
}

fn room_link(
    href: &'static str,
    name: &'static str,
    is_here: impl Fn() -> bool + Send + 'static,
) -> AnyView {
    let current = move || is_here().then_some("page");
    // The others are drawn by the server alone, or bring a style of their own.
    let rel = (!matches!(href, "/" | "/cases")).then_some("external");
    view! {
        <a class="rail-room" href=href aria-current=current rel=rel>
            <span class="rail-icon" data-room=name aria-hidden="true"></span>
            {name}
        </a>
    }
    .into_any()
}

/// The sun half below its line.
#[component]
fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="logo-sky" width="32" height="32" rx="8" />
            <path class="logo-sun" d="M8 19a8 8 0 0 1 16 0z" />
            <rect class="logo-line" x="5" y="19" width="22" height="2.4" rx="1.2" />
            <rect class="logo-glimmer" x="10" y="24" width="12" height="1.8" rx=".9" />
        </svg>
    }
}
