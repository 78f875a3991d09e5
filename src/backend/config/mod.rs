//! Settings come from flags or from `SUNDOWN_…` in the environment, read once by the command line.
//!
//! Here stands what the environment may hold. A key nobody knows, or one that is there but empty,
//! is an error at start: a typing mistake must not become a default.

use super::{Error, Result, vault::Secret};

/// Where the data is, unless said otherwise.
pub const DATABASE_URL: &str = "sqlite://data/sundown.db";
/// Where the server listens, unless said otherwise.
pub const LISTEN: &str = "127.0.0.1:3000";

/// What the program reads.
const KNOWN: [&str; 9] = [
    "SUNDOWN_BACKUP_DIR",
    "SUNDOWN_DATABASE_URL",
    "SUNDOWN_LISTEN",
    "SUNDOWN_LOG",
    "SUNDOWN_MAIL_FROM",
    SECRET_KEY,
    "SUNDOWN_SECRET_KEY_FILE",
    "SUNDOWN_SMTP_URL",
    "SUNDOWN_TRUSTED_PROXY",
];
/// The key of the secrets itself. It has no flag: other people on a machine can read how a program
/// was called.
const SECRET_KEY: &str = "SUNDOWN_SECRET_KEY";
/// What building and testing read; the program may be started among them.
const WORKSHOP: [&str; 7] = [
    "SUNDOWN_BIN",
    "SUNDOWN_BUILD_CACHE",
    "SUNDOWN_CHROMIUM",
    "SUNDOWN_SHARED",
    "SUNDOWN_SITE_PACK",
    "SUNDOWN_TEST_KILLS",
    "SUNDOWN_TEST_POSTGRES",
];

/// The key of the secrets, where the environment holds it.
pub fn secret_key(vars: impl IntoIterator<Item = (String, String)>) -> Option<Secret<String>> {
    vars.into_iter()
        .find(|(key, _)| key == SECRET_KEY)
        .map(|(_, value)| Secret::new(value))
}

/// Looks for keys nobody knows and for keys without a value.
pub fn check_environment(vars: impl IntoIterator<Item = (String, String)>) -> Result<()> {
    for (key, value) in vars {
        if !key.starts_with("SUNDOWN_") {
            continue;
        }
        if !KNOWN.contains(&key.as_str()) && !WORKSHOP.contains(&key.as_str()) {
            return Err(Error::Unusable(format!(
                "The environment sets {key}, which Sundown doesn't know. It knows {}; correct the name or remove it.",
                KNOWN.join(", ")
            )));
        }
        if KNOWN.contains(&key.as_str()) && value.trim().is_empty() {
            return Err(Error::Unusable(format!(
                "The environment sets {key} to nothing. Give it a value, or remove it to use the default."
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, value: &str) -> Result<()> {
        check_environment([(key.to_owned(), value.to_owned())])
    }

    #[test]
    fn a_misspelled_setting_is_named() {
        let error = check("SUNDOWN_LISTEM", "0.0.0.0:80").expect_err("nobody knows it");
        assert!(error.to_string().contains("SUNDOWN_LISTEM"));
    }

    #[test]
    fn a_setting_without_a_value_is_named() {
        let error = check("SUNDOWN_DATABASE_URL", " ").expect_err("it is empty");
        assert!(error.to_string().contains("SUNDOWN_DATABASE_URL"));
        assert!(check("SUNDOWN_LISTEN", "127.0.0.1:80").is_ok());
        assert!(check("HOME", "").is_ok());
    }
}
