//! How long a post may be, counted as its network counts.
//!
//! Invariant: no tables. What a grapheme is, whoever calls this says: the server by Unicode's rules,
//! the browser by its own segmenter.

use super::{network::Network, post::Visibility, words::words};
use serde::{Deserialize, Serialize};

words! {
    /// What a network counts.
    Counted, "a way of counting", {
        /// What people see as one sign.
        Graphemes = "graphemes", "Signs";
        /// The same, but a link counts 23 and the host of a mention nothing.
        GraphemesWithShortLinks = "graphemes_short_links", "Signs, links as 23";
        /// Wide letters and emoji count two, a link counts 23.
        Weighted = "weighted", "Weighted signs";
        /// Unicode's characters.
        Characters = "characters", "Characters";
    }
}

/// The most that a post may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How much; any number when missing.
    pub most: Option<usize>,
    /// Of what.
    pub counted: Counted,
}

/// What a link counts, whatever its length, where links are shortened.
const LINK: usize = 23;

impl Limits {
    /// A network's.
    pub const fn of(network: Network, visibility: Visibility) -> Self {
        let (most, counted) = match (network, visibility) {
            (Network::Bluesky, Visibility::Public) => (Some(300), Counted::Graphemes),
            (Network::Bluesky, Visibility::Private) => (Some(1000), Counted::Graphemes),
            (Network::Mastodon, _) => (Some(500), Counted::GraphemesWithShortLinks),
            (Network::X, Visibility::Public) => (Some(280), Counted::Weighted),
            (Network::X, Visibility::Private) => (Some(10_000), Counted::Characters),
            (Network::Facebook, Visibility::Public) => (Some(8000), Counted::Characters),
            (Network::Facebook, Visibility::Private) => (Some(2000), Counted::Characters),
            (Network::Instagram, Visibility::Public) => (Some(2200), Counted::Characters),
            (Network::Instagram, Visibility::Private) => (Some(1000), Counted::Characters),
            (Network::Reddit, _) => (Some(10_000), Counted::Characters),
            (Network::Email, _) => (None, Counted::Characters),
        };
        Self { most, counted }
    }

    /// How much a text counts.
    pub fn count(&self, text: &str, graphemes: impl Fn(&str) -> usize) -> usize {
        match self.counted {
            Counted::Graphemes => graphemes(text),
            Counted::Characters => text.chars().count(),
            Counted::GraphemesWithShortLinks => pieces(text)
                .map(|piece| match piece {
                    Piece::Link => LINK,
                    Piece::Text(text) => graphemes(&without_hosts(text)),
                })
                .sum(),
            Counted::Weighted => pieces(text)
                .map(|piece| match piece {
                    Piece::Link => LINK,
                    Piece::Text(text) => weight(text),
                })
                .sum(),
        }
    }

    /// How much may still be said; negative when it is too long, `None` when there is no end.
    pub fn left(&self, text: &str, graphemes: impl Fn(&str) -> usize) -> Option<i64> {
        let most = i64::try_from(self.most?).unwrap_or(i64::MAX);
        let count = i64::try_from(self.count(text, graphemes)).unwrap_or(i64::MAX);
        Some(most - count)
    }
}

enum Piece<'a> {
    Text(&'a str),
    Link,
}

/// A text and the links in it, in order.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let link = ["https://", "http://"]
            .iter()
            .filter_map(|scheme| rest.find(scheme).map(|at| (at, at + scheme.len())))
            .filter(|&(_, after)| rest[after..].starts_with(|it: char| it.is_alphanumeric()))
            .min();
        match link {
            Some((0, _)) => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let link =
                    rest[..end].trim_end_matches(['.', ',', ')', '!', '?', ':', ';', '"', '\'']);
                rest = &rest[link.len()..];
                Some(Piece::Link)
            }
            Some((at, _)) => {
                let (before, after) = rest.split_at(at);
                rest = after;
                Some(Piece::Text(before))
            }
            None => Some(Piece::Text(std::mem::take(&mut rest))),
        }
    })
}

