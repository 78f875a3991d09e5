//! The executable: hands over to the command line.

use std::process::ExitCode;

/// The site, when `cargo xtask build` has put one in. It is here and not in the library so that a
/// new site costs a new link and no compilation.
const PACKED_SITE: &[u8] = include_bytes!(env!("SUNDOWN_SITE_PACK"));

fn main() -> ExitCode {
    sundown::backend::cli::run(PACKED_SITE)
}
