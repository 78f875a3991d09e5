//! What one is told, and when to be left alone.

pub mod room;
