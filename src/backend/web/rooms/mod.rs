//! Rooms that the server draws alone: each reads what its page shows and draws it. What a form led to
//! is told on the page that answers it, and nowhere else.

pub mod account;
pub mod audit;
pub mod channels;
pub mod people;
pub mod settings;
pub mod tokens;
pub mod work;

use super::{
    router::{Web, policy},
    shell::SIGN_IN_AGAIN,
};
use crate::{
    domain::{account::Outcome, person::Viewer},
    ui::frame::still::Document,
};
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use leptos::{
    nonce::{provide_nonce, use_nonce},
    prelude::*,
};

/// What a page is, besides what it shows.
pub struct Page<'a> {
    /// Its address, without the query.
    pub here: &'a str,
    /// What the tab is called.
    pub title: &'a str,
    /// Style besides that of settings.
    pub style: &'static str,
    /// Scripts that add comfort.
    pub scripts: &'a [&'static str],
}

impl Web {
    /// A page of the product without the browser's half.
    pub fn room(&self, viewer: &Viewer, page: &Page<'_>, room: AnyView) -> Response {
        let owner = Owner::new();
        let (nonce, html) = owner.with(|| {
            provide_nonce();
            let nonce = use_nonce().map(|it| it.to_string()).unwrap_or_default();
            let scripts = [&[SIGN_IN_AGAIN], page.scripts].concat();
            let document = Document {
                pkg: self.site.pkg(),
                nonce: &nonce,
                here: page.here,
                title: page.title,
                viewer,
                style: page.style,
                scripts: &scripts,
            };
            let html = document.around(room).to_html();
            (nonce, html)
        });
        let mut answer = Html(html).into_response();
        if let Some(policy) = policy(&nonce) {
            answer
                .headers_mut()
                .insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        answer
    }
}

/// The status of a page that tells what a form led to.
fn status(outcome: Option<&Outcome>) -> StatusCode {
    match outcome.and_then(|it| it.refused.as_ref()) {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    }
}
