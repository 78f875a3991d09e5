//! Sundown.
pub fn f() {}
