//! The pages of settings without versions: one way to read, preview and change them all.
//!
//! Two people who change at once are told of each other: a form says what it was begun from
//! (`seen`, a digest of the fields), and that must still be how things stand.

use super::{brand_of, brands, choices, macros, query, retention, topics, urgency};
use crate::{
    backend::{
        Error, Result,
        ctx::Ctx,
        services::{audit, secrets},
        store::{self, Tx},
    },
    domain::{
        brand::Brand,
        forms::{Fault, Form},
        ids::BrandId,
        person::Viewer,
        settings::{
            PlainSection,
            plain::{PlainPage, PlainPreview},
        },
    },
};

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is as the form says.
    Saved,
    /// It isn't: something has to be mended, or somebody else was first.
    Refused,
}

/// A page. A form with `seen` is a draft; without it the fields show how things stand.
pub async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    section: PlainSection,
    form: &Form,
) -> Result<PlainPage> {
    let mut tx = ctx.store.read().await?;
    let (all, brand) = about(&mut tx, viewer, section, form).await?;
    let current = filled(&mut tx, section, &brand).await?;
    let seen = digest(&current);
    let is_draft = !form.get("seen").is_empty();
    let mut shown = if is_draft { form.clone() } else { current };
    shown.set("brand", &brand.key);
    if !is_draft {
        shown.set("seen", &seen);
    }
    let preview = preview_of(ctx, &mut tx, section, &brand, &shown).await?;
    shown.set("seen", seen);
    Ok(PlainPage {
        brands: choices(&all),
        brand: brand.key,
        is_saved: !form.get("saved").is_empty(),
        form: shown,
        preview,
    })
}

/// Makes it so.
pub async fn change(
    ctx: &Ctx,
    viewer: &Viewer,
    section: PlainSection,
    form: &Form,
) -> Result<Changed> {
    let mut tx = ctx.store.write().await?;
    let (all, brand) = about(&mut tx, viewer, section, form).await?;
    // Whoever else changes settings waits, and is then told.
    for it in &all {
        store::brands::lock(&mut tx, it.id).await?;
    }
    let before = filled(&mut tx, section, &brand).await?;
    if digest(&before) != form.get("seen") {
        return Ok(Changed::Refused);
    }
    let saved = match section {
        PlainSection::Topics => topics::save(ctx, &mut tx, &brand, form).await?,
        PlainSection::Urgency => urgency::save(ctx, &mut tx, form).await?,
        PlainSection::Macros => macros::save(ctx, &mut tx, &brand, form).await?,
        PlainSection::Retention => retention::save(&mut tx, &brand, form).await?,
        PlainSection::Brands => brands::save(ctx, &mut tx, form).await?,
    };
    if saved.is_err() {
        return Ok(Changed::Refused);
    }
    let after = filled(&mut tx, section, &brand).await?;
    let subject = match brand.key.as_str() {
        "" => section.to_string(),
        key => format!("{section} of {key}"),
    };
    audit::record(
        ctx,
        &mut tx,
        viewer,
        "settings.changed",
        subject,
        (&before, &after),
    )
    .await?;
    tx.commit().await?;
    Ok(Changed::Saved)
}

/// Where a browser goes after a change: to how things stand now, or back to the draft, which says
/// what is wrong with it.
pub fn address_after(section: PlainSection, form: &Form, changed: &Changed) -> String {
    let asked = match changed {
        Changed::Saved => {
            let mut asked = Form::default();
            asked.set("brand", form.get("brand"));
            asked.set("saved", "yes");
            asked
        }
        Changed::Refused => form.clone(),
    };
    format!("/settings/{section}?{}", query(&asked))
}

/// Every brand and the one that a page is about; pages about the whole workspace need none.
async fn about(
    tx: &mut Tx,
    viewer: &Viewer,
    section: PlainSection,
    form: &Form,
) -> Result<(Vec<Brand>, Brand)> {
    match (section, brand_of(tx, viewer, form).await) {
        (PlainSection::Urgency | PlainSection::Brands, Err(Error::Missing)) => {
            let nobody = Brand {
                id: BrandId::default(),
                key: String::new(),
                name: String::new(),
                zone: "UTC".to_owned(),
            };
            Ok((store::brands::list(tx).await?, nobody))
        }
        (_, found) => found,
    }
}

async fn filled(tx: &mut Tx, section: PlainSection, brand: &Brand) -> Result<Form> {
    match section {
        PlainSection::Topics => topics::filled(tx, brand).await,
        PlainSection::Urgency => urgency::filled(tx).await,
        PlainSection::Macros => macros::filled(tx, brand).await,
        PlainSection::Retention => retention::filled(tx, brand).await,
        PlainSection::Brands => brands::filled(tx).await,
    }
}

async fn preview_of(
    ctx: &Ctx,
    tx: &mut Tx,
    section: PlainSection,
    brand: &Brand,
    form: &Form,
) -> Result<PlainPreview> {
    let current = filled(tx, section, brand).await?;
    let preview = match section {
        PlainSection::Topics => topics::preview(tx, brand, form).await,
        PlainSection::Urgency => urgency::preview(ctx, tx, form).await,
        PlainSection::Macros => macros::preview(tx, brand, form).await,
        PlainSection::Retention => retention::preview(ctx, tx, brand, form).await,
        PlainSection::Brands => brands::preview(ctx, tx, form).await,
    }?;
    Ok(PlainPreview {
        is_stale: digest(&current) != form.get("seen"),
        ..preview
    })
}

/// A preview that says only what is wrong.
pub fn faulty(faults: Vec<Fault>) -> PlainPreview {
    PlainPreview {
        faults,
        ..PlainPreview::default()
    }
}

/// A digest of what fields say: tells whether somebody changed them.
fn digest(form: &Form) -> String {
    secrets::hash(&query(form))
}

/// A name as a word for addresses: letters and digits, with hyphens between.
pub fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-").chars().take(60).collect()
}
