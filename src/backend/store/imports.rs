//! Which archives came in, and what became of their rows.
