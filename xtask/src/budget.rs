//! What a browser has to load, in bytes on the wire, and how much that may be.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::compress;

/// The first page with its program, scripts, styles and first font.
const FIRST_LOAD: u64 = 300_000;

/// One more room.
const CHUNK: u64 = 40_000;

/// The only font that every page needs.
const FIRST_FONT: &str = "fonts/inter-latin.woff2";

/// Measures the site in this folder, prints a table and fails when something is too big.
pub fn check(site: &Path) -> Result<()> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join("site.json"))?)?;
    let pkg = site.join(manifest["pkg"].as_str().context("site.json names no pkg")?);

    let mut first = Vec::new();
    let mut chunks = Vec::new();
    for file in compress::files_below(&pkg)? {
        let name = file.strip_prefix(&pkg)?.to_string_lossy().into_owned();
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "wasm" if name != "sundown.wasm" => chunks.push((name, sent(&file)?)),
            "wasm" | "js" | "css" => first.push((name, sent(&file)?)),
            _ if name == FIRST_FONT => first.push((name, sent(&file)?)),
            _ => {}
        }
    }

    let total = first.iter().map(|(_, bytes)| bytes).sum::<u64>();
    println!("\n{:>9}  sent in brotli", "bytes");
    for (name, bytes) in &first {
        println!("{bytes:>9}  {name}");
    }
    println!("{total:>9}  first load (at most {FIRST_LOAD})");
    for (name, bytes) in &chunks {
        println!("{bytes:>9}  {name} (at most {CHUNK})");
    }
    println!();

    let too_big: Vec<_> = chunks
        .iter()
        .filter(|(_, bytes)| *bytes > CHUNK)
        .map(|(name, _)| name.as_str())
        .collect();
    if total > FIRST_LOAD {
        bail!(
            "the first load is {} bytes over its budget",
            total - FIRST_LOAD
        );
    }
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
