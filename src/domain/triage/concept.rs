//! What words of our lists stand for, and what that says before anybody has corrected anything.
//!
//! The weights are set by hand, from what such words mean; they are where learning begins.

/// Classes of a tone, then of a kind: the places of a weight.
pub const CLASSES: usize = 7;
/// How many of them are tones.
pub const TONES: usize = 3;

/// A weight for each class.
pub type Weights = [f32; CLASSES];

macro_rules! concepts {
    ($($name:ident = $key:literal, $label:literal, [$($tone:literal),*], [$($kind:literal),*];)*) => {
        /// Something that words say, or that a text shows by how it is written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Concept {
            $(#[doc = $label] $name,)*
        }

        impl Concept {
            /// Every concept.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The word that lists begin a line with.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// What it is, as people read it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }

            /// What it says of tone (negative, neutral, positive) and kind (complaint, question,
            /// praise, noise).
            pub const fn weights(self) -> Weights {
                match self { $(Self::$name => [$($tone,)* $($kind,)*],)* }
            }
        }
    };
}

concepts! {
    // Words.
    Failure = "failure", "something failed", [1.3, -0.3, -1.1], [1.3, 0.0, -1.0, -0.6];
    Waiting = "waiting", "somebody waits", [0.9, -0.2, -0.7], [0.9, 0.0, -0.6, -0.6];
    Unheard = "unheard", "nobody answers", [1.3, -0.4, -1.0], [1.4, -0.2, -1.0, -0.6];
    Anger = "anger", "anger", [2.0, -0.9, -1.4], [1.6, -0.6, -1.4, -0.2];
    Disappointment = "disappointment", "disappointment", [1.4, -0.4, -1.1], [1.2, -0.2, -1.0, -0.4];
    Leaving = "leaving", "they are leaving", [1.4, -0.4, -1.0], [1.4, -0.4, -1.0, -0.4];
    Money = "money", "money", [0.4, 0.1, -0.5], [0.6, 0.2, -0.5, -0.3];
    Bad = "bad", "trouble", [0.8, -0.1, -0.6], [0.8, 0.0, -0.5, -0.3];
    Thanks = "thanks", "thanks", [-0.9, -0.2, 1.5], [-0.8, -0.3, 1.3, -0.1];
    Delight = "delight", "delight", [-1.1, -0.5, 1.8], [-1.1, -0.5, 1.5, 0.0];
    Good = "good", "something good", [-0.5, -0.1, 0.9], [-0.5, -0.1, 0.7, 0.1];
    Question = "question", "a question", [-0.3, 0.7, -0.4], [-0.2, 1.2, -0.5, -0.4];
    Request = "request", "a request", [-0.1, 0.5, -0.3], [0.2, 0.6, -0.5, -0.4];
    Promo = "promo", "advertising or news", [-0.7, 0.7, 0.0], [-1.3, -0.6, -0.2, 1.8];
    Sarcasm = "sarcasm", "bitter praise", [1.5, -0.4, -1.3], [1.3, -0.3, -1.2, -0.1];
    Urgent = "urgent", "it is pressing", [0.3, 0.0, -0.2], [0.4, 0.2, -0.4, -0.4];
    Danger = "danger", "danger", [0.8, 0.0, -0.6], [0.8, 0.0, -0.6, -0.2];
    Press = "press", "courts or the press", [0.4, 0.1, -0.4], [0.4, 0.0, -0.4, 0.1];
    Laugh = "laugh", "laughter", [-0.1, 0.1, 0.1], [-0.3, -0.1, 0.1, 0.5];
    Frown = "frown", "a sad or angry sign", [1.3, -0.5, -0.8], [1.1, -0.4, -0.8, -0.1];
    Smile = "smile", "a smile", [-0.9, -0.1, 1.1], [-0.9, -0.2, 1.0, 0.2];
    Own = "own", "their own story", [0.2, -0.1, 0.0], [0.4, 0.2, 0.1, -0.8];
    You = "you", "they speak to us", [0.2, -0.1, 0.0], [0.3, 0.2, 0.1, -0.5];
    Not = "not", "a no", [0.6, -0.1, -0.5], [0.6, 0.0, -0.5, -0.2];
    // How it is written.
    Asks = "?", "a question mark", [-0.2, 0.6, -0.4], [0.0, 1.2, -0.6, -0.3];
    Exclaims = "!", "an exclamation mark", [0.0, -0.3, 0.4], [0.0, -0.3, 0.3, 0.1];
    Insists = "?!", "marks in a row", [0.4, -0.2, -0.2], [0.4, 0.0, -0.2, -0.1];
    Loud = "LOUD", "words in capitals", [0.5, -0.3, -0.2], [0.4, -0.2, -0.1, 0.0];
    Trails = "…", "dots", [0.3, -0.1, -0.2], [0.2, 0.0, -0.1, 0.0];
    Links = "link", "a link", [-0.5, 0.5, -0.1], [-0.8, -0.3, -0.2, 1.1];
    Tags = "tags", "many tags", [-0.3, 0.2, 0.1], [-0.5, -0.3, 0.0, 0.8];
    Repost = "RT", "a repost", [-0.3, 0.4, -0.1], [-0.9, -0.5, -0.3, 1.4];
    Crowd = "crowd", "many names", [-0.3, 0.3, 0.0], [-0.5, 0.0, -0.1, 0.6];
    Addressed = "@", "begins with a name", [0.0, 0.0, 0.0], [0.3, 0.3, 0.1, -0.5];
    Short = "short", "few words of no kind", [-0.4, 0.3, 0.1], [-0.5, 0.0, 0.2, 0.3];
    Long = "long", "many words", [0.4, -0.2, -0.2], [0.4, 0.0, -0.3, -0.3];
    Reported = "reported", "nobody's own story", [-0.4, 0.3, 0.1], [-0.6, -0.2, 0.0, 0.7];
    Bare = "bare", "no words but links and tags", [-0.8, 0.8, 0.0], [-1.5, -0.8, -0.3, 2.0];
    Repeats = "repeats", "the same words again and again", [-0.2, 0.2, 0.0], [-0.5, -0.4, -0.2, 0.8];
    Turn = "turn", "praise beside trouble", [0.9, 0.0, -1.2], [0.9, 0.0, -1.1, -0.1];
}

/// What everything begins with.
pub const BIAS: Weights = [-0.2, 0.3, -0.1, -0.3, -0.2, -0.3, 0.3];

/// Some concepts, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Concepts(u64);

impl Concepts {
    /// With one more.
    pub const fn with(self, it: Concept) -> Self {
        Self(self.0 | 1 << it as u8)
    }

    /// All of both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one is among them.
    pub const fn has(self, it: Concept) -> bool {
        self.0 & 1 << it as u8 != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// One after another.
    pub fn iter(self) -> impl Iterator<Item = Concept> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            Concept::ALL.get(next as usize).copied()
        })
    }
}
