//! Builds the site: the browser's half of Sundown, split by lazy rooms, with styles and fonts.
//!
//! Everything that is loaded by an address we write ourselves lies in `pkg/<hash of it all>`, so
//! that browsers may keep it for good. Files inside name each other relatively, so no name in them
//! has to be rewritten. `site.json` tells the server which folder it is.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hasher},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result, anyhow};
use serde_json::json;
use wasm_bindgen_cli_support::Bindgen;

use crate::{command, compress, paths, styles, tools};

/// What the site is built for.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// Quickly built, big, with names for stack traces.
    Dev,
    /// Small.
    Dist,
}

/// The loader of the parts, by the name that Leptos' `#[lazy]` writes into the program.
const CHUNK_LOADER: &str = "./__wasm_split.______________________.js";

/// Builds the site and says in which folder it is.
pub fn build(purpose: Purpose) -> Result<PathBuf> {
    tools::wasm_target()?;
    let wasm = compile(purpose)?;
    let started = Instant::now();
    let site = match purpose {
        Purpose::Dev => paths::dev_site(),
        Purpose::Dist => paths::dist_site(),
    };
    let stage = emptied(&paths::target().join("site-stage"))?;
    let unnamed = emptied(&stage.join("unnamed"))?;
    let chunks = bind(&wasm, &unnamed, purpose)?;
    if matches!(purpose, Purpose::Dist) {
        minify(&unnamed)?;
    }
    fs::write(unnamed.join("sundown.css"), styles::bundle(purpose)?)?;
    let public = paths::root().join("public");
    copy(&public.join("fonts"), &unnamed.join("fonts"))?;

    let name = format!("pkg/{}", hash_of(&unnamed)?);
    let kept = site.join(&name);
    if kept.join("sundown.wasm.br").is_file() {
        // The same files were compressed before, which is the slow part.
        fs::remove_dir_all(&unnamed)?;
        copy(&kept, &stage.join(&name))?;
    } else {
        fs::create_dir_all(stage.join("pkg"))?;
        fs::rename(&unnamed, stage.join(&name))?;
        if matches!(purpose, Purpose::Dist) {
            eprintln!("compressing {name}");
            compress::folder(&stage.join(&name))?;
        }
    }
    copy_except(&public, &stage, "fonts")?;
    let manifest = json!({ "pkg": name, "chunks": chunks });
    fs::write(stage.join("site.json"), manifest.to_string())?;

    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::rename(&stage, &site)?;
    eprintln!(
        "built {} in {:.1} s",
        site.display(),
        started.elapsed().as_secs_f32()
    );
    Ok(site)
}

/// Compiles the browser's half. Relocations are kept for the last link only, by `cargo rustc` and
/// not by flags for everything, so that dependencies are shared with all other builds.
fn compile(purpose: Purpose) -> Result<PathBuf> {
    let (profile, folder) = match purpose {
        Purpose::Dev => ("dev", "debug"),
        Purpose::Dist => ("wasm", "wasm"),
    };
    command::run(
        command::cargo("rustc --package sundown --lib --no-default-features --features hydrate")
            .args(["--target", "wasm32-unknown-unknown", "--profile", profile])
            .args(["--", "-Clink-args=--emit-relocs"]),
    )?;
    Ok(paths::target()
        .join("wasm32-unknown-unknown")
        .join(folder)
        .join("sundown.wasm"))
}

/// Splits the program by its lazy rooms and writes the scripts around it. The answer says which
/// files a room needs.
fn bind(wasm: &Path, pkg: &Path, purpose: Purpose) -> Result<BTreeMap<String, Vec<String>>> {
    let whole = fs::read(wasm).with_context(|| wasm.display().to_string())?;
    // Beside the site, not in it: the main part comes out of wasm-bindgen under another name.
    let main_part = wasm.with_extension("main-part.wasm");
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = pkg;
    options.main_out_path = &main_part;
    options.main_module = "./sundown.js";
    options.link_name = CHUNK_LOADER;
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split the program: {error:#}"))?;

    let dist = matches!(purpose, Purpose::Dist);
    Bindgen::new()
        .input_path(&main_part)
        .out_name("sundown")
        .web(true)?
        .typescript(false)
        // The parts call functions of the main one by the linker's names.
        .keep_lld_exports(true)
        .demangle(false)
        .remove_name_section(dist)
        .remove_producers_section(dist)
        // The page says where the program is.
        .omit_default_module_path(true)
        .generate(pkg)
        .context("wasm-bindgen")?;
    fs::rename(pkg.join("sundown_bg.wasm"), pkg.join("sundown.wasm"))?;
    Ok(split.prefetch_map.into_iter().collect())
}

/// Takes out of the scripts what only people read.
fn minify(pkg: &Path) -> Result<()> {
    tools::end2end_packages()?;
    command::run(
        command::program("node minify.mjs")
            .args([pkg.join("sundown.js"), pkg.join(CHUNK_LOADER)])
            .current_dir(paths::root().join("end2end")),
    )
}

/// A hash of all names and contents below `folder`.
fn hash_of(folder: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in compress::files_below(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().into_owned();
        let contents = fs::read(&file)?;
        hasher.write_usize(name.len());
        hasher.write(name.as_bytes());
        hasher.write_usize(contents.len());
        hasher.write(&contents);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn emptied(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    Ok(folder.to_path_buf())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    copy_except(from, to, "")
}

fn copy_except(from: &Path, to: &Path, left_out: &str) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name() == left_out {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
