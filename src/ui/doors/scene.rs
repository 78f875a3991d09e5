//! The evening around every door: sky, sun and sea, and in front of it one card.

use leptos::prelude::*;

/// How doors look. It stands in the page itself, so that nobody loads it who is signed in.
const STYLE: &str = concat!(
    include_str!("../../../style/entry.css"),
    include_str!("../../../style/door.css")
);

/// A whole document around one door.
pub fn document(
    pkg: &str,
    nonce: &str,
    title: &str,
    script: &'static str,
    before_paint: &'static str,
    card: AnyView,
) -> AnyView {
    let style = format!("/{pkg}/sundown.css");
    let font = format!("/{pkg}/fonts/inter-latin.woff2");
    // Titles are ours. As a text the view would put its marks into it, and a title shows them.
    let title = format!("{title} · Sundown");
    let script = (!script.is_empty()).then(|| {
        view! { <script nonce=nonce.to_owned() inner_html=script></script> }
    });
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex" />
                <title inner_html=title></title>
                <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                <script nonce=nonce.to_owned() inner_html=before_paint></script>
                <link rel="stylesheet" href=style />
                <style nonce=nonce.to_owned() inner_html=STYLE></style>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
            </head>
            <body>
                <div class="door">
                    <Evening />
                    <header class="door-brand">
                        <Sun />
                        <p>"Sundown"</p>
                    </header>
                    <main class="door-card">{card}</main>
                    <footer class="door-motto">"Answer every public complaint before sundown."</footer>
                </div>
                {script}
            </body>
        </html>
    }
    .into_any()
}

/// The sun half below its line, as on the rail.
#[component]
fn Sun() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="logo-sky" width="32" height="32" rx="8" />
            <path class="logo-sun" d="M8 19a8 8 0 0 1 16 0z" />
            <rect class="logo-line" x="5" y="19" width="22" height="2.4" rx="1.2" />
            <rect class="logo-glimmer" x="10" y="24" width="12" height="1.8" rx=".9" />
        </svg>
    }
    .into_any()
}

/// The horizon with open complaints above it; the sun stands at now.
#[component]
fn Evening() -> impl IntoView {
    let dots = [
        (150, 150, 7, "calm"),
        (262, 292, 9, "calm"),
        (208, 430, 6, "calm"),
        (330, 505, 10, "due"),
        (98, 566, 8, "due"),
        (420, 596, 6, "due"),
        (505, 210, 6, "calm"),
        (1090, 180, 8, "calm"),
        (1188, 330, 6, "calm"),
        (1010, 118, 5, "calm"),
        (1280, 236, 10, "calm"),
        (1352, 452, 7, "calm"),
        (1120, 540, 8, "due"),
        (1030, 600, 6, "due"),
    ];
    let dots =
        dots.map(|(x, y, r, tone)| view! { <circle data-tone=tone cx=x cy=y r=r /> }.into_any());
    view! {
        <svg class="evening" viewBox="0 0 1440 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
            <defs>
                <linearGradient id="evening-sky" x1="0" y1="0" x2="0" y2="1">
                    <stop class="evening-high" offset="0" />
                    <stop class="evening-middle" offset=".55" />
                    <stop class="evening-low" offset="1" />
                </linearGradient>
                <linearGradient id="evening-sea" x1="0" y1="0" x2="0" y2="1">
                    <stop class="evening-shore" offset="0" />
                    <stop class="evening-deep" offset="1" />
                </linearGradient>
                <radialGradient id="evening-glow">
                    <stop class="evening-glow" offset="0" />
                    <stop class="evening-dark" offset="1" />
                </radialGradient>
            </defs>
            <rect width="1440" height="660" fill="url(#evening-sky)" />
            <circle cx="720" cy="650" r="560" fill="url(#evening-glow)" />
            <g class="evening-dots">{dots}</g>
            <circle class="evening-sun" cx="720" cy="655" r="250" />
            <rect y="660" width="1440" height="240" fill="url(#evening-sea)" />
            <path class="evening-line" d="M0 660h1440" />
            <path
                class="evening-glimmer"
                d="M500 692h440M556 722h328M604 752h232M640 782h160M668 812h104M690 842h60"
            />
        </svg>
    }
    .into_any()
}
