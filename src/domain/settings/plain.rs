//! Settings without versions to look back on: what their pages show, and what a change would do.

use crate::domain::forms::{Fault, Form};
use serde::{Deserialize, Serialize};

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainPage {
    /// Every brand's key and name.
    pub brands: Vec<(String, String)>,
    /// The key of the brand that it is about.
    pub brand: String,
    /// What the fields say.
    pub form: Form,
    /// Whether the page follows a change.
    pub is_saved: bool,
    /// What the fields would do.
    pub preview: PlainPreview,
}

/// What a form would do if it were saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainPreview {
    /// What has to be mended first.
    pub faults: Vec<Fault>,
    /// Somebody else has changed it since the form was opened.
    pub is_stale: bool,
    /// What it would do, in sentences.
    pub notes: Vec<String>,
    /// Examples, in their order.
    pub rows: Vec<PreviewRow>,
}

/// One example.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub href: Option<String>,
    /// A word beside it.
    pub mark: String,
    /// More about it.
    pub text: String,
}
