//! Many views as one type.
//!
//! What takes over and draws a list exists once for each type of its items; with all items of one
//! type the browser's half stays small.

use leptos::prelude::*;

/// Gathers what draws itself.
pub trait Views {
    /// All of them, in order.
    fn views(self) -> Vec<AnyView>;
}

impl<I: Iterator<Item: IntoAny>> Views for I {
    fn views(self) -> Vec<AnyView> {
        self.map(IntoAny::into_any).collect()
    }
}
