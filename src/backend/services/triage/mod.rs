//! Triage at work: judging posts as they come in, being corrected, learning from it.
//!
//! The model in force lives in memory ([`Triage`]) and is swapped when a better one was learned.
//! Intake takes a [`Desk`] for each brand, once in a batch, and judges as many posts as it likes
//! with it: some millionths of a second each, without asking the store.

mod correct;
mod retrain;
mod view;

pub use correct::correct;
pub use retrain::{Learned, is_held_out, retrain};
pub use view::{Shown, explain, show, view};

use crate::{
    backend::{
        Result,
        ctx::Ctx,
        store::{self, Tx},
    },
    domain::{
        ids::BrandId,
        topic::Topic,
        triage::{Model, Verdict, topics::TopicWords},
    },
};
use std::{
    borrow::Cow,
    sync::{Arc, PoisonError, RwLock},
};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The model in force; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Triage(Arc<RwLock<Arc<Model>>>);

impl Triage {
    /// The model in force.
    pub fn model(&self) -> Arc<Model> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn swap(&self, model: Model) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(model);
    }

    /// Goes back to what was known before any correction.
    pub fn forget(&self) {
        self.swap(Model::default());
    }
}

/// What judges the posts of one brand.
#[derive(Clone, Debug)]
pub struct Desk {
    model: Arc<Model>,
    topics: Vec<TopicWords>,
}

impl Desk {
    /// The model in force and the brand's topics as they are now.
    pub async fn of(ctx: &Ctx, tx: &mut Tx, brand: BrandId) -> Result<Self> {
        let topics = store::topics::list(tx, brand).await?;
        Ok(Self {
            model: ctx.triage.model(),
            topics: topics.iter().map(ready).collect(),
        })
    }

    /// What a post wants, how it sounds, how pressing it is, what it is about, and why. Who wrote it
    /// plays no part: every customer has the same clock.
    pub fn judge(&self, text: &str) -> Verdict {
        self.model.judge(&composed(text), &self.topics)
    }

    /// The number of the model; 0 before anything was learned.
    pub fn model_version(&self) -> i32 {
        self.model.version
    }
}

/// A topic whose words are found however their letters are composed.
fn ready(topic: &Topic) -> TopicWords {
    TopicWords::of(&Topic {
        keywords: topic.keywords.nfc().collect(),
        ..topic.clone()
    })
}

fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
}

/// Takes up the model that the store says is in force, where that isn't the one in memory: another
/// process may have learned, or forgotten. One that this program can't read counts as none.
pub async fn refresh(ctx: &Ctx) -> Result<()> {
    let mut tx = ctx.store.read().await?;
    let version = store::triage::in_force(&mut tx).await?;
    if version == ctx.triage.model().version {
        return Ok(());
    }
    let body = store::triage::body(&mut tx, version).await?;
    let model = body.and_then(|it| Model::unpack(version, &it));
    ctx.triage.swap(model.unwrap_or_default());
    Ok(())
}
