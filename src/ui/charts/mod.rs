//! Pictures of figures: small SVG components that are complete in the first HTML.
//!
//! Places are percentages and sizes are pixels, so that a picture fits any width without being
//! measured. Lines live in a nested picture that is stretched; their strokes are not.

pub mod bar;
pub mod horizon;
pub mod scale;
pub mod sparkline;
pub mod trend;
