//! Keeps people whose data was erased from coming back with an archive: their rows become
//! tombstones under the names that the erasure gave, so that threads and figures stay whole.

use super::twcs::Row;
use crate::{
    backend::{
        services::person::Veil,
        store::{
            Result, Tx,
            archive::{self, NETWORK},
        },
    },
    domain::{archive::Side, erasure::without_mentions},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// Draws a veil over rows; returns the ids under which erased people's posts are kept.
pub async fn draw(tx: &mut Tx, veil: &Veil, rows: &mut [Row]) -> Result<Vec<Arc<str>>> {
    let mut renamed: HashMap<Arc<str>, Arc<str>> = HashMap::new();
    for row in rows.iter_mut() {
        if row.side == Side::Customer
            && let Some(mark) = veil.account(NETWORK, &row.author, row.published_at)
        {
            let name: Arc<str> = veil.post(NETWORK, &row.external_id).into();
            let old = std::mem::replace(&mut row.external_id, Arc::clone(&name));
            renamed.insert(old, name);
            row.author = mark.into();
            row.text = "".into();
            continue;
        }
        let at = row.published_at;
        if let Some(text) =
            without_mentions(&row.text, |name| veil.account(NETWORK, name, at).is_some())
        {
            row.text = text.into();
        }
    }
    // An answer may come to a post that was erased long ago.
    let above: Vec<(Arc<str>, Arc<str>)> = rows
        .iter()
        .filter_map(|it| it.parent.as_ref())
        .filter(|it| !renamed.contains_key(*it))
        .map(|it| (Arc::clone(it), veil.post(NETWORK, it).into()))
        .collect();
    let names: Vec<Arc<str>> = above.iter().map(|it| Arc::clone(&it.1)).collect();
    let known: HashSet<String> = archive::known_ids(tx, &names)
        .await?
        .into_iter()
        .map(|it| it.0)
        .collect();
    let came: Vec<(Arc<str>, Arc<str>)> = renamed
        .iter()
        .map(|(old, new)| (Arc::clone(old), Arc::clone(new)))
        .collect();
    renamed.extend(above.into_iter().filter(|it| known.contains(&*it.1)));
    for row in rows.iter_mut() {
        let Some(name) = row.parent.as_ref().and_then(|it| renamed.get(it)) else {
            continue;
        };
        row.parent = Some(Arc::clone(name));
        if row.side == Side::Brand {
            row.text = "".into();
        }
    }
    archive::rename_awaited(tx, &came).await?;
    Ok(came.into_iter().map(|it| it.1).collect())
}
