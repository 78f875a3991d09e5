//! What people may change about Sundown itself: rules with versions, and lists.

mod brands;
pub mod holidays;
mod macros;
pub mod plain;
pub mod policies;
pub mod retention;
mod topics;
mod urgency;

use crate::{
    backend::{
        Error, Result,
        store::{self, Tx},
    },
    domain::{brand::Brand, forms::Form, person::Viewer, right::allows_brand},
};

/// Fields from the query of an address or the body of a form; when a name comes twice, the last
/// one counts.
pub fn fields(text: &str) -> Form {
    let text = text.strip_prefix('?').unwrap_or(text);
    Form(
        form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .collect(),
    )
}

/// The query that says what a form says; the other way round than [`fields`].
pub fn query(form: &Form) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(form.0.iter());
    query.finish()
}

/// Every brand that somebody sees, and the one that a form is about: the first one when it doesn't
/// say. For whoever doesn't see it there is none.
pub async fn brand_of(tx: &mut Tx, viewer: &Viewer, form: &Form) -> Result<(Vec<Brand>, Brand)> {
    let mut brands = store::brands::list(tx).await?;
    brands.retain(|it| allows_brand(viewer, it.id));
    let key = form.get("brand");
    let found = if key.is_empty() {
        brands.first()
    } else {
        brands.iter().find(|it| it.key == key)
    };
    let brand = found.cloned().ok_or(Error::Missing)?;
    Ok((brands, brand))
}

/// Keys and names, for a choice.
pub fn choices(brands: &[Brand]) -> Vec<(String, String)> {
    brands
        .iter()
        .map(|it| (it.key.clone(), it.name.clone()))
        .collect()
}
