//! Packs the site into one file, which the server's executable includes.
//!
//! The format is read by `backend/web/assets.rs`: a mark, the length of the index as four bytes,
//! the index as JSON (pairs of name and length) and the files in its order.

use std::{fs, path::Path};

use anyhow::Result;

use crate::{compress, paths};

const MARK: &[u8] = b"SUNSITE1";

/// Packs the site in `folder`. The file stays untouched when nothing has changed, so that Cargo
/// has no reason to link again.
pub fn write(folder: &Path) -> Result<()> {
    let mut index = Vec::new();
    let mut files = Vec::new();
    for file in compress::files_below(folder)? {
        let contents = fs::read(&file)?;
        let name: Vec<_> = file
            .strip_prefix(folder)?
            .iter()
            .map(|part| part.to_string_lossy())
            .collect();
        index.push((name.join("/"), contents.len()));
        files.extend(contents);
    }
    let index = serde_json::to_vec(&index)?;
    let length = u32::try_from(index.len())?.to_le_bytes();
    let pack = [MARK, &length, &index, &files].concat();
    let target = paths::site_pack();
    if fs::read(&target).ok().as_deref() != Some(pack.as_slice()) {
        fs::write(&target, pack)?;
    }
    Ok(())
}
