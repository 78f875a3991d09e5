//! Is it solved? The customer's page, in their language.

use super::sign_in::Refused;
use crate::domain::confirm::{ConfirmPage, ConfirmStep, ConfirmWords};
use leptos::prelude::*;

/// The question, or the thanks for the answer; nothing happens before a button is pressed.
pub fn card(token: &str, page: &ConfirmPage, refused: Option<String>) -> AnyView {
    let words = ConfirmWords::of(page.language.as_deref());
    let inside = match page.step {
        ConfirmStep::Asked => asked(token, page, words),
        ConfirmStep::Answered {
            is_solved,
            may_change,
        } => answered(token, page, words, is_solved, may_change),
    };
    view! {
        <div lang=words.language>
            <Refused why=refused />
            {inside}
        </div>
    }
    .into_any()
}

fn asked(token: &str, page: &ConfirmPage, words: &'static ConfirmWords) -> AnyView {
    let lead = words.lead.replace("{}", &page.brand);
    view! {
        <h1>{words.question}</h1>
        <p class="door-lead">{lead}</p>
        {form(token, words, true)}
    }
    .into_any()
}

fn answered(
    token: &str,
    page: &ConfirmPage,
    words: &'static ConfirmWords,
    is_solved: bool,
    may_change: bool,
) -> AnyView {
    let thanks = if is_solved { words.glad } else { words.sorry };
    // Only after a yes is anybody asked to say so where others can read it.
    let public = is_solved.then(|| public(page, words));
    let change = may_change.then(|| {
        view! {
            <details class="door-more">
                <summary>{words.change}</summary>
                {form(token, words, !is_solved)}
            </details>
        }
        .into_any()
    });
    view! {
        <h1>{thanks}</h1>
        {public}
        {change}
    }
    .into_any()
}

fn public(page: &ConfirmPage, words: &'static ConfirmWords) -> AnyView {
    let ask = words.public.replace("{}", page.network.label());
    let way = page.thread.clone().map(|href| {
        view! {
            <p>
                <a class="button" data-primary="" href=href rel="noopener noreferrer external nofollow">
                    {words.thread}
                </a>
            </p>
        }
        .into_any()
    });
    view! { <p class="door-lead">{ask}</p> {way} }.into_any()
}

/// A field for more, and both buttons, of which one stands first. They look alike: neither answer
/// is the one we want.
fn form(token: &str, words: &'static ConfirmWords, yes_first: bool) -> AnyView {
    let action = format!("/confirm/{token}");
    let buttons = [yes_first, !yes_first].map(|yes| {
        let (value, text) = if yes {
            ("yes", words.yes)
        } else {
            ("no", words.no)
        };
        view! {
            <button class="button" data-answer="" name="answer" value=value>{text}</button>
        }
        .into_any()
    });
    view! {
        <form class="door-form" method="post" action=action>
            <div class="entry">
                <label for="said">{words.more}</label>
                <textarea class="field" id="said" name="said" rows="3" maxlength="5000"></textarea>
            </div>
            {buttons}
        </form>
    }
    .into_any()
}

/// A link that is too old, or none.
pub fn gone(words: &'static ConfirmWords) -> AnyView {
    view! {
        <div lang=words.language>
            <h1>{words.gone}</h1>
            <p class="door-lead">{words.gone_lead}</p>
        </div>
    }
    .into_any()
}
