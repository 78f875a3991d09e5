//! Tokens nobody can guess, and the hash by which the store knows them.

use crate::backend::{Error, Result};
use sha2::{Digest, Sha256};

/// A token: 256 bits from the system, in letters that an address may carry.
///
/// Invariant: it is never stored and never logged; it has no `Debug`.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn new() -> Result<Self> {
        let mut bytes = [0; 32];
        random(&mut bytes)?;
        Ok(Self(hex(&bytes)))
    }

    /// A new one with a beginning by which people and tools tell what it is.
    pub fn beginning(prefix: &str) -> Result<Self> {
        Ok(Self(format!("{prefix}{}", Self::new()?.0)))
    }

    /// As it is given to whoever is to have it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As the store knows it.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// Fills bytes from the system's randomness.
pub fn random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|why| Error::Task(format!("no randomness: {why}")))
}

/// The SHA-256 of a text, in hexadecimal.
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
