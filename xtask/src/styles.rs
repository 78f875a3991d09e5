//! The styles: `style/main.css` and all it imports become one file.
//!
//! A mistake in the CSS fails the build; browsers would skip it in silence.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
};

use crate::{paths, site::Purpose};

/// The whole stylesheet as text.
pub fn bundle(purpose: Purpose) -> Result<String> {
    let main = paths::root().join("style").join("main.css");
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(&main)
        .map_err(|error| anyhow!("{}: {error}", place(error.loc.as_ref())))?;
    let minify = matches!(purpose, Purpose::Dist);
    if minify {
        sheet
            .minify(MinifyOptions::default())
            .map_err(|error| anyhow!("{}: {error}", Path::new("style").display()))?;
    }
    let printed = sheet.to_css(PrinterOptions {
        minify,
        ..PrinterOptions::default()
    })?;
    Ok(printed.code)
}

fn place(location: Option<&lightningcss::error::ErrorLocation>) -> String {
    location.map_or_else(
        || "style".to_owned(),
        |at| format!("{}:{}:{}", at.filename, at.line + 1, at.column),
    )
}
