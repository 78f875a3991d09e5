//! Posts become cases.
