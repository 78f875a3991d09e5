//! Flows through the house, on every engine that is there.

mod architecture;
