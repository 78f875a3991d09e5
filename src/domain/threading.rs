//! Which posts belong together, and what a case says that is told from them.
