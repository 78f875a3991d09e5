//! The address as state: which room, which question.
//!
//! Everything that can be chosen stands in the address; forms and links lead to addresses, with
//! or without JavaScript.

use crate::domain::{
    board_query::{BoardQuery, encode},
    question::Which,
};
use leptos::{ev::MouseEvent, ev::SubmitEvent, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlFormElement, HtmlInputElement};

/// Where the filters of a page lead: the Board, or the cases behind one of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The Board.
    Board,
    /// A list of cases.
    Cases(Which),
}

impl Room {
    /// The address without its query: what a form's `action` is.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Board => "/",
            Self::Cases(_) => "/cases",
        }
    }

    /// The address of the same room with another question.
    pub fn href(self, query: &BoardQuery) -> String {
        match self {
            Self::Board => format!("/{}", query.to_query()),
            Self::Cases(which) => query.cases_href(which),
        }
    }

    /// The address of one page of it, counted from 1.
    pub fn page_href(self, query: &BoardQuery, page: u64) -> String {
        let href = self.href(query);
        if page <= 1 {
            href
        } else {
            with_page(&href, page)
        }
    }

    /// The address of the same rows as a file.
    pub fn export_href(self, query: &BoardQuery) -> String {
        match self {
            Self::Board => format!("/export/board.csv{}", query.to_query()),
            Self::Cases(which) => {
                let mut pairs = query.pairs();
                pairs.push(("show", which.to_string()));
                format!("/export/cases.csv{}", encode(&pairs))
            }
        }
    }
}

fn with_page(href: &str, page: u64) -> String {
    let joint = if href.contains('?') { '&' } else { '?' };
    format!("{href}{joint}page={page}")
}

/// The question in the address; follows it.
pub fn use_board_query() -> Memo<BoardQuery> {
    let params = use_query_map();
    Memo::new(move |_| params.with(|map| BoardQuery::parse(|name| map.get(name))))
}

/// Puts the address' words into the field for them when they change, and only then: the page is
/// drawn anew every few seconds, and what somebody is typing must stay.
pub fn follow_words(query: Memo<BoardQuery>) {
    let words = Memo::new(move |_| query.with(|it| it.filter.text.clone()).unwrap_or_default());
    Effect::new(move |began: Option<()>| {
        let words = words.get();
        if began.is_none() {
            return;
        }
        let field = document().query_selector("input[name=text]").ok().flatten();
        if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
            field.set_value(&words);
        }
    });
}

/// Which cases the address asks for: those open now when it doesn't say.
pub fn use_which() -> Memo<Which> {
    let params = use_query_map();
    Memo::new(move |_| {
        params.with(|map| {
            map.get("show")
                .and_then(|it| it.trim().parse().ok())
                .unwrap_or(Which::OpenNow)
        })
    })
}

/// Which page of a list the address asks for, counted from 1.
pub fn use_page() -> Memo<u64> {
    let params = use_query_map();
    Memo::new(move |_| {
        params.with(|map| {
            map.get("page")
                .and_then(|it| it.trim().parse().ok())
                .unwrap_or(1)
                .max(1)
        })
    })
}

/// Follows a form to its address without leaving the page: for `submit` and for `change`.
pub fn use_form_navigation(room: Room) -> impl Fn(&HtmlFormElement) + Clone + 'static {
    let navigate = use_navigate();
    move |form: &HtmlFormElement| {
        let Ok(fields) = FormData::new_with_form(form) else {
            return;
        };
        let field = |name: &str| fields.get(name).as_string();
        let query = BoardQuery::parse(field);
        let room = match (room, field("show").and_then(|it| it.parse().ok())) {
            (Room::Cases(_), Some(which)) => Room::Cases(which),
            (room, _) => room,
        };
        let options = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&room.href(&query), options);
    }
}

/// The form that an event happened in; a submission is kept from leaving the page.
pub fn form_of_submit(event: &SubmitEvent) -> Option<HtmlFormElement> {
    event.prevent_default();
    event.current_target()?.dyn_into().ok()
}

/// The form in which a choice was made at once, or nothing when what changed is still being typed.
pub fn form_of_choice(event: &Event) -> Option<HtmlFormElement> {
    let changed: Element = event.target()?.dyn_into().ok()?;
    if changed.tag_name().eq_ignore_ascii_case("select") {
        changed.closest("form").ok()??.dyn_into().ok()
    } else {
        None
    }
}

/// Follows links inside pictures without leaving the page; the router sees those of text only.
pub fn use_picture_links() -> impl Fn(MouseEvent) + Clone + 'static {
    let navigate = use_navigate();
    move |event: MouseEvent| {
        let wants_elsewhere =
            event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key();
        let link = event
            .target()
            .and_then(|it| it.dyn_into::<Element>().ok())
            .and_then(|it| it.closest("a").ok().flatten())
            .and_then(|it| it.get_attribute("href"));
        if let (false, Some(href)) = (wants_elsewhere, link) {
            event.prevent_default();
            navigate(&href, NavigateOptions::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_needs_no_number() {
        let query = BoardQuery::default();
        let room = Room::Cases(Which::Waiting);
        assert_eq!(room.page_href(&query, 1), "/cases?show=waiting");
        assert_eq!(room.page_href(&query, 3), "/cases?show=waiting&page=3");
        assert_eq!(room.export_href(&query), "/export/cases.csv?show=waiting");
        assert_eq!(Room::Board.href(&query), "/");
    }
}
