//! People and teams as the pages of settings show them.

use super::{
    account::Outcome,
    brand::Brand,
    ids::{BrandId, PersonId, TeamId},
    person::{Brands, Person, Role, Team},
    work::Limit,
};
use serde::{Deserialize, Serialize};

/// Everybody, and what can be chosen for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    /// Everybody, by name.
    pub people: Vec<Person>,
    /// Every brand.
    pub brands: Vec<Brand>,
    /// Every team.
    pub teams: Vec<Team>,
    /// Who is looking.
    pub me: PersonId,
    /// The roles that need a code of an app.
    pub code_roles: Vec<Role>,
    /// Whether whoever looks gave their password in the last minutes, or has none.
    pub is_confirmed: bool,
    /// How much each role may give to a customer without asking.
    pub limits: Vec<Limit>,
    /// What the form that was just sent led to.
    pub outcome: Option<Outcome>,
}

/// One person, and what can be chosen for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonPage {
    /// The person.
    pub person: Person,
    /// Every brand.
    pub brands: Vec<Brand>,
    /// Every team.
    pub teams: Vec<Team>,
    /// Who is looking.
    pub me: PersonId,
    /// Whether whoever looks gave their password in the last minutes, or has none.
    pub is_confirmed: bool,
    /// What the form that was just sent led to.
    pub outcome: Option<Outcome>,
}

/// Every team with its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsPage {
    /// By name; the names of its people beside each.
    pub teams: Vec<(Team, Vec<String>)>,
    /// What the form that was just sent led to.
    pub outcome: Option<Outcome>,
}

/// What somebody is to be: filled in for an invitation, or for a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What they are.
    pub role: Role,
    /// Which brands they see.
    pub brands: Brands,
    /// Their teams.
    pub teams: Vec<TeamId>,
}

impl Place {
    /// Reads what a form says: all brands, or the ticked ones.
    pub fn of(role: Role, all: bool, brands: Vec<BrandId>, teams: Vec<TeamId>) -> Self {
        let sorted = |mut ids: Vec<BrandId>| {
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        let mut teams = teams;
        teams.sort_unstable();
        teams.dedup();
        Self {
            role,
            brands: if all {
                Brands::All
            } else {
                Brands::Only(sorted(brands))
            },
            teams,
        }
    }
}
