//! Where things are. The only module that knows about `CARGO_TARGET_DIR`.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder with the workspace's `Cargo.toml`.
pub fn root() -> PathBuf {
    // Cargo says where the package is when it runs it; a moved executable may not trust what was
    // true when it was compiled.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or(package.clone(), Path::to_path_buf)
}

/// The folder for everything that can be built again.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The site of a development build; the server looks for it beside its own folder.
pub fn dev_site() -> PathBuf {
    target().join("site")
}

/// The site of a release, open, as it goes into the pack.
pub fn dist_site() -> PathBuf {
    target().join("site-dist")
}

/// The site of a release as the one file that is put inside the executable.
pub fn site_pack() -> PathBuf {
    target().join("site.pack")
}

/// What `cargo xtask build` leaves for people.
pub fn dist_executable() -> PathBuf {
    root().join("dist").join(executable_name())
}

/// An executable that Cargo has built with this profile.
pub fn built_executable(profile_folder: &str) -> PathBuf {
    target().join(profile_folder).join(executable_name())
}

fn executable_name() -> String {
    format!("sundown{}", env::consts::EXE_SUFFIX)
}
