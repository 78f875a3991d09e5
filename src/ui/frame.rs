//! The frame around every room: the rail with the rooms that exist, and the way past it.

pub mod foot;

use super::theme::ThemeSwitch;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The rail (on a phone a bar) and the room beside it.
#[component]
pub fn Frame(
    /// The room.
    children: Children,
) -> impl IntoView {
    view! {
        // The browser itself follows it, so that the focus moves too.
        <a class="skip-link" href="#main" rel="external">"Skip to the content"</a>
        <div class="frame">
            <header class="rail">
                <a class="rail-brand" href="/">
                    <Logo />
                    <span>"Sundown"</span>
                </a>
                <nav class="rail-rooms" aria-label="Rooms">
                    <RoomLink href="/" name="Board" />
                    <RoomLink href="/cases" name="Cases" />
                    <RoomLink href="/promises" name="Promises" />
                    <RoomLink href="/notifications" name="Alerts" />
                    <RoomLink href="/settings" name="Settings" />
                </nav>
                <p class="rail-motto">"Answer every public complaint before sundown."</p>
                <ThemeSwitch />
            </header>
            <main id="main" class="main" tabindex="-1">
                {children()}
            </main>
        </div>
    }
    .into_any()
}

#[component]
fn RoomLink(href: &'static str, name: &'static str) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || {
        let here = path.get();
        let is_here = here == href || (href != "/" && here.starts_with(href));
        is_here.then_some("page")
    };
    // The page it leads to brings a style of its own.
    let rel = !matches!(href, "/" | "/cases");
    let rel = rel.then_some("external");
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
