//! What a browser has to load, in bytes on the wire, and how much that may be.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::compress;

/// The first page, whichever it is: the program, its room, scripts, styles and the first font.
const FIRST_LOAD: u64 = 300_000;

/// One more room.
const ROOM: u64 = 40_000;

/// The only font that every page needs.
const FIRST_FONT: &str = "fonts/inter-latin.woff2";

/// A file with its bytes on the wire.
type Sent = (String, u64);

/// What a site sends.
pub struct Sizes {
    /// With every first page.
    shared: Vec<Sent>,
    /// With each room in addition.
    rooms: Vec<Sent>,
}

/// Measures the site in this folder.
pub fn measure(site: &Path) -> Result<Sizes> {
    let manifest: Value = serde_json::from_slice(&fs::read(site.join("site.json"))?)?;
    let pkg = site.join(manifest["pkg"].as_str().context("site.json names no pkg")?);
    let mut shared = Vec::new();
    for file in compress::files_below(&pkg)? {
        let name = file.strip_prefix(&pkg)?.to_string_lossy().into_owned();
        let is_shared = match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "wasm" => name == "sundown.wasm",
            "js" | "css" => true,
            _ => name == FIRST_FONT,
        };
        if is_shared {
            shared.push((name, sent(&file)?));
        }
    }
    let chunks = manifest["chunks"].as_object();
    let mut rooms = Vec::new();
    for (room, files) in chunks.context("site.json names no rooms")? {
        let mut bytes = 0;
        for name in files
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            bytes += sent(&pkg.join(format!("{name}.wasm")))?;
        }
        rooms.push((room.clone(), bytes));
    }
    rooms.sort();
    Ok(Sizes { shared, rooms })
}

impl Sizes {
    fn shared_bytes(&self) -> u64 {
        self.shared.iter().map(|(_, bytes)| bytes).sum()
    }

    /// The sizes as rows of a Markdown table.
    pub fn table(&self) -> String {
        let mut text = String::from("| file | bytes in brotli |\n|---|--:|\n");
        for (name, bytes) in &self.shared {
            text += &format!("| {name} | {bytes} |\n");
        }
        let shared = self.shared_bytes();
        text += &format!("| **shared by all pages** | **{shared}** |\n");
        text += &format!(
            "\n| room | its own bytes (at most {ROOM}) | opened first (at most {FIRST_LOAD}) |\n|---|--:|--:|\n"
        );
        for (name, bytes) in &self.rooms {
            text += &format!("| {name} | {bytes} | {} |\n", shared + bytes);
        }
        text
    }
}

/// Measures the site in this folder, prints a table and fails when something is too big.
pub fn check(site: &Path) -> Result<()> {
    let sizes = measure(site)?;
    println!("\n{}", sizes.table());
    let shared = sizes.shared_bytes();
    for (room, bytes) in &sizes.rooms {
        if shared + bytes > FIRST_LOAD {
            let over = shared + bytes - FIRST_LOAD;
            bail!("{room}, opened first, is {over} bytes over its budget");
        }
        if *bytes > ROOM {
            bail!("{room} is {} bytes over the budget of a room", bytes - ROOM);
        }
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
