//! Backups and restores, from and to wherever the settings point.

use crate::backend::{
    clock::Clock,
    ctx::Place,
    error::Result,
    store::{
        self, Store,
        backup::{Contents, Progress, Restored, Target},
    },
};
use std::path::{Path, PathBuf};

/// Writes everything into one file, while others go on reading and writing.
///
/// # Errors
/// When there is no database, when the file exists, when the backup doesn't pass its check.
pub async fn back_up(
    place: &Place,
    clock: &Clock,
    to: &Path,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Contents> {
    let store = Store::look(place.database_url.expose()).await?;
    let outcome = store::backup::write(&store, to, clock.now(), watch).await;
    store.close().await;
    Ok(outcome?)
}

/// Brings a backup back into an empty place.
///
/// # Errors
/// When the place isn't empty, or the file isn't a whole backup that this program knows.
pub async fn restore(
    place: &Place,
    clock: &Clock,
    from: &Path,
    watch: &mut (dyn FnMut(Progress<'_>) + Send),
) -> Result<Restored> {
    let url = place.database_url.expose();
    let target = match store::file_of(url)? {
        Some(file) => Target::File(file),
        None => Target::Server(
            Store::look(url).await?,
            place
                .backups
                .clone()
                .unwrap_or_else(|| PathBuf::from("backups")),
        ),
    };
    let outcome = store::backup::restore(from, &target, clock.now(), watch).await;
    if let Target::Server(store, _) = target {
        store.close().await;
    }
    Ok(outcome?)
}
