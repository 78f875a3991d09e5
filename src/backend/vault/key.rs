//! The key, and the file it is kept in.

use super::Secret;
use crate::backend::{Error, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};
use zeroize::Zeroize;

/// Bytes of a key.
const LENGTH: usize = 32;

/// A key of 32 random bytes.
#[derive(Clone, Debug)]
pub struct Key {
    bytes: Secret<[u8; LENGTH]>,
    id: String,
}

impl Key {
    /// A new one.
    pub fn random() -> Self {
        Self::of(rand::random())
    }

    fn of(bytes: [u8; LENGTH]) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"sundown key id\0");
        hash.update(bytes);
        let id = hash.finalize()[..4]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            bytes: Secret::new(bytes),
            id,
        }
    }

    /// Reads base64; `origin` says where it comes from.
    pub fn parse(text: &str, origin: &str) -> Result<Self> {
        let wrong = || {
            Error::Unusable(format!(
                "{origin} doesn't hold a key: that is 32 random bytes in base64, 44 letters. `sundown key new FILE` makes one."
            ))
        };
        let mut bytes = STANDARD.decode(text.trim()).map_err(|_| wrong())?;
        let array = <[u8; LENGTH]>::try_from(bytes.as_slice());
        bytes.zeroize();
        Ok(Self::of(array.map_err(|_| wrong())?))
    }

    /// Its name: eight hexadecimal digits that say nothing about it.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn bytes(&self) -> &[u8; LENGTH] {
        self.bytes.expose()
    }

    /// As it is written to a file or a setting.
    pub fn to_text(&self) -> Secret<String> {
        Secret::new(STANDARD.encode(self.bytes.expose()))
    }
}

/// A file with a key, readable by its owner alone. While a rotation is under way, the next key waits
/// beside it: whichever of the two opens the database is the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFile(pub PathBuf);

impl KeyFile {
    /// The key in it, if there is such a file.
    pub fn read(&self) -> Result<Option<Key>> {
        read(&self.0)
    }

    /// The key that waits beside it, if a rotation was interrupted.
    pub fn read_next(&self) -> Result<Option<Key>> {
        read(&self.next_path())
    }

    /// Keeps a key where there is none yet.
    ///
    /// # Errors
    /// When the file exists, or can't be written.
    pub fn keep(&self, key: &Key) -> Result<()> {
        let draft = beside(&self.0, &format!("{}.draft", key.id()));
        write(&draft, key)?;
        // A link fails where the name is taken, and the file appears with all its content.
        let linked = fs::hard_link(&draft, &self.0);
        // What remains of it is a copy of the key in the same folder with the same rights.
        let _ = fs::remove_file(&draft);
        linked.map_err(|source| Error::File {
            what: format!("The key can't be kept in {}", self.0.display()),
            source,
        })?;
        sync_folder(&self.0)
    }

    /// Puts the next key beside it.
    pub fn keep_next(&self, key: &Key) -> Result<()> {
        let path = self.next_path();
        let draft = beside(&self.0, "draft");
        if draft.exists() {
            fs::remove_file(&draft)?;
        }
        write(&draft, key)?;
        fs::rename(&draft, &path).map_err(|source| Error::File {
            what: format!("The next key can't be kept in {}", path.display()),
            source,
        })?;
        sync_folder(&path)
    }

    /// Lets the next key take its place; the old one stays beside it under its own name, for the
    /// backups it has sealed. Returns where.
    pub fn promote_next(&self) -> Result<Option<PathBuf>> {
        let old = match self.read()? {
            Some(old) => {
                let path = beside(&self.0, old.id());
                match fs::hard_link(&self.0, &path) {
                    Err(why) if why.kind() != ErrorKind::AlreadyExists => return Err(why.into()),
                    _ => Some(path),
                }
            }
            None => None,
        };
        fs::rename(self.next_path(), &self.0)?;
        sync_folder(&self.0)?;
        Ok(old)
    }

    fn next_path(&self) -> PathBuf {
        beside(&self.0, "next")
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn read(path: &Path) -> Result<Option<Key>> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let text = Secret::new(text);
            Key::parse(text.expose(), &path.display().to_string()).map(Some)
        }
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::File {
            what: format!("The key in {} can't be read", path.display()),
            source,
        }),
    }
}

fn write(path: &Path, key: &Key) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || -> std::io::Result<()> {
        let mut file = options.open(path)?;
        writeln!(file, "{}", key.to_text().expose())?;
        file.sync_all()
    };
    write().map_err(|source| Error::File {
        what: format!("The key can't be written to {}", path.display()),
        source,
    })
}

fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
    // Windows has no such thing, and needs none.
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_for_its_owner_alone_and_never_overwritten() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = KeyFile(folder.path().join("sundown.key"));
        assert!(file.read().expect("readable").is_none());
        let key = Key::random();
        file.keep(&key).expect("kept");
        assert_eq!(file.read().expect("read").expect("there").id(), key.id());
        assert!(file.keep(&Key::random()).is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&file.0).expect("a file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let next = Key::random();
        file.keep_next(&next).expect("kept");
        let old = file.promote_next().expect("promoted").expect("an old one");
        assert_eq!(file.read().expect("read").expect("there").id(), next.id());
        assert_eq!(
            KeyFile(old).read().expect("read").expect("there").id(),
            key.id()
        );
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_shown() {
        let why = Key::parse("hush, a secret", "SUNDOWN_SECRET_KEY").expect_err("not a key");
        assert!(why.to_string().contains("SUNDOWN_SECRET_KEY"), "{why}");
        assert!(!why.to_string().contains("hush"), "{why}");
    }
}
