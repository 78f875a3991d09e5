//! The document around every page: what the browser must know before the first word of it.

use leptos::{hydration::HydrationScripts, nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::{
    app::{App, BEFORE_PAINT},
    domain::person::Viewer,
    ui::frame::foot,
};
use axum::http::request::Parts;

/// Asks to sign in again where a running page hears that nobody is signed in any more: in a tab of
/// its own, so that what is being written stays. Outside the browser's half, which it costs nothing.
pub const SIGN_IN_AGAIN: &str = include_str!("sign_in_again.js");

/// Says with each call by which version the page was made, and offers to load the page again once
/// another one runs.
const UPGRADED: &str = include_str!("upgraded.js");

/// How the Inbox looks. Links that lead there from elsewhere load a page anew, so that the first load
/// of those who never come needn't hold it.
const INBOX: &str = concat!(
    include_str!("../../../style/entry.css"),
    include_str!("../../../style/inbox.css")
);

/// The document, with the product inside.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let build = options.site_pkg_dir.to_string();
    let pkg = format!("/{build}");
    let parts = use_context::<Parts>();
    let path = parts.as_ref().map_or("", |it| it.uri.path());
    let is_inbox = path == "/inbox" || path.starts_with("/inbox/");
    let inbox = is_inbox.then(|| view! { <style nonce=use_nonce() inner_html=INBOX></style> });
    let foot = parts.as_ref().and_then(|it| {
        let viewer = it.extensions.get::<Viewer>()?;
        Some(foot::of(viewer, it.uri.path()))
    });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-build=build>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                // Only the subset that nearly every page needs; the others load when a letter asks.
                <link
                    rel="preload"
                    href=format!("{pkg}/fonts/inter-latin.woff2")
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <script nonce=use_nonce()>{BEFORE_PAINT}</script>
                <script nonce=use_nonce() inner_html=SIGN_IN_AGAIN></script>
                <script nonce=use_nonce() inner_html=UPGRADED></script>
                <link rel="stylesheet" href=format!("{pkg}/sundown.css") />
                {inbox}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
                // Behind the product, so that it takes over what is its own and nothing else.
                {foot}
            </body>
        </html>
    }
}
