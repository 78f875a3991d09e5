//! Keys for programs: what they may read, of which brands, until when.

use super::{
    account::Outcome,
    brand::Brand,
    ids::TokenId,
    person::Brands,
    time::{Instant, Zone},
    words::words,
};
use serde::{Deserialize, Serialize};

words! {
    /// What a token may read. None of them changes anything.
    TokenScope, "a scope of a token", {
        /// Figures, and the Board as a file.
        Board = "board", "The Board and its export";
        /// Cases with what people wrote, and their list as a file.
        Cases = "cases", "Cases and their export";
        /// Who changed what, as a file.
        Audit = "audit", "The audit log";
    }
}

/// With what every token begins, so that one that was lost is found by tools that look for such.
pub const TOKEN_PREFIX: &str = "sundown_";

/// For how many days a token may be made.
pub const TOKEN_DAYS: [i64; 4] = [7, 30, 90, 365];

/// A token as it is known; the token itself is known to nobody but whoever has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiToken {
    /// Its id.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Its first letters.
    pub hint: String,
    /// What it may read.
    pub scopes: Vec<TokenScope>,
    /// Of which brands.
    pub brands: Brands,
    /// Who made it, by name.
    pub made_by: String,
    /// Since when.
    pub created_at: Instant,
    /// Until when.
    pub expires_at: Instant,
    /// When it was last used, to about a minute.
    pub last_used_at: Option<Instant>,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// Whether whoever made it may still manage tokens; without that it doesn't work.
    pub is_backed: bool,
}

/// How a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenState {
    /// It works.
    Works,
    /// It was revoked.
    Revoked,
    /// Its time is over.
    Expired,
    /// Whoever made it may not any more.
    Orphaned,
}

impl TokenState {
    /// In a word or two.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Works => "Works",
            Self::Revoked => "Revoked",
            Self::Expired => "Expired",
            Self::Orphaned => "Ended with its maker's rights",
        }
    }
}

impl ApiToken {
    /// How it stands at an instant.
    pub fn state(&self, now: Instant) -> TokenState {
        if self.revoked_at.is_some() {
            TokenState::Revoked
        } else if self.expires_at <= now {
            TokenState::Expired
        } else if self.is_backed {
            TokenState::Works
        } else {
            TokenState::Orphaned
        }
    }
}

/// What a new token is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it may read.
    pub scopes: Vec<TokenScope>,
    /// Of which brands.
    pub brands: Brands,
    /// For how many days; one of [`TOKEN_DAYS`].
    pub days: i64,
}

/// The page of tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokensPage {
    /// Newest first.
    pub tokens: Vec<ApiToken>,
    /// Every brand.
    pub brands: Vec<Brand>,
    /// What time it is.
    pub now: Instant,
    /// The wall clock of the page.
    pub zone: Zone,
    /// Whether whoever looks gave their password in the last minutes.
    pub is_confirmed: bool,
    /// Whether this is a demo, where none can be made.
    pub is_demo: bool,
    /// What the form that was just sent led to.
    pub outcome: Option<Outcome>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::from_ms;

    #[test]
    fn a_token_works_until_it_is_revoked_or_over_or_its_maker_is_gone() {
        let token = ApiToken {
            id: TokenId::from(1),
            name: "Wall".to_owned(),
            hint: "sundown_ab12".to_owned(),
            scopes: vec![TokenScope::Board],
            brands: Brands::All,
            made_by: "Ada".to_owned(),
            created_at: from_ms(0),
            expires_at: from_ms(1000),
            last_used_at: None,
            revoked_at: None,
            is_backed: true,
        };
        assert_eq!(token.state(from_ms(999)), TokenState::Works);
        assert_eq!(token.state(from_ms(1000)), TokenState::Expired);
        let orphan = ApiToken {
            is_backed: false,
            ..token.clone()
        };
        assert_eq!(orphan.state(from_ms(0)), TokenState::Orphaned);
        let revoked = ApiToken {
            revoked_at: Some(from_ms(5)),
            ..token
        };
        assert_eq!(revoked.state(from_ms(0)), TokenState::Revoked);
    }
}
