//! What intake asks and changes, always for many posts at once.
