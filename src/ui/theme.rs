//! Day, dusk, or as the system has it: chosen by the reader, kept in the reader's browser.
//!
//! Without JavaScript the system decides. [`BEFORE_PAINT`] is run by the document's head, so that
//! a chosen theme is there before the first paint.

use crate::ui::views::Views;
use leptos::prelude::*;

/// Sets the chosen theme before anything is painted.
pub const BEFORE_PAINT: &str = "try{var t=localStorage.getItem('sundown-theme');if(t==='day'||t==='dusk')document.documentElement.dataset.theme=t}catch(e){}";

const KEY: &str = "sundown-theme";

/// What the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Theme {
    System,
    Day,
    Dusk,
}

impl Theme {
    const ALL: [Self; 3] = [Self::Day, Self::Dusk, Self::System];

    const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Day => "day",
            Self::Dusk => "dusk",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Day => "Day",
            Self::Dusk => "Dusk",
        }
    }

    fn kept() -> Self {
        let word = storage().and_then(|it| it.get_item(KEY).ok().flatten());
        Self::ALL
            .into_iter()
            .find(|it| word.as_deref() == Some(it.word()))
            .unwrap_or(Self::System)
    }

    fn keep(self) {
        let root = document().document_element();
        // A browser that keeps nothing still shows the theme until it is left.
        match self {
            Self::System => {
                let _ = root.map(|it| it.remove_attribute("data-theme"));
                let _ = storage().map(|it| it.remove_item(KEY));
            }
            Self::Day | Self::Dusk => {
                let _ = root.map(|it| it.set_attribute("data-theme", self.word()));
                let _ = storage().map(|it| it.set_item(KEY, self.word()));
            }
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The same three buttons on a page that has a script of its own for them.
pub fn still() -> AnyView {
    let button = |it: &Theme| {
        let is_chosen = (*it == Theme::System).to_string();
        view! { <button type="button" data-chooses=it.word() aria-pressed=is_chosen>{it.label()}</button> }
    };
    view! {
        <div class="theme-switch" role="group" aria-label="Theme">
            {Theme::ALL.iter().map(button).views()}
        </div>
    }
    .into_any()
}

/// Three buttons; hidden by style until they can work.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let theme = RwSignal::new(Theme::System);
    Effect::new(move |_| theme.set(Theme::kept()));
    let button = move |it: Theme| {
        let choose = move |_| {
            it.keep();
            theme.set(it);
        };
        view! {
            <button
                type="button"
                aria-pressed=move || (theme.get() == it).to_string()
                on:click=choose
            >
                {it.label()}
            </button>
        }
    };
    view! {
        <div class="theme-switch" role="group" aria-label="Theme">
            {Theme::ALL.into_iter().map(button).views()}
        </div>
    }
    .into_any()
}
