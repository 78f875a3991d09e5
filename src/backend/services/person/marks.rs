//! How erased people are known: by keyed hashes of what they were called. Whoever has the database
//! without the key can't try names out.

use crate::{
    backend::{
        error::Result,
        store::{Tx, erasures, secrets::ERASURE_KEY},
        vault::{Secret, Vault},
    },
    domain::{erasure::ERASED, network::Network},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::HashMap;

/// Bytes of the key.
const LENGTH: usize = 32;
/// Bytes of a mark: enough that no two of them ever meet.
const MARK: usize = 16;

/// Makes marks.
#[derive(Clone, Debug)]
pub struct Marks(Secret<Vec<u8>>);

impl Marks {
    /// Those of this database; their key is made with the first erasure.
    ///
    /// # Errors
    /// When there is no key of secrets to seal it with.
    pub async fn begin(tx: &mut Tx, vault: &Vault) -> Result<Self> {
        if let Some(marks) = Self::find(tx, vault).await? {
            return Ok(marks);
        }
        let key: [u8; LENGTH] = rand::random();
        let sealed = vault.seal(tx, ERASURE_KEY.at(1), &key).await?;
        erasures::keep_sealed_key(tx, &sealed).await?;
        Ok(Self(Secret::new(key.to_vec())))
    }

    async fn find(tx: &mut Tx, vault: &Vault) -> Result<Option<Self>> {
        let Some(sealed) = erasures::sealed_key(tx).await? else {
            return Ok(None);
        };
        Ok(Some(Self(vault.open(ERASURE_KEY.at(1), &sealed)?)))
    }

    /// An account's; the case of its letters doesn't matter.
    pub fn account(&self, network: Network, handle: &str) -> String {
        self.mark("account", network, &handle.to_lowercase())
    }

    /// A post's.
    pub fn post(&self, network: Network, external_id: &str) -> String {
        self.mark("post", network, external_id)
    }

    fn mark(&self, kind: &str, network: Network, name: &str) -> String {
        // A key of any length will do, so that this can't fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.expose()) else {
            return ERASED.to_owned();
        };
        for part in [kind, network.as_str(), name] {
            mac.update(part.as_bytes());
            mac.update(b"\0");
        }
        let hash = mac.finalize().into_bytes();
        let digits: String = hash[..MARK].iter().map(|it| format!("{it:02x}")).collect();
        format!("{ERASED}{digits}")
    }
}

/// Lies over what comes in, so that nobody who was erased comes back with it.
#[derive(Clone, Debug)]
pub struct Veil {
    marks: Marks,
    erased: HashMap<String, i64>,
}

/// The veil of this database; none where nobody was ever erased.
pub async fn veil(tx: &mut Tx, vault: &Vault) -> Result<Option<Veil>> {
    let erased: HashMap<String, i64> = erasures::marks(tx).await?.into_iter().collect();
    if erased.is_empty() {
        return Ok(None);
    }
    Ok(Marks::find(tx, vault)
        .await?
        .map(|marks| Veil { marks, erased }))
}

impl Veil {
    /// The mark of an account whose data was erased after an instant in milliseconds. What it writes
    /// later is a new beginning.
    pub fn account(&self, network: Network, handle: &str, at: i64) -> Option<String> {
        let mark = self.marks.account(network, handle);
        let erased_at = self.erased.get(&mark)?;
        (at <= *erased_at).then_some(mark)
    }

    /// What a post would be called if its author was erased.
    pub fn post(&self, network: Network, external_id: &str) -> String {
        self.marks.post(network, external_id)
    }
}
