//! People who work with Sundown: who they are, what they are, which brands they see.

use super::{
    ids::{BrandId, PersonId, SessionId, TeamId},
    rejection::Rejection,
    time::Instant,
    words::words,
};
use serde::{Deserialize, Serialize};

words! {
    /// What somebody is; the rights of each stand in [`right`](super::right).
    Role, "a role", {
        /// Reads.
        Viewer = "viewer", "Viewer";
        /// Reads and answers.
        Agent = "agent", "Agent";
        /// Also sets the rules of brands.
        Lead = "lead", "Lead";
        /// Also decides who is who.
        Administrator = "administrator", "Administrator";
    }
}

impl Role {
    /// What it means, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Viewer => "reads the Board and cases",
            Self::Agent => "reads and answers",
            Self::Lead => "also sets targets, calendars, topics and macros",
            Self::Administrator => "also decides who may do what",
        }
    }
}

words! {
    /// Whether somebody can sign in.
    Standing, "a standing", {
        /// Invited, without a password so far.
        Invited = "invited", "Invited";
        /// Can sign in.
        On = "on", "Active";
        /// Can't any more; what they did stays theirs.
        Off = "off", "Switched off";
    }
}

/// Which brands somebody sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Brands {
    /// Every one, those to come too.
    All,
    /// These, in ascending order.
    Only(Vec<BrandId>),
}

impl Brands {
    /// Whether a brand is among them.
    pub fn contains(&self, brand: BrandId) -> bool {
        match self {
            Self::All => true,
            Self::Only(some) => some.contains(&brand),
        }
    }
}

/// Somebody who works with Sundown, as administrators see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What colleagues call them.
    pub name: String,
    /// Their e-mail address, as [`email_address`] writes it.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// Which brands they see.
    pub brands: Brands,
    /// Their teams, in ascending order.
    pub teams: Vec<TeamId>,
    /// The IANA zone of their wall clock.
    pub zone: String,
    /// Whether they can sign in.
    pub standing: Standing,
    /// Whether a code of an app is asked after the password.
    pub has_codes: bool,
    /// Whether a demo made them up; nobody signs in as one of these.
    pub is_invented: bool,
    /// Whether name and address were erased; what they did stays.
    pub is_erased: bool,
    /// Since when.
    pub created_at: Instant,
}

/// People who take cases together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
}

/// Who is asking: somebody signed in, as every service is handed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Who.
    pub person: PersonId,
    /// What colleagues call them.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Which brands they see.
    pub brands: Brands,
    /// Their teams.
    pub teams: Vec<TeamId>,
    /// The IANA zone of their wall clock.
    pub zone: String,
    /// Whether they look at a demo.
    pub demo: bool,
    /// Their sign-in, where there was one; it stays on the server.
    #[serde(skip)]
    pub session: Option<SessionId>,
    /// Until when their password counts as just given; stays on the server.
    #[serde(skip)]
    pub confirmed_until: Option<Instant>,
    /// Whether their role needs a code of an app, and they have none yet; stays on the server.
    #[serde(skip)]
    pub owes_codes: bool,
    /// Where they are, for the audit; it stays on the server.
    #[serde(skip)]
    pub address: String,
}

impl Viewer {
    /// Whoever has the machine's command line: no person, and nothing is closed to them.
    pub fn operator() -> Self {
        Self {
            person: PersonId::default(),
            name: "Command line".to_owned(),
            role: Role::Administrator,
            brands: Brands::All,
            teams: Vec::new(),
            zone: "UTC".to_owned(),
            demo: false,
            session: None,
            confirmed_until: None,
            owes_codes: false,
            address: String::new(),
        }
    }
}

/// Somebody at a door: where they are and what their browser calls itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// The address they come from.
    pub address: String,
    /// The browser.
    pub browser: String,
}

/// The longest address that mail servers take.
const EMAIL_MOST: usize = 254;

/// An e-mail address in the one spelling that is kept and compared: without blanks around it, in
/// small letters. Whether somebody reads it only a message can tell.
pub fn email_address(text: &str) -> Result<String, Rejection> {
    let email = text.trim().to_lowercase();
    let no = || Rejection::NotAnEmail(text.trim().chars().take(80).collect());
    let (name, host) = email.split_once('@').ok_or_else(no)?;
    let is_wrong =
        |it: char| it.is_whitespace() || it.is_control() || "@<>()[],;:\\\"".contains(it);
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|it| it.is_alphanumeric() || it == '-')
    };
    let fits = !name.is_empty()
        && name.len() <= 64
        && email.len() <= EMAIL_MOST
        && !name.contains(is_wrong)
        && host.contains('.')
        && host.split('.').all(is_label);
    if fits { Ok(email) } else { Err(no()) }
}

/// A name as it is kept: without blanks around it, neither empty nor endless. `what` is asked for
/// when it isn't one, as in “a name”.
pub fn name(what: &'static str, text: &str) -> Result<String, Rejection> {
    const MOST: usize = 80;
    let name: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=MOST).contains(&name.chars().count()) && !name.contains(char::is_control);
    if fits {
        Ok(name)
    } else {
        Err(Rejection::NameLength(what, MOST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_spelling() {
        assert_eq!(
            email_address("  Ada.Lovelace+care@Example.COM "),
            Ok("ada.lovelace+care@example.com".to_owned())
        );
    }

    #[test]
    fn what_no_mail_server_takes_is_no_address() {
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@example",
            "ada@exa mple.com",
            "a b@example.com",
            "ada@@example.com",
            "ada@-example.com",
            "ada@example..com",
            "<ada@example.com>",
            "ada@example.com\nbcc: x@y.zz",
        ] {
            assert!(email_address(text).is_err(), "{text:?}");
        }
        assert!(email_address(&format!("{}@example.com", "a".repeat(65))).is_err());
    }

    #[test]
    fn a_name_has_letters_and_an_end() {
        assert_eq!(
            name("a name", "  Ada \n Lovelace "),
            Ok("Ada Lovelace".to_owned())
        );
        assert!(name("a name", " ").is_err());
        assert!(name("a name", &"a".repeat(81)).is_err());
    }

    #[test]
    fn what_stays_on_the_server_does_not_travel() {
        let viewer = Viewer {
            address: "192.0.2.7".to_owned(),
            ..Viewer::operator()
        };
        let json = serde_json::to_string(&viewer).expect("a viewer");
        assert!(
            !json.contains("192.0.2.7") && !json.contains("session"),
            "{json}"
        );
    }
}
