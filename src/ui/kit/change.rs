//! How a figure moved against the period before: an arrow, an amount and a word.

use crate::ui::format;
use leptos::prelude::*;

/// Whether a movement is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is.
    Better,
    /// It isn't.
    Worse,
    /// Nothing moved.
    Same,
}

impl Way {
    const fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::Same => "as before",
        }
    }
}

/// A movement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    arrow: &'static str,
    amount: String,
    way: Way,
}

impl Change {
    /// Of a length of time: less is better.
    pub fn of_seconds(now: i64, before: i64) -> Self {
        Self::less_is_better(now - before, format::duration((now - before).abs()))
    }

    /// Of a share in tenths of a percent: more is better.
    pub fn of_share(now: u64, before: u64) -> Self {
        let change = Self::less_is_better(sign(before, now), format::points(now.abs_diff(before)));
        Self {
            arrow: if now > before {
                "▲"
            } else if now < before {
                "▼"
            } else {
                ""
            },
            ..change
        }
    }

    /// Of a number of cases: less is better.
    pub fn of_count(now: u64, before: u64) -> Self {
        Self::less_is_better(sign(now, before), format::count(now.abs_diff(before)))
    }

    fn less_is_better(difference: i64, amount: String) -> Self {
        match difference {
            0 => Self {
                arrow: "",
                amount: String::new(),
                way: Way::Same,
            },
            1.. => Self {
                arrow: "▲",
                amount,
                way: Way::Worse,
            },
            _ => Self {
                arrow: "▼",
                amount,
                way: Way::Better,
            },
        }
    }
}

fn sign(a: u64, b: u64) -> i64 {
    match a.cmp(&b) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    }
}

/// The movement beside a headline number.
#[component]
pub fn ChangeMark(
    /// What moved.
    change: Change,
) -> impl IntoView {
    view! {
        <p class="change" data-way=change.way.word()>
            <span aria-hidden="true">{change.arrow}</span>
            " "
            <span>{change.amount}</span>
            " "
            <span>{change.way.word()}</span>
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_waits_are_better_and_larger_shares_too() {
        assert_eq!(Change::of_seconds(660, 840).way, Way::Better);
        assert_eq!(Change::of_seconds(660, 840).arrow, "▼");
        assert_eq!(Change::of_share(876, 855).way, Way::Better);
        assert_eq!(Change::of_share(876, 855).arrow, "▲");
        assert_eq!(Change::of_share(855, 876).arrow, "▼");
        assert_eq!(Change::of_count(42, 37).way, Way::Worse);
        assert_eq!(Change::of_count(37, 37).way, Way::Same);
    }
}
