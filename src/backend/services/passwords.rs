//! Passwords: what a good one is, and how they are hashed, a few at a time.
//!
//! Argon2id takes 19 MiB and some milliseconds each: those who come together wait for each other
//! instead of filling the memory.

use crate::{
    backend::{Error, Result, services::secrets},
    domain::{account::Strength, rejection::Rejection},
};
use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::SaltString,
};
use std::sync::Arc;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// The fewest characters.
pub const LEAST: usize = 12;
/// The most: nobody types more.
pub const MOST: usize = 256;
/// So many are hashed at a time.
const AT_ONCE: usize = 4;
/// What is checked for somebody who has no password, so that it takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c3VuZG93bi1ub2JvZHk$Rm9yIG5vYm9keSBpbiBwYXJ0aWN1bGFyLCAzMiBieXQ";

/// Hashes and checks passwords; cheap to clone.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Passwords {
    /// The hash of a password, with a salt of its own.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let mut salt = [0; 16];
        secrets::random(&mut salt)?;
        let password = password.to_owned();
        self.work(move || {
            let salt = SaltString::encode_b64(&salt)?;
            let hash = argon()?.hash_password(password.as_bytes(), &salt)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether a password belongs to a hash. Without a hash it takes as long, and is never true.
    pub async fn is_right(&self, password: &str, hash: Option<String>) -> Result<bool> {
        let (password, is_somebody) = (password.to_owned(), hash.is_some());
        self.work(move || {
            let hash = hash.as_deref().unwrap_or(NOBODY);
            let is_right = argon()?
                .verify_password(password.as_bytes(), &PasswordHash::new(hash)?)
                .is_ok();
            Ok(is_right && is_somebody)
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> argon2::password_hash::Result<T> + Send + 'static,
    ) -> Result<T> {
        let failed = |why: String| Error::Task(format!("a password couldn't be hashed: {why}"));
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|why| failed(why.to_string()))?;
        spawn_blocking(move || {
            let _until_done = permit;
            work()
        })
        .await
        .map_err(|why| failed(why.to_string()))?
        .map_err(|why| failed(why.to_string()))
    }
}

fn argon() -> argon2::password_hash::Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Refuses what is too short, or guessed soon: lists of common and leaked passwords, names,
/// keyboard walks and dates are compiled in. `own` are words that others guess first.
pub fn check(password: &str, own: &[&str]) -> Result<(), Rejection> {
    let length = password.chars().count();
    if length < LEAST {
        return Err(Rejection::PasswordShort(LEAST));
    }
    if length > MOST {
        return Err(Rejection::PasswordLong(MOST));
    }
    let strength = rate(password, own);
    if is_own_name(password, own) {
        return Err(Rejection::PasswordWeak(
            "It is mostly made of names that others know.".to_owned(),
        ));
    }
    if strength.score < 2 {
        return Err(Rejection::PasswordWeak(strength.words));
    }
    Ok(())
}

/// Whether little is left of a password without the words that others guess first.
fn is_own_name(password: &str, own: &[&str]) -> bool {
    let whole = password.to_lowercase();
    let mut rest = whole.clone();
    for word in own_words(own) {
        rest = rest.replace(&word.to_lowercase(), "");
    }
    rest != whole && rest.chars().count() < LEAST / 2
}

fn own_words<'a>(own: &[&'a str]) -> Vec<&'a str> {
    own.iter()
        .flat_map(|it| it.split(|it: char| !it.is_alphanumeric()))
        .filter(|it| it.chars().count() > 2)
        .chain(["sundown"])
        .collect()
}

/// How soon a password would be guessed.
pub fn rate(password: &str, own: &[&str]) -> Strength {
    // Guessing takes longer the longer it is; the beginning tells enough, and bounds the work.
    let beginning: String = password.chars().take(64).collect();
    let found = zxcvbn::zxcvbn(&beginning, &own_words(own));
    let missing = LEAST.saturating_sub(password.chars().count());
    let score = u8::from(found.score()).min(if missing > 0 { 1 } else { 4 });
    let words = match (missing, score) {
        (1, _) => "One more character, at least.".to_owned(),
        (2.., _) => format!("{missing} more characters, at least."),
        (0, 0 | 1) => found.feedback().and_then(|it| it.warning()).map_or_else(
            || "It would be guessed soon.".to_owned(),
            |it| it.to_string(),
        ),
        (0, 2) => "Fair: another word makes it better.".to_owned(),
        (0, 3) => "Good.".to_owned(),
        (0, _) => "Strong.".to_owned(),
    };
    Strength { score, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let passwords = Passwords::default();
        let hash = passwords
            .hash("sextant lamp orchard")
            .await
            .expect("a hash");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert_ne!(
            hash,
            passwords
                .hash("sextant lamp orchard")
                .await
                .expect("a hash")
        );
        let is_right =
            async |word: &str, hash| passwords.is_right(word, hash).await.expect("an answer");
        assert!(is_right("sextant lamp orchard", Some(hash.clone())).await);
        assert!(!is_right("sextant lamp orchards", Some(hash)).await);
        assert!(!is_right("sextant lamp orchard", None).await);
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        let own = ["ada.lovelace@example.com", "Parcel Care"];
        for password in [
            "short",
            "password1234",
            "123456789012",
            "qwertyuiopas",
            "aaaaaaaaaaaaaa",
            "iloveyou1234",
            "ada.lovelace12",
            "Sundown12345",
            "parcelcare123",
        ] {
            assert!(check(password, &own).is_err(), "{password} was taken");
        }
        for password in [
            "sextant lamp orchard",
            "Kf8-pq2!mZ7x",
            "ünser kleiner Garten im März",
        ] {
            assert_eq!(check(password, &own), Ok(()), "{password} was refused");
        }
        assert!(check(&"x9!".repeat(100), &own).is_err());
    }
}