/// `@ada@example.social` counts as `@ada`.
fn without_hosts(text: &str) -> String {
    let is_name = |it: char| it.is_alphanumeric() || "_.-".contains(it);
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, mention) = rest.split_at(at);
        kept.push_str(before);
        let name = &mention[1..];
        let name = &name[..name.find(|it| !is_name(it)).unwrap_or(name.len())];
        kept.push('@');
        kept.push_str(name);
        rest = &mention[1 + name.len()..];
        let begins_word = before.chars().next_back().is_none_or(|it| !is_name(it));
        if begins_word
            && !name.is_empty()
            && let Some(host) = rest.strip_prefix('@')
        {
            let host = &host[..host.find(|it| !is_name(it)).unwrap_or(host.len())];
            let host = host.trim_end_matches(['.', '-']);
            if host.contains('.') {
                rest = &rest[1 + host.len()..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// Latin and its neighbours count one, all else two; an emoji counts two, however it is put together.
fn weight(text: &str) -> usize {
    let mut sum = 0;
    let mut is_joined = false;
    let mut half_flag = false;
    for letter in text.chars() {
        let code = u32::from(letter);
        let is_flag = (0x1f1e6..=0x1f1ff).contains(&code);
        match code {
            0x200d => is_joined = true,
            // Skin tones, and which picture is meant.
            0x1f3fb..=0x1f3ff | 0xfe0e..=0xfe0f | 0x20e3 => {}
            _ if is_joined => is_joined = false,
            _ if is_flag && half_flag => {
                half_flag = false;
                continue;
            }
            0..=0x10ff | 0x2000..=0x200c | 0x2010..=0x201f | 0x2032..=0x2037 => sum += 1,
            _ => sum += 2,
        }
        half_flag = is_flag;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(network: Network, text: &str) -> usize {
        Limits::of(network, Visibility::Public).count(text, |it| it.chars().count())
    }

    #[test]
    fn each_network_counts_in_its_own_way() {
        assert_eq!(count(Network::X, "Hello"), 5);
        assert_eq!(count(Network::X, "荷物が"), 6);
        assert_eq!(count(Network::X, "👨‍👩‍👧🇳🇿"), 4);
        assert_eq!(
            count(
                Network::X,
                "See https://example.com/a/very/long/address/indeed."
            ),
            4 + 23 + 1
        );
        assert_eq!(count(Network::Mastodon, "@ada@example.social hi"), 7);
        assert_eq!(count(Network::Mastodon, "ada@example.social"), 18);
        assert_eq!(count(Network::Mastodon, "http://a.b"), 23);
        assert_eq!(count(Network::Facebook, "荷物が"), 3);
        assert_eq!(count(Network::Email, "any"), 3);
    }

    #[test]
    fn there_is_an_end_everywhere_but_in_mail() {
        let chars = |it: &str| it.chars().count();
        for network in Network::ALL {
            let left = Limits::of(*network, Visibility::Public).left("hi", chars);
            assert_eq!(left.is_none(), *network == Network::Email, "{network}");
        }
        let bluesky = Limits::of(Network::Bluesky, Visibility::Public);
        assert_eq!(bluesky.left(&"a".repeat(301), chars), Some(-1));
    }

    proptest! {
        #[test]
        fn what_is_plain_counts_its_letters_everywhere(text in "[a-z ,.!]{0,400}") {
            for network in Network::ALL {
                prop_assert_eq!(count(*network, &text), text.len());
            }
        }

        #[test]
        fn nothing_that_is_written_is_too_odd(text in "(\\PC|@|https://|\u{200d}| ){0,60}") {
            for network in Network::ALL {
                let counted = count(*network, &text);
                prop_assert!(counted <= text.chars().count() * 23);
            }
        }

        #[test]
        fn words_apart_add_up(one in "[a-zé荷 ]{0,40}", other in "[a-zé荷 ]{0,40}") {
            let both = format!("{one} {other}");
            for network in Network::ALL {
                prop_assert_eq!(count(*network, &both), count(*network, &one) + 1 + count(*network, &other));
            }
        }
    }
}
