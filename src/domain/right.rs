//! The table of rights: what can be done, by whom, and how far it reaches.
//!
//! Server functions, pages, exports and live streams all ask [`allows`] and [`allows_brand`];
//! nobody compares roles anywhere else.

use super::{
    ids::BrandId,
    person::{
        Role::{self, Administrator, Agent, Lead, Viewer as Reader},
        Viewer,
    },
};

/// How far a right reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything in the installation.
    Organisation,
    /// Only what belongs to brands one sees.
    Brand,
    /// Only what is one's own.
    Own,
}

macro_rules! rights {
    ($($(#[$doc:meta])* $action:ident = $text:literal, $words:literal, $scope:ident, [$($role:ident),*];)*) => {
        /// Something that can be done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $action,)*
        }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$action),*];

            /// The word that machines share.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$action => $text,)* }
            }

            /// What it is, as in “you may not …”.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$action => $words,)* }
            }

            /// How far it reaches.
            pub const fn scope(self) -> Scope {
                match self { $(Self::$action => Scope::$scope,)* }
            }

            /// Who may.
            pub const fn roles(self) -> &'static [Role] {
                match self { $(Self::$action => &[$($role),*],)* }
            }
        }
    };
}

rights! {
    /// Figures.
    ReadBoard = "read_board", "read the Board", Brand, [Reader, Agent, Lead, Administrator];
    /// Cases with what people wrote.
    ReadCases = "read_cases", "read cases", Brand, [Reader, Agent, Lead, Administrator];
    /// Files to take away.
    Export = "export", "take files away", Brand, [Reader, Agent, Lead, Administrator];
    /// Answering, resolving and everything else that moves a case.
    WorkCases = "work_cases", "work on cases", Brand, [Agent, Lead, Administrator];
    /// Allowing offers beyond somebody's limit.
    ApproveOffers = "approve_offers", "approve offers", Brand, [Lead, Administrator];
    /// One's name, password, codes and sign-ins.
    OwnAccount = "own_account", "change your own account", Own, [Reader, Agent, Lead, Administrator];
    /// Targets, sundown, calendars.
    ManagePolicies = "manage_policies", "change targets, sundown and calendars", Brand, [Lead, Administrator];
    /// Topics and the words by which they are found.
    ManageTopics = "manage_topics", "change topics", Brand, [Lead, Administrator];
    /// How accounts reach their networks.
    ManageChannels = "manage_channels", "manage channels", Brand, [Lead, Administrator];
    /// Ready-made answers.
    ManageMacros = "manage_macros", "change macros", Brand, [Lead, Administrator];
    /// What makes a case urgent.
    ManageUrgency = "manage_urgency", "change what is urgent", Organisation, [Administrator];
    /// Brands, their zones and languages.
    ManageBrands = "manage_brands", "manage brands", Organisation, [Administrator];
    /// Who is who.
    ManagePeople = "manage_people", "manage people", Organisation, [Administrator];
    /// Who works together.
    ManageTeams = "manage_teams", "manage teams", Organisation, [Administrator];
    /// Keys for programs.
    ManageTokens = "manage_tokens", "manage API tokens", Organisation, [Administrator];
    /// What is forgotten when.
    ManageRetention = "manage_retention", "change what is kept how long", Organisation, [Administrator];
    /// Who did what.
    ReadAudit = "read_audit", "read the audit log", Organisation, [Administrator];
}

/// Whether somebody may do something at all; what belongs to a brand also needs [`allows_brand`].
pub fn allows(viewer: &Viewer, action: Action) -> bool {
    role_allows(viewer.role, action)
}

/// Whether a role may do something at all.
pub fn role_allows(role: Role, action: Action) -> bool {
    action.roles().contains(&role)
}

/// Whether somebody sees a brand.
pub fn allows_brand(viewer: &Viewer, brand: BrandId) -> bool {
    viewer.brands.contains(brand)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Brands;

    #[test]
    fn whoever_may_more_may_also_what_others_may() {
        for action in Action::ALL {
            let lowest = Role::ALL.iter().position(|it| action.roles().contains(it));
            let lowest = lowest.expect("somebody may");
            for role in &Role::ALL[lowest..] {
                assert!(
                    action.roles().contains(role),
                    "{} by {role}",
                    action.as_str()
                );
            }
        }
    }

    #[test]
    fn a_brand_is_seen_by_those_it_is_open_to() {
        let (own, other) = (BrandId::from(1), BrandId::from(2));
        let viewer = Viewer {
            brands: Brands::Only(vec![own]),
            ..Viewer::operator()
        };
        assert!(allows_brand(&viewer, own));
        assert!(!allows_brand(&viewer, other));
        assert!(allows_brand(&Viewer::operator(), other));
    }

    #[test]
    fn words_of_actions_differ() {
        let mut words: Vec<&str> = Action::ALL.iter().map(|it| it.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Action::ALL.len());
    }
}
