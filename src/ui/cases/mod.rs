//! The cases behind a figure, and one case with its whole story. Both are loaded when entered.

pub mod list;
mod pages;
pub mod story;
