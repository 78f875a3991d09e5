//! The key of the secrets: found at start, checked against the database, and rotated.
//!
//! Invariant: at every moment either the key file or the one waiting beside it opens the database.

use crate::{
    backend::{
        ctx::Ctx,
        error::{Error, Result},
        store::{
            Store,
            secrets::{self, CANARY, SEALED},
        },
        vault::{Key, KeyFile, Secret, Vault, open_with, seal_with},
    },
    domain::time::Instant,
};
use std::path::PathBuf;

/// Where the key comes from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// The setting holds it.
    Given(Secret<String>),
    /// The setting names its file.
    File(KeyFile),
    /// Nothing was said: a file beside the SQLite database, made when it is first needed; none for
    /// PostgreSQL, where several servers must share one key.
    Unsaid,
}

/// What the canary says once it is opened.
const WORD: &[u8] = b"sundown";

/// Finds the key, makes one where a file may be made, and compares it with the database's canary.
///
/// # Errors
/// When the key isn't the one that has sealed this database, or when there is none and it needs one.
pub async fn unlock(store: &Store, source: &KeySource, now: Instant) -> Result<Vault> {
    let mut tx = store.read().await?;
    let canary = secrets::find_canary(&mut tx).await?;
    drop(tx);
    let file = file_of(store, source);
    let key = match (source, &file) {
        (KeySource::Given(text), _) => Some(Key::parse(text.expose(), "SUNDOWN_SECRET_KEY")?),
        (_, Some(file)) => file.read()?,
        (_, None) => None,
    };
    let Some((id, sealed)) = canary else {
        return match (key, source, file) {
            (Some(key), _, _) => begin_with(store, key, now).await,
            (None, KeySource::File(file), _) => Err(no_file(file)),
            (None, _, Some(file)) => {
                make(&file)?;
                let key = file.read()?.ok_or_else(|| no_file(&file))?;
                begin_with(store, key, now).await
            }
            (None, _, None) => Ok(Vault::default()),
        };
    };
    let opens = |key: &Key| open_with(key, CANARY.at(1), &sealed).is_ok();
    if let Some(key) = key.clone().filter(opens) {
        return Ok(Vault::with(key));
    }
    if let Some(file) = &file
        && let Some(key) = file.read_next()?.filter(opens)
    {
        // A rotation was interrupted between the database and the file.
        file.promote_next()?;
        return Ok(Vault::with(key));
    }
    Err(Error::Unusable(match (key, file) {
        (Some(key), _) => format!(
            "The secrets in this database are sealed with key {id}, and the key that was given is {}. Give the right one by SUNDOWN_SECRET_KEY_FILE or SUNDOWN_SECRET_KEY; nothing was changed.",
            key.id()
        ),
        (None, Some(file)) => format!(
            "The secrets in this database are sealed with key {id}, which isn't in {}. Put it back there, or give it by SUNDOWN_SECRET_KEY_FILE or SUNDOWN_SECRET_KEY.",
            file.0.display()
        ),
        (None, None) => format!(
            "The secrets in this database are sealed with key {id}, and none was given. Give it by SUNDOWN_SECRET_KEY_FILE or SUNDOWN_SECRET_KEY."
        ),
    }))
}

fn no_file(file: &KeyFile) -> Error {
    Error::Unusable(format!(
        "SUNDOWN_SECRET_KEY_FILE names {}, which isn't there. Make it with `sundown key new {}`.",
        file.0.display(),
        file.0.display()
    ))
}

fn file_of(store: &Store, source: &KeySource) -> Option<KeyFile> {
    match source {
        KeySource::Given(_) => None,
        KeySource::File(file) => Some(file.clone()),
        KeySource::Unsaid => store.file().map(|file| {
            let mut name = file.into_os_string();
            name.push(".key");
            KeyFile(name.into())
        }),
    }
}

