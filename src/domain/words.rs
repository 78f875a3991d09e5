//! A macro for the small closed vocabularies of the trade: each word has one spelling that the
//! database, the URL, JSON and CSV share, and one that people read.
//!
//! Invariant: a word that is not in the list is an error that says which words are.

/// A text that is none of the words of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not {what}; choose one of {words}")]
pub struct UnknownWord {
    /// The vocabulary, as in “a network”.
    pub what: &'static str,
    /// What was given.
    pub given: String,
    /// What would have been understood.
    pub words: String,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal, { $($(#[$word_doc:meta])* $word:ident = $text:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $text)] $word,)*
        }

        impl $name {
            /// Every word, in the order in which people are shown them.
            pub const ALL: &'static [Self] = &[$(Self::$word),*];

            /// The spelling that machines share.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$word => $text,)* }
            }

            /// The spelling that people read.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$word => $label,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::words::UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$word),)*
                    _ => Err($crate::domain::words::UnknownWord {
                        what: $what,
                        given: text.to_owned(),
                        words: [$($text),*].join(", "),
                    }),
                }
            }
        }
    };
}
pub(crate) use words;
