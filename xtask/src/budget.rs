//! What a browser has to load, in bytes on the wire, and how much that may be.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::compress;

/// The first page with its program, scripts, styles and first font.
const FIRST_LOAD: u64 = 300_000;

/// One more room, entered first after the Board: with all that it shares with others.
const ROOM: u64 = 40_000;

/// The only font that every page needs.
const FIRST_FONT: &str = "fonts/inter-latin.woff2";

/// A file with its bytes on the wire.
type Sent = (String, u64);

/// What a site sends.
pub struct Sizes {
    /// With the first page.
    first: Vec<Sent>,
    /// With each further room.
    rooms: Vec<Sent>,
}

/// Measures the site in this folder.
pub fn measure(site: &Path) -> Result<Sizes> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join("site.json"))?)?;
    let pkg = site.join(manifest["pkg"].as_str().context("site.json names no pkg")?);
    let mut first = Vec::new();
    for file in compress::files_below(&pkg)? {
        let name = file.strip_prefix(&pkg)?.to_string_lossy().into_owned();
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "wasm" if name != "sundown.wasm" => {}
            "wasm" | "js" | "css" => first.push((name, sent(&file)?)),
            _ if name == FIRST_FONT => first.push((name, sent(&file)?)),
            _ => {}
        }
    }
    let rooms = manifest["chunks"]
        .as_object()
        .context("site.json names no chunks")?;
    let rooms = rooms.iter().map(|(room, files)| {
        let files = files.as_array().context("a room without files")?;
        let mut bytes = 0;
        for file in files {
            let name = file.as_str().context("a file without a name")?;
            let name = format!("{}.wasm", name.trim_end_matches(".wasm"));
            bytes += sent(&pkg.join(name))?;
        }
        Ok((room.clone(), bytes))
    });
    Ok(Sizes {
        rooms: rooms.collect::<Result<_>>()?,
        first,
    })
}

impl Sizes {
    fn total(&self) -> u64 {
        self.first.iter().map(|(_, bytes)| bytes).sum()
    }

    /// The sizes as rows of a Markdown table.
    pub fn table(&self) -> String {
        let mut text = String::from("| file | bytes in brotli | at most |\n|---|--:|--:|\n");
        for (name, bytes) in &self.first {
            text += &format!("| {name} | {bytes} | |\n");
        }
        text += &format!("| **first load** | **{}** | {FIRST_LOAD} |\n", self.total());
        for (name, bytes) in &self.rooms {
            text += &format!("| {name}, a further room | {bytes} | {ROOM} |\n");
        }
        text
    }
}

/// Measures the site in this folder, prints a table and fails when something is too big.
pub fn check(site: &Path) -> Result<()> {
    let sizes = measure(site)?;
    println!("\n{}", sizes.table());
    let total = sizes.total();
    if total > FIRST_LOAD {
        bail!(
            "the first load is {} bytes over its budget",
            total - FIRST_LOAD
        );
    }
    let too_big: Vec<_> = sizes
        .rooms
        .iter()
        .filter(|(_, bytes)| *bytes > ROOM)
        .map(|(name, _)| name.as_str())
        .collect();
    if !too_big.is_empty() {
        bail!("over the budget of a lazy room: {}", too_big.join(", "));
    }
    Ok(())
}

fn sent(file: &Path) -> Result<u64> {
    let brotli = compress::with_ending(file, "br");
    let sent = if brotli.exists() {
        brotli
    } else {
        file.to_path_buf()
    };
    Ok(fs::metadata(sent)?.len())
}
