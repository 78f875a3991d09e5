//! Rooms that the server draws alone: settings, account, audit, promises, alerts, channels. The same frame as around the others,
//! with none of the browser's half; what a page does by itself is one small script.

use super::{ROOMS, around, foot, is_in, room_link};
use crate::{
    domain::person::Viewer,
    ui::{
        theme::{self, BEFORE_PAINT},
        views::Views,
    },
};
use leptos::prelude::*;

/// Previews that follow what is typed, the theme, buttons that copy.
const SCRIPT: &str = include_str!("still.js");

/// How these rooms look: in the page itself, so that nobody else loads it.
const STYLE: &str = concat!(
    include_str!("../../../style/entry.css"),
    include_str!("../../../style/settings.css")
);

/// How promises and alerts look besides.
pub const WORK: &str = include_str!("../../../style/work.css");

/// What the document of a room needs to know.
pub struct Document<'a> {
    /// The folder of the site's files.
    pub pkg: &'a str,
    /// What lets this answer's scripts run.
    pub nonce: &'a str,
    /// The page's address, without its query.
    pub here: &'a str,
    /// What the tab is called.
    pub title: &'a str,
    /// Who is looking.
    pub viewer: &'a Viewer,
    /// Style besides that of settings.
    pub style: &'static str,
    /// Scripts besides its own.
    pub scripts: &'a [&'static str],
}

impl Document<'_> {
    /// The whole document around a room.
    pub fn around(self, room: AnyView) -> AnyView {
        let style = format!("/{}/sundown.css", self.pkg);
        let font = format!("/{}/fonts/inter-latin.woff2", self.pkg);
        // As a text the view would put its marks into it, and a title shows them.
        let title = format!("{} · Sundown", self.title)
            .replace('&', "&amp;")
            .replace('<', "&lt;");
        let nonce = || self.nonce.to_owned();
        let scripts = self.scripts.iter().chain([&SCRIPT]).map(|it| {
            view! { <script nonce=nonce() inner_html=*it></script> }
        });
        let scripts = scripts.views();
        let styles = [STYLE, self.style].concat();
        let links = ROOMS.into_iter().map(|(href, name)| {
            let is_here = is_in(href, self.here);
            room_link(href, name, move || is_here)
        });
        let frame = around(links.views().into_any(), theme::still(), room);
        view! {
            <!DOCTYPE html>
            <html lang="en">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <title inner_html=title></title>
                    <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                    <script nonce=nonce() inner_html=BEFORE_PAINT></script>
                    <link rel="stylesheet" href=style />
                    <style nonce=nonce() inner_html=styles></style>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                </head>
                <body>{frame} {foot::of(self.viewer, self.here)} {scripts}</body>
            </html>
        }
        .into_any()
    }
}
