//! Keeps secrets: what is sealed here can only be opened with the key, and only in the place it was
//! sealed for.
//!
//! A sealed value is a line of text, `v1.<key>.<nonce and ciphertext>`: XChaCha20-Poly1305 with the
//! table, the column and the row as associated data, so that a value copied to another row opens
//! nowhere. It stands in its owner's own column, whose name ends in `_sealed` and which is listed in
//! [`crate::backend::store::secrets::SEALED`]; rotation finds it there.
//!
//! Invariant: no key and no plaintext appears in an error, in a log or in a `Debug`.

mod key;
mod secret;

pub use key::{Key, KeyFile};
pub use secret::Secret;

use super::{
    Error, Result,
    store::{
        Tx,
        secrets::{self, Place},
    },
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use std::sync::Arc;

/// The envelope's version.
const VERSION: &str = "v1";
/// Bytes of a nonce.
const NONCE: usize = 24;

/// Seals and opens secrets; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Vault {
    key: Option<Arc<Key>>,
}

impl Vault {
    /// A vault with a key.
    pub fn with(key: Key) -> Self {
        Self {
            key: Some(Arc::new(key)),
        }
    }

    /// The name of its key, if it has one.
    pub fn key_id(&self) -> Option<&str> {
        self.key.as_deref().map(Key::id)
    }

    /// Seals a secret for its place, in the transaction that will keep it there. Until that ends, no
    /// other process can rotate the key.
    ///
    /// # Errors
    /// When there is no key, or when the key was rotated since this process started.
    pub async fn seal(&self, tx: &mut Tx, place: Place, plain: &[u8]) -> Result<String> {
        let key = self.key()?;
        let kept = secrets::hold_key(tx).await?;
        if kept.as_deref() != Some(key.id()) {
            return Err(rotated(key.id(), kept.as_deref().unwrap_or("none")));
        }
        seal_with(key, place, plain)
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    /// When there is no key, when another one has sealed it, or when it isn't what was sealed there.
    pub fn open(&self, place: Place, sealed: &str) -> Result<Secret<Vec<u8>>> {
        open_with(self.key()?, place, sealed)
    }

    fn key(&self) -> Result<&Key> {
        self.key.as_deref().ok_or_else(|| {
            Error::Unusable(
                "This needs the key of the secrets, and none was given. Make one with `sundown key new FILE`, set SUNDOWN_SECRET_KEY_FILE to that file, and start again.".to_owned(),
            )
        })
    }
}

/// Seals with a key, whichever the database is sealed with: for the canary and for rotation.
pub fn seal_with(key: &Key, place: Place, plain: &[u8]) -> Result<String> {
    let nonce: [u8; NONCE] = rand::random();
    let aad = associated(place);
    let sealed = cipher(key)
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: plain,
                aad: &aad,
            },
        )
        .map_err(|_| Error::Unusable(format!("The secret for {place} is too long to be kept.")))?;
    let mut bytes = nonce.to_vec();
    bytes.extend(sealed);
    Ok(format!(
        "{VERSION}.{}.{}",
        key.id(),
        STANDARD_NO_PAD.encode(bytes)
    ))
}

/// Opens with a key.
pub fn open_with(key: &Key, place: Place, sealed: &str) -> Result<Secret<Vec<u8>>> {
    let damaged = || {
        Error::Unusable(format!(
            "The secret in {place} can't be opened: it isn't what was sealed there. Enter it again, or restore a backup."
        ))
    };
    let mut parts = sealed.splitn(3, '.');
    let (Some(VERSION), Some(id), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(damaged());
    };
    if id != key.id() {
        return Err(rotated(key.id(), id));
    }
    let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| damaged())?;
    let (nonce, msg) = bytes.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
    let aad = associated(place);
    cipher(key)
        .decrypt(&XNonce::from(*nonce), Payload { msg, aad: &aad })
        .map(Secret::new)
        .map_err(|_| damaged())
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}

fn associated(place: Place) -> Vec<u8> {
    format!("{VERSION}/{place}").into_bytes()
}

fn rotated(ours: &str, theirs: &str) -> Error {
    Error::Unusable(format!(
        "The secrets are sealed with key {theirs}, and this process was started with key {ours}. If the key was rotated, start it again with the new one."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::store::secrets::CANARY;

    #[test]
    fn a_secret_opens_only_in_its_own_row_and_with_its_own_key() {
        let (key, other) = (Key::random(), Key::random());
        let sealed = seal_with(&key, CANARY.at(1), b"hush").expect("sealed");
        let opened = open_with(&key, CANARY.at(1), &sealed).expect("opened");
        assert_eq!(opened.expose(), b"hush");
        assert!(open_with(&key, CANARY.at(2), &sealed).is_err());
        let why = open_with(&other, CANARY.at(1), &sealed).expect_err("another key");
        assert!(why.to_string().contains(key.id()), "{why}");
        let mut bent = sealed.clone();
        bent.pop();
        assert!(open_with(&key, CANARY.at(1), &bent).is_err());
        assert_ne!(
            sealed,
            seal_with(&key, CANARY.at(1), b"hush").expect("sealed"),
            "a nonce came twice"
        );
    }

    #[test]
    fn a_vault_shows_no_key() {
        let key = Key::random();
        let text = key.to_text();
        let shown = format!("{:?} {:?}", Vault::with(key), text);
        assert!(!shown.contains(text.expose().as_str()), "{shown}");
        assert!(shown.contains("•••"), "{shown}");
    }
}