fn make(file: &KeyFile) -> Result<()> {
    match file.keep(&Key::random()) {
        Ok(()) => {
            tracing::info!(
                file = %file.0.display(),
                "Made a key for secrets in {}. Keep a copy of it apart from the backups: without it, what is sealed is lost",
                file.0.display()
            );
            Ok(())
        }
        // Another process was faster: its key is as good.
        Err(Error::File { source, .. }) if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Ok(())
        }
        Err(why) => Err(why),
    }
}

async fn begin_with(store: &Store, key: Key, now: Instant) -> Result<Vault> {
    let mut tx = store.write().await?;
    let canary = seal_with(&key, CANARY.at(1), WORD)?;
    secrets::keep_canary(&mut tx, key.id(), &canary, now).await?;
    let kept = secrets::hold_key(&mut tx).await?;
    tx.commit().await?;
    match kept {
        Some(id) if id != key.id() => Err(Error::Unusable(format!(
            "Another process has just begun to seal this database's secrets with key {id}, and this one was given {}. Give both the same key.",
            key.id()
        ))),
        _ => Ok(Vault::with(key)),
    }
}

/// What a rotation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The name of the key before.
    pub from: String,
    /// The name of the key now.
    pub to: String,
    /// How many secrets were sealed anew.
    pub secrets: usize,
    /// Where the new key is.
    pub file: PathBuf,
    /// Where the old one is kept, for the backups that it has sealed.
    pub old: Option<PathBuf>,
}

/// Seals everything anew with a new key, in one transaction. `to` is where the new key goes when the
/// present one isn't in a file.
///
/// Killed at any moment, it leaves the old key in force or the new one, never both.
///
/// # Errors
/// When there is no key, when the key is a setting and `to` isn't given, when a secret can't be
/// opened.
pub async fn rotate(ctx: &Ctx, source: &KeySource, to: Option<PathBuf>) -> Result<Rotation> {
    let now = ctx.clock.now();
    let from = ctx.vault.key_id().unwrap_or_default().to_owned();
    let (file, is_new) = match (file_of(&ctx.store, source), to) {
        (_, Some(to)) => (KeyFile(to), true),
        (Some(file), None) => (file, false),
        (None, None) => {
            return Err(Error::Unusable(
                "The key isn't in a file, so the new one needs a place: say --to FILE, and set SUNDOWN_SECRET_KEY_FILE to it afterwards.".to_owned(),
            ));
        }
    };
    let mut tx = ctx.store.write().await?;
    if secrets::hold_key(&mut tx).await?.as_deref() != Some(from.as_str()) {
        return Err(Error::Unusable(
            "Somebody else has just rotated the key. Start again with the new one.".to_owned(),
        ));
    }
    let key = next_key(&file, is_new)?;
    if key.id() == from {
        return Err(Error::Unusable(format!(
            "{} holds the key in force. Name a file that isn't there yet.",
            file.0.display()
        )));
    }
    let mut count = 0;
    for &column in SEALED {
        for (row, sealed) in secrets::list(&mut tx, column).await? {
            let plain = ctx.vault.open(column.at(row), &sealed)?;
            let sealed = seal_with(&key, column.at(row), plain.expose())?;
            secrets::save(&mut tx, column, row, &sealed).await?;
            count += usize::from(column != CANARY);
        }
    }
    secrets::change_key(&mut tx, key.id(), now).await?;
    tx.commit().await?;
    Ok(Rotation {
        from,
        to: key.id().to_owned(),
        secrets: count,
        old: if is_new { None } else { file.promote_next()? },
        file: file.0,
    })
}

/// The key to come: safe on the disk before anything is sealed with it.
fn next_key(file: &KeyFile, is_new: bool) -> Result<Key> {
    if is_new {
        // It may be there from a rotation that was interrupted, or from `key new`.
        return match file.read()? {
            Some(key) => Ok(key),
            None => {
                let key = Key::random();
                file.keep(&key)?;
                Ok(key)
            }
        };
    }
    let key = Key::random();
    file.keep_next(&key)?;
    Ok(key)
}
