//! Triage: what a post wants, how it sounds, how pressing it is and what it is about, with reasons
//! that a person can read and correct.
//!
//! A text becomes pieces ([`text`]), pieces become evidence: words of our own lists ([`lexicon`]),
//! which stand for a few dozen [`concept`]s with weights set by hand, and the pieces themselves.
//! A [`model`] adds weights up. A new installation knows the concepts only; each correction of the
//! team ([`training`]) moves those weights a little and gives words weights of their own.
//!
//! Invariant: everything is a sum of weights of what stands in the text, so every suggestion can
//! name what moved it. No I/O, no clock, no randomness.

pub mod concept;
pub mod evidence;
pub mod language;
pub mod lexicon;
pub mod model;
pub mod pressing;
pub mod reasons;
pub mod score;
pub mod text;
pub mod topics;
pub mod training;
pub mod verdict;
pub mod view;

mod packing;
#[cfg(test)]
mod tests;

pub use model::Model;
pub use verdict::{Reason, Suggested, Verdict};
