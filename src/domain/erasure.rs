//! What is left of a person whose data was erased.
//!
//! Invariant: nothing here knows who they were; whoever asks brings the answer along.

/// What names of erased people begin with; what follows is a keyed hash.
pub const ERASED: &str = "erased-";
/// What stands where somebody was mentioned.
pub const NOBODY: &str = "@erased";

/// A text without the mentions of erased accounts (`@name`), or nothing when there are none in it.
pub fn without_mentions(text: &str, mut is_erased: impl FnMut(&str) -> bool) -> Option<String> {
    let mut kept = String::new();
    let (mut rest, mut is_changed) = (text, false);
    while let Some(at) = rest.find('@') {
        let name = mention(&rest[at + 1..]);
        kept.push_str(&rest[..at]);
        if !name.is_empty() && is_erased(name) {
            kept.push_str(NOBODY);
            is_changed = true;
        } else {
            kept.push_str(&rest[at..=at + name.len()]);
        }
        rest = &rest[at + 1 + name.len()..];
    }
    kept.push_str(rest);
    is_changed.then_some(kept)
}

/// The name that a text begins with: letters, digits, and what stands between two of them.
fn mention(text: &str) -> &str {
    let end = text
        .find(|it: char| !(it.is_alphanumeric() || matches!(it, '_' | '.' | '-' | '@')))
        .unwrap_or(text.len());
    text[..end].trim_end_matches(['.', '-', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_erased_are_no_longer_mentioned() {
        let is_ada = |name: &str| name.eq_ignore_ascii_case("ada");
        assert_eq!(
            without_mentions("Hi @Ada, @adam and ada@example.org. cc @ada.", is_ada).as_deref(),
            Some("Hi @erased, @adam and ada@example.org. cc @erased.")
        );
        assert_eq!(without_mentions("Hello @ben @", is_ada), None);
        assert_eq!(without_mentions("", is_ada), None);
    }
}
