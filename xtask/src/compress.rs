//! Compresses the site once, so that the server never has to.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    thread,
};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// Puts `.br` and `.gz` beside every file in `folder` that gets smaller by it.
pub fn folder(folder: &Path) -> Result<()> {
    let files = files_below(folder)?
        .into_iter()
        .filter(|file| shrinks(file))
        .collect::<Vec<_>>();
    let next = std::sync::Mutex::new(files.iter());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let work = || -> Result<()> {
            loop {
                let Some(file) = next.lock().ok().and_then(|mut files| files.next()) else {
                    return Ok(());
                };
                one(file)?;
            }
        };
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

/// All files in `folder` and below, in a fixed order.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Fonts and pictures are compressed by their own formats.
fn shrinks(file: &Path) -> bool {
    let ending = file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    [
        "css",
        "html",
        "js",
        "json",
        "svg",
        "txt",
        "wasm",
        "webmanifest",
    ]
    .contains(&ending)
}

fn one(file: &Path) -> Result<()> {
    let plain = fs::read(file)?;
    let params = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: plain.len(),
        ..Default::default()
    };
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut plain.as_slice(), &mut brotli, &params)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&plain)?;
    for (ending, bytes) in [("br", brotli), ("gz", gzip.finish()?)] {
        // A file of a few bytes may grow; then it goes out as it is.
        if bytes.len() < plain.len() {
            fs::write(with_ending(file, ending), bytes)?;
        }
    }
    Ok(())
}

/// `main.css` with `br` is `main.css.br`.
pub fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
