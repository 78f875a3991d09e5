//! A person at a glance: initials on a color that stays theirs.

use leptos::prelude::*;

/// How many colors there are.
const HUES: u32 = 8;

/// Initials on a stable color; decoration beside a name, so nobody needs it read out.
#[component]
pub fn Avatar(
    /// Whose.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <span class="avatar" data-hue=hue(&name) aria-hidden="true">{initials(&name)}</span>
    }
}

/// The first letters of the first and last word, whatever the script; the style makes them large.
fn initials(name: &str) -> String {
    let mut letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|&it| is_letter(it)));
    match (letters.next(), letters.next_back()) {
        (None, _) => "?".to_owned(),
        (Some(first), last) => std::iter::once(first).chain(last).collect(),
    }
}

/// Good enough for a name: the tables that know every letter of the world are heavy, and a browser
/// draws what is none all the same.
fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{d7ff}')
}

fn hue(name: &str) -> u32 {
    name.chars().fold(7_u32, |sum, it| {
        sum.wrapping_mul(31).wrapping_add(u32::from(it))
    }) % HUES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_first_and_last_word() {
        assert_eq!(initials("Ida Marlow"), "IM");
        assert_eq!(initials("maria del carmen ruiz"), "mr");
        assert_eq!(initials("Cher"), "C");
        assert_eq!(initials("🌋 أمل حسن"), "أح");
        assert_eq!(initials("  🌋 "), "?");
    }

    #[test]
    fn a_person_keeps_the_color() {
        assert_eq!(hue("Ida Marlow"), hue("Ida Marlow"));
        assert!(hue("Tom Wiremu") < HUES);
    }
}
